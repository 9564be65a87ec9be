"""Values of enums that do not have the type beside them: read as they are meant, or left out."""

from collections.abc import Iterable, Iterator
from typing import Any

from .document import Document, Problem, child
from .traversal import Node

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


def mend_enum(document: Document, schema: Node) -> Iterable[Problem]:
    """Give the values of an enum, or a constant, the type of their schema."""
    node, pointer = schema.value, schema.pointer
    return [*_of_members(node, pointer), *_fitting(node, pointer), *_constant(node, pointer)]


def _of_members(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """Move an enum beside `type: array` to the members, if it has the values of members."""
    items = node.get("items")
    values = node.get("enum")
    if node.get("type") == "array" and values and not any(isinstance(value, (list, type(None))) for value in values):
        del node["enum"]
        instead = "the enum is left out"
        if isinstance(items, dict) and not {"$ref", "enum"} & items.keys():
            items["enum"] = values
            instead = "it is read as the enum of the items"
        yield Problem("the type is `array`, and no value of the enum is a list", child(pointer, "enum"), instead)


def _fitting(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    if "enum" not in node:
        return
    given, types = node["enum"], _named(node)
    values = [_read(value, types) for value in given]
    kept = _distinct(value for value in values if value is not _NONE)
    if not kept or all(value is None for value in kept) != all(value is None for value in given):
        del node["enum"]
        yield Problem(f"no value of the enum is of the type {node['type']!r}", child(pointer, "enum"), "it is left out")
        return
    node["enum"] = kept
    for index, (value, read) in enumerate(zip(given, values, strict=True)):
        if type(read) is not type(value):
            instead = f"it is read as {read!r}" if read is not _NONE else "it is left out"
            yield Problem(f"{value!r} is not of the type {node['type']!r}", child(pointer, "enum", str(index)), instead)


def _constant(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    if "const" in node and (read := _read(node["const"], _named(node))) is not node["const"]:
        given = node.pop("const")
        text = f"the constant {given!r} is not of the type {node['type']!r}"
        if read is _NONE:
            yield Problem(text, child(pointer, "const"), "it is left out")
        else:
            node["const"] = read
            yield Problem(text, child(pointer, "const"), f"it is read as {read!r}")


def _named(node: dict[str, Any]) -> frozenset[str]:
    types = node.get("type", ())
    return frozenset([types] if isinstance(types, str) else types)


def _read(value: Any, types: frozenset[str]) -> Any:
    """A value as one of several types, or `_NONE`. Null is kept: an enum says by it that null is allowed."""
    kind = _TYPES.get(type(value))
    if not types or kind is None or kind in types or (kind == "integer" and "number" in types):
        return value
    if kind == "number" and "integer" in types and value.is_integer():
        return value
    if isinstance(value, bool):
        return str(value).lower() if "string" in types else _NONE
    if isinstance(value, (int, float)):
        return str(value) if "string" in types else _NONE
    return _of_text(value, types) if isinstance(value, str) else _NONE


def _of_text(text: str, types: frozenset[str]) -> Any:
    if "boolean" in types and text.lower() in ("true", "false"):
        return text.lower() == "true"
    for kind, read in (("integer", int), ("number", float)):
        if kind in types:
            try:
                return read(text)
            except ValueError:
                continue
    return _NONE


def _distinct(values: Iterable[Any]) -> list[Any]:
    """The values, each once: in JSON true is not 1."""
    found: list[Any] = []
    for value in values:
        if not any(type(value) is type(other) and value == other for other in found):
            found.append(value)
    return found


_NONE = object()
"""Stands for no value: null is one."""
