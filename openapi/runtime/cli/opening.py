"""`--open`: images in the program that shows them."""

import os
import sys
import webbrowser
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from ..base.wording import reason, shown_path
from .output import say


def option() -> click.Option:
    """The option of a command that has images to show."""
    return click.Option(
        ["--open", "opens"],
        is_flag=True,
        help="Show the images, in the browser that BROWSER names or else in the program that the system has for them.",
    )


def show(paths: Sequence[Path]) -> None:
    """Show images. One that cannot be shown is worth a line, and no more: it is there."""
    for path in paths:
        flaw = _flaw(path)
        if flaw:
            say(f"Warning: {shown_path(path)} cannot be shown: {flaw}")


def _flaw(path: Path) -> str:
    try:
        with _output_to_error():
            if os.environ.get("BROWSER"):
                is_shown = webbrowser.open(path.resolve().as_uri())
            else:
                is_shown = click.launch(str(path.resolve())) == 0
    except (OSError, webbrowser.Error) as error:
        return reason(error)
    return "" if is_shown else "no program was found that does so; BROWSER can name one"


@contextmanager
def _output_to_error() -> Generator[None]:
    """While the context lasts, what other programs write goes to the standard error: ours is for results."""
    try:
        before = os.dup(1)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            sys.stdout.flush()
        with suppress(OSError):
            os.dup2(2, 1)
        yield
    finally:
        os.dup2(before, 1)
        os.close(before)
