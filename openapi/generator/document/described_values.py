"""Which schemas describe a value of a response that a JSON pointer or a runtime expression names."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .alternatives import described_properties
from .document import Document, child, tokens
from .media_types import media_kind
from .shapes import EVERYTHING, kinds, member_pointers

POINTER = re.compile(r"(/([^~/]|~[01])*)+")
"""A JSON pointer to a part of a value."""

_EXPRESSION = re.compile(r"\$response\.(?:body#(?P<pointer>.+)|header\.(?P<header>[^\s#]+))")


def described_values(document: Document, schema: str, pointer: str) -> list[str] | None:
    """The places of the schemas that describe a value.

    Args:
        document: The document.
        schema: Where the schema stands that describes the whole.
        pointer: JSON pointer of the value.

    Returns:
        The places; none if the whole has no such value; None if the schema allows more than it describes.
    """
    return _described(document, schema, tokens(pointer), frozenset())


def values_of_response(document: Document, response: str, pointer: str) -> list[str] | None:
    """The places of the schemas that describe a value of the JSON of a response, as in `described_values`."""
    place = document.resolved(response)
    content = document.at(place).get("content", {})
    bodies = [child(place, "content", name, "schema") for name in content if media_kind(name) == "json"]
    return together(described_values(document, at, pointer) if document.has(at) else None for at in bodies)


def of_response(expression: object) -> tuple[str, str] | None:
    """What a runtime expression takes of a response: "body" and a JSON pointer, or "header" and its name.

    None for an expression of another kind, and for a constant.
    """
    found = _EXPRESSION.fullmatch(expression) if isinstance(expression, str) else None
    if found is None:
        return None
    pointer, header = found["pointer"], found["header"]
    if header:
        return "header", header
    return ("body", pointer) if POINTER.fullmatch(pointer) else None


def allowed_values(document: Document, places: Iterable[str]) -> list[Any] | None:
    """The values that schemas list together, or None if one of them lists none."""
    nodes = [document.at(place) for place in places]
    listed = [[node["const"]] if "const" in node else node.get("enum") for node in nodes]
    if not listed or any(one is None for one in listed):
        return None
    return [value for one in listed for value in one or ()]


def together(found: Iterable[list[str] | None]) -> list[str] | None:
    """All places, or None if one of them is None."""
    listed = list(found)
    return None if None in listed else [place for one in listed for place in one or ()]


def _described(document: Document, schema: str, parts: list[str], above: frozenset[str]) -> list[str] | None:
    place = document.resolved(schema)
    node = document.at(place)
    if not isinstance(node, dict) or place in above:
        return None
    unions = [at for keyword in ("anyOf", "oneOf") for at in member_pointers(node, place, keyword)]
    if unions:
        return together(_described(document, at, parts, above | {place}) for at in unions)
    if not parts:
        return [place]
    found = list(_members(document, place, parts[0]))
    if found:
        return together(_described(document, at, parts[1:], frozenset()) for at in found)
    return None if _allows_more(document, place) else []


def _members(document: Document, place: str, name: str) -> Iterator[str]:
    """Where a member of an object or array is described."""
    node, properties = document.at(place), described_properties(document, place)
    if name in properties:
        yield properties[name]
    elif isinstance(node.get("additionalProperties"), dict):
        yield child(place, "additionalProperties")
    if isinstance(node.get("items"), dict) and name.isdecimal():
        yield child(place, "items")


def _allows_more(document: Document, place: str) -> bool:
    """Whether a value may have members that are not described. An object that describes some is taken at its word."""
    node, possible = document.at(place), kinds(document, place)
    if possible == EVERYTHING or ("array" in possible and not isinstance(node.get("items"), dict)):
        return True
    open_ended = bool(node.get("additionalProperties")) or "patternProperties" in node
    return "object" in possible and (open_ended or not described_properties(document, place))
