# @generated from openapi/runtime/base/saving.py by `make generate`. Do not edit: change that file.
"""Files that are whole or absent: written aside, synced, and swapped in."""

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

    A link stays, and the file that it leads to is replaced. An existing file keeps its mode; a new one gets that of
    the umask. A device or a pipe is opened for writing, and stays what it is.

    Raises:
        OSError: The target is a folder or lies in none, or the file cannot be written. On Windows also: the target is
            read-only, or another program has it open.
    """
    mode = _mode(Path(path))
    if mode is not None and not stat.S_ISREG(mode):
        # A folder is refused by open itself.
        with Path(path).open("wb") as file:
            yield file
        return
    target = Path(os.path.realpath(path))
    permissions = _permissions(mode)
    with aside(target.parent) as temporary:
        with _created(temporary, permissions) as file:
            if permissions is not None:
                # The umask may have taken some of it away.
                temporary.chmod(permissions)
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    # The file is in its place by now: a file system that cannot sync a folder is not a failure.
    with suppress(OSError):
        sync_folder(target.parent)


@contextmanager
def aside(folder: Path) -> Generator[Path]:
    """A free path in a folder, for a file whose final name is not known or not free yet.

    The block makes the file and renames it. If it does not, because it raised, the file is deleted.
    """
    # Not made from the final name, which may be as long as a name can be.
    temporary = folder / f".{secrets.token_hex(8)}.part"
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until the names of new and renamed files are on the disk.

    Without effect on Windows, where a program cannot open a folder: there the journal of the file system has to do.

    Raises:
        OSError: The disk failed, or the file system cannot sync a folder.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _permissions(mode: int | None) -> int | None:
    # Windows knows one permission, read-only, and replaces no file that has it: there is nothing to hand on.
    return None if mode is None or os.name == "nt" else stat.S_IMODE(mode)


def _created(path: Path, permissions: int | None) -> BinaryIO:
    # From the first moment nobody may read it who may not read the target.
    mode = 0o666 if permissions is None else permissions
    return open(path, "x+b", opener=lambda name, flags: os.open(name, flags, mode))
