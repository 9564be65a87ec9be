"""What is wrong with a document, and where: each problem becomes one line that a terminal can show."""

import re
from collections.abc import Mapping

from attrs import frozen

_MOST_SHOWN = 2000

# Controls but for tabs and line ends, and marks of the direction of a text (https://trojansource.codes).
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@frozen
class Problem:
    """One thing that is wrong with a document, or that the client cannot do as the document says.

    Args:
        message: What is wrong.
        pointer: JSON pointer of the place.
        instead: What the client does instead, or None where it cannot have what uses the place.
        place: The place in a file, where it is not that of the pointer: an overlay, for example.
    """

    message: str
    pointer: str = ""
    instead: str | None = None
    place: "Place | None" = None


@frozen
class Place:
    """A place in a file.

    Args:
        file: Name of the file, relative to the folder of the document.
        line: The first line is 1.
        column: The first column is 1. None where the line says enough: no other value begins before it there.
    """

    file: str
    line: int
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file, str(self.line), *([] if self.column is None else [str(self.column)])]
        return printable(":".join(parts))


class SpecError(Exception):
    """The document cannot be made into a client. Its text has a line for each problem: place and message.

    Args:
        name: Name of the document's file.
        problems: The problems, each with its place, or with its line in that file.
    """

    def __init__(self, name: str, problems: Mapping[Problem, Place | int]) -> None:
        self.problems = tuple(problems)
        places = {one: Place(name, place) if isinstance(place, int) else place for one, place in problems.items()}
        super().__init__("\n".join(_report(problem, place) for problem, place in places.items()))


def printable(text: str) -> str:
    """A text that stays on its line and does nothing to a terminal: what cannot be seen is escaped, and it is cut."""
    shown = text if text.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}…"


def visible(text: str) -> str:
    """A text of several lines in which nothing hides: what a terminal obeys, or turns letters around, is escaped."""
    return _HIDDEN.sub(lambda found: ascii(found[0])[1:-1], text)


def _report(problem: Problem, place: Place) -> str:
    at = f" (at {printable(problem.pointer)})" if problem.pointer else ""
    instead = f"; instead: {printable(problem.instead)}" if problem.instead is not None else ""
    return f"{place}: {printable(problem.message)}{at}{instead}"
