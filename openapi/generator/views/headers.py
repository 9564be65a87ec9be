"""Response headers of the document as typed properties."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from attrs import define, frozen

from runtime.base.errors import StatusError
from runtime.image.media import Image, SavedImage

from ..document.document import Document, child
from ..document.jobs import JobPlace, job_places
from ..document.shapes import kinds
from ..document.traversal import objects
from ..upstream.naming import distinct, identifier

_READERS = {
    "integer": ("integer", "int | None"),
    "number": ("number", "Decimal | None"),
    "boolean": ("boolean", "bool | None"),
}
_TEXT = ("text", "str | None")
_FORMATS = {
    "date": ("date", "datetime.date | None"),
    "date-time": ("date_time", "datetime.datetime | None"),
}
_LISTS = {
    "integer": ("integers", "list[int] | None"),
    "number": ("numbers", "list[Decimal] | None"),
}
_TEXTS = ("texts", "list[str] | None")

RESERVED = frozenset(
    {name for cls in (Image, SavedImage, StatusError) for name in dir(cls)}
    | {
        "attempts",
        "body",
        "content",
        "datetime",
        "headers",
        "message",
        "retry_after",
        "parsed",
        "request",
        "request_id",
        "status",
        "status_code",
        "temporary",
    }
)
"""What results, whole responses and errors have besides the headers of the document."""

ON_EVERY_ERROR = frozenset({"request_id", "retry_after"})
"""Headers that each error of a response has read already, whatever the document says."""


@frozen
class HeaderView:
    """A header of a response.

    Args:
        api_name: Its name.
        name: Name of the property that reads it.
        reader: Name of the reading, a method of `Headers`.
        type: What the reading gives.
        description: What the document says of it.
        pointer: Where the document says so.
    """

    api_name: str
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
        for api_name in self.document.at(place).get("headers", {}):
            # OpenAPI says that this description "shall be ignored": the media types describe it.
            if api_name.lower() != "content-type":
                yield self._view(api_name, self.document.resolved(child(place, "headers", api_name)))

    def meaning(self, meaning: str) -> str | None:
        """Name of the first header that has a meaning for the client (`x-semantics`), or None.

        What only the results of jobs report, in their bodies, gets a name that no service uses.
        """
        found = (api_name for api_name, header in self._described if header.get("x-semantics") == meaning)
        return next(found, f"x-job-{meaning}" if meaning in self._reported else None)

    @cached_property
    def jobs(self) -> tuple[JobPlace, ...]:
        """The jobs of the document, which report what a header says elsewhere."""
        return tuple(job_places(self.document))

    @cached_property
    def _reported(self) -> frozenset[str]:
        return frozenset(meaning for job in self.jobs for meaning in ("request-id", *job.described.get("reports", {})))

    @cached_property
    def _described(self) -> list[tuple[str, dict[str, Any]]]:
        responses = [node for node in objects(self.document) if node.kind == "response"]
        return [
            (api_name, self.document.at(self.document.resolved(child(node.pointer, "headers", api_name))))
            for node in responses
            for api_name in node.value.get("headers", {})
        ]

    @cached_property
    def _names(self) -> dict[str, str]:
        """Name of the property for each header: `X-Request-Id` is `request_id` unless that is another header."""
        fixed = {(self.meaning("request-id") or "").lower(): "request_id", "retry-after": "retry_after"}
        api_names = {api_name.lower(): None for api_name, _ in self._described if api_name.lower() not in fixed}
        plain = [api_name.removeprefix("x-") or api_name for api_name in api_names]
        names = [
            identifier(api_name if short != api_name and plain.count(short) > 1 else short)
            for api_name, short in zip(api_names, plain, strict=True)
        ]
        taken = RESERVED | ({"report"} if self._reported else set())
        return {**fixed, **dict(zip(api_names, distinct(names, taken), strict=True))}

    def _view(self, api_name: str, pointer: str) -> HeaderView:
        header = self.document.at(pointer)
        reader, type_ = self._reading(child(pointer, "schema")) if "schema" in header else _TEXT
        return HeaderView(
            api_name, self._names[api_name.lower()], reader, type_, header.get("description", ""), pointer
        )

    def _reading(self, schema: str) -> tuple[str, str]:
        found = kinds(self.document, schema) - {"null"}
        place = self.document.resolved(schema)
        if found == {"array"}:
            items = child(place, "items")
            members = kinds(self.document, items) - {"null"} if self.document.has(items) else frozenset[str]()
            return _LISTS.get(_kind(members), _TEXTS)
        if found == {"string"}:
            return _FORMATS.get(str(self.document.at(place).get("format")), _TEXT)
        return reading(found)


def reading(found: frozenset[str]) -> tuple[str, str]:
    """The reading of a text that stands for a value of such types, and the type of what that gives."""
    return _READERS.get(_kind(found), _TEXT)


def _kind(found: frozenset[str]) -> str:
    if found == {"integer", "number"}:
        return "number"
    return next(iter(found)) if len(found) == 1 else ""
