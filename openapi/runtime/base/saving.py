"""Files that are whole or absent: written aside, synced, and swapped in."""

import errno
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from .tunables import REPLACE_WAITS, ROOM_FOR_IMAGE, STEM_KEPT

_ASIDE = re.compile(r"\.[0-9a-f]{16}\.part")


@contextmanager
def replacing(path: str | os.PathLike[str], *, keeps: bool = False) -> Generator[BinaryIO, None, None]:
    """Open a file that takes its place under `path` when the block ends, and leaves no trace when the block raises.

    The file is opened for writing and reading, beside the target and under a temporary name. When the block ends it is
    synced to the disk and renamed: whoever opens the path sees the old file or the whole new one. After any exception,
    KeyboardInterrupt included, the temporary file is gone and the target is as it was; only a process that is killed
    leaves the temporary file, `.….part`.

    Where another program holds one of the two files, such as a virus scanner on Windows, the renaming is tried again
    for some seconds. A path that `aside` has made is written as it is: its block renames it.

    A link stays, and the file that it leads to is replaced. An existing file keeps its mode; a new one gets that of
    the umask. A device or a pipe is opened for writing, and stays what it is.

    Args:
        path: The target.
        keeps: Whether what was written is paid for: if it cannot be renamed, it is kept beside the target under another
            name.

    Raises:
        NotReplacedError: `keeps` is set, and the file was written but could not be renamed. The error has its new name.
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
    if _ASIDE.fullmatch(target.name):
        with _synced(target, permissions) as file:
            yield file
        return
    with aside(target.parent) as temporary:
        with _synced(temporary, permissions) as file:
            yield file
        rename(temporary, target, keeps=keeps)
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
        # A program that holds it would hide with its own error why the block raised.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


class NotReplacedError(OSError):
    """A file was written whole, but could not be given its name.

    Attributes:
        kept: Where its bytes are instead, or None if they could not be kept.
    """

    def __init__(self, error: OSError, target: Path, kept: Path | None) -> None:
        super().__init__(error.errno, error.strerror, str(target))
        self.kept = kept


def rename(temporary: Path, target: Path, *, keeps: bool) -> None:
    """Give a file its name, in place of the file that has it. As long as another program holds it, try again.

    Args:
        temporary: The file.
        target: Its name.
        keeps: Whether to keep its bytes under another name if that fails.

    Raises:
        NotReplacedError: `keeps` is set, and it failed for good.
        OSError: It failed for good.
    """
    try:
        _rename_patiently(temporary, target)
    except OSError as error:
        if not keeps:
            raise
        raise NotReplacedError(error, target, _kept(temporary, target)) from error
    except BaseException:
        # Ctrl-C during a wait.
        if keeps:
            _kept(temporary, target)
        raise


def numbered(path: Path) -> Iterator[Path]:
    """The path, then others beside it with a number each: `fox.jpg`, `fox-2.jpg`."""
    yield path
    yield from (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))


def keep_elsewhere(content: bytes, path: Path, suffix: str) -> Path | None:
    """Write bytes that were paid for to the folder for temporary files, under a name like that of their file.

    Returns:
        The file, or None if they cannot be written there either.
    """
    # Shortened: it may be as long as a name can be.
    prefix = "".join(one if one.isalnum() else "-" for one in path.stem)[:STEM_KEPT]
    try:
        with tempfile.NamedTemporaryFile(prefix=f"{prefix}-", suffix=suffix, delete=False) as file:
            file.write(content)
    except (OSError, ValueError):
        return None
    return Path(file.name)


def check_folder(folder: Path, images: int = 1) -> None:
    """Find out by a trial whether images can be written into a folder.

    Args:
        folder: The folder.
        images: How many are to have room in it, as far as the system knows.

    Raises:
        OSError: They cannot be written there.
    """
    with tempfile.TemporaryFile(dir=folder):
        pass
    free = room(folder)
    if free is not None and free < images * ROOM_FOR_IMAGE:
        raise OSError(errno.ENOSPC, f"only {free / 1e6:.1f} MB are free")


def room(folder: Path) -> int | None:
    """The bytes that are free in a folder; None where the system does not know."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    # Some network drives report nothing at all.
    return usage.free if usage.total else None


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


def _rename_patiently(temporary: Path, target: Path) -> None:
    for seconds in REPLACE_WAITS:
        try:
            temporary.replace(target)
        except OSError as error:
            if not isinstance(error, PermissionError) and error.errno != errno.EBUSY:
                raise
            time.sleep(seconds)
        else:
            return
    temporary.replace(target)


def _kept(temporary: Path, target: Path) -> Path | None:
    """A copy of a file beside its target, under a name that no other file has."""
    names = numbered(target)
    next(names)
    for name in names:
        try:
            # Copied, not renamed: another program may hold the file itself.
            with temporary.open("rb") as source, name.open("xb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
        except FileExistsError:
            continue
        except OSError:
            return None
        return name
    return None


@contextmanager
def _synced(path: Path, permissions: int | None) -> Generator[BinaryIO]:
    """A new file, which is on the disk when the block ends."""
    with _created(path, permissions) as file:
        if permissions is not None:
            # The umask may have taken some of it away.
            path.chmod(permissions)
        yield file
        file.flush()
        os.fsync(file.fileno())


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _permissions(mode: int | None) -> int | None:
    # Windows knows one permission, read-only, and replaces no file that has it: there is nothing to hand on.
    return None if mode is None or os.name == "nt" else stat.S_IMODE(mode)


def _created(path: Path, permissions: int | None) -> BinaryIO:
    # From the start, only those who may read the target may read it.
    mode = 0o666 if permissions is None else permissions
    return open(path, "x+b", opener=lambda name, flags: os.open(name, flags, mode))
