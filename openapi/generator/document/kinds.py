"""What OpenAPI calls the objects of a document, and which kinds each of them holds."""

from collections.abc import Mapping
from typing import Any

from .pointers import child

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_CONTENT = {"content": ("map", "media type")}
_SCHEMA = {"schema": ("one", "schema")}

CHILDREN: dict[str, dict[str, tuple[str, str]]] = {
    "document": {"paths": ("extensible map", "path item"), "components": ("one", "components")},
    "components": {
        "schemas": ("map", "schema"),
        "responses": ("map", "response"),
        "parameters": ("map", "parameter"),
        "requestBodies": ("map", "request body"),
        "headers": ("map", "header"),
        "links": ("map", "link"),
    },
    "path item": {"parameters": ("list", "parameter"), **dict.fromkeys(METHODS, ("one", "operation"))},
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request body"),
        "responses": ("extensible map", "response"),
    },
    "request body": _CONTENT,
    "response": {
        "headers": ("map", "header"),
        **_CONTENT,
        "links": ("map", "link"),
        "x-causes": ("list", "cause"),
        "x-job": ("one", "job"),
    },
    "parameter": {**_SCHEMA, **_CONTENT},
    "header": {**_SCHEMA, **_CONTENT},
    "media type": _SCHEMA,
    "schema": {
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), ("map", "schema")),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ("list", "schema")),
        **dict.fromkeys(
            (
                *("items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"),
                *("unevaluatedItems", "unevaluatedProperties", "contentSchema"),
            ),
            ("one", "schema"),
        ),
    },
}

ALL_CHILDREN: dict[str, dict[str, tuple[str, str]]] = {
    **CHILDREN,
    "document": {**CHILDREN["document"], "webhooks": ("map", "path item")},
    "components": {
        **CHILDREN["components"],
        "examples": ("map", "example"),
        "securitySchemes": ("map", "security scheme"),
        "callbacks": ("map", "callback"),
        "pathItems": ("map", "path item"),
        "mediaTypes": ("map", "media type"),
    },
    "callback": {},
    "path item": {**CHILDREN["path item"], "query": ("one", "operation"), "additionalOperations": ("map", "operation")},
    "operation": {**CHILDREN["operation"], "callbacks": ("map", "callback")},
    "parameter": {**CHILDREN["parameter"], "examples": ("map", "example")},
    "header": {**CHILDREN["header"], "examples": ("map", "example")},
    "media type": {
        **CHILDREN["media type"],
        "examples": ("map", "example"),
        "itemSchema": ("one", "schema"),
    },
    "schema": {
        **CHILDREN["schema"],
        "definitions": ("map", "schema"),
    },
}
"""What each kind holds, with what no client is generated from: references stand there too."""

Member = tuple[str, str, dict[str, Any]]
"""An object of a document: its kind, its JSON pointer, and itself."""


def members(
    kind: str, pointer: str, value: dict[str, Any], table: Mapping[str, Mapping[str, tuple[str, str]]] = CHILDREN
) -> list[Member]:
    """The objects that an object holds.

    Args:
        kind: The kind of the object.
        pointer: Its JSON pointer.
        value: The object.
        table: What each kind holds: by keyword, how (`one`, `list`, `map`, or `extensible map`) and of which kind.
    """
    held = table.get(kind)
    if not held or value.keys().isdisjoint(held):
        return []
    found: list[Member] = []
    # Not in the order of the document: what is generated does not depend on it.
    for key in [key for key in held if key in value] if len(value) > 1 else value:
        container, inner = held[key]
        inside, place = value[key], f"{pointer}/{key}"
        if container == "one":
            if isinstance(inside, dict):
                found.append((inner, place, inside))
        elif container == "list":
            if isinstance(inside, list):
                found += [(inner, f"{place}/{at}", one) for at, one in enumerate(inside) if isinstance(one, dict)]
        elif isinstance(inside, dict):
            named = inside.items() if container == "map" else _not_extensions(inside)
            found += [(inner, child(place, name), one) for name, one in named if isinstance(one, dict)]
    return found


def _not_extensions(named: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in named.items() if not name.startswith("x-")]
