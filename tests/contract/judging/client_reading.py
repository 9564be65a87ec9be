"""The generated client's own reading of an interaction: what it gives or raises has to fit what came."""

from collections.abc import Iterator

from segmind_flux_schnell import APIError, InvalidResponseError, StatusError, UndocumentedStatusError
from segmind_flux_schnell._runtime.base.messages import Request
from segmind_flux_schnell.api.images.generate_image import OPERATION
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction


def client_reads(contract: Contract, interaction: Interaction) -> Iterator[Finding]:
    """The client gives an image for what is one, and the typed error of its status for anything else."""
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
    request = Request(operation=OPERATION.name, method=interaction.sent.method, path=interaction.sent.path)
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
    header = contract.header_meaning("remaining-credits")
    told = interaction.response.headers.number(header) if header else None
    return None if image.remaining_credits == told else f"remaining_credits is {image.remaining_credits}, not {told}"
