"""Rules of JSON Schema beyond those of types, bounds and properties: what of them the client can check by itself."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .document import Document, Problem, child
from .shapes import member_pointers, only_annotates
from .traversal import Node

_EXACT = frozenset(
    {"type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    | {"minLength", "maxLength", "pattern", "allOf"}
)
"""Keywords whose check tells exactly which values fit, if they are neither objects nor arrays."""

CLOSED = "x-closed"
"""Marks an object whose further properties are those that match `patternProperties`, and no others."""

_SCALARS = frozenset({"string", "integer", "number", "boolean", "null"})


def required_sets(document: Document, pointer: str, keyword: str) -> list[tuple[str, ...]] | None:
    """The names that each alternative of a keyword requires, or None where an alternative says anything else."""
    found: list[tuple[str, ...]] = []
    for at in member_pointers(document.at(pointer), pointer, keyword):
        names = only_requires(document.at(at))
        if names is None:
            return None
        found.append(names)
    return found or None


def only_requires(node: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The names that an object has to have by a schema, or None where the schema says anything else."""
    rest = {key: value for key, value in node.items() if key not in ("required", "type", "x-pointer")}
    if "required" not in node or not only_annotates(rest) or node.get("type", "object") != "object":
        return None
    return tuple(node["required"])


def excluded_sets(document: Document, pointer: str) -> list[tuple[str, ...]] | None:
    """Sets of names that an object may not have together by its `not`, or None where that says anything else."""
    node = document.at(child(pointer, "not"))
    names = only_requires(node)
    if names is not None:
        return [names]
    beside = {key: value for key, value in node.items() if key != "anyOf"}
    return required_sets(document, child(pointer, "not"), "anyOf") if only_annotates(beside) else None


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
    if "not" in node and excluded_sets(document, pointer) is None and not is_exact(document, child(pointer, "not")):
        yield "not"
    for keyword in ("unevaluatedProperties", "unevaluatedItems"):
        if isinstance(node.get(keyword), dict) and node[keyword]:
            yield keyword
    if node.get("unevaluatedItems") is False:
        yield "unevaluatedItems"
    if "maxContains" in node and "contains" in node and not is_exact(document, child(pointer, "contains")):
        yield "maxContains"
