"""The same document in fewer forms, so that the parser and the rules have fewer of them to handle.

Each step rewrites one object. It keeps the meaning, or gives back what it has changed of it. Pointers stay valid
wherever possible: they lead to the lines and grades of the document as it was written.
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import evolve

from .compositions import alternatives, distribute
from .defaults import leave_out_defaults
from .document import Document, Problem, child
from .enum_values import mend_enum
from .files_in_json import read_files_as_texts
from .further_rules import open_to_patterns, set_required_aside
from .inheritance import spell_out_kinds
from .keyword_values import mend_keywords
from .media_types import media_kind
from .memory import remembered
from .parameter_styles import MEDIA_TYPE
from .patterns import translate_pattern
from .shapes import kinds, only_annotates
from .streams import with_streams
from .traversal import Node, objects, outer_objects

Step = Callable[[Document, Node], Iterable[Problem]]
"""Rewrites an object, and gives back what the client does otherwise than the document says because of it."""

_COMPONENTS = ("parameters", "responses", "requestBodies", "headers")


@remembered
def simplified(document: Document) -> tuple[Document, Sequence[Problem]]:
    """A copy of the document in fewer forms, and where its meaning has changed."""
    problems: list[Problem] = []
    result = evolve(document, root=copy.deepcopy(document.root), is_final=False)
    # Schemas inside of a schema are looked for once it is mended: there may be others then.
    for node in objects(result):
        if node.kind == "schema":
            problems.extend(mend_keywords(result, node))
            problems.extend(mend_enum(result, node))
            problems.extend(translate_pattern(result, node))
            problems.extend(open_to_patterns(result, node))
            problems.extend(set_required_aside(result, node))
    problems.extend(spell_out_kinds(result))
    problems.extend(leave_out_defaults(result))
    problems.extend(read_files_as_texts(result))
    _copy_referred_components(result)
    result, found = with_streams(result)
    problems.extend(found)
    for kind, step in _STEPS:
        for node in list(outer_objects(result)):
            if node.kind == kind:
                problems.extend(step(result, node))
    # Inner schemas are looked up after their outer one has been rewritten.
    for node in objects(result):
        for step in _SCHEMA_STEPS if node.kind == "schema" else ():
            problems.extend(step(result, node))
    return result.final(), problems


def _copy_referred_components(document: Document) -> None:
    """Replace each component that only refers to another by a copy of that one."""
    for section in _COMPONENTS:
        for name, value in document.root.get("components", {}).get(section, {}).items():
            if "$ref" in value:
                target = document.at(document.resolved(f"/components/{section}/{name}"))
                value.clear()
                value.update(copy.deepcopy(target))


def _write_as_schema(document: Document, parameter: Node) -> Iterable[Problem]:
    """Describe a parameter with `content` by a schema and its media type; one with neither can be anything."""
    content = parameter.value.pop("content", None) or {}
    name = next(iter(content), None)
    if name is not None and "schema" in parameter.value:
        yield Problem(
            "a parameter with `schema` and `content`", parameter.pointer, "it is written as its `schema` says"
        )
    if name is not None and "schema" not in parameter.value:
        schema = (content[name] or {}).get("schema", {})
        is_json = media_kind(name) == "json"
        parameter.value.update({MEDIA_TYPE: name, "schema": schema if is_json else {"type": "string"}})
    if "$ref" not in parameter.value:
        schema = parameter.value.setdefault("schema", {})
        if isinstance(schema, dict) and schema.get("format") == "binary":
            del schema["format"]
        if parameter.value.get("in") == "path":
            parameter.value["required"] = True


def _describe_success(document: Document, operation: Node) -> Iterable[Problem]:
    """Describe any success where none is: as one without a result."""
    responses = operation.value.setdefault("responses", {})
    if not any(status == "default" or status.startswith("2") for status in responses):
        responses["2XX"] = {"description": ""}
        yield Problem("no response for a success is described", operation.pointer, "any 2xx is one, without a result")


_BODILESS = ("204", "304")
"""The statuses whose responses have no body, whatever a service writes: RFC 9110, 6.4.1."""


def _leave_out_bodies(document: Document, operation: Node) -> Iterable[Problem]:
    """Take the content out of responses that HTTP gives no body because of their status."""
    responses = operation.value["responses"]
    for status in [status for status in _BODILESS if status in responses]:
        pointer = child(operation.pointer, "responses", status)
        described = document.at(document.resolved(pointer))
        if described.get("content"):
            responses[status] = {key: copy.deepcopy(value) for key, value in described.items() if key != "content"}
            text = f"a response of status {status} has no body in HTTP"
            yield Problem(text, child(pointer, "content"), "what it holds is not read")


def _name_json(document: Document, node: Node) -> Iterable[Problem]:
    """Name JSON as such: some frameworks describe it as `*/*` with a schema that is not a text."""
    content = node.value.get("content", {})
    schema = f"{document.resolved(node.pointer)}/content/*~1*/schema"
    if document.has(schema) and "string" not in kinds(document, schema):
        renamed = {"application/json" if name == "*/*" else name: media for name, media in content.items()}
        content.clear()
        content.update(renamed)
    return ()


def _complete_media_type(document: Document, media: Node) -> Iterable[Problem]:
    """Describe all but JSON, texts and forms as files, whatever the schema says. JSON without a schema is any JSON."""
    kind = media_kind(media.name)
    if kind == "file":
        media.value["schema"] = {"type": "string", "format": "binary"}
    elif "schema" not in media.value:
        media.value["schema"] = {"type": "string"} if kind == "text" else {}
    elif kind == "text" and "string" not in kinds(document, f"{media.pointer}/schema"):
        media.value["schema"] = {"type": "string"}
        instead = "the body is a `str`, and the rules of the schema are not checked"
        return (Problem(f"{media.name!r} has a schema that allows no text", f"{media.pointer}/schema", instead),)
    if kind in ("form", "multipart"):
        schema = document.resolved(f"{media.pointer}/schema")
        for part in document.at(schema).get("properties", {}).values():
            # JSON may share the schema, and has null.
            if schema.startswith(media.pointer):
                _leave_out_null(part)
            _mark_upload(part)
    return ()


def _leave_out_null(part: dict[str, Any]) -> None:
    """Take null out of a part of a form, which has none: the field is left out instead."""
    part.pop("nullable", None)
    if isinstance(part.get("type"), list):
        part["type"] = [kind for kind in part["type"] if kind != "null"]
    for keyword in ("anyOf", "oneOf"):
        others = [member for member in part.get(keyword, ()) if member.get("type") != "null"]
        if len(others) == 1:
            part.update(part.pop(keyword) and others[0])
        elif others:
            part[keyword] = others


def _mark_upload(part: dict[str, Any]) -> None:
    """Mark what has a `contentMediaType` (OpenAPI 3.1) as a file: a part, its members, its alternatives."""
    inner = [part.get("items"), *part.get("anyOf", ()), *part.get("oneOf", ())]
    for one in inner:
        if isinstance(one, dict):
            _mark_upload(one)
    if "contentMediaType" in part and "contentEncoding" not in part and part.get("type", "string") == "string":
        part.update(type="string", format="binary")


def _compose_reference(document: Document, schema: Node) -> Iterable[Problem]:
    """Make an `allOf` of a reference with a rule beside it, and of one that a component consists of."""
    if "$ref" in schema.value:
        beside = {key: value for key, value in schema.value.items() if key != "$ref"}
        is_component = schema.pointer.rpartition("/")[0] == "/components/schemas"
        if is_component or not only_annotates(beside):
            schema.value["allOf"] = [{"$ref": schema.value.pop("$ref")}, *schema.value.get("allOf", ())]
    return ()


def _drop_annotating_parts(document: Document, schema: Node) -> Iterable[Problem]:
    """Move a part of an `allOf` that only describes into the whole, or only says that there can be null.

    By the letter such a null would have to fit the other parts too; it is written where a property can be null.
    """
    parts = schema.value.get("allOf", ())
    for part in parts:
        if _annotates(part):
            schema.value.update({key: value for key, value in part.items() if key not in schema.value})
    if parts:
        schema.value["allOf"] = [part for part in parts if not _annotates(part)]
        if not schema.value["allOf"]:
            del schema.value["allOf"]
        else:
            _put_alternatives_first(schema.value)
    return ()


def _annotates(part: dict[str, Any]) -> bool:
    return only_annotates({key: value for key, value in part.items() if key != "nullable" or value is not True})


def _put_alternatives_first(schema: dict[str, Any]) -> None:
    """Write an `allOf` of nothing but alternatives as these: as one object, they would lose what is not an object."""
    [only, *others] = schema["allOf"]
    beside = {key: value for key, value in schema.items() if key not in ("allOf", "nullable")}
    if not others and alternatives(only) and "$ref" not in only and only_annotates(beside):
        del schema["allOf"]
        schema.update({key: value for key, value in only.items() if key not in schema})


def _spell_out_null(document: Document, schema: Node) -> Iterable[Problem]:
    """Say that a value can be null as OpenAPI 3.1 does, where it is `nullable`."""
    if not schema.value.get("nullable"):
        return ()
    if "enum" in schema.value and None not in schema.value["enum"]:
        schema.value["enum"].append(None)
    if "allOf" in schema.value and "type" not in schema.value:
        del schema.value["nullable"]
        whole = {"allOf": schema.value.pop("allOf")}
        schema.value["anyOf"] = [whole, {"type": "null"}]
    return ()


def _split_types(document: Document, schema: Node) -> Iterable[Problem]:
    """Split several types, an object or array among them, into alternative schemas."""
    types = schema.value.get("type")
    if isinstance(types, list) and len(types) == 1:
        schema.value["type"] = types[0]
    elif isinstance(types, list) and len({*types} - {"null"}) > 1 and {"object", "array"} & {*types}:
        rules = {key: schema.value.pop(key) for key in list(schema.value) if not only_annotates({key: None})}
        schema.value["anyOf"] = [{**copy.deepcopy(rules), "type": kind} for kind in types]
    return ()


def _complete_array(document: Document, schema: Node) -> Iterable[Problem]:
    """Let an array without `items` hold anything."""
    if "array" in schema.value.get("type", ()) and not {"items", "prefixItems"} & schema.value.keys():
        schema.value["items"] = {}
    return ()


_FURTHER_RULES = frozenset({"not", "allOf", "anyOf", "oneOf", "enum", "pattern", "minLength", "minimum"})


def _list_constants(document: Document, schema: Node) -> Iterable[Problem]:
    """Make an enum of alternatives that are a constant each."""
    for keyword in ("anyOf", "oneOf"):
        members = schema.value.get(keyword, ())
        if members and all("const" in member and not {*member} & _FURTHER_RULES for member in members):
            schema.value["enum"] = [member["const"] for member in schema.value.pop(keyword)]
    return ()


_STEPS: tuple[tuple[str, Step], ...] = (
    ("parameter", _write_as_schema),
    ("operation", _describe_success),
    ("operation", _leave_out_bodies),
    ("response", _name_json),
    ("request body", _name_json),
    ("media type", _complete_media_type),
)

_SCHEMA_STEPS: tuple[Step, ...] = (
    _compose_reference,
    _drop_annotating_parts,
    _spell_out_null,
    _split_types,
    _complete_array,
    _list_constants,
    distribute,
)
