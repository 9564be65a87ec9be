"""Alternatives beside properties, made into alternatives that have the properties."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from .document import Document, Problem, child, tokens
from .shapes import kinds, member_pointers, only_annotates
from .traversal import Node

_SHARED = (
    *("properties", "patternProperties", "additionalProperties", "required", "allOf"),
    *("minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "propertyNames", "not", "x-closed"),
)
"""Keywords of an object that hold for each of its alternatives."""

_DEMANDS = frozenset({"required", "not", "minProperties", "maxProperties", "dependentRequired", "type"})

_COMPOSITIONS = frozenset({"allOf", "anyOf", "oneOf"})

_MOST = 25
"""Pairs of alternatives that are spelt out."""


def distribute(document: Document, schema: Node) -> Iterable[Problem]:
    """Give each alternative of an object the properties that stand beside the alternatives."""
    node = schema.value
    if node.keys().isdisjoint(_COMPOSITIONS):
        return
    if "$ref" in node or not document.has(schema.pointer) or document.at(schema.pointer) is not node:
        # A schema around it may have put it elsewhere.
        return
    _lift_alternatives(document, schema)
    if len(alternatives(node)) > 1:
        yield from _pair(schema)
    for keyword in alternatives(node):
        if {"properties", "allOf"} & node.keys():
            _share(document, schema, keyword)


def alternatives(node: Mapping[str, Any]) -> list[str]:
    """The keywords of a schema whose members describe values: those that only require properties are rules."""
    return [
        keyword
        for keyword in ("anyOf", "oneOf")
        if isinstance(node.get(keyword), list) and node[keyword] and not all(map(_only_demands, node[keyword]))
    ]


def _only_demands(member: object) -> bool:
    if not isinstance(member, dict) or member.get("type", "object") != "object":
        return False
    named = {key for key in member if not only_annotates({key: None})}
    return bool(named - {"type"}) and named <= _DEMANDS


def _lift_alternatives(document: Document, schema: Node) -> None:
    """Take alternatives out of an `allOf`, unless it consists of nothing else."""
    node = schema.value
    parts = member_pointers(node, schema.pointer, "allOf")
    if alternatives(node) or (len(parts) < 2 and "properties" not in node):
        return
    for index, part in enumerate(parts):
        place = document.resolved(part)
        target = document.at(place)
        found = alternatives(target) if isinstance(target, dict) and place != schema.pointer else []
        if len(found) == 1 and "object" in kinds(document, place):
            own = part == place
            members = [{"$ref": f"#{at}"} for at in member_pointers(target, place, found[0])]
            node[found[0]] = target[found[0]] if own else members
            for keyword in ("discriminator", "properties", "required"):
                if keyword in target:
                    node.setdefault(keyword, copy.deepcopy(target[keyword]))
            del node["allOf"][index]
            return


def _pair(schema: Node) -> Iterable[Problem]:
    """Make one list of alternatives of two: a value is one of each."""
    node = schema.value
    if len(node["anyOf"]) * len(node["oneOf"]) > _MOST:
        del node["oneOf"]
        yield Problem("`oneOf` beside `anyOf`", schema.pointer, "the type of the value is that of `anyOf`")
        return
    pairs = [{"allOf": [copy.deepcopy(one), copy.deepcopy(other)]} for one in node["anyOf"] for other in node["oneOf"]]
    node["anyOf"] = pairs
    del node["oneOf"]


def _share(document: Document, schema: Node, keyword: str) -> None:
    node, place = schema.value, child(schema.pointer, keyword)
    shared = {key: node.pop(key) for key in _SHARED if key in node}
    members = node[keyword]
    fits = ["object" in kinds(document, child(place, str(index))) for index in range(len(members))]
    base: dict[str, Any] = {"type": "object", **shared}
    names: dict[str, str] = {}
    *_, section, own = ["", "", *tokens(schema.pointer)]
    for index, member in enumerate(members):
        if fits[index] and isinstance(member, dict):
            target = member.get("$ref")
            name = tokens(target)[-1] if isinstance(target, str) and "/" in target else member.get("title")
            title = f"{own} {name}" if section in ("schemas", "properties") else name
            members[index] = {**({"title": title} if isinstance(name, str) else {}), "allOf": [base, member]}
            names.update({} if target is None else {str(target): f"#{child(place, str(index))}"})
            base = {"$ref": f"#{child(place, str(index), 'allOf', '0')}"} if "$ref" not in base else dict(base)
    _name_alternatives(node, names)


def _name_alternatives(node: dict[str, Any], names: Mapping[str, str]) -> None:
    """Let a discriminator name the alternatives that have taken the place of others."""
    described = node.get("discriminator")
    if isinstance(described, dict):
        mapping = described.get("mapping")
        named = {str(value): str(target) for value, target in mapping.items()} if isinstance(mapping, dict) else {}
        for target, place in names.items():
            values = [value for value, one in named.items() if one in (target, tokens(target)[-1])]
            named.update(dict.fromkeys(values or [tokens(target)[-1]], place))
        node["discriminator"] = {**described, "mapping": named}
