"""How the generated client reads a response: what it returns or raises has to fit the response."""

from collections.abc import Iterator

from segmind_flux_schnell import APIError, InvalidResponseError, StatusError, UndocumentedStatusError
from segmind_flux_schnell._runtime.base.messages import Request
from tests.contract.model.findings import Finding
from tests.contract.model.generated_client import generated_operation
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import OperationContract


def client_reads(contract: OperationContract, interaction: Interaction) -> Iterator[Finding]:
    """The client returns the documented object of a success, and raises the error of the status for anything else."""
    fault = _misreading(contract, interaction)
    if fault is not None:
        pointer = contract.response(interaction.response.status_code) or f"{contract.pointer}/responses"
        yield Finding(
            severity="breaking",
            pointer=pointer,
            expected="the client reads the response as documented",
            seen=fault,
            probe=interaction.probe,
            oracle="client",
        )


def _misreading(contract: OperationContract, interaction: Interaction) -> str | None:
    operation = generated_operation(contract.name)
    if operation is None:
        return f"the generated package has no operation {contract.name}"
    request = Request(operation=operation.name, method=interaction.request.method, path=interaction.request.path)
    try:
        result = operation.result(request, interaction.response)
    except InvalidResponseError as error:
        return f"{type(error).__name__}: {error}"
    except StatusError as error:
        return (
            None
            if str(interaction.response.status_code) in error.documented
            else f"{type(error).__name__} for another status"
        )
    except UndocumentedStatusError:
        documented = contract.response(interaction.response.status_code) is not None
        return "UndocumentedStatusError for a documented status" if documented else None
    except APIError as error:
        return f"{type(error).__name__}: {error}"
    header = contract.header_with("remaining-credits")
    reported = interaction.response.headers.number(header) if header else None
    if reported is None or result.remaining_credits == reported:
        return None
    return f"remaining_credits is {result.remaining_credits}, not {reported}"
