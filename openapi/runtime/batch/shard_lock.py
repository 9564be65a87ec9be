"""Runs on one folder at the same time: all of them cut the requests into the same number of shards."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..base.errors import ConfigurationError

if sys.platform != "win32":
    import fcntl

NAME = ".shards"
"""The file in the folder that is locked. It stays there: whoever removed it could remove one that is locked anew."""


@contextmanager
def cut_into(count: int, folder: Path) -> Generator[None]:
    """Keep runs with another number of shards off a folder: theirs overlap with those of this one.

    Each run holds a lock on one file, shared with the others, and the file says the number. It is written by a run that
    is alone, so it cannot change while any of them runs. On Windows nothing is locked.

    Args:
        count: How many shards there are.
        folder: The folder of the batch, which is there.

    Raises:
        ConfigurationError: Another process runs with another number of shards.
        OSError: The file cannot be written.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(handle, count, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, count: int, folder: Path) -> None:
    if sys.platform == "win32":
        return
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.pwrite(handle, f"{count}\n".encode(), 0)
        os.ftruncate(handle, len(f"{count}\n"))
    # On the way from one lock to the other another run may have been alone for a moment: what it wrote holds.
    fcntl.flock(handle, fcntl.LOCK_SH)
    theirs = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    if theirs != str(count):
        raise ConfigurationError(
            f"{folder} is being written by another process with shards of {theirs}, not of {count}: they overlap."
        )
