# @generated from openapi/runtime/cli/rescue.py by `make generate`. Do not edit: change that file.
"""Bytes that were paid for are kept, even if they are not a whole image or their file cannot be written."""

import tempfile
from contextlib import suppress
from pathlib import Path

from ..base.saving import replacing
from .file_names import numbered, stem

_SUFFIX = ".rejected"


def keep_rejected(content: bytes, path: Path) -> Path:
    """Write the bytes of a response that is not an image beside the file of the image, or else elsewhere.

    No other file is overwritten.

    Raises:
        OSError: They cannot be written anywhere.
    """
    with suppress(OSError):
        for name in numbered(path.with_suffix(_SUFFIX)):
            with suppress(FileExistsError):
                return _written(name, content)
    return keep_elsewhere(content, path, _SUFFIX)


def keep_elsewhere(content: bytes, path: Path, suffix: str) -> Path:
    """Write the bytes to the folder for temporary files, under a name like that of their file.

    Raises:
        OSError: They cannot be written there either.
    """
    # Its stem is shortened: it may be as long as a name can be.
    with tempfile.NamedTemporaryFile(prefix=f"{stem(path.stem)}-", suffix=suffix, delete=False) as file:
        file.write(content)
    return Path(file.name)


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
