"""The document as openapi-python-client gets it: with pointers added, and without what its types cannot represent.

Rules that are removed here are still checked: the client takes them from the document itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ..document.document import Document, Problem, child
from ..document.media_types import media_kind, readable
from ..document.shapes import kinds
from ..document.traversal import METHODS, objects, received, sent
from .operation_names import operation_names, renamed_operations
from .properties import POINTER
from .property_names import distinct_names
from .schema_types import SchemaTypes, Source


@frozen
class Prepared:
    """A document for openapi-python-client.

    Args:
        source: The document.
        problems: Where the client does something else than the document says.
        names: The names of properties and parameters that have another one in the source, by what has them (the pointer
            of a schema, or the name of an operation) and that other name.
    """

    source: Source
    problems: list[Problem]
    names: Mapping[tuple[str, str], str]


def prepared(document: Document) -> Prepared:
    """Prepare a document for the parser."""
    types = SchemaTypes(document, {"readOnly": sent(document), "writeOnly": received(document)})
    types.add_components()
    names = operation_names(document)
    paths = {
        path: _path_item(types, child("/paths", path), names)
        for path, item in document.root["paths"].items()
        if isinstance(item, dict) and not path.startswith("x-")
    }
    source = {
        "openapi": "3.1.0",
        "info": {"title": str(document.root["info"]["title"]), "version": str(document.root["info"]["version"])},
        "paths": paths,
        "components": {"schemas": types.components},
    }
    return Prepared(source, [*types.problems, *renamed_operations(document, names)], types.aliases)


def content_type_overrides(document: Document) -> dict[str, str]:
    """The media types of files in a document, each mapped to the only one that openapi-python-client knows."""
    media_types = {node.name for node in objects(document) if node.kind == "media type"}
    return {name: "application/octet-stream" for name in sorted(media_types) if media_kind(name) == "file"}


def _path_item(types: SchemaTypes, pointer: str, names: Mapping[str, str]) -> Source:
    item = types.document.at(pointer)
    return {
        method: _operation(types, pointer, child(pointer, method), names[child(pointer, method)])
        for method in METHODS
        if isinstance(item.get(method), dict)
    }


def _operation(types: SchemaTypes, path: str, pointer: str, name: str) -> Source:
    node = types.document.at(pointer)
    tags = [str(tag) for tag in node.get("tags") or ()][:1]
    source: Source = {
        "operationId": name,
        "tags": tags,
        "parameters": list(_parameters(types, path, pointer, name)),
        "responses": _responses(types, pointer, name),
        POINTER: pointer,
    }
    if isinstance(node.get("requestBody"), dict):
        source["requestBody"] = _request_body(types, child(pointer, "requestBody"), name)
    return source


def _parameters(types: SchemaTypes, path: str, operation: str, name: str) -> Iterator[Source]:
    document = types.document
    found: dict[tuple[str, str], str] = {}
    for owner in (operation, path):
        for index in range(len(document.at(owner).get("parameters") or ())):
            place = document.resolved(child(owner, "parameters", str(index)))
            node = document.at(place)
            if isinstance(node, dict) and "schema" in node:
                found.setdefault((str(node.get("in")), str(node.get("name"))), place)
    described = {key: found[key] for key in found if key[0] in ("path", "query", "header", "cookie")}
    aliases = _parameter_names(list(described))
    for (location, api_name), place in described.items():
        alias = aliases[location, api_name]
        if alias != api_name:
            types.aliases[name, alias] = api_name
        yield {
            "name": alias,
            "in": location,
            "required": location == "path" or bool(document.at(place).get("required")),
            "schema": _parameter_schema(types, place, location, api_name, name),
            POINTER: place,
        }


def _parameter_names(keys: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """A name for each parameter: openapi-python-client tells those of different places apart, but for odd ones."""
    found: dict[tuple[str, str], str] = {}
    for place in dict.fromkeys(location for location, _ in keys):
        names = [name for location, name in keys if location == place]
        found.update({(place, name): alias for name, alias in distinct_names(names).items()})
    return found


def _parameter_schema(types: SchemaTypes, place: str, location: str, name: str, operation: str) -> Source:
    source = types.schema(child(place, "schema"), name, operation)
    if location == "header" and source.get("type") == "string":
        # The parser does not support dates and UUIDs there.
        source = {key: value for key, value in source.items() if key != "format"}
    return source


def _responses(types: SchemaTypes, operation: str, name: str) -> Source:
    document = types.document
    found: Source = {}
    for status in document.at(operation).get("responses") or {}:
        if not status.startswith("x-"):
            place = document.resolved(child(operation, "responses", status))
            node = document.at(place)
            content = _mapping(node.get("content"))
            found[status] = {
                "description": str(node.get("description") or ""),
                "content": {
                    kind: _media_type(types, child(place, "content", kind), kind, (f"response_{status}", name))
                    # The parser would take the first that it knows.
                    for kind in (readable(content) if content else ())
                },
                POINTER: place,
            }
    return found


def _request_body(types: SchemaTypes, pointer: str, name: str) -> Source:
    place = types.document.resolved(pointer)
    node = types.document.at(place)
    content = _mapping(node.get("content"))
    return {
        "content": {
            kind: _media_type(types, child(place, "content", kind), kind, ("body", _owner(name, kind, len(content))))
            for kind in content
        },
        "required": bool(node.get("required")),
        POINTER: place,
    }


def _owner(operation: str, media_type: str, count: int) -> str:
    """What the classes of a body are named by."""
    endings = {"json": "json", "form": "data", "multipart": "files"}
    return operation if count == 1 else f"{operation}_{endings.get(media_kind(media_type), 'content')}"


def _media_type(types: SchemaTypes, place: str, kind: str, named: tuple[str, str]) -> Source:
    schema = child(place, "schema")
    if not types.document.has(schema):
        return {}
    if media_kind(kind) == "text" and "string" not in kinds(types.document, schema):
        return {"schema": {"type": "string", POINTER: schema}}
    return {"schema": types.schema(schema, *named)}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
