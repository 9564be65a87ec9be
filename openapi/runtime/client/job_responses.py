"""What the responses of a job say: its id, its state, why it failed, and what it cost."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..base.amounts import exact_number
from ..base.errors import InvalidResponseError, JobExpiredError, JobFailedError
from ..base.excerpts import excerpt
from ..base.json_pointer import tokens, value_at
from ..base.messages import Request, Response
from ..base.paths import path_value
from .job_address import id_in

if TYPE_CHECKING:
    from ..spec.job import JobLink, JobSpec, JobState
    from ..spec.operation import Operation
    from ..spec.service import Service


class JobReading(NamedTuple):
    """What a response says of a job that has not failed.

    Args:
        state: Its state, as the service writes it; empty if the response cannot be read.
        is_done: Whether it has its result.
        document: The body.
        request: What was requested.
        response: What came back.
        error: Why the response cannot be read, or None.
    """

    state: JobState
    is_done: bool
    document: Any
    request: Request
    response: Response
    error: InvalidResponseError | None = None


def link_request(link: JobLink, job_id: str) -> Request:
    """The request that follows a link."""
    path = link.path.replace(f"{{{link.parameter}}}", path_value(job_id))
    return Request(operation=link.operation.name, method="GET", path=path)


def job_id_of(spec: JobSpec, base_url: str, request: Request, response: Response) -> str:
    """The id of the job that a response of success has started.

    The rest of the response does not matter: it may be of another shape than documented, or have broken off.

    Raises:
        InvalidResponseError: It has no id that can be read. The job has been ordered all the same.
    """
    where, _, name = spec.status.source.removeprefix("$response.").partition("#" if "#" in spec.status.source else ".")
    value = response.headers.get(name) if where == "header" else _value_in(response, name)
    found = id_in(value, base_url + spec.submit_path, base_url, spec.status)
    if found is not None:
        return found
    reason = f"the job was ordered, but its id cannot be read from {spec.status.source}: {excerpt(response)}"
    raise InvalidResponseError(request, response, reason, billed=spec.submit.billed(response))


def reading(
    spec: JobSpec, job_id: str, operation: Operation[Any], request: Request, response: Response, service: Service
) -> JobReading:
    """What the response to a link says.

    Raises:
        JobFailedError: The job has failed, whatever the status of the response.
        JobExpiredError: The service has no record of the job.
        ResponseError: The response is another failure.
    """
    document = _document(response)
    state = value_at(document, spec.state)
    if not isinstance(state, (str, int)) or isinstance(state, bool):
        state = None
    if state is not None and state in spec.failed:
        message = value_at(document, spec.error) if spec.error else None
        said = message if isinstance(message, str) and message else None
        cost = reported(spec, document, "cost", service.cost_header)
        charged = response._replace(cost=response.cost if cost is None else cost)
        raise JobFailedError(request, charged, job_id=job_id, state=state, message=said)
    if response.status_code in spec.gone:
        raise JobExpiredError(request, response, job_id=job_id, record_seconds=spec.record_seconds)
    failure = operation.failure(request, response)
    if failure is not None:
        raise failure
    if state is None:
        reason = f"the state of the job cannot be read at {spec.state}: {excerpt(response)}"
        error = InvalidResponseError(request, response, reason, billed=None)
        return JobReading("", False, document, request, response, error)
    return JobReading(state, state in spec.done, document, request, response)


def reported(spec: JobSpec, document: object, semantics: str, header: str | None) -> Decimal | None:
    """An amount that the result reports, by its semantics or by the header in which a direct call has it."""
    names = (header, f"x-job-{semantics}")
    pointer = next((pointer for name, pointer in spec.reports if name in names), None)
    value = _text(value_at(document, pointer)) if pointer is not None else None
    return None if value is None else exact_number(value)


def report_headers(
    spec: JobSpec, job_id: str, document: object, service: Service
) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """What the result says of the call, as headers, and the names that are the queue's to report."""
    values = [(name, _text(value_at(document, pointer))) for name, pointer in spec.reports]
    if service.request_id_header is not None:
        values.append((service.request_id_header, job_id))
    known = tuple((name, value) for name, value in values if value is not None)
    return known, frozenset(name.lower() for name, _ in values)


def _text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return None
    return value if isinstance(value, str) else str(value)


def _document(response: Response) -> Any:
    try:
        # Money is exact.
        return json.loads(response.body, parse_float=Decimal) if not response.flaw else None
    except (ValueError, RecursionError):
        return None


def _value_in(response: Response, pointer: str) -> Any:
    found = value_at(_document(response), pointer)
    if found is not None or not (names := tokens(pointer)):
        return found
    # What has broken off may have the id all the same, and it is the one thing that must not get lost.
    whole = re.search(rf'"{re.escape(names[-1])}"\s*:\s*"([^"\\]+)"', response.text) if response.flaw else None
    return whole[1] if whole else None
