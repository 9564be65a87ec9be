"""Bodies of requests and responses, handed to openapi-python-client under media types that it knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from ..document.document import Document, Problem, child
from ..document.media_types import MediaKind, media_kind, readable
from ..document.shapes import kinds
from .internals import GeneratorData, UntrustedString
from .properties import POINTER
from .schema_sources import Source
from .schema_types import SchemaTypes

_REQUESTS: dict[MediaKind, str] = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "text": "application/octet-stream",
    "file": "application/octet-stream",
}
_RESPONSES: dict[MediaKind, str] = {
    "json": "application/json",
    "form": "text/plain",
    "multipart": "text/plain",
    "text": "text/plain",
    "file": "application/octet-stream",
}
_NUMBER = "; number="
"""Parameter of a media type in a request, to tell those of one kind apart."""

_OWNERS: dict[MediaKind, str] = {"json": "json", "form": "data", "multipart": "files"}
"""How openapi-python-client names the classes of several bodies."""


def request_body(types: SchemaTypes, pointer: str, operation: str) -> Source:
    """The body of a request.

    Args:
        types: Translates its schemas.
        pointer: Where it stands.
        operation: Name of the operation.
    """
    place = types.document.resolved(pointer)
    node = types.document.at(place)
    names = media_types(types.document, pointer)
    found: Source = {}
    for number, name in enumerate(names):
        kind = media_kind(name)
        owner = operation if len(names) == 1 else f"{operation}_{_OWNERS.get(kind, 'content')}"
        found[f"{_REQUESTS[kind]}{_NUMBER}{number}"] = _media_type(
            types, child(place, "content", name), kind, "body", owner
        )
    return {"content": found, "required": bool(node.get("required")), POINTER: place}


def media_types(document: Document, pointer: str) -> list[str]:
    """The media types of a body, in the order of the document."""
    return list(_mapping(document.resolved_at(pointer).get("content")))


def responses(types: SchemaTypes, pointer: str, operation: str) -> Source:
    """The responses of an operation.

    Args:
        types: Translates their schemas.
        pointer: Where the operation stands.
        operation: Its name.
    """
    document = types.document
    found: Source = {}
    for status in document.at(pointer).get("responses") or {}:
        if not status.startswith("x-"):
            place = document.resolved(child(pointer, "responses", status))
            found[status] = {"description": "", "content": _response(types, place, status, operation), POINTER: place}
    return found


def _response(types: SchemaTypes, place: str, status: str, operation: str) -> Source:
    content = _mapping(types.document.at(place).get("content"))
    # The client reads the first, and whatever is read into the same type.
    for name in list(readable(content))[:1] if content else ():
        kind, pointer = media_kind(name), child(place, "content", name)
        if kind in ("form", "multipart"):
            types.problems.append(Problem("a response that is a form cannot be read", pointer, "it is given as a text"))
        return {_RESPONSES[kind]: _media_type(types, pointer, kind, f"response_{status}", operation, is_response=True)}
    return {}


def restore_media_types(data: GeneratorData, names: Mapping[str, Sequence[str]]) -> None:
    """Give bodies of requests the media types of the document.

    Args:
        data: The document as openapi-python-client has read it.
        names: The media types of the body of each operation, by its name.
    """
    for group in data.endpoint_collections_by_tag.values():
        for endpoint in group.endpoints:
            endpoint.bodies = [
                evolve(body, content_type=UntrustedString(names[str(endpoint.name)][_number(body.content_type)]))
                for body in endpoint.bodies
            ]


def _number(media_type: UntrustedString) -> int:
    return int(media_type.get_untrusted_value().rpartition(_NUMBER)[2])


def _media_type(
    types: SchemaTypes, place: str, kind: MediaKind, name: str, parent: str, *, is_response: bool = False
) -> Source:
    schema = child(place, "schema")
    is_text = kind == "text" or (is_response and kind in ("form", "multipart"))
    if is_text and not (types.document.has(schema) and kinds(types.document, schema) == {"string"}):
        return {"schema": {"type": "string", POINTER: schema}}
    return {"schema": types.schema(schema, name, parent) if types.document.has(schema) else {POINTER: schema}}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
