"""What OpenAPI allows and this generator does not support."""

import re
from collections.abc import Iterator

from ..document.alternatives import Alternatives
from ..document.document import Document, Problem, child
from ..document.further_rules import unchecked
from ..document.simplification import simplified
from ..document.traversal import Node, objects, operations, sent
from .requests import unusual_requests, unwritten_bodies

_LONGEST_NAME = 200
"""Bytes of the longest name: most file systems take 255, endings and prefixes included."""


def unsupported(document: Document) -> Iterator[Problem]:
    """What the generated client would get wrong."""
    plain, _ = simplified(document)
    yield from _paths(document)
    yield from unwritten_bodies(document)
    yield from unusual_requests(plain)
    yield from _unchecked_rules(plain)
    yield from Alternatives(plain).ambiguous()


def _paths(document: Document) -> Iterator[Problem]:
    if not any(True for _ in operations(document)):
        yield Problem(
            "there are no operations, so there is nothing to generate", "/paths" if document.has("/paths") else ""
        )
    for node in objects(document):
        if node.kind == "operation":
            yield from _operation_id(node)


def _operation_id(node: Node) -> Iterator[Problem]:
    """Why a method and a module cannot be named after an operation."""
    pointer = child(node.pointer, "operationId")
    name = str(node.value.get("operationId") or "") if "operationId" in node.value else None
    if name is None:
        return
    if not re.search(r"[^\W_]", name):
        yield Problem(
            f"the operationId {name!r} has no letter or digit, so nothing in Python can be named after it", pointer
        )
    elif len(name.encode(errors="replace")) > _LONGEST_NAME:
        text = f"the operationId is longer than {_LONGEST_NAME} bytes, so no file can be named after it"
        yield Problem(text, pointer)


def _unchecked_rules(document: Document) -> Iterator[Problem]:
    for node in sent(document).values():
        if node.kind == "schema":
            for keyword in unchecked(document, node):
                text = f"the client cannot check `{keyword}`"
                yield Problem(text, child(node.pointer, keyword), "requests are sent without this check")
