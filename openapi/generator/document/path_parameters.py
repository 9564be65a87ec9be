"""Parameters that do not fit their path, or that are described twice: mended as they are meant, and reported."""

from collections.abc import Iterator

from .document import Document, Problem, child, tokens
from .parameters import undescribed
from .paths import names_in
from .traversal import Node, objects


def fit_parameters(document: Document) -> Iterator[Problem]:
    """Let the parameters of each operation be those of its path, each once."""
    for node in objects(document):
        if node.kind in ("path item", "operation") and "parameters" in node.value:
            yield from _fit(document, node)
        if node.kind == "operation":
            yield from _complete(document, node)


def _fit(document: Document, owner: Node) -> Iterator[Problem]:
    kept, seen, names = [], set(), names_in(tokens(owner.pointer)[1].partition("#")[0])
    for at, parameter in enumerate(owner.value["parameters"]):
        pointer = child(owner.pointer, "parameters", str(at))
        place, name = _key(document, pointer)
        if (place, name) in seen:
            yield Problem(f"the {place} parameter {name!r} is described twice", pointer, "the first description counts")
        elif place == "path" and name not in names:
            yield Problem(f"the path has no {{{name}}}", pointer, "the parameter is left out")
        else:
            kept.append(parameter)
        seen.add((place, name))
    owner.value["parameters"] = kept


def _complete(document: Document, operation: Node) -> Iterator[Problem]:
    """Describe what a path has and no parameter describes."""
    for name in undescribed(document, operation.pointer):
        described = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        operation.value.setdefault("parameters", []).append(described)
        yield Problem(f"the path parameter {name!r} is not described", operation.pointer, "it is a text")


def _key(document: Document, pointer: str) -> tuple[str, str]:
    described = document.resolved_at(pointer)
    return described["in"], described["name"]
