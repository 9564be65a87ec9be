# @generated from openapi/runtime/cli/file_names.py by `make generate`. Do not edit: change that file.
"""Where an image goes: a name made from the prompt, and nothing overwritten without --force."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import click

from ..base.errors import NOTHING_SENT
from ..base.wording import shown_path
from .tunables import STEM_BYTES

SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}
"""How the name of a file ends, by its media type."""


def target(output: str | None, prompt: str, suffix: str, *, force: bool) -> Path:
    """The file to write, determined before anything is bought.

    Args:
        output: A file, a folder, or None for a name made from the prompt.
        prompt: What the image shows.
        suffix: How the name of the file ends, with its dot.
        force: Whether an existing file may be overwritten.

    Raises:
        click.UsageError: No file can be written there, or there is one already.
    """
    path = Path(output) if output else Path()
    if not output or output.endswith(("/", "\\")) or path.is_dir():
        _check_folder(path)
        return _free(path / f"{stem(prompt)}{suffix}")
    _check_folder(path.parent)
    if path.is_file() and not force:
        raise click.UsageError(f"{shown_path(path)} exists already: --force overwrites it. {NOTHING_SENT}")
    return path


def stem(prompt: str) -> str:
    """A name for a file made from a prompt: `A tiger, on Mars!` gives `a-tiger-on-mars`."""
    words = "-".join(re.findall(r"[^\W_]+", prompt.lower()))
    # Some file systems count bytes, and a cut word is better than none.
    short = words.encode()[:STEM_BYTES].decode(errors="ignore")
    whole = short.rpartition("-")[0] if len(short) < len(words) else short
    return whole or short or "image"


def numbered(path: Path) -> Iterator[Path]:
    """The path, then others beside it with a number each: `fox.jpg`, `fox-2.jpg`."""
    return (path.with_name(f"{path.stem}{ending}{path.suffix}") for ending in _endings())


def _free(path: Path) -> Path:
    return next(name for name in numbered(path) if not name.exists())


def _endings() -> Iterator[str]:
    yield ""
    yield from (f"-{number}" for number in count(2))


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise click.UsageError(f"{shown_path(folder)} is not a folder: create it first. {NOTHING_SENT}")
