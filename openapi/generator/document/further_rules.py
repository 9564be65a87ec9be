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


def condition(node: Mapping[str, Any]) -> tuple[dict[str, list[Any]], list[str], list[str], list[str]] | None:
    """An `if` that compares properties with values, and what it requires.

    Returns:
        The values by name, the names that have to be there, and those that are needed then, and otherwise. None if the
        `if`, or what follows from it, says anything else.
    """
    asked = node.get("if")
    if not isinstance(asked, dict) or not only_annotates(_without(asked, "properties", "required", "type")):
        return None
    values = {name: _listed(described) for name, described in asked.get("properties", {}).items()}
    then, otherwise = (node.get(keyword) or {"required": []} for keyword in ("then", "else"))
    needed = [only_requires(part) for part in (then, otherwise)]
    if None in values.values() or None in needed or asked.get("type", "object") != "object":
        return None
    plain = {name: listed for name, listed in values.items() if listed is not None}
    return plain, asked.get("required", []), list(needed[0] or ()), list(needed[1] or ())


def _listed(node: Mapping[str, Any]) -> list[Any] | None:
    if not only_annotates(_without(node, "const", "enum", "type")) or ("const" in node) == ("enum" in node):
        return None
    values = [node["const"]] if "const" in node else node["enum"]
    return None if any(isinstance(value, (dict, list)) for value in values) else values


def _without(node: Mapping[str, Any], *keywords: str) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key not in keywords}


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
    if "if" in node and {"then", "else"} & node.keys() and condition(node) is None:
        yield "if"
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
