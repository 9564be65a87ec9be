# @generated from openapi/runtime/client/results.py by `make generate`. Do not edit: change that file.
"""Where a result goes: into memory, or to disk while it is received."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Literal, TypeVar

from attrs import evolve

from ..base.errors import ConfigurationError, InvalidRequestError
from ..base.rules import Fault
from ..base.wording import reason, shown
from ..image.image_attributes import ImageAttributes
from ..image.media import Image
from ..image.response_files import mismatch_of

if TYPE_CHECKING:
    from pathlib import Path

    from ..base.messages import Request, Response
    from ..base.spool import Spool
    from ..image.provenance import Provenance
    from ..image.result_spec import ResultSpec
    from ..spec.operation import Operation

T = TypeVar("T")

OnMismatch = Literal["accept", "raise"]
"""What to do with a whole image whose size, seed or format was not requested: keep it with a warning, or raise."""


def refuses_mismatches(on_mismatch: object) -> bool:
    """Whether an image other than requested is an error.

    Raises:
        ConfigurationError: It is neither "accept" nor "raise".
    """
    if on_mismatch not in ("accept", "raise"):
        raise ConfigurationError(f"on_mismatch is {shown(on_mismatch)}: it takes 'accept' or 'raise'.")
    return on_mismatch == "raise"


def finished(operation: Operation[T], request: Request, response: Response, embeds: bool, refuses: bool) -> T:
    """The result of a call by the settings of its client. What is odd about an image is given to Python's `warnings`.

    Args:
        operation: The operation that was called.
        request: The request.
        response: Its response.
        embeds: Whether `save` embeds the request in an image.
        refuses: Whether an image other than requested is an error.

    Raises:
        ResponseError: The response is not a success, or not what was requested.
        MismatchError: The image is another one than requested.
    """
    result = operation.result(request, response)
    if not isinstance(result, Image):
        return result
    body = response._replace(content=result.content, spool=None)
    mismatch = mismatch_of(result, body, operation.billed(response)) if refuses else None
    if mismatch is not None:
        raise mismatch
    warn_of(result)
    return result if embeds else evolve(result, embeds=False)


def provenance_of(path: Path) -> Provenance | None:
    """The provenance in the file of an image, for rooms that do not look into images; None if it has none.

    Raises:
        OSError: The file cannot be read.
    """
    from ..image.provenance import read_provenance

    return read_provenance(path)


def warn_of(result: object) -> None:
    """Give what is odd about an image to Python's `warnings`, and to the log."""
    if isinstance(result, ImageAttributes) and result.warnings:
        from ..base.image_warnings import give

        give(result.warnings)


def _target(path: str | os.PathLike[str], spec: ResultSpec) -> Path:
    """The file that will be written: for a link, the one that it leads to, which need not exist yet."""
    from pathlib import Path

    from ..image.conversion import obstacle

    target = Path(path)
    flaw = obstacle(target, spec.media_types)
    if flaw:
        raise ValueError(flaw)
    with suppress(FileNotFoundError):
        # A name that no file can have raises here.
        mode = target.stat().st_mode
        if not stat.S_ISREG(mode):
            raise ValueError("it is a folder" if stat.S_ISDIR(mode) else "it is not a regular file")
        if os.name == "nt" and not mode & stat.S_IWRITE:
            raise ValueError("it is read-only")
    return Path(os.path.realpath(target))


@contextmanager
def spool_for(operation: str, path: str | os.PathLike[str], spec: ResultSpec) -> Generator[Spool]:
    """A spool in the folder of the file that will be written, opened before anything is paid for.

    Args:
        operation: Name of the operation, for messages.
        path: The file.
        spec: What the document says of the result.

    Raises:
        InvalidRequestError: The file cannot be written.
    """
    from ..base.saving import check_folder
    from ..base.spool import Spool

    with ExitStack() as stack:
        try:
            target = _target(path, spec)
            check_folder(target.parent)
            spool = stack.enter_context(Spool.beside(target))
        except (OSError, TypeError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            fault = Fault("path", path, f"cannot be written: {why}")
        else:
            yield spool
            return
    raise InvalidRequestError(operation, (fault,))
