"""JSON pointers (RFC 6901): where a value stands in a JSON document."""

from collections.abc import Mapping
from typing import Any, cast


def value_at(document: object, pointer: str) -> Any:
    """The value at a place of a document, or None if the document has no such place.

    Args:
        document: What was read from JSON.
        pointer: The place, such as `/images/0/url`; empty for the whole document.
    """
    found = document
    for token in tokens(pointer):
        if isinstance(found, Mapping):
            found = cast("Mapping[str, object]", found).get(token)
        elif isinstance(found, list):
            items = cast("list[object]", found)
            found = items[int(token)] if token.isdecimal() and int(token) < len(items) else None
        else:
            return None
    return found


def tokens(pointer: str) -> list[str]:
    """The names and positions that a pointer goes through."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
