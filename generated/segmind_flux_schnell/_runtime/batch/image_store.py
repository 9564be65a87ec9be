# @generated from openapi/runtime/batch/image_store.py by `make generate`. Do not edit: change that file.
"""A folder of files that are named by their content."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from ..base.saving import aside, rename, replacing, room, sync_folder
from ..base.tunables import ROOM_FOR_IMAGE
from .tunables import NAME_DIGITS

REJECTED = ".rejected"
"""Ending of a file that was paid for, and is not the image that was requested."""

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}


def suffix(media_type: str) -> str:
    """How the name of a file of a media type ends: `.jpg` for `image/jpeg`, `.bin` for an unknown one."""
    return _ENDINGS.get(media_type, ".bin")


@frozen
class ImageStore:
    """A folder whose files are named by the first digits of their SHA-256: `9f86d081884c7d65.jpg`.

    Args:
        path: Where it is.
    """

    path: Path

    def store(self, save: Callable[[Path], object], suffix: str) -> str:
        """Write a file and return its name. The file is whole or absent; `sync` makes its name last too.

        Args:
            save: Writes the file to a path, and syncs it.
            suffix: How its name ends.

        Raises:
            NotReplacedError: The file has another name than it should: that of the error.
            OSError: The file cannot be written.
        """
        with aside(self.path) as temporary:
            try:
                save(temporary)
            except Warning:
                # In a program that turns warnings into errors. The file is in place then, and was paid for.
                if not temporary.exists():
                    raise
            name = _digest(temporary.read_bytes()) + suffix
            rename(temporary, self.path / name, keeps=True)
        return name

    def store_bytes(self, content: bytes, suffix: str) -> str:
        """`store` for bytes in memory."""

        def save(path: Path) -> None:
            with replacing(path) as file:
                file.write(content)

        return self.store(save, suffix)

    def holds(self, name: str) -> bool:
        """Whether the folder has a file with the content that its name stands for, with or without a number behind."""
        try:
            stem = Path(name).stem.partition("-")[0]
            return Path(name).name == name and _digest((self.path / name).read_bytes()) == stem
        except (OSError, ValueError):
            return False

    def has_room(self, images: int) -> bool:
        """Whether that many images have room, as far as the system knows."""
        free = room(self.path)
        return free is None or free >= images * ROOM_FOR_IMAGE

    def sync(self) -> None:
        """Wait until the names of new files are on disk, as far as the platform can.

        Raises:
            OSError: The disk failed.
        """
        sync_folder(self.path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:NAME_DIGITS]
