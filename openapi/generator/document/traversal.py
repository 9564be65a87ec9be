"""The objects of an OpenAPI document, each with its kind."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from .document import Document, tokens
from .kinds import METHODS as METHODS
from .kinds import members
from .memory import remembered


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
    # One that still changes is walked while it does.
    return iter(_objects(document)) if document.is_final else _below(Node("document", "", document.root))


def outer_objects(document: Document) -> Iterator[Node]:
    """All objects of a document but those within schemas."""
    return _below(Node("document", "", document.root), within_schemas=False)


def operations(document: Document) -> Iterator[Node]:
    """The operations of a document, in document order."""
    return iter(_operations(document)) if document.is_final else _found_operations(document)


@remembered
def _objects(document: Document) -> tuple[Node, ...]:
    return tuple(_below(Node("document", "", document.root)))


@remembered
def _operations(document: Document) -> tuple[Node, ...]:
    return tuple(_found_operations(document))


def _found_operations(document: Document) -> Iterator[Node]:
    paths = (item for item in _children(Node("document", "", document.root)) if item.kind == "path item")
    return (node for item in paths for node in _children(item) if node.kind == "operation")


@remembered
def sent(document: Document) -> Mapping[str, Node]:
    """The objects that requests consist of, by pointer."""
    nodes = (node for node in objects(document) if node.kind in ("path item", "operation"))
    return reached(
        document, (below for node in nodes for below in _children(node) if below.kind in ("parameter", "request body"))
    )


@remembered
def received(document: Document) -> Mapping[str, Node]:
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
            waiting += _children(node)
            if "$ref" in node.value:
                target = document.resolved(node.pointer)
                waiting.append(Node(node.kind, target, document.at(target)))
    return found


def _below(node: Node, *, within_schemas: bool = True) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if within_schemas or node.kind != "schema":
            waiting += reversed(_children(node))


def _children(node: Node) -> list[Node]:
    return [Node(kind, pointer, value) for kind, pointer, value in members(node.kind, node.pointer, node.value)]
