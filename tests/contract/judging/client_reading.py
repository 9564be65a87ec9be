"""The generated client's own reading of an exchange: what it gives or raises has to fit what came."""

from collections.abc import Iterator

from segmind_flux_schnell import ClientError, InvalidAnswerError, StatusError, UndocumentedStatusError
from segmind_flux_schnell._runtime.base.messages import Request
from segmind_flux_schnell.api.images.generate_image import OPERATION
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Exchange


def client_reads(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """The client gives a picture for what is one, and the typed error of its status for anything else."""
    fault = _misreading(contract, exchange)
    if fault is not None:
        pointer = contract.response(exchange.answer.status) or f"{contract.pointer}/responses"
        yield Finding(
            severity="breaking",
            pointer=pointer,
            expected="the client reads the answer as documented",
            seen=fault,
            probe=exchange.probe,
            oracle="client",
        )


def _misreading(contract: Contract, exchange: Exchange) -> str | None:
    request = Request(operation=OPERATION.name, method=exchange.sent.method, path=exchange.sent.path)
    try:
        image = OPERATION.result(request, exchange.answer)
    except InvalidAnswerError as error:
        return f"{type(error).__name__}: {error}"
    except StatusError as error:
        return None if str(exchange.answer.status) in error.documented else f"{type(error).__name__} for another status"
    except UndocumentedStatusError:
        documented = contract.response(exchange.answer.status) is not None
        return "UndocumentedStatusError for a documented status" if documented else None
    except ClientError as error:
        return f"{type(error).__name__}: {error}"
    header = contract.header_meaning("remaining-credits")
    told = exchange.answer.headers.number(header) if header else None
    return None if image.remaining_credits == told else f"remaining_credits is {image.remaining_credits}, not {told}"
