"""Which types of JSON a schema allows."""

from collections.abc import Mapping
from typing import Any

from .document import Document, child
from .memory import remembered

EVERYTHING = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})

_ANNOTATIONS = frozenset(
    {"title", "description", "example", "examples", "deprecated", "externalDocs", "xml"}
    | {"readOnly", "writeOnly", "$comment"}
)
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


@remembered
def kinds(document: Document, pointer: str, above: frozenset[str] = frozenset()) -> frozenset[str]:
    """The JSON types that a schema allows: `EVERYTHING` where it does not restrict them."""
    pointer = document.resolved(pointer)
    node = document.at(pointer)
    if pointer in above or not isinstance(node, dict):
        return EVERYTHING
    found = _own_kinds(node)
    for keyword in ("anyOf", "oneOf"):
        members = [kinds(document, at, above | {pointer}) for at in member_pointers(node, pointer, keyword)]
        found &= frozenset().union(*members) if members else EVERYTHING
    for at in member_pointers(node, pointer, "allOf"):
        found &= kinds(document, at, above | {pointer})
    return found | ({"null"} if node.get("nullable") else frozenset())


def member_pointers(node: Mapping[str, Any], pointer: str, keyword: str) -> list[str]:
    """The pointers of the members of a keyword that is a list, such as `anyOf`."""
    return [child(pointer, keyword, str(index)) for index in range(len(node.get(keyword, ())))]


def only_annotates(node: Mapping[str, Any]) -> bool:
    """Whether a schema only describes a value, without restricting it."""
    return all(keyword in _ANNOTATIONS or keyword.startswith("x-") for keyword in node)


def _own_kinds(node: Mapping[str, Any]) -> frozenset[str]:
    types = node.get("type")
    if types is not None:
        named = frozenset([types] if isinstance(types, str) else types)
        return named | ({"integer"} if "number" in named else frozenset())
    values = [node["const"]] if "const" in node else node.get("enum")
    if values:
        return frozenset("null" if value is None else _TYPES[type(value)] for value in values)
    if {"properties", "additionalProperties", "patternProperties"} & node.keys():
        return frozenset({"object"})
    return frozenset({"array"}) if "items" in node else EVERYTHING
