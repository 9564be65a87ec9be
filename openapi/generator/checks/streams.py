"""Streams (`x-stream`): where it may stand, and what it may say of an operation that responds with events."""

from collections.abc import Iterator
from difflib import get_close_matches

from ..document.document import Document, Problem, child
from ..document.streams import END, KEYWORD, has_stream, property_places
from ..document.traversal import Node, objects

_KEYS = ("property", "end")


def unusable_streams(document: Document) -> Iterator[Problem]:
    """What `x-stream` says and no client can do. Streams are read all the same."""
    for node in objects(document):
        if KEYWORD in node.value and "$ref" not in node.value:
            place = child(node.pointer, KEYWORD)
            if node.kind != "operation":
                yield Problem("`x-stream` has no effect here: it stands at an operation", place, "it is left out")
            elif not has_stream(document, node):
                text = "`x-stream` has no effect here: no response of success of the operation is a stream"
                yield Problem(text, place, "it is left out")
            else:
                yield from _faults(document, node, place)


def _faults(document: Document, operation: Node, place: str) -> Iterator[Problem]:
    described = operation.value[KEYWORD]
    if not isinstance(described, dict):
        yield Problem(f"`x-stream` is an object with the keys {' and '.join(_KEYS)}", place, "it is left out")
        return
    for key in described:
        if key not in _KEYS:
            near = get_close_matches(str(key), _KEYS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            text = f"{key!r} is not part of `x-stream`: {', '.join(_KEYS)}{hint}"
            yield Problem(text, child(place, str(key)), "it is left out")
    name, end = described.get("property"), described.get("end", END)
    if name is not None and not (
        isinstance(name, str) and any(True for _ in property_places(document, operation.pointer, name))
    ):
        text = f"the body has no boolean property {name!r}: `property` names the one that asks for a stream, or is null"
        yield Problem(text, child(place, "property"), "no property of the body asks for the stream")
    if not isinstance(end, str):
        text = f"`end` is {end!r}: it is the data of the event that ends a stream, or an empty text for none"
        yield Problem(text, child(place, "end"), f"{END} ends a stream")
