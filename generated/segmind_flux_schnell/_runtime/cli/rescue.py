# @generated from openapi/runtime/cli/rescue.py by `make generate`. Do not edit: change that file.
"""Bytes that were paid for are kept, even if they are not a whole image or their file cannot be written."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from ..base.saving import keep_elsewhere, numbered, replacing
from ..base.wording import one_line
from .file_names import SUFFIXES

_SUFFIX = ".rejected"


def keep_rejected(content: bytes, path: Path) -> Path | None:
    """Write the bytes of a response that is not an image beside the file of the image, or else elsewhere.

    No other file is overwritten.

    Returns:
        The file, or None if they cannot be written anywhere.
    """
    with suppress(OSError):
        for name in numbered(path.with_suffix(_SUFFIX)):
            with suppress(FileExistsError):
                return _written(name, content)
    return keep_elsewhere(content, path, _SUFFIX)


def rescued(image: Any, path: Path, content: bytes | None = None) -> tuple[Path | None, str]:
    """Keep an image elsewhere than under its own name.

    Args:
        image: The image.
        path: The file that it was meant for.
        content: What that file would have held; by default what the service sent.

    Returns:
        The file, or None if it cannot be written anywhere, and what to say of it, as the end of a sentence.
    """
    kept = keep_elsewhere(content or image.content, path, SUFFIXES.get(image.media_type, ""))
    where = f"is kept as {one_line(str(kept))}" if kept else "cannot be kept elsewhere"
    return kept, f"the image was billed, and {where}"


def _written(path: Path, content: bytes) -> Path:
    # Takes the name, so that no file of this name is replaced.
    path.touch(exist_ok=False)
    try:
        with replacing(path) as file:
            file.write(content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
