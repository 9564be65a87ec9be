"""The fields of the objects of OpenAPI, each with the type that it has there."""

from collections.abc import Callable
from typing import Any

_TEXTS = dict.fromkeys(("summary", "description"), "text")
_SENT = {
    **_TEXTS,
    **dict.fromkeys(("required", "deprecated", "allowEmptyValue", "explode", "allowReserved"), "flag"),
    "style": "text",
    "schema": "schema",
    "content": "objects",
    "examples": "mapping",
}

FIELDS: dict[str, dict[str, str]] = {
    "document": {
        **dict.fromkeys(("info", "components", "externalDocs"), "mapping"),
        "paths": "objects and extensions",
        "servers": "list of objects",
        "security": "alternatives",
        "tags": "list of objects",
    },
    "info": {
        **dict.fromkeys(("title", "version", "summary", "description", "termsOfService"), "text"),
        **dict.fromkeys(("contact", "license"), "mapping"),
    },
    "tag": {"name": "text", "description": "text", "externalDocs": "mapping"},
    "server": {"url": "text", "description": "text", "variables": "objects"},
    "server variable": {"default": "text", "enum": "list of texts", "description": "text"},
    "components": {
        "schemas": "schemas",
        **dict.fromkeys(
            (
                *("responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links"),
                *("callbacks", "pathItems"),
            ),
            "objects",
        ),
    },
    "security scheme": dict.fromkeys(("type", "name", "in", "scheme", "description", "bearerFormat"), "text"),
    "path item": {**_TEXTS, "servers": "list of objects", "parameters": "anything"},
    "operation": {
        **_TEXTS,
        "operationId": "text",
        "tags": "list of texts",
        "deprecated": "flag",
        "servers": "list of objects",
        "externalDocs": "mapping",
        "security": "alternatives",
        "parameters": "anything",
        "requestBody": "anything",
        "responses": "objects and extensions",
        "callbacks": "mapping",
    },
    "parameter": {"name": "text", "in": "text", **_SENT},
    "header": _SENT,
    "request body": {"description": "text", "required": "flag", "content": "objects"},
    "response": {**_TEXTS, "headers": "objects", "content": "objects", "links": "objects"},
    "media type": {"schema": "schema", "encoding": "objects", "examples": "mapping"},
    "encoding": {
        "contentType": "text",
        "headers": "objects",
        "style": "text",
        "explode": "flag",
        "allowReserved": "flag",
    },
    "link": {"operationId": "text", "operationRef": "text", "description": "text", "parameters": "mapping"},
}
"""By the kind of the object. What is `anything` is looked at where the rest of its object is."""


def meant(type_: str, value: Any) -> Any:
    """A value as the type of a field has it: nearly always the value itself. None if it cannot be read so."""
    return None if value is None else _TYPES[type_][1](value)


def described(type_: str) -> str:
    """What a type is called in messages."""
    return _TYPES[type_][0]


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (str, int, float)) else None


def _flag(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower())
    return value if isinstance(value, bool) else None


def _mapping(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _objects(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    return {name: one or {} for name, one in value.items() if one is None or isinstance(one, dict)}


def _extensible_objects(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    return {
        name: {} if one is None else one
        for name, one in value.items()
        if one is None or isinstance(one, dict) or name.startswith("x-")
    }


def _schemas(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    return {name: _schema(one) or {} for name, one in value.items() if one is None or isinstance(one, (dict, bool))}


def _schema(value: Any) -> dict[str, Any] | None:
    if isinstance(value, bool):
        return {} if value else {"not": {}}
    return value if isinstance(value, dict) else None


def _list_of_objects(value: Any) -> list[Any] | None:
    listed = [value] if isinstance(value, dict) else value
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else None


def _list_of_texts(value: Any) -> list[str] | None:
    listed = [value] if isinstance(value, str) else value
    return [text for one in listed if (text := _text(one)) is not None] if isinstance(listed, list) else None


def _alternatives(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, (dict, str)) else None


def _anything(value: Any) -> Any:
    return value


_TYPES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "text": ("a text", _text),
    "flag": ("true or false", _flag),
    "mapping": ("a mapping", _mapping),
    "objects": ("a mapping of names to objects", _objects),
    "objects and extensions": ("a mapping of names to objects", _extensible_objects),
    "schema": ("a schema", _schema),
    "schemas": ("a mapping of names to schemas", _schemas),
    "list of objects": ("a list of objects", _list_of_objects),
    "list of texts": ("a list of texts", _list_of_texts),
    "alternatives": ("a list of security requirements", _alternatives),
    "anything": ("anything", _anything),
}
