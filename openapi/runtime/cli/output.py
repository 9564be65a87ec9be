"""Where the command line writes: results to the standard output, everything else to the standard error."""

import json
import sys
from decimal import Decimal
from os import PathLike
from typing import TYPE_CHECKING, Any

import click

from ..base.unset import UNSET, Unset
from .closed_terminal import drop

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: Any) -> None:
    """Write one JSON value, and nothing else, to the standard output."""
    # Only ASCII: its reader may expect any encoding, and no terminal acts upon it.
    print_line(json.dumps(value, indent=2, default=_plain))


def print_line(text: str) -> None:
    """Write a line of the result.

    Raises:
        OSError: The standard output does not take it, and is not written to any more.
    """
    try:
        # Into the stream itself: in an environment without a locale, `click` would put one of its own in its place.
        click.echo(text, file=sys.stdout)
    except OSError as error:
        # Python would try to write it once more at its end.
        drop(sys.stdout)
        error.filename = "the standard output"
        raise


def say(message: str) -> None:
    """Tell a person something that is not a result. If the standard error does not take it, nobody can be told.

    A terminal may have been closed, or the disk of a log may be full: what is waited for may have been paid for.
    """
    try:
        click.echo(message, file=sys.stderr)
    except BlockingIOError:
        # A reader that is slow for now.
        pass
    except OSError:
        drop(sys.stderr)


def counted(count: int, noun: str) -> str:
    """A number of things: `1 image`, `1,000 images`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def console(*, stderr: bool = False) -> "Console":
    """A console of `rich` with colours and bars on a terminal only, whatever the environment asks for."""
    from rich.console import Console

    class Steady(Console):
        def show_cursor(self, show: bool = True) -> bool:
            """Leave it as it is: hidden, it would stay so in the shell after Ctrl-Z or `kill -9`."""
            return False

    stream = sys.stderr if stderr else sys.stdout
    return Steady(file=stream, force_terminal=stream.isatty(), highlight=False, markup=False, emoji=False)


def _plain(value: object) -> Any:
    if isinstance(value, Unset) or value is UNSET:
        return None
    if isinstance(value, (Decimal, PathLike)):
        return str(value)  # pyright: ignore[reportUnknownArgumentType]
    raise TypeError(f"{type(value).__name__} is not JSON")
