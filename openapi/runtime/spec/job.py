"""A job of the document: an operation that orders something now, and those that tell of it later (`links`, `x-job`)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from .operation import Operation

JobState = str | int
"""A state of a job, as the service writes it."""


class JobLink(NamedTuple):
    """A link from the response that starts a job to an operation that tells of it.

    Args:
        operation: The operation that it leads to.
        path: The path of that operation as the document writes it, such as `/v2/requests/{request_id}/status`.
        parameter: The parameter in the path that takes the id.
        source: Where the id stands in the response that starts the job: `$response.body#/request_id` or
            `$response.header.location`. Both links of a job lead to the same id.
    """

    operation: Operation[Any]
    path: str
    parameter: str
    source: str


class JobSpec(NamedTuple):
    """What the document says of one kind of job. Pointers are JSON pointers into a response.

    Args:
        name: Name of the class of its blocking handle; `Async` before it is that of the asynchronous one.
        method: Name of the client's method that makes a handle from an id.
        submit: The operation that starts a job.
        submit_method: Its HTTP method.
        submit_path: Its path, without parameters.
        status: The link to the operation that tells the state.
        result: The link to the operation that gives the result, or None if the response of `status` has that too.
        state: Pointer to the state, in the responses of both.
        active: The states of a job that is not done yet. An undocumented state counts as one.
        done: The states of a job that has its result.
        failed: The states of a job that has failed.
        gone: The statuses that mean that the record has expired, or never existed.
        error: Pointer to the reason why a job failed, or None.
        image: Pointer to the address of the image.
        sends_key: Whether the key goes to that address.
        largest: Bytes of the largest image, or None for the client's default.
        poll: Seconds to wait before the state is requested again.
        timeout: Seconds to wait for a result by default.
        record_seconds: Seconds that a record lives, or None if the document does not say.
        reports: What the result says of the call: for each the name of the header in which the image has it, and its
            pointer.
        kind: The class of the result, an `Image` with an attribute `report` beside.
        file_kind: The class of a result that is written to a file, or None if no method does that.
        result_spec: What the result has to be: the `ResultSpec` of `kind`.
        report: Makes the attribute `report` from the JSON of the response that has the result. It may raise `KeyError`,
            `TypeError`, `ValueError` or `AttributeError` for one of another shape: the image then has no report.
        program: The command that collects a job when it is followed by an id, such as `flux-schnell collect`; empty if
            there is none.
    """

    name: str
    method: str
    submit: Operation[Any]
    submit_method: str
    submit_path: str
    status: JobLink
    result: JobLink | None
    state: str
    done: tuple[JobState, ...]
    failed: tuple[JobState, ...]
    image: str
    kind: type[Any]
    result_spec: Any
    report: Callable[[Any], Any]
    active: tuple[JobState, ...] = ()
    gone: tuple[int, ...] = ()
    error: str | None = None
    sends_key: bool = False
    largest: int | None = None
    poll: float = 1.0
    timeout: float = 600.0
    record_seconds: float | None = None
    reports: tuple[tuple[str, str], ...] = ()
    file_kind: type[Any] | None = None
    program: str = ""
