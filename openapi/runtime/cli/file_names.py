"""Where an image goes: a name made from the prompt, and nothing overwritten without --force."""

import os
import re
from pathlib import Path

import click

from ..base.errors import NOTHING_SENT
from ..base.saving import check_folder, numbered
from ..base.wording import reason, shown_path
from ..image.conversion import obstacle
from .tunables import STEM_BYTES

SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}
"""How the name of a file ends, by its media type."""


def target(output: str | None, prompt: str, media_type: str, *, force: bool) -> Path:
    """The file to write, determined before anything is bought.

    Args:
        output: A file, a folder, or None for a name made from the prompt.
        prompt: What the image shows.
        media_type: Format of the image.
        force: Whether an existing file may be overwritten.

    Raises:
        click.UsageError: No file can be written there, or there is one already.
    """
    path = Path(output) if output else Path()
    if not output or output.endswith(("/", "\\")) or path.is_dir():
        check_output(path)
        return _free(path / f"{_encodable(stem(prompt))}{SUFFIXES.get(media_type, '')}")
    if path.is_file() or not path.exists():
        # A device or a pipe is written to itself.
        check_output(path.parent)
    flaw = obstacle(path, (media_type,))
    if flaw:
        raise click.UsageError(f"{shown_path(path)} cannot be written: {flaw}. {NOTHING_SENT}")
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


def _free(path: Path) -> Path:
    return next(name for name in numbered(path) if not name.exists())


def _encodable(name: str) -> str:
    """A name that this system can write; in an environment without a locale that is ASCII."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return name.encode("ascii", "ignore").decode("ascii").strip("-") or "image"
    return name


def check_output(folder: Path, images: int = 1) -> None:
    """Find out before anything is paid for whether a folder takes files.

    Raises:
        click.UsageError: It does not, or has no room for that many images.
    """
    if not folder.is_dir():
        raise click.UsageError(f"{shown_path(folder)} is not a folder: create it first. {NOTHING_SENT}")
    try:
        check_folder(folder, images)
    except OSError as error:
        raise click.UsageError(f"{shown_path(folder)} cannot be written: {reason(error)}. {NOTHING_SENT}") from error
