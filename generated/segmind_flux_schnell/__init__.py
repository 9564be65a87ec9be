# @generated from openapi/flux-schnell.yaml (SHA-256 faa2b0350ca0) by `make generate`. Do not edit: change that file.
"""Segmind Flux Schnell

Flux.1 Schnell by Black Forest Labs turns a text prompt into an image in a few steps. Segmind sells it by the
image: one POST, one JPEG.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._batch import Batch
    from ._runtime.base.errors import OutcomeName
    from ._runtime.base.messages import Headers, Request
    from ._runtime.base.rules import Fault
    from ._runtime.batch.report import BatchSummary
    from ._runtime.client.budget import Budget, Reservation
    from ._runtime.client.events import AttemptEnded, AttemptOutcome, AttemptStarted, Event, Hook
    from ._runtime.client.many import Outcome
    from ._runtime.client.rate_limit import RateLimit
    from ._runtime.client.results import OnMismatch
    from ._runtime.client.retrying import Backoff, Retry, RetryOption
    from ._runtime.image.embedded_request import ImageFile
    from ._runtime.spec.service import Server
    from ._runtime.transport.options import Certificates, Proxy, Timeout
    from ._service import SERVERS, __version__
    from .client import AsyncClient, Client
    from .errors import (
        APIError,
        BadRequestError,
        BalanceNotFoundError,
        BrokenOffWarning,
        BudgetExhaustedError,
        ConfigurationError,
        ContentTypeWarning,
        FormatMismatchWarning,
        GatewayError,
        ImageWarning,
        InsufficientScopeError,
        InvalidContentTypeError,
        InvalidImageError,
        InvalidRequestError,
        InvalidResponseError,
        JournalError,
        KeyNotReceivedError,
        KeyRefusedError,
        MethodNotAllowedError,
        MismatchError,
        MissingKeyError,
        ModelNotFoundError,
        ModelNotPermittedError,
        ModelRetiredError,
        NotAcceptableError,
        NotEmbeddedWarning,
        NotEnoughCreditsError,
        NotFoundError,
        NotSavedError,
        NotSentError,
        OutcomeUnknownError,
        ParameterRefusedError,
        RateLimitedError,
        RedirectRefusedError,
        RequestExpiredError,
        RescuedImageWarning,
        ResponseError,
        SeedMismatchWarning,
        ServerError,
        ServiceUnavailableError,
        SingleColourWarning,
        SizeMismatchWarning,
        SpendLimitReachedError,
        StatusError,
        TrailingBytesWarning,
        UnauthorizedError,
        UndocumentedStatusError,
    )
    from .models import ErrorBody, GenerateImageRequest, GenerateImageRequestSamplerName, GenerateImageRequestScheduler
    from .results import GenerateImageFile, GenerateImageResponse, GenerateImageResult
    from .types import UNSET, DetailedResponse, File, Unset

__all__ = [
    "APIError",
    "AsyncClient",
    "AttemptEnded",
    "AttemptOutcome",
    "AttemptStarted",
    "Backoff",
    "BadRequestError",
    "BalanceNotFoundError",
    "Batch",
    "BatchSummary",
    "BrokenOffWarning",
    "Budget",
    "BudgetExhaustedError",
    "Certificates",
    "Client",
    "ConfigurationError",
    "ContentTypeWarning",
    "DetailedResponse",
    "ErrorBody",
    "Event",
    "Fault",
    "File",
    "FormatMismatchWarning",
    "GatewayError",
    "GenerateImageFile",
    "GenerateImageRequest",
    "GenerateImageRequestSamplerName",
    "GenerateImageRequestScheduler",
    "GenerateImageResponse",
    "GenerateImageResult",
    "Headers",
    "Hook",
    "ImageFile",
    "ImageWarning",
    "InsufficientScopeError",
    "InvalidContentTypeError",
    "InvalidImageError",
    "InvalidRequestError",
    "InvalidResponseError",
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
    "OnMismatch",
    "Outcome",
    "OutcomeName",
    "OutcomeUnknownError",
    "ParameterRefusedError",
    "Proxy",
    "RateLimit",
    "RateLimitedError",
    "RedirectRefusedError",
    "Request",
    "RequestExpiredError",
    "RescuedImageWarning",
    "Reservation",
    "ResponseError",
    "Retry",
    "RetryOption",
    "SERVERS",
    "SeedMismatchWarning",
    "Server",
    "ServerError",
    "ServiceUnavailableError",
    "SingleColourWarning",
    "SizeMismatchWarning",
    "SpendLimitReachedError",
    "StatusError",
    "Timeout",
    "TrailingBytesWarning",
    "UNSET",
    "UnauthorizedError",
    "UndocumentedStatusError",
    "Unset",
    "__version__",
]

_HOMES = {
    "_runtime.base.errors": ("OutcomeName",),
    "_runtime.base.messages": (
        "Headers",
        "Request",
    ),
    "_runtime.base.rules": ("Fault",),
    "_runtime.client.budget": (
        "Budget",
        "Reservation",
    ),
    "_runtime.client.events": (
        "AttemptEnded",
        "AttemptOutcome",
        "AttemptStarted",
        "Event",
        "Hook",
    ),
    "_runtime.client.rate_limit": ("RateLimit",),
    "_runtime.client.results": ("OnMismatch",),
    "_runtime.client.retrying": (
        "Backoff",
        "Retry",
        "RetryOption",
    ),
    "_runtime.spec.service": ("Server",),
    "_runtime.transport.options": (
        "Certificates",
        "Proxy",
        "Timeout",
    ),
    "_service": (
        "SERVERS",
        "__version__",
    ),
    "client": (
        "AsyncClient",
        "Client",
    ),
    "types": (
        "DetailedResponse",
        "File",
        "UNSET",
        "Unset",
    ),
    "_batch": ("Batch",),
    "_runtime.batch.report": ("BatchSummary",),
    "_runtime.client.many": ("Outcome",),
    "_runtime.image.embedded_request": ("ImageFile",),
    "errors": (
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
    ),
    "models": (
        "ErrorBody",
        "GenerateImageRequest",
        "GenerateImageRequestSamplerName",
        "GenerateImageRequestScheduler",
    ),
    "results": (
        "GenerateImageFile",
        "GenerateImageResponse",
        "GenerateImageResult",
    ),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load a name when it is first used: importing the package alone costs next to nothing."""
        from importlib import import_module

        for module, names in _HOMES.items():
            if name in names:
                found = getattr(import_module(f".{module}", __name__), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
