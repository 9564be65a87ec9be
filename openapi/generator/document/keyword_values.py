"""Keywords of schemas whose values JSON Schema does not allow: read as they are meant, or left out and reported.

Many documents have them, since no tool of their authors minded: a bound that is a text, `exclusiveMinimum: true` in
OpenAPI 3.1, `required: true` in a property.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from .document import Document, Problem, child
from .traversal import Node

_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_COUNTS = (*_SIZES, "minContains", "maxContains")
_RANGES = (
    *(("minimum", "maximum"), ("exclusiveMinimum", "maximum"), ("minimum", "exclusiveMaximum")),
    *(("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")),
    ("minContains", "maxContains"),
)
_FLAGS = ("nullable", "uniqueItems", "readOnly", "writeOnly", "deprecated")
_TEXTS = ("pattern", "format", "contentEncoding", "contentMediaType", "description", "title")
_SCHEMAS = ("items", "not", "contains", "propertyNames", "if", "then", "else", "additionalProperties")
_NAMED_SCHEMAS = ("properties", "patternProperties", "dependentSchemas", "$defs")
_LISTED_SCHEMAS = ("allOf", "anyOf", "oneOf", "prefixItems")

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_MEANT_TYPES = {
    **dict.fromkeys(("int", "int32", "int64", "long"), "integer"),
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("bool",), "boolean"),
    **dict.fromkeys(("str", "text", "date", "datetime", "date-time", "uuid", "uri", "url", "email"), "string"),
    **dict.fromkeys(("dict", "map", "hash", "json"), "object"),
    **dict.fromkeys(("list",), "array"),
    **dict.fromkeys(("none", "nil"), "null"),
}
"""What other languages call the types of JSON."""

_LEFT_OUT = "the keyword is left out"


def mend_keywords(document: Document, schema: Node) -> Iterable[Problem]:
    """Give each keyword of a schema a value that JSON Schema allows, or leave the keyword out."""
    node, pointer = schema.value, schema.pointer
    return [
        *_mended_types(node, pointer),
        *_mended_values(node, pointer),
        *_mended_bounds(node, pointer),
        *_mended_ranges(node, pointer),
        *_mended_lists(node, pointer),
        *_mended_schemas(node, pointer),
        *_mended_discriminator(node, pointer),
    ]


def _mended_types(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    if "type" not in node:
        return
    if node["type"] == "file":
        # What Swagger 2.0 calls an upload.
        node.update(type="string", format="binary")
    place, given = child(pointer, "type"), node["type"]
    named = given if isinstance(given, list) else [given]
    known = [_TYPES_BY_NAME.get(kind.lower()) if isinstance(kind, str) else None for kind in named]
    if not named or None in known:
        del node["type"]
        yield Problem(f"{given!r} is not a type of JSON: {', '.join(_TYPES)}", place, "any type is taken")
        return
    types = list(dict.fromkeys(kind for kind in known if kind is not None))
    if types != named:
        node["type"] = types if isinstance(given, list) else types[0]
        yield Problem(f"{given!r} is not a type of JSON", place, f"it is read as {node['type']!r}")


def _mended_values(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    for keywords, meant, kind in (
        (_NUMBERS, _number, "a number"),
        (_COUNTS, _count, "a whole number from 0"),
        (_FLAGS, _flag, "true or false"),
    ):
        for keyword in keywords:
            if keyword in node and not (keyword.startswith("exclusive") and isinstance(node[keyword], bool)):
                yield from _mended(node, pointer, keyword, meant(node[keyword]), kind)
    for keyword in _TEXTS:
        if keyword in node and not isinstance(node[keyword], str):
            yield from _mended(node, pointer, keyword, None, "a text")
    if "multipleOf" in node and node["multipleOf"] <= 0:
        yield from _mended(node, pointer, "multipleOf", None, "a number above 0")


def _mended(node: dict[str, Any], pointer: str, keyword: str, value: Any, kind: str) -> Iterator[Problem]:
    given = node[keyword]
    if value is None:
        del node[keyword]
        if given is not None:
            yield Problem(f"`{keyword}` is {given!r}, not {kind}", child(pointer, keyword), _LEFT_OUT)
    else:
        node[keyword] = value
        if type(value) is not type(given) and not isinstance(given, float):
            yield Problem(f"`{keyword}` is {given!r}, not {kind}", child(pointer, keyword), f"it is read as {value!r}")


def _mended_bounds(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """Write exclusive bounds as OpenAPI 3.1 does: OpenAPI 3.0 has `exclusiveMinimum: true` beside `minimum`."""
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(exclusive), bool):
            applies = node.pop(exclusive)
            if applies and bound in node:
                node[exclusive] = node.pop(bound)
            elif applies:
                text = f"`{exclusive}: true` needs a `{bound}`"
                yield Problem(text, child(pointer, exclusive), _LEFT_OUT)


def _mended_ranges(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """Leave out both ends of a range in which no value lies."""
    for least, most in _RANGES:
        if least in node and most in node and node[least] > node[most]:
            text = f"`{least}` {node[least]} is above `{most}` {node[most]}, so that no value is allowed"
            del node[least], node[most]
            yield Problem(text, child(pointer, least), "neither is checked")


def _mended_lists(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    if "required" in node and not _are_names(node["required"]):
        yield from _mended(node, pointer, "required", None, "a list of names")
    needed = node.get("dependentRequired")
    if "dependentRequired" in node and not (isinstance(needed, dict) and all(map(_are_names, needed.values()))):
        yield from _mended(node, pointer, "dependentRequired", None, "a mapping of names to lists of names")
    if "enum" in node and not isinstance(node["enum"], list):
        yield from _mended(node, pointer, "enum", None, "a list of values")
    if node.get("enum") == []:
        del node["enum"]
        yield Problem("an enum without values allows nothing", child(pointer, "enum"), "the enum is left out")


def _mended_schemas(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    for keyword in _NAMED_SCHEMAS:
        if keyword in node and not isinstance(node[keyword], dict):
            yield from _mended(node, pointer, keyword, None, "a mapping of names to schemas")
        for name in node.get(keyword, {}):
            yield from _mended_schema(node[keyword], name, child(pointer, keyword, name))
    for keyword in _LISTED_SCHEMAS:
        if keyword in node and not (isinstance(node[keyword], list) and node[keyword]):
            yield from _mended(node, pointer, keyword, None, "a list of one or more schemas")
        for index in range(len(node.get(keyword, ()))):
            yield from _mended_schema(node[keyword], index, child(pointer, keyword, str(index)))
    yield from _mended_items(node, pointer)
    for keyword in _SCHEMAS:
        if keyword in node and not isinstance(node[keyword], (dict, bool)):
            # `additionalProperties: "false"` is what some converters write.
            flag = _flag(node[keyword]) if keyword == "additionalProperties" else None
            yield from _mended(node, pointer, keyword, flag, "a schema")
        elif keyword != "additionalProperties" and isinstance(node.get(keyword), bool):
            node[keyword] = _schema(node[keyword])


def _mended_items(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """Write a list of `items` as `prefixItems`, which it is called since 2020."""
    items = node.get("items")
    if isinstance(items, list):
        del node["items"]
        for index in range(len(items)):
            yield from _mended_schema(items, index, child(pointer, "items", str(index)))
        if items:
            node["prefixItems"] = items
        further = node.pop("additionalItems", None)
        if isinstance(further, (dict, bool)):
            node["items"] = further
    if node.get("items") is False:
        first = len(node.get("prefixItems", ()))
        node["maxItems"] = min(first, node.get("maxItems", first))
        del node["items"]


def _mended_discriminator(node: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """Write a discriminator as OpenAPI 3 does: Swagger 2.0 had the name of the property alone."""
    given = node.get("discriminator")
    if isinstance(given, str):
        node["discriminator"] = {"propertyName": given}
    elif "discriminator" in node and not (isinstance(given, dict) and isinstance(given.get("propertyName"), str)):
        yield from _mended(node, pointer, "discriminator", None, "an object with a `propertyName`")


def _mended_schema(members: Any, key: str | int, pointer: str) -> Iterator[Problem]:
    member = members[key]
    if not isinstance(member, (dict, bool)):
        yield Problem(f"{member!r} is not a schema", pointer, "any value is taken")
        member = True
    members[key] = _schema(member)


def _schema(member: dict[str, Any] | bool) -> dict[str, Any]:
    """A schema as a mapping: `true` allows everything, `false` nothing."""
    if isinstance(member, dict):
        return member
    return {} if member else {"not": {}}


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _number(value: Any) -> int | float | None:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
        value = int(value) if math.isfinite(value) and value == int(value) else value
    plain = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return value if plain else None


def _count(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) and number >= 0 else None


def _flag(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower())
    return value if isinstance(value, bool) else None


_TYPES_BY_NAME = {**_MEANT_TYPES, **{kind: kind for kind in _TYPES}}
