"""The document as openapi-python-client gets it: with pointers added, and without what its types cannot represent.

Rules that are removed here are still checked: the client takes them from the document itself.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve

from ..document.document import Document, Problem, child
from ..document.media_types import media_kind, readable
from ..document.parameters import parameter_pointers, sent_parameters
from ..document.paths import names_in, path_parts
from ..document.shapes import kinds
from ..document.simplification import Step
from ..document.traversal import METHODS, Node, objects, operations, received, sent

POINTER = "x-pointer"
"""Extension with the JSON pointer of an object: the parser passes it on with each object that it returns."""


def prepared(document: Document) -> tuple[dict[str, Any], list[Problem]]:
    """A copy of the document, prepared for the parser, and where its meaning has changed."""
    problems: list[Problem] = []
    copied = evolve(document, root=copy.deepcopy(document.root))
    directions = {"readOnly": sent(document), "writeOnly": received(document)}
    for node in list(objects(copied)):
        if "$ref" not in node.value:
            problems.extend(_PREPARE.get(node.kind, _as_it_is)(document, node))
            if node.kind == "schema":
                _loosen_one_sided(document, node, directions)
            if node.kind in ("operation", "response", "parameter", "request body", "schema"):
                node.value[POINTER] = node.pointer
    for node in operations(document):
        _prepare_parameters(document, copied, node.pointer)
    if str(copied.root["openapi"]).startswith("3.2"):
        copied.root["openapi"] = "3.1.0"
    copied.root["paths"] = _renamed_paths(document, _without_extensions(copied.root["paths"]))
    return copied.root, problems


def parser_paths(document: Document) -> dict[str, str]:
    """The paths of a document, each with the one that the parser gets for it.

    It takes no query, wants all parameters of the kind `path` there, and has to tell apart paths that differ only in
    the names of parameters, or in their query or fragment.
    """
    found: dict[str, str] = {}
    shapes: set[str] = set()
    for path in document.root.get("paths", {}):
        parts = path_parts(path)
        pointer = child("/paths", path)
        known = {key for node in _operations_of(document, pointer) for key in parameter_pointers(document, node)}
        in_query = [name for _, value in parts.query for name in names_in(value) if ("path", name) in known]
        found[path] = parts.path + "".join(f"/{{{name}}}" for name in dict.fromkeys(in_query))
        while re.sub(r"{[^}]*}", "{}", found[path]) in shapes:
            found[path] += "#"
        shapes.add(re.sub(r"{[^}]*}", "{}", found[path]))
    return found


def _operations_of(document: Document, path: str) -> list[str]:
    return [child(path, method) for method in METHODS if method in document.at(path)]


def _renamed_paths(document: Document, paths: dict[str, Any]) -> dict[str, Any]:
    """The paths under names that the parser takes. An operation without an id keeps the name that its own gives it."""
    renamed = parser_paths(document)
    for path, item in paths.items():
        if renamed[path] != path:
            for method in METHODS:
                if method in item and not item[method].get("operationId"):
                    item[method]["operationId"] = f"{method}_{re.sub('[{}]', '', path).strip('/').replace('/', '_')}"
    return {renamed[path]: item for path, item in paths.items()}


def _prepare_parameters(document: Document, copied: Document, operation: str) -> None:
    """List each parameter of an operation once, those of its path included, and only what is sent."""
    sent = [copied.at(pointer) for pointer in sent_parameters(document, operation).values()]
    copied.at(operation)["parameters"] = sent
    copied.at(operation.rpartition("/")[0]).pop("parameters", None)


def content_type_overrides(document: Document) -> dict[str, str]:
    """The media types of files in a document, each mapped to the only one that openapi-python-client knows."""
    media_types = {node.name for node in objects(document) if node.kind == "media type"}
    return {name: "application/octet-stream" for name in sorted(media_types) if media_kind(name) == "file"}


def _as_it_is(document: Document, node: Node) -> Iterable[Problem]:
    return ()


def _prepare_operation(document: Document, node: Node) -> Iterable[Problem]:
    node.value["responses"] = _without_extensions(node.value["responses"])
    return ()


def _prepare_response(document: Document, node: Node) -> Iterable[Problem]:
    """Keep only the media types that the client reads: the parser would take the first that it knows."""
    content = node.value.get("content", {})
    if content:
        node.value["content"] = {name: content[name] for name in readable(content)}
    return ()


def _prepare_media_type(document: Document, node: Node) -> Iterable[Problem]:
    if media_kind(node.name) == "text" and "string" not in kinds(document, f"{node.pointer}/schema"):
        node.value["schema"] = {"type": "string"}
    return ()


def _prepare_schema(document: Document, node: Node) -> Iterable[Problem]:
    _prepare_title(node)
    _prepare_values(document, node)
    if "allOf" in node.value and "object" not in kinds(document, node.pointer):
        _merge_parts(document, node)
    return ()


def _prepare_title(node: Node) -> None:
    """Turn the title of a component into its description: the parser would name the class by it, and titles repeat."""
    if node.pointer.rpartition("/")[0] == "/components/schemas" and "title" in node.value:
        node.value.setdefault("description", node.value.pop("title"))


def _prepare_values(document: Document, node: Node) -> None:
    """Remove enums and constants that the parser has no type for."""
    schema = node.value
    found = {type(value) for value in schema.get("enum", ()) if value is not None}
    if found - {str, int} or len(found) > 1:
        del schema["enum"]
        _name_type(document, node)
    elif found:
        # The values say whether null is allowed; the parser would add the types as alternatives.
        schema.pop("nullable", None)
        if isinstance(schema.get("type"), list):
            schema["type"] = next(kind for kind in schema["type"] if kind != "null")
    if "const" in schema and not isinstance(schema["const"], (str, int)):
        del schema["const"]
        _name_type(document, node)


def _name_type(document: Document, node: Node) -> None:
    found = kinds(document, node.pointer)
    if "type" not in node.value and len(found) == 1 and not found & {"array", "object"}:
        node.value["type"] = next(iter(found))


def _merge_parts(document: Document, node: Node) -> None:
    """Merge an `allOf` of plain values into one schema: the parser only composes objects."""
    parts = node.value["allOf"]
    if len(parts) > 1 or "$ref" not in parts[0]:
        del node.value["allOf"]
        for part in _resolved_parts(document, node.pointer):
            node.value.update({key: value for key, value in part.items() if key not in node.value})


def _resolved_parts(document: Document, pointer: str) -> Iterator[dict[str, Any]]:
    for index in range(len(document.at(pointer).get("allOf", ()))):
        place = document.resolved(f"{pointer}/allOf/{index}")
        part = document.at(place)
        yield {key: copy.deepcopy(value) for key, value in part.items() if key != "allOf"}
        yield from _resolved_parts(document, place)


def _loosen_one_sided(document: Document, node: Node, directions: dict[str, dict[str, Node]]) -> None:
    """Do not require a property that only requests, or only responses, have."""
    for keyword, reached in directions.items():
        if node.pointer in reached and "required" in node.value:
            names = node.value.get("properties", {})
            node.value["required"] = [
                name
                for name in node.value["required"]
                if name not in names or not _is_marked(document, child(node.pointer, "properties", name), keyword)
            ]


def _is_marked(document: Document, property_: str, keyword: str) -> bool:
    return any(document.at(place).get(keyword) for place in (property_, document.resolved(property_)))


def _without_extensions(names: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in names.items() if not name.startswith("x-")}


_PREPARE: dict[str, Step] = {
    "operation": _prepare_operation,
    "response": _prepare_response,
    "media type": _prepare_media_type,
    "schema": _prepare_schema,
}
