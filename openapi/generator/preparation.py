"""The document as it is handed to openapi-python-client."""

import copy
from typing import Any

from .document import Document
from .traversal import Node, objects

POINTER = "x-pointer"
"""Extension that tells, on each object that the parser gives back, where in the document it stands."""


def prepared(document: Document) -> dict[str, Any]:
    """A copy of the document with pointers in it, and with files described as the parser expects them."""
    stamped = Document(document.name, copy.deepcopy(document.root), document.lines)
    for node in objects(stamped):
        if node.kind == "media type" and is_binary(_media_type(node)):
            node.value["schema"] = {"type": "string", "format": "binary"}
        if node.kind in ("operation", "response", "parameter", "schema") and "$ref" not in node.value:
            node.value[POINTER] = node.pointer
    return stamped.root


def content_type_overrides(document: Document) -> dict[str, str]:
    """The media types of files in a document, all of which openapi-python-client knows under one name."""
    media_types = {_media_type(node) for node in objects(document) if node.kind == "media type"}
    return {name: "application/octet-stream" for name in sorted(media_types) if is_binary(name)}


def is_binary(media_type: str) -> bool:
    """Whether a body of this media type is a file: neither JSON, nor text, nor a form."""
    plain = media_type.partition(";")[0].strip().lower()
    return not (
        plain in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
        or plain.endswith("+json")
        or plain.startswith("text/")
    )


def _media_type(node: Node) -> str:
    return node.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
