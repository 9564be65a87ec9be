"""Responses that are streams of events: each becomes that of an operation of its own, whose body is one event.

A stream is described in several ways. OpenAPI 3.2 has `itemSchema`; before, the `schema` describes one event, or is an
array of them; of server-sent events it describes the event with its fields, or what stands in the field `data`.
"""

import copy
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from attrs import evolve

from .alternatives import described_properties
from .document import Document, Problem, child, join, tokens
from .media_types import plain_type
from .shapes import kinds, member_pointers
from .source_map import SourceMap
from .traversal import Node, operations

EVENT_STREAM = "text/event-stream"

STREAMS = frozenset(
    {EVENT_STREAM, "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"}
    | {"application/jsonlines", "application/json-seq", "application/stream+json"}
)
"""Media types of streams."""

KEYWORD = "x-stream"
"""Extension of an operation that says how it streams. A response that is a stream has it too, once it is prepared."""

END = "[DONE]"
"""What ends a stream of server-sent events unless the document says otherwise: OpenAI and many others send it."""

_MARK = "#stream"
_SEPARATED = "x-separated-stream"
_FIELDS = frozenset({"data", "event", "id", "retry"})


def with_streams(document: Document) -> tuple[Document, list[Problem]]:
    """The document with streams as operations of their own, and what the client does otherwise than it says.

    It is changed in place, but for its lines.

    The operation that has another response too stays as it is, without the stream. The other one stands behind a `#` in
    the path, which tells operations apart and is not sent.
    """
    places = [node for node in operations(document) if _stream_response(document, node)]
    if not places:
        return document, []
    lines, problems = document.lines, list[Problem]()
    # The copies have the places of what they are copied from.
    result = evolve(document, lines=SourceMap(lines.main, lines.grafts)) if isinstance(lines, SourceMap) else document
    for node in places:
        response = _stream_response(result, node)
        assert response is not None
        if not _has_others(result, node):
            problems += _mark(result, node.pointer, response)
        else:
            problems += _mark(result, _separated(result, node), response)
            _leave_out_streams(result, node)
    return result, problems


