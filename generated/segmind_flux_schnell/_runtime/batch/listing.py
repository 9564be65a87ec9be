# @generated from openapi/runtime/batch/listing.py by `make generate`. Do not edit: change that file.
"""The files of a folder by their names, or an error: a folder that cannot be listed is not an empty one."""

import os
from fnmatch import fnmatch
from pathlib import Path


def listed(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder whose names match a pattern, sorted; none if the folder does not exist yet.

    `Path.glob` is of no use here: it skips what it cannot list without a word, and images would be bought again.

    Raises:
        OSError: The folder cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in entries if fnmatch(entry.name, pattern))
    except FileNotFoundError:
        return []
