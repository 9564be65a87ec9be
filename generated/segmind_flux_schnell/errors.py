# @generated from openapi/flux-schnell.yaml (SHA-256 74a5562cb46c) by `make generate`. Do not edit: change that file.
"""The exceptions of this package: a class for each documented status of failure, below those that any API has.

APIError
├── ConfigurationError, MissingKeyError
├── InvalidRequestError
├── BudgetExhaustedError
├── NotSentError
├── OutcomeUnknownError
│   └── GatewayError  (a ResponseError too)
├── NotSavedError
└── ResponseError
    ├── StatusError
    │   ├── BadRequestError  400
    │   ├── UnauthorizedError  401
    │   ├── ModelNotPermittedError  403
    │   ├── NotFoundError  404
    │   ├── MethodNotAllowedError  405
    │   ├── NotEnoughCreditsError  406
    │   ├── ModelRetiredError  410
    │   ├── RateLimitedError  429
    │   ├── ServerError  500
    │   └── ServiceUnavailableError  503
    ├── RedirectRefusedError
    ├── UndocumentedStatusError
    └── InvalidResponseError
        └── InvalidImageError

UserWarning
└── NotEmbeddedWarning
"""

from typing import ClassVar

from ._runtime.base.errors import (
    APIError,
    BudgetExhaustedError,
    ConfigurationError,
    GatewayError,
    InvalidImageError,
    InvalidRequestError,
    InvalidResponseError,
    MissingKeyError,
    NotEmbeddedWarning,
    NotSavedError,
    NotSentError,
    OutcomeUnknownError,
    RedirectRefusedError,
    ResponseError,
    StatusError,
    UndocumentedStatusError,
)
from .models.error_body import ErrorBody


class BadRequestError(StatusError):
    """400: The body is malformed, or a field is missing."""

    documented: ClassVar[tuple[str, ...]] = ("400",)
    meaning: ClassVar[str] = "The body is malformed, or a field is missing"
    body: ErrorBody | None


class UnauthorizedError(StatusError):
    """401: The API key is missing, wrong or expired."""

    documented: ClassVar[tuple[str, ...]] = ("401",)
    meaning: ClassVar[str] = "The API key is missing, wrong or expired"
    body: ErrorBody | None


class ModelNotPermittedError(StatusError):
    """403: The account may not use this model."""

    documented: ClassVar[tuple[str, ...]] = ("403",)
    meaning: ClassVar[str] = "The account may not use this model"
    body: ErrorBody | None


class NotFoundError(StatusError):
    """404: The requested URL does not exist."""

    documented: ClassVar[tuple[str, ...]] = ("404",)
    meaning: ClassVar[str] = "The requested URL does not exist"
    body: ErrorBody | None


class MethodNotAllowedError(StatusError):
    """405: The requested HTTP method is not allowed."""

    documented: ClassVar[tuple[str, ...]] = ("405",)
    meaning: ClassVar[str] = "The requested HTTP method is not allowed"
    body: ErrorBody | None


class NotEnoughCreditsError(StatusError):
    """406: Not enough credits. Newer pages of the vendor also give this status for an invalid content type, a value
    that is rejected before the model runs, and a team's limit; only the message tells which."""

    documented: ClassVar[tuple[str, ...]] = ("406",)
    meaning: ClassVar[str] = "Not enough credits"
    body: ErrorBody | None


class ModelRetiredError(StatusError):
    """410: The model has been taken out of service."""

    documented: ClassVar[tuple[str, ...]] = ("410",)
    meaning: ClassVar[str] = "The model has been taken out of service"
    body: ErrorBody | None


class RateLimitedError(StatusError):
    """429: Too many requests in too short a time."""

    documented: ClassVar[tuple[str, ...]] = ("429",)
    meaning: ClassVar[str] = "Too many requests in too short a time"
    body: ErrorBody | None

    @property
    def rate_limit_reset_at_utc(self) -> str | None:
        """When the rate limit ends, in UTC. The format is not documented. None where the service does not say. From
        `x-rate-limit-reset-at-utc`."""
        return self.headers.text("x-rate-limit-reset-at-utc")


class ServerError(StatusError):
    """500: The service had an issue with processing."""

    documented: ClassVar[tuple[str, ...]] = ("500",)
    meaning: ClassVar[str] = "The service had an issue with processing"
    body: ErrorBody | None


class ServiceUnavailableError(StatusError):
    """503: The service cannot take the request now; it may be starting the model."""

    documented: ClassVar[tuple[str, ...]] = ("503",)
    meaning: ClassVar[str] = "The service cannot take the request now; it may be starting the model"
    body: ErrorBody | None


__all__ = [
    "APIError",
    "BadRequestError",
    "BudgetExhaustedError",
    "ConfigurationError",
    "GatewayError",
    "InvalidImageError",
    "InvalidRequestError",
    "InvalidResponseError",
    "MethodNotAllowedError",
    "MissingKeyError",
    "ModelNotPermittedError",
    "ModelRetiredError",
    "NotEmbeddedWarning",
    "NotEnoughCreditsError",
    "NotFoundError",
    "NotSavedError",
    "NotSentError",
    "OutcomeUnknownError",
    "RateLimitedError",
    "RedirectRefusedError",
    "ResponseError",
    "ServerError",
    "ServiceUnavailableError",
    "StatusError",
    "UnauthorizedError",
    "UndocumentedStatusError",
]
