# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""Segmind Flux Schnell

Flux.1 Schnell by Black Forest Labs turns a text prompt into an image in a few steps. Segmind sells it by the image:
one POST, one JPEG.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._batch import Batch
    from ._runtime.batch.report import BatchSummary
    from ._runtime.client.budget import Budget
    from ._runtime.client.events import AttemptEnded, AttemptStarted
    from ._runtime.client.many import Outcome
    from ._runtime.client.retrying import Backoff, Retry
    from ._service import SERVERS, __version__
    from .client import AsyncClient, Client
    from .errors import (
        APIError,
        BadRequestError,
        BudgetExhaustedError,
        ConfigurationError,
        GatewayError,
        InvalidImageError,
        InvalidRequestError,
        InvalidResponseError,
        MethodNotAllowedError,
        MissingKeyError,
        ModelNotPermittedError,
        ModelRetiredError,
        NotEmbeddedWarning,
        NotEnoughCreditsError,
        NotFoundError,
        NotSavedError,
        NotSentError,
        OutcomeUnknownError,
        RateLimitedError,
        RedirectRefusedError,
        ResponseError,
        ServerError,
        ServiceUnavailableError,
        StatusError,
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
    "AttemptStarted",
    "Backoff",
    "BadRequestError",
    "Batch",
    "BatchSummary",
    "Budget",
    "BudgetExhaustedError",
    "Client",
    "ConfigurationError",
    "DetailedResponse",
    "ErrorBody",
    "File",
    "GatewayError",
    "GenerateImageFile",
    "GenerateImageRequest",
    "GenerateImageRequestSamplerName",
    "GenerateImageRequestScheduler",
    "GenerateImageResponse",
    "GenerateImageResult",
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
    "Outcome",
    "OutcomeUnknownError",
    "RateLimitedError",
    "RedirectRefusedError",
    "ResponseError",
    "Retry",
    "SERVERS",
    "ServerError",
    "ServiceUnavailableError",
    "StatusError",
    "UNSET",
    "UnauthorizedError",
    "UndocumentedStatusError",
    "Unset",
    "__version__",
]

_HOMES = {
    "_runtime.client.budget": ("Budget",),
    "_runtime.client.events": ("AttemptEnded", "AttemptStarted"),
    "_runtime.client.retrying": ("Backoff", "Retry"),
    "_service": ("SERVERS", "__version__"),
    "_batch": ("Batch",),
    "_runtime.batch.report": ("BatchSummary",),
    "client": ("AsyncClient", "Client"),
    "errors": (
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
    ),
    "models": ("ErrorBody", "GenerateImageRequest", "GenerateImageRequestSamplerName", "GenerateImageRequestScheduler"),
    "_runtime.client.many": ("Outcome",),
    "results": ("GenerateImageFile", "GenerateImageResponse", "GenerateImageResult"),
    "types": ("UNSET", "DetailedResponse", "File", "Unset"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load a name from its module when it is first used: importing the package alone costs next to nothing."""
        from importlib import import_module

        for module, names in _HOMES.items():
            if name in names:
                found = getattr(import_module(f".{module}", __name__), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
