# @generated from openapi/runtime/client/job_download.py by `make generate`. Do not edit: change that file.
"""The download of a job's image: from another host, without the key, without redirects, and judged like any image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..base.errors import InvalidImageError, NotSentError, RedirectRefusedError, ResponseError
from ..base.json_pointer import value_at
from ..base.messages import Request, Response
from ..image.response_files import read_result
from ..spec.operation import DocumentedResponse, Operation
from ..transport.attempt import PreparedRequest
from .call_flow import Call, Pause
from .job_address import divided, flaw_of_image_address
from .tunables import LONGEST_REPEAT

if TYPE_CHECKING:
    from ..base.spool import Spool
    from ..spec.job import JobSpec
    from ..spec.service import Settings
    from .call_flow import CallPolicy, Flow
    from .job_responses import JobReading
    from .job_time import JobTime


class ImageDownload(NamedTuple):
    """Where the image of a job is, and how its response is read.

    Args:
        origin: Scheme, host and port.
        request: The GET.
        wanted: The request that the image is judged by.
        fetching: The operation of the GET, which is free.
        operation: How its response is read, once the image is judged as what was paid for.
        report: What the queue reports of the job, as a model of the document; None if it has another shape.
    """

    origin: str
    request: Request
    wanted: Request
    fetching: Operation[Any]
    operation: Operation[Any]
    report: Any

    def failure(self, response: Response) -> ResponseError | None:
        """The error for a response without an image, or None."""
        if 300 <= response.status_code <= 399:
            return RedirectRefusedError(self.request, response, "the image is fetched from its own address only")
        return self.fetching.failure(self.request, response)

    def is_whole(self, response: Response) -> bool:
        """Whether the image is whole, although its response was not: a host can announce a wrong length each time."""
        try:
            self.operation.result(self.wanted, response)
        except ResponseError:
            return False
        return True


class Download(NamedTuple):
    """The image of a job, as it was received.

    Args:
        operation: How its response is read.
        request: The request that it came from: that of the submit, or that for the result if it is not known.
        response: The response, with what the queue reports among its headers.
        report: What the queue reports, as a model of the document; None if it has another shape.
    """

    operation: Operation[Any]
    request: Request
    response: Response
    report: Any


def download_of(spec: JobSpec, settings: Settings, wanted: Request, found: JobReading) -> ImageDownload:
    """The download of the image that a job is done with.

    Args:
        spec: What the document says of such jobs.
        settings: How the client is set up.
        wanted: The request that the image is judged by.
        found: What the service says of the job.

    Raises:
        InvalidImageError: There is no address of an image, or not one that is fetched from.
    """
    address = value_at(found.document, spec.image)
    flaw = flaw_of_image_address(address, settings.base_url)
    if flaw:
        reason = f"the job is done, but {flaw}, at {spec.image}"
        raise InvalidImageError(found.request, found.response, reason, billed=spec.result_spec.billed)
    origin, path = divided(address)
    request = Request(operation=_download_name(spec), method="GET", path=path)
    operation = _operation(spec, request.operation)
    free = tuple(one._replace(billed=False) for one in operation.responses)
    report = _report(spec, found.document)
    return ImageDownload(origin, request, wanted, operation._replace(responses=free), operation, report)


def fetched(
    download: ImageDownload,
    spec: JobSpec,
    settings: Settings,
    policy: CallPolicy,
    time: JobTime,
    spool: Spool | None,
) -> Flow[Response]:
    """Fetch an image. One that breaks off is fetched again, except by a batch, which does so for all of its images.

    Raises:
        RedirectRefusedError: Its host sends the client elsewhere.
        ResponseError: Its host responds with another failure.
        APIError: Its host could not be asked.
    """
    elsewhere = settings.elsewhere(download.origin)
    prepared = PreparedRequest(elsewhere, download.fetching, download.request, time.limits, is_elsewhere=True)
    wait = spec.poll
    while True:
        call = Call(prepared, policy, spool, deadline=time.deadline, attempt_seconds=time.of_download())
        response = yield from call.flow()
        failure = download.failure(response)
        if failure is not None:
            raise failure
        if not policy.waits or not time.has_room(wait) or not response.broke_off or download.is_whole(response):
            return response
        yield Pause(wait)
        wait = min(wait * 2, max(spec.poll, LONGEST_REPEAT))


def fails_by_image_host(spec: JobSpec, error: BaseException | None) -> bool:
    """Whether an error is about the host of an image, and every further download of the image would fail with it.

    It says nothing of the service, nor of the images of other jobs, which may be on other hosts.
    """
    if not isinstance(error, (RedirectRefusedError, NotSentError)):
        return False
    is_lasting = isinstance(error, RedirectRefusedError) or error.permanent
    return is_lasting and error.request.operation == _download_name(spec)


def _download_name(spec: JobSpec) -> str:
    return f"the image of {spec.submit.name}"


def _operation(spec: JobSpec, name: str) -> Operation[Any]:
    def read(request: Request, response: Response) -> Any:
        return read_result(spec.kind, spec.result_spec, request, response)

    image = DocumentedResponse((200, 200), read, billed=spec.result_spec.billed, judges_flaws=True)
    security = spec.status.operation.security if spec.sends_key else ()
    return Operation(name, security, (image,), largest=spec.largest)


def _report(spec: JobSpec, document: Any) -> Any:
    try:
        return spec.report(document)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
