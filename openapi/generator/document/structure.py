"""Parts of a document that are not what OpenAPI allows there: read as they are meant, or left out and reported.

All that follows relies on what this guarantees: what is a mapping, a list, a text or a flag by OpenAPI is one. Schemas
get the same by `keyword_values`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from .document import Document, Problem, child
from .fields import FIELDS, described, meant
from .keyword_values import mend_keywords
from .operation_ids import drop_repeated_ids
from .parameters import PLACES
from .path_parameters import fit_parameters
from .security import leave_out_schemes
from .traversal import METHODS, Node, objects

_LEFT_OUT = "it is left out"
_STATUS = re.compile(r"[1-5]([0-9]{2}|XX)|default|x-.*", re.DOTALL)


def mended(document: Document) -> tuple[Document, list[Problem]]:
    """A copy of a document in which everything is what OpenAPI calls for, and where it was not."""
    result = document.copied()
    problems: list[Problem] = []
    # Objects are mended before those inside them are looked for.
    for node in objects(result):
        try:
            problems.extend(_mended(result, node))
        except Exception as error:
            text = f"a defect in the generator: {type(error).__name__}: {error}"
            problems.append(Problem(text, node.pointer))
    return result.final(), problems


def fitted(document: Document) -> tuple[Document, list[Problem]]:
    """A copy of a document whose references lead somewhere, with parts that fit each other, and where they did not."""
    result = document.copied()
    problems = [*fit_parameters(result), *leave_out_schemes(result), *drop_repeated_ids(result)]
    return result.final(), problems


def _mended(document: Document, node: Node) -> Iterator[Problem]:
    if node.kind == "schema":
        if node.value.get("$ref", "") is None:
            del node.value["$ref"]
        yield from mend_keywords(document, node)
        return
    if node.kind in ("document", "components"):
        node.value.pop("$ref", None)
    if isinstance(node.value.get("$ref"), str) and node.kind != "path item":
        return
    yield from _fields(node)
    if node.kind in _FURTHER:
        yield from _FURTHER[node.kind](document, node)


def _fields(node: Node) -> Iterator[Problem]:
    """Give each field the type that it has in OpenAPI. What is null counts as left out."""
    for field, type_ in FIELDS.get(node.kind, {}).items():
        if field not in node.value:
            continue
        place, given = child(node.pointer, field), node.value[field]
        found = meant(type_, given)
        if found is None:
            del node.value[field]
            if given is not None:
                yield Problem(f"`{field}` is {_shown(given)}, not {described(type_)}", place, _LEFT_OUT)
        elif found != given or type(found) is not type(given):
            node.value[field] = found
            yield from _changes(place, type_, given, found)


def _changes(place: str, type_: str, given: Any, found: Any) -> Iterator[Problem]:
    if isinstance(given, dict) and isinstance(found, dict):
        lost = [(child(place, name), value) for name, value in given.items() if name not in found]
    elif isinstance(given, list) and isinstance(found, list) and len(found) < len(given):
        lost = [(child(place, str(at)), value) for at, value in enumerate(given) if meant(type_, [value]) == []]
    else:
        name = place.rpartition("/")[2]
        yield Problem(f"`{name}` is {_shown(given)}, not {described(type_)}", place, f"it is read as {_shown(found)}")
        return
    for at, value in lost:
        if value is not None:
            yield Problem(f"{_shown(value)} stands where an object is expected", at, _LEFT_OUT)


def _document(document: Document, node: Node) -> Iterator[Problem]:
    info = node.value.setdefault("info", {})
    yield from _fields(Node("info", "/info", info))
    for field, default in (("title", "API"), ("version", "0")):
        if field not in info:
            info[field] = default
            yield Problem(f"there is no `{field}` in `info`", "/info", f"it is {default!r}")
    for at, server in enumerate(node.value.get("servers", ())):
        yield from _server(Node("server", child("/servers", str(at)), server))
    for at, tag in enumerate(node.value.get("tags", ())):
        yield from _fields(Node("tag", child("/tags", str(at)), tag))
    yield from _security(node)
    yield from _paths(document, node.value.setdefault("paths", {}))


def _paths(document: Document, paths: dict[str, Any]) -> Iterator[Problem]:
    for path in [path for path in paths if not path.startswith(("/", "x-"))]:
        place, item = document.place(child("/paths", path)), paths.pop(path)
        if isinstance(item, dict) and f"/{path}" not in paths:
            paths[f"/{path}"] = item
            instead = f"it is read as {_shown('/' + path)}"
            yield Problem(
                f"the path {_shown(path)} does not begin with a slash", child("/paths", f"/{path}"), instead, place
            )
        else:
            yield Problem(f"{_shown(path)} is not a path", "/paths", _LEFT_OUT, place)


def _components(document: Document, node: Node) -> Iterator[Problem]:
    for name, scheme in node.value.get("securitySchemes", {}).items():
        if "$ref" not in scheme:
            yield from _fields(Node("security scheme", child(node.pointer, "securitySchemes", name), scheme))


def _path_item(document: Document, node: Node) -> Iterator[Problem]:
    for method in METHODS:
        if method in node.value and not isinstance(node.value[method], dict):
            yield Problem(f"{_shown(node.value[method])} is not an operation", child(node.pointer, method))
    yield from _owner(node)


def _operation(document: Document, node: Node) -> Iterator[Problem]:
    yield from _owner(node)
    yield from _security(node)
    body = node.value.get("requestBody", {})
    if not isinstance(body, dict):
        yield Problem(f"{_shown(body)} is not a request body", child(node.pointer, "requestBody"))
    responses = node.value.setdefault("responses", {})
    for status in [status for status in responses if not _STATUS.fullmatch(status)]:
        pointer = child(node.pointer, "responses", status)
        place, response = document.place(pointer), responses.pop(status)
        read = status.upper() if status.lower() != "default" else "default"
        if _STATUS.fullmatch(read) and read not in responses:
            responses[read] = response
            pointer = child(node.pointer, "responses", read)
            yield Problem(f"{_shown(status)} is not a status", pointer, f"it is read as {read}", place)
        else:
            yield Problem(f"{_shown(status)} is not a status: 200, 4XX or default are", pointer, _LEFT_OUT, place)


def _owner(node: Node) -> Iterator[Problem]:
    """Mend what paths and operations have in common."""
    given = node.value.get("parameters", [])
    if isinstance(given, dict):
        node.value["parameters"] = [
            {"name": name, **value} if isinstance(value, dict) else value for name, value in given.items()
        ]
    if not isinstance(node.value.get("parameters", []), list):
        yield Problem(f"`parameters` is {_shown(given)}, not a list", child(node.pointer, "parameters"))
        return
    for at, parameter in enumerate(node.value.get("parameters", ())):
        if not isinstance(parameter, dict):
            yield Problem(f"{_shown(parameter)} is not a parameter", child(node.pointer, "parameters", str(at)))
    for at, server in enumerate(node.value.get("servers", ())):
        yield from _server(Node("server", child(node.pointer, "servers", str(at)), server))


def _security(node: Node) -> Iterator[Problem]:
    """Write each alternative as a mapping of names to lists of scopes."""
    kept = []
    for at, given in enumerate(node.value.get("security", ())):
        if isinstance(given, (dict, str)):
            names = [given] if isinstance(given, str) else list(given)
            scopes = {name: given[name] if isinstance(given, dict) else [] for name in names}
            kept.append({name: value if isinstance(value, list) else [] for name, value in scopes.items()})
        elif given is not None:
            text = f"{_shown(given)} is not a mapping of the names of security schemes to scopes"
            yield Problem(text, child(node.pointer, "security", str(at)), _LEFT_OUT)
    if "security" in node.value:
        node.value["security"] = kept


def _parameter(document: Document, node: Node) -> Iterator[Problem]:
    name, place = node.value.get("name"), node.value.get("in")
    if not isinstance(name, str) or not name:
        yield Problem("a parameter needs a `name`", node.pointer)
    if place not in PLACES:
        text = "a parameter needs an `in`" if place is None else f"a parameter is not in {_shown(place)}"
        yield Problem(f"{text}: {', '.join(PLACES)}", node.pointer if place is None else child(node.pointer, "in"))
    if place == "path" and node.value.get("required") is not True:
        node.value["required"] = True
        yield Problem("a parameter in the path is not marked as required", node.pointer, "it is required")
    yield from _valued(document, node)


def _valued(document: Document, node: Node) -> Iterator[Problem]:
    """A parameter or header needs a schema, or one media type with a schema."""
    if "schema" not in node.value and not node.value.get("content"):
        node.value.pop("content", None)
        node.value["schema"] = {"type": "string"}
        yield Problem(
            f"the {node.kind} {_shown(node.value.get('name', node.name))} has no schema", node.pointer, "it is a text"
        )
    elif "schema" in node.value and "content" in node.value:
        del node.value["content"]
        yield Problem("`content` stands beside a `schema`", child(node.pointer, "content"), _LEFT_OUT)


def _response(document: Document, node: Node) -> Iterator[Problem]:
    if "description" not in node.value:
        node.value["description"] = ""
        yield Problem("a response needs a description", node.pointer, "it has none")


def _body(document: Document, node: Node) -> Iterator[Problem]:
    node.value.setdefault("content", {})
    return iter(())


def _media_type(document: Document, node: Node) -> Iterator[Problem]:
    for name, encoding in node.value.get("encoding", {}).items():
        yield from _fields(Node("encoding", child(node.pointer, "encoding", name), encoding))


def _server(node: Node) -> Iterator[Problem]:
    yield from _fields(node)
    if "url" not in node.value:
        node.value["url"] = ""
    for name, variable in node.value.get("variables", {}).items():
        pointer = child(node.pointer, "variables", name)
        yield from _fields(Node("server variable", pointer, variable))
        if "default" not in variable and variable.get("enum"):
            variable["default"] = variable["enum"][0]
            yield Problem("a variable needs a default", pointer, f"it is {_shown(variable['default'])}")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


_FURTHER: dict[str, Callable[[Document, Node], Iterator[Problem]]] = {
    "document": _document,
    "components": _components,
    "path item": _path_item,
    "operation": _operation,
    "parameter": _parameter,
    "header": _valued,
    "response": _response,
    "request body": _body,
    "media type": _media_type,
}
