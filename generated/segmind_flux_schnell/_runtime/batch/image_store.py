# @generated from openapi/runtime/batch/image_store.py by `make generate`. Do not edit: change that file.
"""A folder of files that are named by what is in them."""

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

DIGITS = 16
"""Hexadecimal digits of the hash in a name: 64 bits, so that no two of a billion images are likely to share one."""

REJECTED = ".rejected"
"""Ending of a file that was paid for, and is not what was asked for."""

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}


def suffix(media_type: str) -> str:
    """How the name of a file of a media type ends: `.jpg` for `image/jpeg`, `.bin` for one that is not known."""
    return _ENDINGS.get(media_type, ".bin")


@frozen
class ImageStore:
    """A folder whose files are named by the first digits of their SHA-256: `9f86d081884c7d65.jpg`.

    Args:
        path: Where it is.
    """

    path: Path

    def store(self, save: Callable[[Path], object], suffix: str) -> str:
        """Write a file and return its name. It is whole or absent; `sync` makes the name last too.

        Args:
            save: Writes the file to a path, and syncs it.
            suffix: How its name ends.

        Raises:
            OSError: It cannot be written.
        """
        temporary = self.path / f".{secrets.token_hex(8)}.part"
        try:
            save(temporary)
            name = _digest(temporary.read_bytes()) + suffix
            temporary.replace(self.path / name)
        finally:
            temporary.unlink(missing_ok=True)
        return name

    def store_bytes(self, content: bytes, suffix: str) -> str:
        """`store` for bytes in memory."""

        def save(path: Path) -> None:
            with path.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())

        return self.store(save, suffix)

    def holds(self, name: str) -> bool:
        """Whether a file is there, with the content that its name says."""
        try:
            return Path(name).name == name and _digest((self.path / name).read_bytes()) == Path(name).stem
        except (OSError, ValueError):
            return False

    def sync(self) -> None:
        """Make the names of new files last. Without effect on Windows, where a folder cannot be synced.

        Raises:
            OSError: The disk failed.
        """
        if os.name == "nt":
            return
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGITS]
