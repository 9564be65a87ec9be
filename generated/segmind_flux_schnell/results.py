# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""What the operations return: files with the headers of their responses, and whole responses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar
from typing import TypeAlias as _TypeAlias

from ._runtime.base.messages import Headers as _Headers
from ._runtime.image.media import Image as _Image
from ._runtime.image.media import SavedImage as _SavedImage
from ._runtime.image.result_spec import ResultSpec as _ResultSpec
from ._runtime.spec.semantics import RequestSemantics as _RequestSemantics
from ._runtime.spec.semantics import SemanticField as _SemanticField
from ._service import SERVICE as _SERVICE
from .types import DetailedResponse

if TYPE_CHECKING:
    from .models.error_body import ErrorBody
    from .models.failed_job import FailedJob
    from .models.job_result import JobResult
    from .models.job_status import JobStatus
    from .models.queued_job import QueuedJob
    from .models.user_credits import UserCredits


GENERATE_IMAGE_SEMANTICS = _RequestSemantics(
    width=_SemanticField("width", 1024),
    height=_SemanticField("height", 1024),
    count=_SemanticField("samples", 1),
    seed=_SemanticField("seed", 123456789),
    random_seed=-1,
    prompt="prompt",
    seed_header="x-seed-value",
)
"""Which properties of the request of `generate_image` mean something to the client."""


class _GenerateImageHeaders:
    """The headers of a successful response to `generate_image`."""

    __slots__ = ()

    headers: _Headers

    @property
    def remaining_credits(self) -> Decimal | None:
        """Credits left in the account after this call. None if the service does not say. From `x-remaining-credits`."""
        return self.headers.number("x-remaining-credits")

    @property
    def cost(self) -> Decimal | None:
        """Credits charged for this call. None if the service does not say. From `x-cost`."""
        return self.headers.number("x-cost")

    @property
    def request_id(self) -> str | None:
        """Identifier of this call, to quote to the vendor's support. None if the service does not say. From
        `x-request-id`."""
        return self.headers.text("x-request-id")

    @property
    def generation_time(self) -> Decimal | None:
        """Seconds that the generation took. None if the service does not say. From `x-generation-time`."""
        return self.headers.number("x-generation-time")

    @property
    def seed_value(self) -> int | None:
        """The seed that was used. None if the service does not say. From `x-seed-value`."""
        return self.headers.integer("x-seed-value")

    @property
    def output_metadata(self) -> str | None:
        """Details of the image, as JSON text. None if the service does not say. From `x-output-metadata`."""
        return self.headers.text("x-output-metadata")


GENERATE_IMAGE_RESULT_SPEC = _ResultSpec(
    media_types=("image/jpeg",),
    billed=True,
    semantics=GENERATE_IMAGE_SEMANTICS,
    service=_SERVICE,
)


class GenerateImageResult(_Image, _GenerateImageHeaders):
    """The image. Returned by `generate_image`."""

    __slots__ = ()

    _spec: ClassVar[_ResultSpec] = GENERATE_IMAGE_RESULT_SPEC


class GenerateImageFile(_SavedImage, _GenerateImageHeaders):
    """The image. Written to a file by `generate_image_to_file`."""

    __slots__ = ()

    _spec: ClassVar[_ResultSpec] = GENERATE_IMAGE_RESULT_SPEC


if TYPE_CHECKING:
    # The base of a class is made when this module is imported, and the classes of schemas are not loaded then.
    _GenerateImageResponseBody: _TypeAlias = GenerateImageResult | ErrorBody


class GenerateImageResponse(DetailedResponse["_GenerateImageResponseBody"], _GenerateImageHeaders):
    """A response to `generate_image`, with its status and headers."""

    __slots__ = ()


SUBMIT_IMAGE_SEMANTICS = _RequestSemantics(
    width=_SemanticField("width", 1024),
    height=_SemanticField("height", 1024),
    count=_SemanticField("samples", 1),
    seed=_SemanticField("seed", 123456789),
    random_seed=-1,
    prompt="prompt",
    seed_header="x-seed-value",
)
"""Which properties of the request of `submit_image` mean something to the client."""


class _SubmitImageHeaders:
    """The headers of a successful response to `submit_image`."""

    __slots__ = ()

    headers: _Headers

    @property
    def request_id(self) -> str | None:
        """Identifier of this call, to quote to the vendor's support. None if the service does not say. From
        `x-request-id`."""
        return self.headers.text("x-request-id")


if TYPE_CHECKING:
    # The base of a class is made when this module is imported, and the classes of schemas are not loaded then.
    _SubmitImageResponseBody: _TypeAlias = QueuedJob | ErrorBody


class SubmitImageResponse(DetailedResponse["_SubmitImageResponseBody"], _SubmitImageHeaders):
    """A response to `submit_image`, with its status and headers."""

    __slots__ = ()


class _GetRequestStatusHeaders:
    """The headers of a successful response to `get_request_status`."""

    __slots__ = ()

    headers: _Headers

    @property
    def request_id(self) -> str | None:
        """Identifier of this call, to quote to the vendor's support. None if the service does not say. From
        `x-request-id`."""
        return self.headers.text("x-request-id")


if TYPE_CHECKING:
    # The base of a class is made when this module is imported, and the classes of schemas are not loaded then.
    _GetRequestStatusResponseBody: _TypeAlias = JobStatus | ErrorBody | FailedJob


class GetRequestStatusResponse(DetailedResponse["_GetRequestStatusResponseBody"], _GetRequestStatusHeaders):
    """A response to `get_request_status`, with its status and headers."""

    __slots__ = ()


class _GetRequestResultHeaders:
    """The headers of a successful response to `get_request_result`."""

    __slots__ = ()

    headers: _Headers

    @property
    def request_id(self) -> str | None:
        """Identifier of this call, to quote to the vendor's support. None if the service does not say. From
        `x-request-id`."""
        return self.headers.text("x-request-id")


if TYPE_CHECKING:
    # The base of a class is made when this module is imported, and the classes of schemas are not loaded then.
    _GetRequestResultResponseBody: _TypeAlias = JobResult | ErrorBody | FailedJob


class GetRequestResultResponse(DetailedResponse["_GetRequestResultResponseBody"], _GetRequestResultHeaders):
    """A response to `get_request_result`, with its status and headers."""

    __slots__ = ()


class _GetUserCreditsHeaders:
    """The headers of a successful response to `get_user_credits`."""

    __slots__ = ()

    headers: _Headers

    @property
    def request_id(self) -> str | None:
        """Identifier of this call, to quote to the vendor's support. None if the service does not say. From
        `x-request-id`."""
        return self.headers.text("x-request-id")


if TYPE_CHECKING:
    # The base of a class is made when this module is imported, and the classes of schemas are not loaded then.
    _GetUserCreditsResponseBody: _TypeAlias = UserCredits | ErrorBody


class GetUserCreditsResponse(DetailedResponse["_GetUserCreditsResponseBody"], _GetUserCreditsHeaders):
    """A response to `get_user_credits`, with its status and headers."""

    __slots__ = ()


__all__ = [
    "GenerateImageFile",
    "GenerateImageResponse",
    "GenerateImageResult",
    "GetRequestResultResponse",
    "GetRequestStatusResponse",
    "GetUserCreditsResponse",
    "SubmitImageResponse",
]
