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
from ..base.wording import said
from ..image.media import Image

if TYPE_CHECKING:
    from pathlib import Path

    from ..base.spool import Spool

T = TypeVar("T")


def finished(result: T, embeds: bool) -> T:
    """A result with the setting of its client: whether `save` embeds the request in an image."""
    if embeds or not isinstance(result, Image):
        return result
    return evolve(result, embeds=False)


def _target(path: str | os.PathLike[str]) -> Path:
    from pathlib import Path

    target = Path(path)
    with suppress(FileNotFoundError):
        # A name that no file can have raises here.
        mode = target.stat().st_mode
        if not stat.S_ISREG(mode):
            raise OSError("it is a folder" if stat.S_ISDIR(mode) else "it is not a regular file")
    return target


@contextmanager
def spool_for(operation: str, path: str | os.PathLike[str]) -> Generator[Spool]:
    """A spool in the folder of the file that will be written, opened before anything is paid for.

    Raises:
        InvalidRequestError: The file cannot be written.
    """
    from ..base.spool import Spool

    with ExitStack() as stack:
        try:
            spool = stack.enter_context(Spool.beside(_target(path)))
        except (OSError, TypeError, ValueError) as error:
            fault = Fault("path", path, f"cannot be written: {said(error)}")
        else:
            yield spool
            return
    raise InvalidRequestError(operation, (fault,))
