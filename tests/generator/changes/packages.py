"""Copies of the real package that are edited."""

import os
import shutil
from pathlib import Path

from tests.generator import ROOT

PACKAGE = ROOT / "generated" / "segmind_flux_schnell"


def package_copy(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """A copy of the package with some edits.

    Args:
        folder: Where the copy is made. Files that are not edited are links to those of the package.
        edits: A file, a text in it, and what stands there instead; all that is equal is replaced.
    """
    package = folder / PACKAGE.name
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, package, ignore=ignored, copy_function=os.symlink)
    for name, was, now in edits:
        text = (package / name).read_text("utf-8")
        assert was in text, f"{name} has no {was!r}"
        (package / name).unlink()
        (package / name).write_text(text.replace(was, now), "utf-8")
    return package
