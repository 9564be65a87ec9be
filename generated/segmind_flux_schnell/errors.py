# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""The exceptions of this package: a class for each documented status of failure, below those that any API has.

APIError
├── ConfigurationError, MissingKeyError
├── InvalidRequestError
├── BudgetExhaustedError
├── NotSentError
├── OutcomeUnknownError
│   └── GatewayError  (a ResponseError too)
├── NotSavedError
├── JournalError
├── JobTimeoutError
└── ResponseError
    ├── StatusError
    │   ├── BadRequestError  400
    │   ├── UnauthorizedError  401
    │   │   ├── KeyNotReceivedError
    │   │   └── KeyRefusedError
    │   ├── ModelNotPermittedError  403
    │   │   └── InsufficientScopeError
    │   ├── NotFoundError  404
    │   │   ├── RequestExpiredError
    │   │   ├── BalanceNotFoundError
    │   │   └── ModelNotFoundError
    │   ├── MethodNotAllowedError  405
    │   ├── NotAcceptableError  406
    │   │   ├── InvalidContentTypeError
    │   │   ├── NotEnoughCreditsError
    │   │   ├── SpendLimitReachedError
    │   │   └── ParameterRefusedError
    │   ├── ModelRetiredError  410
    │   ├── UnprocessableError  422
    │   ├── RateLimitedError  429
    │   ├── ServerError  500
    │   └── ServiceUnavailableError  503
    ├── RedirectRefusedError
    ├── UndocumentedStatusError
    ├── JobFailedError, JobExpiredError
    └── InvalidResponseError
        └── InvalidImageError
            └── MismatchError

UserWarning
└── ImageWarning
    ├── SizeMismatchWarning, SeedMismatchWarning, FormatMismatchWarning
    ├── ContentTypeWarning, TrailingBytesWarning, BrokenOffWarning, SingleColourWarning, RescuedImageWarning
    └── NotEmbeddedWarning
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ._runtime.base.errors import (
    APIError,
    BudgetExhaustedError,
    ConfigurationError,
    GatewayError,
    InvalidImageError,
    InvalidRequestError,
    InvalidResponseError,
    JobExpiredError,
    JobFailedError,
    JobTimeoutError,
    JournalError,
    MismatchError,
    MissingKeyError,
    NotSavedError,
    NotSentError,
    OutcomeUnknownError,
    RedirectRefusedError,
    ResponseError,
    StatusError,
    UndocumentedStatusError,
)
from ._runtime.base.image_warnings import (
    BrokenOffWarning,
    ContentTypeWarning,
    FormatMismatchWarning,
    ImageWarning,
    NotEmbeddedWarning,
    RescuedImageWarning,
    SeedMismatchWarning,
    SingleColourWarning,
    SizeMismatchWarning,
    TrailingBytesWarning,
)
from ._runtime.base.public_names import show_as_exported as _show_as_exported

if TYPE_CHECKING:
    from .models.error_body import ErrorBody
    from .models.failed_job import FailedJob


class BadRequestError(StatusError):
    """400: The body is malformed, a field is missing, or the model does not support the operation."""

    documented: ClassVar[tuple[str, ...]] = ("400",)
    meaning: ClassVar[str] = "The body is malformed, a field is missing, or the model does not support the operation"
    body: ErrorBody | None


class UnauthorizedError(StatusError):
    """401: The API key is missing, wrong or expired."""

    documented: ClassVar[tuple[str, ...]] = ("401",)
    meaning: ClassVar[str] = "The API key is missing, wrong or expired"
    body: ErrorBody | None


class KeyNotReceivedError(UnauthorizedError):
    """401, as the text of the response says: No key reached the service."""

    meaning: ClassVar[str] = "No key reached the service"


class KeyRefusedError(UnauthorizedError):
    """401, as the text of the response says: The key is wrong or has expired. The service also refuses a key that is
    sent as a bearer token."""

    meaning: ClassVar[str] = "The key is wrong or has expired"


class ModelNotPermittedError(StatusError):
    """403: The model exists, but this account or team may not use it."""

    documented: ClassVar[tuple[str, ...]] = ("403",)
    meaning: ClassVar[str] = "The model exists, but this account or team may not use it"
    body: ErrorBody | None


class InsufficientScopeError(ModelNotPermittedError):
    """403, as the text of the response says: The key may not be used for this call."""

    meaning: ClassVar[str] = "The key may not be used for this call"


class NotFoundError(StatusError):
    """404: The requested URL does not exist."""

    documented: ClassVar[tuple[str, ...]] = ("404",)
    meaning: ClassVar[str] = "The requested URL does not exist"
    body: ErrorBody | None


class RequestExpiredError(NotFoundError):
    """404, as the text of the response says: The record of a request has expired, or the service never had it."""

    meaning: ClassVar[str] = "The record of a request has expired, or the service never had it"


class BalanceNotFoundError(NotFoundError):
    """404, as the text of the response says: The account has no record of credits."""

    meaning: ClassVar[str] = "The account has no record of credits"


