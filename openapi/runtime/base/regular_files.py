"""Regular files, opened without waiting: a pipe, a device or a folder in place of one is refused."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_regular(path: str | os.PathLike[str], largest: int | None = None) -> BinaryIO:
    """Open a file for reading.

    Args:
        path: The file. A link to one is one.
        largest: Most bytes that it may have, or None for any number.

    Raises:
        OSError: It is not a regular file (a pipe would never end, nor a device such as `/dev/zero`), it is longer, or
            it cannot be opened.
        ValueError: The path has a NUL.
    """
    # A pipe would otherwise wait for its writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, f"{os.path.basename(path)} is not a regular file", os.fspath(path))
        if largest is not None and found.st_size > largest:
            raise OSError(errno.EFBIG, f"longer than {largest} bytes", os.fspath(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: str | os.PathLike[str], largest: int) -> bytes:
    """The content of a file.

    Args:
        path: The file.
        largest: Most bytes that it may have. It may grow while it is read: what is added then is not read.

    Raises:
        OSError: As in `open_regular`.
        ValueError: The path has a NUL.
    """
    with open_regular(path, largest) as file:
        # As much memory is set aside as is asked for, however short the file is.
        return file.read(min(os.fstat(file.fileno()).st_size, largest))


def size_of(path: Path) -> int | None:
    """The length of a regular file in bytes; None if there is none that can be seen, whatever the path."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
