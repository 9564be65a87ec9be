"""The document as openapi-python-client gets it: with pointers added, and without what its types cannot represent.

Rules that are removed here are still checked: the client takes them from the document itself.
"""

from collections.abc import Mapping

from attrs import frozen

from ..document.document import Document, Problem, child, tokens
from ..document.media_types import media_kind
from ..document.parameter_styles import MEDIA_TYPE
from ..document.traversal import Node, objects, operations, received, sent
from .class_names import short_name
from .contents import media_types, request_body, responses
from .operation_names import operation_names, renamed_operations
from .parameters import Parameter, parameters_of
from .properties import POINTER
from .schema_sources import Source
from .schema_types import SchemaTypes


@frozen
class Prepared:
    """A document for openapi-python-client.

    Args:
        source: The document.
        problems: Where the client does something else than the document says.
        operations: The name of each operation, by its pointer.
        names: The names of properties that have another one in the source, by the pointer of their schema and that
            other name.
        parameters: The parameters of each operation, by its name.
        bodies: The media types of the body of each operation, by its name.
        paths: The path of each operation, by its name.
    """

    source: Source
    problems: list[Problem]
    operations: Mapping[str, str]
    names: Mapping[tuple[str, str], str]
    parameters: Mapping[str, list[Parameter]]
    bodies: Mapping[str, list[str]]
    paths: Mapping[str, str]


def prepared(document: Document) -> Prepared:
    """Prepare a document for the parser."""
    types = SchemaTypes(document, {"readOnly": sent(document), "writeOnly": received(document)})
    types.add_components()
    names = operation_names(document)
    parameters = {name: parameters_of(document, pointer) for pointer, name in names.items()}
    paths = {name: tokens(pointer)[-2] for pointer, name in names.items()}
    source = {
        "openapi": "3.1.0",
        "info": {"title": str(document.root["info"]["title"]), "version": str(document.root["info"]["version"])},
        "paths": _paths(types, names, parameters),
        "components": {"schemas": types.components},
    }
    problems = [*types.problems, *renamed_operations(document, names)]
    bodies = {
        name: media_types(document, child(pointer, "requestBody"))
        for pointer, name in names.items()
        if document.has(child(pointer, "requestBody"))
    }
    return Prepared(source, problems, names, types.aliases, parameters, bodies, paths)


def content_type_overrides(document: Document) -> dict[str, str]:
    """The media types of files in a document, each mapped to the only one that openapi-python-client knows."""
    media_types = {node.name for node in objects(document) if node.kind == "media type"}
    return {name: "application/octet-stream" for name in sorted(media_types) if media_kind(name) == "file"}


def _paths(types: SchemaTypes, names: Mapping[str, str], parameters: Mapping[str, list[Parameter]]) -> Source:
    """The operations, each under a path of its own: openapi-python-client looks for parameters in it."""
    found: dict[str, Source] = {}
    for node in operations(types.document):
        *_, method = tokens(node.pointer)
        name = names[node.pointer]
        found[f"/{name}"] = {method: _operation(types, node, name, parameters[name])}
    return found


def _operation(types: SchemaTypes, node: Node, name: str, parameters: list[Parameter]) -> Source:
    source: Source = {
        "operationId": name,
        "tags": [short_name(str(tag)) for tag in node.value.get("tags") or ()][:1],
        "parameters": [_parameter(types, parameter, name) for parameter in parameters],
        "responses": responses(types, node.pointer, name),
        POINTER: node.pointer,
    }
    if isinstance(node.value.get("requestBody"), dict):
        source["requestBody"] = request_body(types, child(node.pointer, "requestBody"), name)
    return source


def _parameter(types: SchemaTypes, parameter: Parameter, operation: str) -> Source:
    schema = types.schema(child(parameter.pointer, "schema"), parameter.name, operation)
    described = types.document.at(parameter.pointer)
    if parameter.location in ("path", "header") and MEDIA_TYPE not in described:
        schema = _without_null(schema)
    required = parameter.location == "path" or bool(described.get("required"))
    return {"name": parameter.alias, "in": "query", "required": required, "schema": schema, POINTER: parameter.pointer}


def _without_null(schema: Source) -> Source:
    """The schema of a parameter that is sent as a text: there is no null."""
    if isinstance(schema.get("type"), list):
        kinds_of_value = [kind for kind in schema["type"] if kind != "null"]
        return {**schema, "type": kinds_of_value[0] if len(kinds_of_value) == 1 else kinds_of_value}
    members = [member for member in schema.get("anyOf", ()) if member.get("type") != "null"]
    return {**schema, "anyOf": members} if members else schema