class ModelNotFoundError(NotFoundError):
    """404, as the text of the response says: The service has no model of this name."""

    meaning: ClassVar[str] = "The service has no model of this name"


class MethodNotAllowedError(StatusError):
    """405: The requested HTTP method is not allowed."""

    documented: ClassVar[tuple[str, ...]] = ("405",)
    meaning: ClassVar[str] = "The requested HTTP method is not allowed"
    body: ErrorBody | None


class NotAcceptableError(StatusError):
    """406: The service refuses the request for its content type, a value, the credits or a spend limit."""

    documented: ClassVar[tuple[str, ...]] = ("406",)
    meaning: ClassVar[str] = (
        "The service refuses the request for its content type, a value, the credits or a spend limit"
    )
    body: ErrorBody | None


class InvalidContentTypeError(NotAcceptableError):
    """406, as the text of the response says: The content type of the request is missing, or not one that the service
    accepts."""

    meaning: ClassVar[str] = "The content type of the request is missing, or not one that the service accepts"


class NotEnoughCreditsError(NotAcceptableError):
    """406, as the text of the response says: The credits do not cover the call. The text names the balance, which
    may be above zero, and what the call needs."""

    meaning: ClassVar[str] = "The credits do not cover the call"


class SpendLimitReachedError(NotAcceptableError):
    """406, as the text of the response says: The team has reached its spend limit. The text names its period and its
    cap."""

    meaning: ClassVar[str] = "The team has reached its spend limit"


class ParameterRefusedError(NotAcceptableError):
    """406, as the text of the response says: The service refuses the value of a parameter before the model runs."""

    meaning: ClassVar[str] = "The service refuses the value of a parameter before the model runs"


class ModelRetiredError(StatusError):
    """410: The model has been taken out of service."""

    documented: ClassVar[tuple[str, ...]] = ("410",)
    meaning: ClassVar[str] = "The model has been taken out of service"
    body: ErrorBody | None


class UnprocessableError(StatusError):
    """422: The job ran and failed."""

    documented: ClassVar[tuple[str, ...]] = ("422",)
    meaning: ClassVar[str] = "The job ran and failed"
    body: FailedJob | None


class RateLimitedError(StatusError):
    """429: Too many requests in too short a time."""

    documented: ClassVar[tuple[str, ...]] = ("429",)
    meaning: ClassVar[str] = "Too many requests in too short a time"
    body: ErrorBody | None

    @property
    def rate_limit_reset_at_utc(self) -> str | None:
        """When the rate limit ends, in UTC. The format is not documented. None if the service does not say. From
        `x-rate-limit-reset-at-utc`."""
        return self.headers.text("x-rate-limit-reset-at-utc")


class ServerError(StatusError):
    """500: The service failed to process the request. If the parameters are new, the likeliest reason is a number
    out of its range, which fails in the model."""

    documented: ClassVar[tuple[str, ...]] = ("500",)
    meaning: ClassVar[str] = "The service failed to process the request"
    body: ErrorBody | None


class ServiceUnavailableError(StatusError):
    """503: The model may be starting; the service cannot take the request yet."""

    documented: ClassVar[tuple[str, ...]] = ("503",)
    meaning: ClassVar[str] = "The model may be starting; the service cannot take the request yet"
    body: ErrorBody | None


__all__ = [
    "APIError",
    "BadRequestError",
    "BalanceNotFoundError",
    "BrokenOffWarning",
    "BudgetExhaustedError",
    "ConfigurationError",
    "ContentTypeWarning",
    "FormatMismatchWarning",
    "GatewayError",
    "ImageWarning",
    "InsufficientScopeError",
    "InvalidContentTypeError",
    "InvalidImageError",
    "InvalidRequestError",
    "InvalidResponseError",
    "JobExpiredError",
    "JobFailedError",
    "JobTimeoutError",
    "JournalError",
    "KeyNotReceivedError",
    "KeyRefusedError",
    "MethodNotAllowedError",
    "MismatchError",
    "MissingKeyError",
    "ModelNotFoundError",
    "ModelNotPermittedError",
    "ModelRetiredError",
    "NotAcceptableError",
    "NotEmbeddedWarning",
    "NotEnoughCreditsError",
    "NotFoundError",
    "NotSavedError",
    "NotSentError",
    "OutcomeUnknownError",
    "ParameterRefusedError",
    "RateLimitedError",
    "RedirectRefusedError",
    "RequestExpiredError",
    "RescuedImageWarning",
    "ResponseError",
    "SeedMismatchWarning",
    "ServerError",
    "ServiceUnavailableError",
    "SingleColourWarning",
    "SizeMismatchWarning",
    "SpendLimitReachedError",
    "StatusError",
    "TrailingBytesWarning",
    "UnauthorizedError",
    "UndocumentedStatusError",
    "UnprocessableError",
]

_show_as_exported(__name__)
