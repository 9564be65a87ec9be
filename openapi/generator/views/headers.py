"""Response headers of the document as typed properties."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from attrs import define, frozen

from runtime.base.errors import StatusError
from runtime.image.media import Image, KeptImage

from ..document.document import Document, child
from ..document.shapes import kinds
from ..document.traversal import objects
from ..upstream.naming import distinct, identifier

_READERS = {
    "integer": ("integer", "int | None"),
    "number": ("number", "Decimal | None"),
    "boolean": ("boolean", "bool | None"),
}
_TEXT = ("text", "str | None")

RESERVED = frozenset(
    {name for cls in (Image, KeptImage, StatusError) for name in dir(cls)}
    | {
        "attempts",
        "body",
        "content",
        "headers",
        "message",
        "pace",
        "parsed",
        "request",
        "request_id",
        "status",
        "status_code",
        "temporary",
    }
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


@define(slots=False)
class ResponseHeaders:
    """The headers of all responses of a document: one has the same name wherever it comes."""

    document: Document

    def of(self, response: str) -> Iterator[HeaderView]:
        """The headers of the response at a pointer."""
        place = self.document.resolved(response)
        for wire in self.document.at(place).get("headers", {}):
            # OpenAPI says that this description "shall be ignored": the media types describe it.
            if wire.lower() != "content-type":
                yield self._view(wire, self.document.resolved(child(place, "headers", wire)))

    def meaning(self, meaning: str) -> str | None:
        """Name of the first header that has a meaning for the client (`x-meaning`), or None."""
        found = (wire for wire, header in self._described if header.get("x-meaning") == meaning)
        return next(found, None)

    @cached_property
    def _described(self) -> list[tuple[str, dict[str, Any]]]:
        responses = [node for node in objects(self.document) if node.kind == "response"]
        return [
            (wire, self.document.at(self.document.resolved(child(node.pointer, "headers", wire))))
            for node in responses
            for wire in node.value.get("headers", {})
        ]

    @cached_property
    def _names(self) -> dict[str, str]:
        """Name of the property for each header: `X-Request-Id` is `request_id` unless that is another header."""
        named = self.meaning("request-id") or ""
        wires = {wire.lower(): None for wire, _ in self._described if wire.lower() != named.lower()}
        plain = [wire.removeprefix("x-") or wire for wire in wires]
        names = [
            identifier(wire if short != wire and plain.count(short) > 1 else short)
            for wire, short in zip(wires, plain, strict=True)
        ]
        return {named.lower(): "request_id", **dict(zip(wires, distinct(names, RESERVED), strict=True))}

    def _view(self, wire: str, pointer: str) -> HeaderView:
        header = self.document.at(pointer)
        found = kinds(self.document, child(pointer, "schema")) if "schema" in header else frozenset[str]()
        reader, type_ = _READERS.get(_kind(found - {"null"}), _TEXT)
        return HeaderView(wire, self._names[wire.lower()], reader, type_, header.get("description", ""), pointer)


def _kind(found: frozenset[str]) -> str:
    if found == {"integer", "number"}:
        return "number"
    return next(iter(found)) if len(found) == 1 else ""
