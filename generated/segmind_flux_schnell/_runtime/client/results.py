# @generated from openapi/runtime/client/results.py by `make generate`. Do not edit: change that file.
"""Where a result goes: into memory, or to disk while it is received."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from ..base.errors import InvalidRequestError
from ..base.rules import Fault
from ..base.wording import reason
from ..image.media import Image

if TYPE_CHECKING:
    from pathlib import Path

    from ..base.spool import Spool
    from ..image.result_spec import ResultSpec

T = TypeVar("T")


def finished(result: T, embeds: bool) -> T:
    """A result with the setting of its client: whether `save` embeds the request in an image."""
    if embeds or not isinstance(result, Image):
        return result
    return evolve(result, embeds=False)


def _target(path: str | os.PathLike[str], spec: ResultSpec) -> Path:
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
    return target


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
