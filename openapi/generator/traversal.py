"""The objects of an OpenAPI document, each with its kind: which maps hold names, and which hold keywords."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from .document import Document, child

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_CONTENT = {"content": ("map", "media type")}
_SCHEMA = {"schema": ("one", "schema")}

_CHILDREN: dict[str, dict[str, tuple[str, str]]] = {
    "document": {"paths": ("map", "path item"), "components": ("one", "components")},
    "components": {
        "schemas": ("map", "schema"),
        "responses": ("map", "response"),
        "parameters": ("map", "parameter"),
        "requestBodies": ("map", "request body"),
        "headers": ("map", "header"),
    },
    "path item": {"parameters": ("list", "parameter"), **dict.fromkeys(METHODS, ("one", "operation"))},
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request body"),
        "responses": ("map", "response"),
    },
    "request body": _CONTENT,
    "response": {"headers": ("map", "header"), **_CONTENT},
    "parameter": {**_SCHEMA, **_CONTENT},
    "header": {**_SCHEMA, **_CONTENT},
    "media type": _SCHEMA,
    "schema": {
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), ("map", "schema")),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ("list", "schema")),
        **dict.fromkeys(
            ("items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"),
            ("one", "schema"),
        ),
    },
}


@frozen
class Node:
    """One object of a document.

    Args:
        kind: What OpenAPI calls it: `operation`, `response`, `schema`, …
        pointer: Where it stands.
        value: The object itself, which may be a `$ref`.
    """

    kind: str
    pointer: str
    value: dict[str, Any]


def objects(document: Document) -> Iterator[Node]:
    """All objects of a document, from the top down."""
    return _below(Node("document", "", document.root))


def operations(document: Document) -> Iterator[Node]:
    """The operations of a document, in its order."""
    return (node for node in objects(document) if node.kind == "operation")


def _below(node: Node) -> Iterator[Node]:
    yield node
    for key, (container, kind) in _CHILDREN.get(node.kind, {}).items():
        for pointer, value in _members(container, node.value.get(key), child(node.pointer, key)):
            if isinstance(value, dict):
                yield from _below(Node(kind, pointer, value))


def _members(container: str, value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if container == "one":
        yield pointer, value
    elif container == "map" and isinstance(value, dict):
        yield from ((child(pointer, key), member) for key, member in value.items())
    elif container == "list" and isinstance(value, list):
        yield from ((child(pointer, str(index)), member) for index, member in enumerate(value))
