"""Copies of the real package that are edited."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.generator import ROOT

PACKAGE = ROOT / "generated" / "segmind_flux_schnell"

TextEdit = tuple[str, str, str]
"""A file, a text in it, and what stands there instead; all that is equal is replaced."""


def in_few_copies(rows: Mapping[str, Sequence[TextEdit]]) -> list[list[str]]:
    """The names of edits that do not touch each other, together: to read a copy of the package takes long."""
    groups: list[tuple[list[str], dict[str, str]]] = []
    for name, edits in rows.items():
        for names, texts in groups:
            edited = _edited(texts, edits)
            if edited is not None:
                names.append(name)
                texts.update(edited)
                break
        else:
            # An edit of what the package does not have begins a group, too: `package_copy` says so.
            groups.append(([name], _edited({}, edits) or {}))
    return [names for names, _ in groups]


def _edited(texts: Mapping[str, str], edits: Sequence[TextEdit]) -> dict[str, str] | None:
    """The texts of the files that are edited, by name; None if a text that is to be replaced is not there."""
    edited = dict(texts)
    for file, was, now in edits:
        text = edited[file] if file in edited else (PACKAGE / file).read_text("utf-8")
        if was not in text:
            return None
        edited[file] = text.replace(was, now)
    return edited


def first(names: list[str]) -> str:
    """What a group of edits is called in the output of pytest."""
    return f"{names[0]}, and {len(names) - 1} more"


def package_copy(folder: Path, *edits: TextEdit) -> Path:
    """A copy of the package with some edits.

    Args:
        folder: Where the copy is made. Files that are not edited are links to those of the package.
        edits: What is edited, in this order.
    """
    package = folder / PACKAGE.name
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, package, ignore=ignored, copy_function=os.symlink)
    for name, was, now in edits:
        text = (package / name).read_text("utf-8")
        assert was in text, f"{name} has no {was!r}"
        (package / name).unlink()  # A link.
        (package / name).write_text(text.replace(was, now), "utf-8")
    return package
