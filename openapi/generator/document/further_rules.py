"""Rules of JSON Schema beyond those of types, bounds and properties: what of them the client can check by itself."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .document import Document, Problem, child
from .shapes import only_annotates
from .traversal import Node

_EXACT = frozenset(
    {"type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    | {"minLength", "maxLength", "pattern", "allOf"}
)
"""Keywords whose check tells exactly which values fit, if they are neither objects nor arrays."""

CLOSED = "x-closed"
"""Marks an object whose further properties are those that match `patternProperties`, and no others."""

_SCALARS = frozenset({"string", "integer", "number", "boolean", "null"})


ANY_REQUIRED = "x-any-required"
"""Choices of sets of names: an object needs all of one set of each choice."""

ONE_REQUIRED = "x-one-required"
"""Choices of sets of names: an object needs all of exactly one set of each choice."""


def set_required_aside(document: Document, schema: Node) -> Iterable[Problem]:
    """Take alternatives that only say which properties are required out of an object: they do not change its type."""
    node = schema.value
    is_object = bool({"type", "properties", "allOf"} & node.keys()) or "/allOf/" in schema.pointer
    if is_object and node.get("type", "object") == "object":
        for keyword, mark in (("anyOf", ANY_REQUIRED), ("oneOf", ONE_REQUIRED)):
            sets = _required_sets(node.get(keyword, ()))
            if sets:
                del node[keyword]
                node[mark] = [*node.get(mark, ()), sets]
    return ()


def _required_sets(members: Iterable[Mapping[str, Any]]) -> list[list[str]] | None:
    """The names that each alternative requires, or None where an alternative says anything else."""
    found = [only_requires(member) for member in members]
    return [[*names] for names in found if names is not None] if None not in found else None


def only_requires(node: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The names that an object has to have by a schema, or None where the schema says anything else."""
    rest = {key: value for key, value in node.items() if key not in ("required", "type", "x-pointer")}
    if "required" not in node or not only_annotates(rest) or node.get("type", "object") != "object":
        return None
    return tuple(node["required"])


def excluded_sets(node: Mapping[str, Any]) -> list[list[str]] | None:
    """Sets of names that an object may not have together by a `not`, or None where that says anything else."""
    names = only_requires(node)
    if names is not None:
        return [[*names]]
    beside = {key: value for key, value in node.items() if key not in ("anyOf", ANY_REQUIRED)}
    if not only_annotates(beside):
        return None
    aside = [sets for choice in node.get(ANY_REQUIRED, ()) for sets in choice]
    return aside or _required_sets(node.get("anyOf", ()))


def is_exact(document: Document, pointer: str) -> bool:
    """Whether the client can tell exactly which values fit a schema. Needed where a value must not fit."""
    node = document.at(pointer)
    if node == {}:
        return True
    rules = {key for key in node if not only_annotates({key: None})}
    types = node.get("type")
    values = [node["const"]] if "const" in node else node.get("enum", ())
    plain = not any(isinstance(value, (dict, list)) for value in values)
    named = {types} if isinstance(types, str) else set(types or ())
    return bool(rules) and rules <= _EXACT - {"allOf"} and plain and (bool(values) or bool(named)) and named <= _SCALARS


def dependent_names(node: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Names, each with those that an object needs beside it."""
    found = [(name, tuple(needed)) for name, needed in node.get("dependentRequired", {}).items()]
    for name, schema in node.get("dependentSchemas", {}).items():
        if (needed := only_requires(schema)) is not None:
            found.append((name, needed))
    return found


def open_to_patterns(document: Document, schema: Node) -> Iterable[Problem]:
    """Let an object that has only properties of `patternProperties` have further ones: those that match."""
    node = schema.value
    patterns = node.get("patternProperties")
    if patterns and node.get("additionalProperties") is False:
        node[CLOSED] = True
        schemas = list(patterns.values())
        node["additionalProperties"] = copy.deepcopy(schemas[0]) if len(schemas) == 1 else {}
    return ()


def unchecked(document: Document, schema: Node) -> Iterator[str]:
    """The keywords of a schema that the client cannot check by itself."""
    node, pointer = schema.value, schema.pointer
    yield from (keyword for keyword in ("if", "then", "else") if keyword in node and ("if" in node))
    if any(only_requires(dependent) is None for dependent in node.get("dependentSchemas", {}).values()):
        yield "dependentSchemas"
    if "not" in node and excluded_sets(node["not"]) is None and not is_exact(document, child(pointer, "not")):
        yield "not"
    for keyword in ("unevaluatedProperties", "unevaluatedItems"):
        if isinstance(node.get(keyword), dict) and node[keyword]:
            yield keyword
    if node.get("unevaluatedItems") is False:
        yield "unevaluatedItems"
    if "maxContains" in node and "contains" in node and not is_exact(document, child(pointer, "contains")):
        yield "maxContains"
