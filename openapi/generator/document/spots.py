"""Where the values of a file stand in its text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from .pointers import child, tokens


class Spot(NamedTuple):
    """Where a value stands: at its key in an object, or where it begins in an array.

    Args:
        line: The first line is 0.
        column: The first column is 0.
        below: The spots of its members: by key, by index, or None for a plain value.
    """

    line: int
    column: int
    below: Any = None


def spots_to(spot: Spot, pointer: str) -> list[Spot]:
    """The spots on the way to a place, from the outermost; it ends before what has none."""
    found = [spot]
    for token in tokens(pointer):
        below = found[-1].below
        if isinstance(below, dict) and token in below:
            found.append(below[token])
        elif isinstance(below, list) and token.isdecimal() and int(token) < len(below):
            found.append(below[int(token)])
        else:
            break
    return found


def all_spots(spot: Spot, pointer: str = "") -> Iterator[tuple[str, Spot]]:
    """All spots of a file, each with its pointer."""
    yield pointer, spot
    members = spot.below.items() if isinstance(spot.below, dict) else enumerate(spot.below or ())
    for key, inner in members:
        yield from all_spots(inner, child(pointer, str(key)))
