"""JSON pointers: how the generator names a place of a document.

Source: https://www.rfc-editor.org/rfc/rfc6901
"""

from functools import lru_cache

_MOST_KNOWN = 1 << 17
"""Pointers whose parts are remembered: those of a large document, in some 50 MB."""


def tokens(pointer: str) -> list[str]:
    """The parts of a JSON pointer."""
    if "~" not in pointer:
        return pointer.split("/")[1:]
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


@lru_cache(_MOST_KNOWN)
def known_tokens(pointer: str) -> tuple[str, ...]:
    """The same, remembered."""
    return tuple(tokens(pointer))


def join(parts: list[str]) -> str:
    """The JSON pointer of its parts."""
    return "".join(f"/{_escaped(part)}" for part in parts)


def child(pointer: str, *parts: str) -> str:
    """The pointer of a place below another."""
    for part in parts:
        pointer = f"{pointer}/{_escaped(part)}"
    return pointer


def is_within(pointer: str, outer: str) -> bool:
    """Whether a place is another one, or lies below it."""
    return pointer == outer or pointer.startswith(f"{outer}/")


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1") if "~" in part or "/" in part else part
