"""Response headers of the document as typed properties."""

from collections.abc import Iterator

from attrs import frozen

from runtime.errors import StatusError
from runtime.media import Image

from .document import Document, child
from .naming import free, header_property

_READERS = {
    "integer": ("integer", "int | None"),
    "number": ("number", "Decimal | None"),
    "boolean": ("boolean", "bool | None"),
}
_TEXT = ("text", "str | None")

RESERVED = frozenset(
    {name for cls in (Image, StatusError) for name in dir(cls)}
    | {"body", "content", "headers", "message", "parsed", "request", "status", "status_code"}
)
"""What results, whole answers and errors have besides the headers of the document."""


@frozen
class HeaderView:
    """A header of a response.

    Args:
        wire: Its name.
        name: Name of the property that reads it.
        reader: Name of the reading, a method of `Headers`.
        type: What the reading gives.
        description: What the document says of it.
        pointer: Where the document says so.
    """

    wire: str
    name: str
    reader: str
    type: str
    description: str
    pointer: str


def response_headers(document: Document, response: str) -> Iterator[HeaderView]:
    """The headers of the response at a pointer."""
    for wire in document.at(document.resolved(response)).get("headers", {}):
        pointer = document.resolved(child(document.resolved(response), "headers", wire))
        header = document.at(pointer)
        schema = document.at(document.resolved(child(pointer, "schema"))) if "schema" in header else {}
        reader, kind = _READERS.get(str(schema.get("type")), _TEXT)
        name = "request_id" if header.get("x-meaning") == "request-id" else free(header_property(wire), RESERVED)
        yield HeaderView(wire, name, reader, kind, header.get("description", ""), pointer)


def header_meaning(document: Document, meaning: str) -> str | None:
    """Name of the first header that has a meaning for the client (`x-meaning`), or None."""
    for node in document.root.get("paths", {}):
        for header in _all_headers(document, node):
            if document.at(header.pointer).get("x-meaning") == meaning:
                return header.wire
    return None


def _all_headers(document: Document, path: str) -> Iterator[HeaderView]:
    for method, operation in document.at(child("/paths", path)).items():
        if isinstance(operation, dict):
            for status in operation.get("responses", {}):
                yield from response_headers(document, child("/paths", path, method, "responses", status))
