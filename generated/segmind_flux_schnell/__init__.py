# @generated from openapi/flux-schnell.yaml by `make generate`. Do not edit: change that file.
"""Segmind Flux Schnell

Flux.1 Schnell by Black Forest Labs turns a text prompt into a picture in a few steps. Segmind sells it by the
picture: one POST, one JPEG.
"""

from ._runtime.many import Outcome
from ._service import SERVERS, __version__
from .batch import Batch, BatchSummary
from .client import AsyncClient, Client
from .errors import (
    AnswerError,
    BadRequestError,
    ClientError,
    ConfigurationError,
    InvalidAnswerError,
    InvalidImageError,
    InvalidRequestError,
    MethodNotAllowedError,
    MissingKeyError,
    ModelNotPermittedError,
    ModelRetiredError,
    NotEnoughCreditsError,
    NotFoundError,
    NotSentError,
    OutcomeUnknownError,
    RateLimitedError,
    ServerError,
    StatusError,
    UnauthorizedError,
    UndocumentedStatusError,
)
from .models import Error, GenerateImageRequest, GenerateImageRequestSamplerName, GenerateImageRequestScheduler
from .results import GenerateImageResponse, GenerateImageResult
from .types import UNSET, File, Response, Unset

__all__ = [
    "AnswerError",
    "AsyncClient",
    "BadRequestError",
    "Batch",
    "BatchSummary",
    "Client",
    "ClientError",
    "ConfigurationError",
    "Error",
    "File",
    "GenerateImageRequest",
    "GenerateImageRequestSamplerName",
    "GenerateImageRequestScheduler",
    "GenerateImageResponse",
    "GenerateImageResult",
    "InvalidAnswerError",
    "InvalidImageError",
    "InvalidRequestError",
    "MethodNotAllowedError",
    "MissingKeyError",
    "ModelNotPermittedError",
    "ModelRetiredError",
    "NotEnoughCreditsError",
    "NotFoundError",
    "NotSentError",
    "Outcome",
    "OutcomeUnknownError",
    "RateLimitedError",
    "Response",
    "SERVERS",
    "ServerError",
    "StatusError",
    "UNSET",
    "UnauthorizedError",
    "UndocumentedStatusError",
    "Unset",
    "__version__",
]
