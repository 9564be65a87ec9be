"""Files in JSON, which can hold none: what a document calls `format: binary` there is a text."""

import copy
from collections.abc import Iterable, Iterator

from .document import Document, Problem, child
from .media_types import media_kind
from .traversal import Node, objects, reached

_FORMAT = "binary"


def read_files_as_texts(document: Document) -> Iterable[Problem]:
    """Take `format: binary` out of the schemas of JSON, and of parameters."""
    texts = reached(document, (node for node in objects(document) if _holds_text(node)))
    _copy_shared_forms(document, texts.keys())
    return list(_left_out(texts.values()))


def _holds_text(node: Node) -> bool:
    return node.kind in ("parameter", "header") or (node.kind == "media type" and media_kind(node.name) == "json")


def _left_out(nodes: Iterable[Node]) -> Iterator[Problem]:
    for node in nodes:
        if node.kind == "schema" and node.value.get("format") == _FORMAT:
            del node.value["format"]
            yield Problem(
                "neither JSON nor a parameter can hold a file",
                child(node.pointer, "format"),
                "it is a text that is sent and read as it is",
            )


def _copy_shared_forms(document: Document, texts: Iterable[str]) -> None:
    """Let a form keep its files where JSON has the same schema."""
    known = frozenset(texts)
    for node in objects(document):
        if node.kind == "media type" and media_kind(node.name) in ("form", "multipart") and "schema" in node.value:
            place = document.resolved(child(node.pointer, "schema"))
            if place in known and node.pointer not in known and _has_file(document, place):
                node.value["schema"] = copy.deepcopy(document.at(place))


def _has_file(document: Document, schema: str) -> bool:
    fields = document.at(schema).get("properties", {}).values()
    return any(_FORMAT in (field.get("format"), field.get("items", {}).get("format")) for field in fields)
