"""The objects of an OpenAPI document, each with its kind."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from .document import Document, child, tokens

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_CONTENT = {"content": ("map", "media type")}
_SCHEMA = {"schema": ("one", "schema")}

_CHILDREN: dict[str, dict[str, tuple[str, str]]] = {
    "document": {"paths": ("extensible map", "path item"), "components": ("one", "components")},
    "components": {
        "schemas": ("map", "schema"),
        "responses": ("map", "response"),
        "parameters": ("map", "parameter"),
        "requestBodies": ("map", "request body"),
        "headers": ("map", "header"),
        "links": ("map", "link"),
    },
    "path item": {"parameters": ("list", "parameter"), **dict.fromkeys(METHODS, ("one", "operation"))},
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request body"),
        "responses": ("extensible map", "response"),
    },
    "request body": _CONTENT,
    "response": {
        "headers": ("map", "header"),
        **_CONTENT,
        "links": ("map", "link"),
        "x-causes": ("list", "cause"),
        "x-job": ("one", "job"),
    },
    "parameter": {**_SCHEMA, **_CONTENT},
    "header": {**_SCHEMA, **_CONTENT},
    "media type": {**_SCHEMA, "itemSchema": ("one", "schema")},
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
        pointer: Its JSON pointer.
        value: The object itself, which may be a `$ref`.
    """

    kind: str
    pointer: str
    value: dict[str, Any]

    @property
    def name(self) -> str:
        """Its key in the object around it."""
        return tokens(self.pointer)[-1]


def objects(document: Document) -> Iterator[Node]:
    """All objects of a document, outer ones before inner ones."""
    return _below(Node("document", "", document.root))


def operations(document: Document) -> Iterator[Node]:
    """The operations of a document, in document order."""
    return (node for node in objects(document) if node.kind == "operation")


def sent(document: Document) -> dict[str, Node]:
    """The objects that requests consist of, by pointer."""
    nodes = (node for node in objects(document) if node.kind in ("path item", "operation"))
    return reached(
        document, (below for node in nodes for below in _children(node) if below.kind in ("parameter", "request body"))
    )


def received(document: Document) -> dict[str, Node]:
    """The objects that responses consist of, by pointer."""
    return reached(
        document, (below for node in operations(document) for below in _children(node) if below.kind == "response")
    )


def reached(document: Document, nodes: Iterable[Node]) -> dict[str, Node]:
    """The given objects and all that they contain or refer to, by pointer."""
    found: dict[str, Node] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node.pointer not in found:
            found[node.pointer] = node
            target = document.resolved(node.pointer)
            waiting += [*_children(node), Node(node.kind, target, document.at(target))]
    return found


def _below(node: Node) -> Iterator[Node]:
    yield node
    for further in _children(node):
        yield from _below(further)


def _children(node: Node) -> Iterator[Node]:
    for key, (container, kind) in _CHILDREN.get(node.kind, {}).items():
        if key in node.value:
            for pointer, value in _members(container, node.value[key], child(node.pointer, key)):
                if isinstance(value, dict):
                    yield Node(kind, pointer, value)


def _members(container: str, value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if container == "one":
        yield pointer, value
    elif container.endswith("map") and isinstance(value, dict):
        for key, member in value.items():
            if container == "map" or not key.startswith("x-"):
                yield child(pointer, key), member
    elif container == "list" and isinstance(value, list):
        yield from ((child(pointer, str(index)), member) for index, member in enumerate(value))
