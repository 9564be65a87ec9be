"""How the generated client reads a response: what it returns or raises has to fit the response."""

from collections.abc import Iterator

from segmind_flux_schnell import APIError, InvalidResponseError, StatusError, UndocumentedStatusError
from segmind_flux_schnell._runtime.base.messages import Request
from segmind_flux_schnell.api.images.generate_image import OPERATION
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction


def client_reads(contract: Contract, interaction: Interaction) -> Iterator[Finding]:
    """The client returns an image for an image, and raises the error of the status for anything else."""
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


def _misreading(contract: Contract, interaction: Interaction) -> str | None:
    request = Request(operation=OPERATION.name, method=interaction.request.method, path=interaction.request.path)
    try:
        image = OPERATION.result(request, interaction.response)
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
    if image.remaining_credits == reported:
        return None
    return f"remaining_credits is {image.remaining_credits}, not {reported}"
