"""Folders that are replaced whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """A new, empty folder that takes the place of the target when the block ends; the target's old files vanish.

    If the block raises, or the new folder cannot be put in place, the target stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    new, old = staged / "new", staged / "old"
    try:
        new.mkdir()
        yield new
        if target.exists():
            os.replace(target, old)
        os.replace(new, target)
    finally:
        if old.exists() and not target.exists():
            os.replace(old, target)
        shutil.rmtree(staged, ignore_errors=True)