def stream_of(response: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is known of the stream that a prepared response is, or None."""
    found = response.get(KEYWORD)
    return found if isinstance(found, dict) else None


def has_stream(document: Document, operation: Node) -> bool:
    """Whether a success of an operation can be a stream."""
    return _stream_response(document, operation) is not None


def is_stream_path(path: str) -> bool:
    """Whether an operation under this path is the stream of another."""
    return path.endswith(_MARK)


def is_separated(operation: Mapping[str, Any]) -> bool:
    """Whether a prepared operation could respond with a stream too, which is now another operation."""
    return _SEPARATED in operation


def stream_property(document: Document, operation: str) -> str | None:
    """The property of the body that asks for a stream: a boolean `stream`, unless `x-stream` names another, or none."""
    described = document.at(operation).get(KEYWORD)
    name = described.get("property", "stream") if isinstance(described, dict) else "stream"
    is_known = isinstance(name, str) and any(True for _ in property_places(document, operation, name))
    return name if is_known else None


def property_places(document: Document, operation: str, name: str) -> Iterator[str]:
    """Where a boolean property of the body of an operation is described."""
    body = child(operation, "requestBody")
    if not document.has(body):
        return
    place = document.resolved(body)
    for media_type in document.at(place).get("content", {}):
        schema = child(place, "content", media_type, "schema")
        at = described_properties(document, schema).get(name) if document.has(schema) else None
        if at is not None and kinds(document, at) - {"null"} == {"boolean"}:
            yield document.resolved(at)


def success_statuses(responses: dict[str, Any]) -> list[str]:
    """The statuses of success of an operation."""
    return [status for status in responses if str(status).startswith("2")]


def _stream_response(document: Document, operation: Node) -> str | None:
    """The status of the first success that can be a stream."""
    responses = operation.value.get("responses", {})
    found = ((status, _content(document, operation, status)) for status in success_statuses(responses))
    return next((status for status, content in found if any(map(_is_stream, content))), None)


def _content(document: Document, operation: Node, status: str) -> dict[str, Any]:
    response = document.resolved_at(child(operation.pointer, "responses", status))
    content: dict[str, Any] = response.get("content") or {}
    return content


def _is_stream(media_type: str) -> bool:
    return plain_type(media_type) in STREAMS


def _has_others(document: Document, operation: Node) -> bool:
    """Whether a success can be something else than a stream."""
    contents = (_content(document, operation, status) for status in success_statuses(operation.value["responses"]))
    return any(not _is_stream(name) for content in contents for name in content)


def _separated(document: Document, operation: Node) -> str:
    """A copy of an operation, under another path. Returns where it stands."""
    _, path, method = tokens(operation.pointer)
    paths, above = document.root["paths"], f"{path}{_MARK}"
    item = {key: value for key, value in paths[path].items() if key in ("parameters", "servers")}
    paths.setdefault(above, copy.deepcopy(item))[method] = copied = copy.deepcopy(operation.value)
    if "operationId" in copied:
        copied["operationId"] = _free_id(document, copied["operationId"])
    place = join(["paths", above, method])
    if isinstance(document.lines, SourceMap):
        document.lines.graft(place, document.lines.origin(operation.pointer))
    return place


def _free_id(document: Document, name: object) -> str:
    # In Python, names that differ in letter case and separators only can be the same.
    taken = {_letters(node.value.get("operationId")) for node in operations(document)}
    found = f"{name}_stream"
    while _letters(found) in taken:
        found = f"{found}ed"
    return found


def _letters(name: object) -> str:
    return "".join(letter for letter in str(name).lower() if letter.isalnum())


def _leave_out_streams(document: Document, operation: Node) -> None:
    """Leave the streams out of an operation that has other responses, and do not ask for one by default."""
    for status in success_statuses(operation.value["responses"]):
        content = _content(document, operation, status)
        others = {name: media for name, media in content.items() if not _is_stream(name)}
        if others:
            _own_response(document, operation.pointer, status)["content"] = others
    document.at(operation.pointer)[_SEPARATED] = True
    name = stream_property(document, operation.pointer)
    for place in property_places(document, operation.pointer, name) if name else ():
        if document.at(place).get("default") is True:
            document.at(place)["default"] = False


def _own_response(document: Document, operation: str, status: str) -> dict[str, Any]:
    """A response of an operation, which it shares with no other."""
    place = child(operation, "responses", status)
    own: dict[str, Any] = copy.deepcopy(document.resolved_at(place))
    document.at(operation)["responses"][status] = own
    return own


def _mark(document: Document, operation: str, status: str) -> Iterator[Problem]:
    """Describe the body of a response by one of its events, and say that it is a stream."""
    response = _own_response(document, operation, status)
    first = next(filter(_is_stream, response["content"]))
    alike = [name for name, media in response["content"].items() if _is_stream(name) and _same(media, response, first)]
    place = child(operation, "responses", status, "content", first)
    schema, is_text = yield from _event_schema(document, place, plain_type(first) == EVENT_STREAM)
    described = document.at(operation).get(KEYWORD)
    end = described.get("end") if isinstance(described, dict) else None
    response[KEYWORD] = {
        "media-types": list(dict.fromkeys(map(plain_type, alike))),
        "text": is_text,
        "end": end if isinstance(end, str) else END,
        "needs-end": isinstance(end, str) and bool(end),
        "property": stream_property(document, operation),
    }
    response["content"] = {"application/json": {"schema": copy.deepcopy(schema)}}


def _same(media: Any, response: dict[str, Any], first: str) -> bool:
    one, other = media or {}, response["content"][first] or {}
    return all(one.get(key) == other.get(key) for key in ("schema", "itemSchema"))


def _event_schema(
    document: Document, media: str, is_event_stream: bool
) -> Generator[Problem, None, tuple[dict[str, Any], bool]]:
    """The schema of what an event holds, and whether that is a text."""
    value = document.at(media) or {}
    key = "itemSchema" if "itemSchema" in value else "schema"
    if key not in value:
        return ({"type": "string"}, True) if is_event_stream else ({}, False)
    place = child(media, key)
    if key == "schema" and kinds(document, place) == {"array"}:
        whole = document.resolved(place)
        place = child(whole, "items")
        if not document.has(place):
            return {}, False
    if not is_event_stream:
        # Lines of JSON that are described as one text are lines of any JSON.
        return ({} if kinds(document, place) == {"string"} else document.at(place)), False
    return (yield from _data_schema(document, place))


def _data_schema(document: Document, event: str) -> Generator[Problem, None, tuple[dict[str, Any], bool]]:
    """The schema of the data of server-sent events, and whether that is a text."""
    places = [place for place in _data_places(document, event) if not _is_sentinel(document, place)]
    schemas = [_content_schema(document, place) for place in places]
    found = [schema for schema in schemas if schema is not None]
    if len(found) < len(schemas) or not found:
        if found:
            yield Problem("some events hold JSON, and others a text", event, "each event gives its data as a text")
        return {"type": "string"}, True
    distinct = [schema for at, schema in enumerate(found) if schema not in found[:at]]
    if len(distinct) == 1:
        return distinct[0], False
    text = "which data an event has depends on its name"
    yield Problem(text, event, "the data itself shows what it is, and `events()` gives the name")
    return {"anyOf": distinct}, False


def _content_schema(document: Document, place: str) -> dict[str, Any] | None:
    """The schema of the JSON that stands in a field, or None where it is a text."""
    schema: dict[str, Any] = document.at(document.resolved(place))
    if isinstance(schema.get("contentSchema"), dict):
        found: dict[str, Any] = schema["contentSchema"]
        return found
    if kinds(document, place) == {"string"}:
        return {} if plain_type(str(schema.get("contentMediaType", ""))) == "application/json" else None
    whole: dict[str, Any] = document.at(place)
    return whole


def _data_places(document: Document, schema: str, above: frozenset[str] = frozenset()) -> list[str]:
    """Where the data of events is described: in the field `data` of their alternatives, or as the event itself."""
    place = document.resolved(schema)
    node = document.at(place)
    members = [at for keyword in ("anyOf", "oneOf") for at in member_pointers(node, place, keyword)]
    if members and place not in above:
        found = [_data_places(document, at, above | {place}) for at in members]
        # Alternatives of the data are one schema, of which a discriminator may be a part.
        is_event = any(places != [at] for places, at in zip(found, members, strict=True))
        return [at for places in found for at in places] if is_event else [schema]
    named = described_properties(document, place)
    return [named["data"]] if "data" in named and named.keys() <= _FIELDS else [schema]


def _is_sentinel(document: Document, place: str) -> bool:
    """Whether the data is nothing but what ends a stream."""
    schema = document.resolved_at(place)
    values = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return values == [END]
