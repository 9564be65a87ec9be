# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""The command line of this package. It needs the extra `cli`."""

from . import models as _models
from ._batch import Batch as _Batch
from ._runtime.cli.program import OperationOptions, Program
from ._runtime.cli.start import start
from ._service import SERVICE as _SERVICE
from .api.account import get_user_credits as _get_user_credits
from .api.images import generate_image as _generate_image
from .api.queue import get_request_result as _get_request_result
from .api.queue import get_request_status as _get_request_status
from .client import AsyncClient as _AsyncClient
from .client import Client as _Client
from .jobs import IMAGE_JOB as _IMAGE_JOB
from .models.generate_image_request import FIELDS as _GENERATE_IMAGE_REQUEST_FIELDS

OPERATIONS: tuple[OperationOptions, ...] = (
    OperationOptions(
        operation=_generate_image.OPERATION,
        summary="Generate an image from a text prompt.",
        description=(
            "A call takes about 10 seconds, or minutes if the model has to start first. The "
            "same parameters with the same seed give the same image. The default seed is a "
            "constant, so a call without a seed buys the same image each time."
        ),
        fields=(*_GENERATE_IMAGE_REQUEST_FIELDS,),
        request=_models.GenerateImageRequest,
        batch=_Batch,
        media_type="image/jpeg",
        seconds=10,
    ),
    OperationOptions(
        operation=_get_request_status.OPERATION,
        summary="Get the state of a job.",
        description="",
        fields=(*_get_request_status.PARAMETERS,),
        media_type=None,
        seconds=None,
    ),
    OperationOptions(
        operation=_get_request_result.OPERATION,
        summary="Get everything about a job, including the address of its image.",
        description="",
        fields=(*_get_request_result.PARAMETERS,),
        media_type=None,
        seconds=None,
    ),
    OperationOptions(
        operation=_get_user_credits.OPERATION,
        summary="Get the credits of the account.",
        description=("The call is free of charge and runs no model, so it also shows whether a key is good."),
        fields=(),
        media_type=None,
        seconds=None,
        balance="credits",
    ),
)
"""The operations of the document, with the fields that a command takes as options."""

PROGRAM = Program(
    service=_SERVICE,
    operations=OPERATIONS,
    client=_Client,
    async_client=_AsyncClient,
    job=_IMAGE_JOB,
)
"""What the command line works with."""


def main() -> int:
    """Run the command line and return its exit code."""
    return start(PROGRAM)


__all__ = ["OPERATIONS", "PROGRAM", "main"]
