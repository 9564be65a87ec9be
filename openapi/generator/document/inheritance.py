"""Objects of which others are kinds: a schema with a discriminator, and those that extend it by `allOf`.

A reference to such a schema stands for any of them. It becomes a union of all, so that each is read as its own class.
"""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from .document import Document, Problem, child, tokens
from .shapes import member_pointers, only_annotates
from .traversal import Node, objects

_SCHEMAS = "/components/schemas"
_MOST_KINDS = 50
"""Of more kinds, each reference would have an unreadable type."""


@frozen
class _Base:
    """A schema that others extend.

    Args:
        discriminator: The discriminator of the schema, or of the one that it extends itself.
        kinds: The pointers of the schemas that extend it, directly or not.
    """

    discriminator: dict[str, Any]
    kinds: list[str]


def spell_out_kinds(document: Document) -> Iterator[Problem]:
    """Replace each reference to a schema that others extend by the alternatives that it stands for."""
    bases = _bases(document)
    for node in [node for node in objects(document) if bases and _is_reference(node, bases)]:
        base = bases[node.value["$ref"].removeprefix("#")]
        holder = _holder(document, node)
        if holder is None or _is_listed(document, node, base):
            continue
        if len(base.kinds) > _MOST_KINDS:
            name = tokens(node.value["$ref"])[-1]
            kept = f"it is read as {name}, which keeps the properties that it does not know"
            yield Problem(f"{len(base.kinds)} schemas extend {name}", node.pointer, kept)
            continue
        reference = node.value["$ref"]
        holder.pop("allOf", None)
        holder.pop("$ref", None)
        holder["anyOf"] = [{"$ref": f"#{kind}"} for kind in base.kinds] + [{"$ref": reference}]
        if holder.pop("nullable", False):
            holder["anyOf"].append({"type": "null"})
        holder["discriminator"] = base.discriminator


def _bases(document: Document) -> dict[str, _Base]:
    """The schemas with a discriminator that others extend, by pointer."""
    schemas = (document.root.get("components") or {}).get("schemas") or {}
    extended: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        for part in member_pointers(schema, child(_SCHEMAS, name), "allOf"):
            target = document.at(part).get("$ref")
            if isinstance(target, str):
                extended.setdefault(target.removeprefix("#"), []).append(child(_SCHEMAS, name))
    found: dict[str, _Base] = {}
    for name, schema in schemas.items():
        described = schema.get("discriminator")
        if isinstance(described, dict) and not {"anyOf", "oneOf"} & schema.keys():
            pointer = child(_SCHEMAS, name)
            for one in [pointer, *_below(pointer, extended)]:
                if kinds := _below(one, extended):
                    found.setdefault(one, _Base(_of_kinds(described, {one, *kinds}), kinds))
    return found


def _below(pointer: str, extended: dict[str, list[str]]) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(reversed(extended.get(pointer, ())))
    while waiting:
        one = waiting.pop()
        if one not in found and one != pointer:
            found[one] = None
            waiting += reversed(extended.get(one, ()))
    return list(found)


def _of_kinds(described: dict[str, Any], kinds: set[str]) -> dict[str, Any]:
    """A discriminator whose mapping names no other schemas than those that there are."""
    mapping = described.get("mapping") or {}
    named = {
        value: target
        for value, target in mapping.items()
        if (target.removeprefix("#") if "/" in target else child(_SCHEMAS, target)) in kinds
    }
    return {"propertyName": described["propertyName"], **({"mapping": named} if named else {})}


def _is_reference(node: Node, bases: dict[str, _Base]) -> bool:
    target = node.value.get("$ref") if node.kind == "schema" else None
    return isinstance(target, str) and target.removeprefix("#") in bases


def _holder(document: Document, node: Node) -> dict[str, Any] | None:
    """The schema that holds a value of what is referred to, or None where the reference only shares its properties."""
    *around, keyword, name = tokens(node.pointer)
    if keyword == "allOf":
        *_, place = around
        outer = document.at(node.pointer.rpartition("/")[0].rpartition("/")[0])
        beside = {key: value for key, value in outer.items() if key not in ("allOf", "nullable")}
        is_component = around[:-1] == ["components", "schemas"]
        is_alone = len(outer["allOf"]) == 1 and only_annotates(beside) and not is_component
        return outer if is_alone and place != "not" else None
    holds = keyword in ("properties", "prefixItems", "anyOf", "oneOf") or name in ("items", "additionalProperties")
    beside = {key: value for key, value in node.value.items() if key not in ("$ref", "nullable")}
    return node.value if (holds or name == "schema") and only_annotates(beside) else None


def _is_listed(document: Document, node: Node, base: _Base) -> bool:
    """Whether a reference is one of several alternatives that name its kinds themselves."""
    around, keyword = node.pointer.rpartition("/")[0], tokens(node.pointer)[-2]
    others = document.at(around) if keyword in ("anyOf", "oneOf") else ()
    return any(other.get("$ref", "").removeprefix("#") in base.kinds for other in others)
