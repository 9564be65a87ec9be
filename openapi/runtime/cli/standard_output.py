"""`-o -`: an image that goes to the standard output."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from ..base.errors import NOTHING_SENT, NotSavedError
from ..base.wording import reason
from .closed_terminal import drop
from .file_names import SUFFIXES
from .rescue import rescued

STANDARD_OUTPUT = "-"
"""The name that stands for it."""


def check(options: dict[str, Any]) -> None:
    """Find out before anything is bought whether an image can go to the standard output.

    Raises:
        click.UsageError: It cannot, with these options or as the output stands.
    """
    flaw = _flaw(options)
    if flaw:
        raise click.UsageError(f"{flaw}. {NOTHING_SENT}")


def _flaw(options: dict[str, Any]) -> str:
    if (options["count"] or 1) > 1:
        return "-o - takes one image: for several, -o takes a folder, or a name that gets a number for each"
    if options["as_json"]:
        return "-o - and --json would both write to the standard output: one of them has to go"
    if options["opens"]:
        return "-o - leaves no file that --open could show"
    if sys.stdout.isatty() and not options["force"]:
        return "The standard output is a terminal, which shows no image: write `-o - > FILE`, or add --force"
    # What was closed at the start was replaced by the null device.
    if getattr(sys.stdout, "name", None) == os.devnull:
        return "The standard output is closed"
    return ""


def write(image: Any, path: Path) -> str:
    """Write the bytes that a file would get to the standard output, or keep them elsewhere: they were paid for.

    Args:
        image: The image.
        path: A file that they would suit.

    Returns:
        Why the standard output did not take them, and where they are; empty if it did.
    """
    content = _with_request(image)
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except (OSError, ValueError) as error:
        # Python would try to write them once more at its end.
        drop(sys.stdout)
        why = reason(error)
    else:
        return ""
    _, where = rescued(image, path, content)
    return f"Error: the standard output was not written: {why}; {where}"


def _with_request(image: Any) -> bytes:
    """The bytes of a saved image, which hold its request; those that the service sent if no disk takes it."""
    content: bytes = image.content
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"image{SUFFIXES.get(image.media_type, '')}")
            image.save(path)
            content = path.read_bytes()
    except (OSError, NotSavedError):
        pass
    return content
