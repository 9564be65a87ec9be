"""`--open`: images in the program that shows them."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..base.wording import shown_path
from .output import say
from .tunables import OPENING_SECONDS


def option() -> click.Option:
    """The option of a command that has images to show."""
    return click.Option(
        ["--open", "opens"],
        is_flag=True,
        help="Show the images: in the browser that BROWSER names, or else in the system's default program.",
    )


def show(paths: Sequence[Path]) -> None:
    """Show images. One that cannot be shown is worth a line, and no more: it is there."""
    for path in paths:
        if not any(_runs(command) for command in _commands(path.resolve())):
            say(f"Warning: {shown_path(path)} cannot be shown: no program for it was found; set BROWSER to name one")


def _commands(path: Path) -> Iterator[list[str]]:
    """What may show an image, in the order in which it is tried, as `webbrowser` reads BROWSER."""
    for entry in filter(str.strip, os.environ.get("BROWSER", "").split(os.pathsep)):
        url = path.as_uri()
        try:
            words = shlex.split(entry, posix=os.name == "posix")
        except ValueError:
            # A quotation mark that is not closed.
            continue
        yield [word.replace("%s", url) for word in words] if "%s" in entry else [*words, url]
    yield [{"darwin": "open", "win32": ""}.get(sys.platform, "xdg-open"), str(path)]


def _runs(command: list[str]) -> bool:
    """Start a program, and see for some seconds whether it fails. It has no part in what this one reads and writes."""
    if sys.platform == "win32" and not command[0]:
        try:
            os.startfile(command[1])
        except OSError:
            return False
        return True
    nowhere = subprocess.DEVNULL
    try:
        # In a session of its own: a Ctrl-C here is not meant for it.
        process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except (OSError, ValueError):
        return False
    try:
        return process.wait(OPENING_SECONDS) == 0
    except subprocess.TimeoutExpired:
        # It shows the image until somebody closes it; that it goes on is not worth a warning.
        process.returncode = 0
        return True
