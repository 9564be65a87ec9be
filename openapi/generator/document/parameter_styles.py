"""Styles of parameters: how each is written, and what is done where OpenAPI does not say."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from .document import Document, Problem, child
from .media_types import media_kind
from .shapes import EVERYTHING, kinds, member_pointers

MEDIA_TYPE = "x-media-type"
"""Extension of a parameter that is written as a text of a media type, such as JSON, and not in a style."""

_DEFAULTS = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
_NESTED = frozenset({"array", "object"})


@frozen
class ParameterStyle:
    """How a parameter is written.

    Args:
        style: Its style.
        explode: Whether each member is written with a name of its own.
        media_type: The media type in which it is written instead, or None.
        allow_reserved: Whether it holds characters that are reserved in URLs as they are.
    """

    style: str
    explode: bool
    media_type: str | None = None
    allow_reserved: bool = False


def parameter_style(document: Document, pointer: str) -> ParameterStyle:
    """How a parameter is written."""
    described = document.at(pointer)
    return judged_style(document, described["in"], described, pointer, child(pointer, "schema"))[0]


def style_problems(document: Document, pointer: str) -> Iterator[Problem]:
    """What of the style of a parameter the client does otherwise than the document says, or decides itself."""
    described = document.at(pointer)
    yield from judged_style(document, described["in"], described, pointer, child(pointer, "schema"))[1]


def judged_style(
    document: Document, place: str, described: Mapping[str, Any], pointer: str, schema: str
) -> tuple[ParameterStyle, list[Problem]]:
    """How a parameter, or a field of a form, is written, and what the client does otherwise or decides itself.

    Args:
        document: The document.
        place: Where the parameter goes; a field of a form is written as one of the query.
        described: What the document says of it.
        pointer: Where it says so.
        schema: Where its schema stands.
    """
    problems: list[Problem] = []
    style = described.get("style", _DEFAULTS[place])
    if style not in _STYLES[place]:
        text = f"the style {style!r} is not one of a {place} parameter"
        problems.append(Problem(text, child(pointer, "style"), f"the style {_DEFAULTS[place]!r} is used"))
        style = _DEFAULTS[place]
    found = ParameterStyle(
        style,
        bool(described.get("explode", style == "form")),
        described.get(MEDIA_TYPE),
        bool(described.get("allowReserved")) and place == "query",
    )
    if found.media_type is not None:
        if media_kind(found.media_type) != "json":
            text = f"a parameter of {found.media_type!r} cannot be checked"
            problems.append(Problem(text, pointer, "it is sent as the text that the caller gives"))
        return found, problems
    found, further = _decided(document, pointer, schema, place, found)
    return found, [*problems, *further]


def _decided(
    document: Document, pointer: str, schema: str, place: str, found: ParameterStyle
) -> tuple[ParameterStyle, list[Problem]]:
    problems: list[Problem] = []
    own = kinds(document, schema)
    if own == EVERYTHING or not own & _NESTED:
        if own != EVERYTHING and found.style == "deepObject":
            problems.append(_undefined(pointer, "a deepObject that is not an object", "it is written as `name=value`"))
        return found, problems
    members = [kinds(document, member) for member in _members(document, schema)]
    is_nested = any(member != EVERYTHING and member & _NESTED for member in members)
    if found.style == "deepObject":
        if is_nested or "array" in own:
            what = "members of a deepObject that are lists or objects"
            problems.append(_undefined(pointer, what, "they are written as `name[a][b]` and `name[a][0]`"))
        return found, problems
    if place == "cookie" and found.explode:
        problems.append(_undefined(pointer, "several values of one cookie", "they are separated by commas"))
        found = evolve(found, explode=False)
    if found.explode and found.style in ("spaceDelimited", "pipeDelimited"):
        what = f"the style {found.style!r} with `explode`"
        problems.append(_undefined(pointer, what, "each member is written as a parameter of its own"))
        found = evolve(found, style="form")
    if is_nested and found.style == "form" and found.explode:
        instead = "they are written as JSON, and a list in an object as one parameter for each member"
        problems.append(_undefined(pointer, "lists and objects within a parameter", instead))
    elif is_nested:
        problems.append(_undefined(pointer, "lists and objects within a parameter", "it is written as JSON"))
        found = evolve(found, media_type="application/json")
    return found, problems


def _undefined(pointer: str, what: str, instead: str) -> Problem:
    return Problem(f"OpenAPI does not define {what}", pointer, instead)


def _members(document: Document, pointer: str, above: frozenset[str] = frozenset()) -> Iterator[str]:
    """The schemas of the members of a list or an object, in all alternatives."""
    place = document.resolved(pointer)
    node = document.at(place)
    if place in above or not isinstance(node, dict):
        return
    for keyword in ("items", "additionalProperties"):
        if isinstance(node.get(keyword), dict):
            yield child(place, keyword)
    yield from (child(place, "properties", name) for name in node.get("properties", {}))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in member_pointers(node, place, keyword):
            yield from _members(document, part, above | {place})
