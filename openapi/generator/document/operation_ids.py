"""Ids that several operations have: only the first keeps its own."""

from collections.abc import Iterator

from .document import Document, Problem, child
from .traversal import operations


def drop_repeated_ids(document: Document) -> Iterator[Problem]:
    """Let an id lead to one operation. Another one is named after its method and path, as if it had none."""
    seen: dict[str, str] = {}
    for node in operations(document):
        name = node.value.get("operationId")
        if name is not None and seen.setdefault(name, node.pointer) != node.pointer:
            del node.value["operationId"]
            line = document.line(seen[name])
            text = f"the operationId {name!r} is used twice, first at line {line}"
            yield Problem(text, child(node.pointer, "operationId"), "the method is named after the path")
