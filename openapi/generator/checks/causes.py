"""The causes of a status (`x-causes`): each needs a name, a pattern and a description that the client can use."""

import re
from collections.abc import Iterator
from typing import Any

from ..document.document import Document, Problem, child, tokens
from ..document.traversal import objects

KEYWORDS = ("name", "pattern", "description", "x-stops-batch", "x-provoked-by", "x-evidence")
"""What a cause can have."""

_REQUIRED = ("name", "pattern", "description")


def unusable_causes(document: Document) -> Iterator[Problem]:
    """Causes from which no class could be made, or that no response could have."""
    named: dict[str, str] = {}
    for node in objects(document):
        if node.kind == "response" and "x-causes" in node.value:
            yield from _misplaced(node.pointer, node.value["x-causes"])
        if node.kind == "cause":
            yield from _faults(node.pointer, node.value)
            first = named.setdefault(str(node.value.get("name")), node.pointer)
            if first != node.pointer:
                yield Problem(
                    f"the cause {node.value.get('name')!r} is described twice, first at line {document.line(first)}",
                    child(node.pointer, "name"),
                )


def _misplaced(response: str, causes: Any) -> Iterator[Problem]:
    pointer = child(response, "x-causes")
    if not isinstance(causes, list) or not all(isinstance(cause, dict) for cause in causes):
        yield Problem("`x-causes` is a list of causes, each with a name, a pattern and a description", pointer)
    elif tokens(response)[-1].startswith("2"):
        yield Problem("`x-causes` tells failures apart: a success has none", pointer)


def _faults(pointer: str, cause: dict[str, Any]) -> Iterator[Problem]:
    for keyword in _REQUIRED:
        if not isinstance(cause.get(keyword), str) or not cause[keyword].strip():
            yield Problem(f"a cause needs a {keyword}", pointer)
    for keyword in cause.keys() - set(KEYWORDS):
        yield Problem(f"{keyword!r} is not part of a cause: {', '.join(KEYWORDS)}", child(pointer, keyword))
    if isinstance(name := cause.get("name"), str) and not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        yield Problem(
            f"the name {name!r} cannot become a class: it takes letters, digits and underscores, the first a letter",
            child(pointer, "name"),
        )
    try:
        re.compile(str(cause.get("pattern")))
    except re.error as error:
        yield Problem(
            f"the pattern {cause['pattern']!r} is not a regular expression of Python: {error}",
            child(pointer, "pattern"),
        )
