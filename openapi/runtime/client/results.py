"""Where a result goes: into memory, or to disk while it comes in."""

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
    """A result that knows whether its client wants the request inside images that are saved."""
    if embeds or not isinstance(result, Image):
        return result
    return evolve(result, embeds=False)


def _target(path: str | os.PathLike[str]) -> Path:
    from pathlib import Path

    target = Path(path)
    with suppress(FileNotFoundError):
        # Names that no file can have raise here.
        mode = target.stat().st_mode
        if not stat.S_ISREG(mode):
            raise OSError("it is a folder" if stat.S_ISDIR(mode) else "it is no file")
    return target


@contextmanager
def spool_for(operation: str, path: str | os.PathLike[str]) -> Generator[Spool]:
    """A spool beside the file that is to be written, before anything is paid for.

    Raises:
        InvalidRequestError: Nothing can be written there. Nothing was sent.
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
