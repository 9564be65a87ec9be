# @generated from openapi/runtime/client/job_download.py by `make generate`. Do not edit: change that file.
"""The download of a job's image: from another host, without the key, without redirects, and judged like any image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..base.errors import InvalidImageError, NotSentError, RedirectRefusedError, ResponseError
from ..base.json_pointer import value_at
from ..base.messages import Request, Response
from ..image.response_files import read_result
from ..spec.operation import DocumentedResponse, Operation
from .job_address import divided, flaw_of_image_address

if TYPE_CHECKING:
    from ..spec.job import JobSpec
    from ..spec.service import Settings
    from .job_responses import JobReading


class ImageDownload(NamedTuple):
    """Where the image of a job is, and how its response is read.

    Args:
        origin: Scheme, host and port.
        request: The GET.
        fetching: The operation of the GET, which is free.
        operation: How its response is read, once the image is judged as what was paid for.
        report: What the queue reports of the job, as a model of the document; None if it has another shape.
    """

    origin: str
    request: Request
    fetching: Operation[Any]
    operation: Operation[Any]
    report: Any

    def failure(self, response: Response) -> ResponseError | None:
        """The error for a response without an image, or None."""
        if 300 <= response.status_code <= 399:
            return RedirectRefusedError(self.request, response, "the image is fetched from its own address only")
        return self.fetching.failure(self.request, response)


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
    return ImageDownload(origin, request, operation._replace(responses=free), operation, report)


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
