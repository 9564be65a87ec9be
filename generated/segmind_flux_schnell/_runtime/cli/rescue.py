# @generated from openapi/runtime/cli/rescue.py by `make generate`. Do not edit: change that file.
"""What was paid for is kept, also where it is no whole image or its file cannot be written."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from .file_names import numbered, stem

_SUFFIX = ".rejected"


def keep_rejected(content: bytes, path: Path) -> Path:
    """Write what came in place of an image beside the file of the image, or elsewhere, and never over another file.

    Raises:
        OSError: It can be written nowhere.
    """
    with suppress(OSError):
        for name in numbered(path.with_suffix(_SUFFIX)):
            with suppress(FileExistsError):
                return _written(name, content)
    return keep_elsewhere(content, path, _SUFFIX)


def keep_elsewhere(content: bytes, path: Path, suffix: str) -> Path:
    """Write the bytes to the folder for temporary files, under a name that tells which file they are of.

    Raises:
        OSError: They cannot be written there either.
    """
    # The name may be as long as a name can be.
    with tempfile.NamedTemporaryFile(prefix=f"{stem(path.stem)}-", suffix=suffix, delete=False) as file:
        file.write(content)
    return Path(file.name)


def _written(path: Path, content: bytes) -> Path:
    file = path.open("xb")
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
