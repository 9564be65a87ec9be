"""The objects of an OpenAPI document, each with its kind."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from .document import Document, tokens
from .kinds import METHODS as METHODS
from .kinds import members


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
    paths = (item for item in _children(Node("document", "", document.root)) if item.kind == "path item")
    return (node for item in paths for node in _children(item) if node.kind == "operation")


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
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(list(_children(node)))


def _children(node: Node) -> Iterator[Node]:
    return (Node(kind, pointer, value) for kind, pointer, value in members(node.kind, node.pointer, node.value))
