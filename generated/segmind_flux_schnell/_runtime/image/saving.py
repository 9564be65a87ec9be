# @generated from openapi/runtime/image/saving.py by `make generate`. Do not edit: change that file.
"""Files that are whole or absent."""

import os
import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Generator[BinaryIO, None, None]:
    """Open a file that takes its place under `path` when the block ends, and leaves no trace when the block raises.

    The file is opened for writing and reading, beside the target and under a temporary name. When the block ends it is
    synced to the disk and renamed: whoever opens the path sees the old file or the whole new one. After any exception,
    KeyboardInterrupt included, the temporary file is gone and the target is as it was; only a process that is killed
    leaves the temporary file, `.….part`.

    A link stays, and the file that it leads to is replaced. A file that is there keeps its mode; a new one has that of
    the umask. A device or a pipe is opened for writing, and stays what it is.

    Raises:
        OSError: The target is a folder or lies in none, or the file cannot be written.
    """
    mode = _mode(Path(path))
    if mode is not None and not stat.S_ISREG(mode):
        # A folder is refused by open itself.
        with Path(path).open("wb") as file:
            yield file
        return
    target = Path(os.path.realpath(path))
    # Not made from the name of the target, which may be as long as a name can be.
    temporary = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with _created(temporary, mode) as file:
            if mode is not None:
                # The umask may have taken some of it away.
                temporary.chmod(stat.S_IMODE(mode))
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _created(path: Path, mode: int | None) -> BinaryIO:
    # From the first moment nobody may read it who may not read the target.
    permissions = 0o666 if mode is None else stat.S_IMODE(mode)
    return open(path, "x+b", opener=lambda name, flags: os.open(name, flags, permissions))


def _sync_folder(folder: Path) -> None:
    # The file is in its place by now: a system that cannot sync a folder makes that no failure.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
