"""Parts of what openapi-python-client gets that follow from a single schema of the document."""

from collections.abc import Collection, Mapping
from typing import Any

from ..document.alternatives import described_properties
from ..document.compositions import alternatives
from ..document.document import Document, child
from ..document.shapes import EVERYTHING, only_annotates
from ..document.traversal import Node
from .properties import POINTER

_SCALARS = frozenset({"boolean", "integer", "null", "number", "string"})

Source = dict[str, Any]
"""A schema as openapi-python-client gets it."""


def only_part(place: str, node: Mapping[str, Any]) -> str | None:
    """The only schema that a schema composes, if it adds nothing: there is no class for both."""
    parts = node.get("allOf") or []
    further = {key: value for key, value in node.items() if key not in ("allOf", "default", "title", "type")}
    if len(parts) != 1 or not isinstance(parts[0], dict) or "$ref" not in parts[0] or not only_annotates(further):
        return None
    return child(place, "allOf", "0")


def with_null(source: Source, place: str, node: Mapping[str, Any]) -> Source:
    """The source of a schema, which can be null where the schema says so."""
    types = node.get("type")
    nullable = bool(node.get("nullable")) or (isinstance(types, list) and "null" in types and len(types) > 1)
    values = node.get("enum")
    if isinstance(values, list) and enum_values(node):
        nullable = None in values
    if not nullable or not source or not ({"type", "$ref", "anyOf", "allOf", "enum", "const"} & source.keys()):
        return source
    if isinstance(source.get("type"), list) or source.get("type") == "null":
        return source
    if source.get("type") in _SCALARS:
        return {**source, "type": [source["type"], "null"]}
    inner = {key: value for key, value in source.items() if key not in ("default", "description", POINTER)}
    beside = {key: value for key, value in source.items() if key in ("default", "description", POINTER)}
    members = inner.get("anyOf", [{**inner, POINTER: place}])
    return {"anyOf": [*members, {"type": "null"}], **beside}


def kinds_of_boolean(node: object) -> frozenset[str]:
    """The types that a schema allows which is true or false."""
    return frozenset() if node is False else EVERYTHING


def union_members(node: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The members of the alternatives of a schema."""
    return [(keyword, str(index)) for keyword in alternatives(node) for index in range(len(node[keyword]))]


def enum_values(node: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of an enum that can be a class: texts or whole numbers, besides null."""
    values = node.get("enum")
    found = [value for value in values if value is not None] if isinstance(values, list) else []
    types = {type(value) for value in found}
    named = node.get("type")
    allowed = set(named if isinstance(named, list) else [named] if named is not None else ["string", "integer"])
    fits = (types == {str} and "string" in allowed) or (types == {int} and allowed & {"integer", "number"})
    return tuple(found) if fits else ()


def scalar(found: frozenset[str], node: Mapping[str, Any]) -> Source:
    """A plain type, or several; anything where one of the types is not plain."""
    types = sorted(found - ({"integer"} if "number" in found else frozenset()))
    if not types or not set(types) <= _SCALARS:
        return {}
    plain = [kind for kind in types if kind != "null"]
    source: Source = {"type": types[0] if len(types) == 1 else types}
    text_format = node.get("format")
    return {**source, "format": text_format} if isinstance(text_format, str) and plain == ["string"] else source


def mapping(value: object) -> dict[str, Any]:
    """A value if it is an object, or else an empty one."""
    return value if isinstance(value, dict) else {}


def width(document: Document, pointer: str, allowed: Collection[str]) -> tuple[int, bool, int]:
    """How much a schema allows, to be compared with others.

    Args:
        document: The document.
        pointer: The schema.
        allowed: The types of JSON that it allows.
    """
    node = document.resolved_at(pointer)
    if not isinstance(node, dict):
        return len(EVERYTHING), True, 0
    is_listed = bool({"enum", "const", "format", "items"} & node.keys())
    return len(allowed), not is_listed, -len(described_properties(document, pointer))


def is_one_sided(document: Document, one_sided: Mapping[str, Mapping[str, Node]], owner: str, pointer: str) -> bool:
    """Whether a property is only in requests or only in responses, and its object in the others too.

    Args:
        document: The document.
        one_sided: By keyword, the objects in which what the keyword marks is not required.
        owner: The object.
        pointer: The property.
    """
    places = (pointer, document.resolved(pointer))
    nodes = [node for place in places if isinstance(node := document.at(place), dict)]
    return any(owner in reached and any(node.get(keyword) for node in nodes) for keyword, reached in one_sided.items())
