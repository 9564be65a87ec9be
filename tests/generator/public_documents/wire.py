"""What OpenAPI says must be sent, written from the specification alone: styles, forms, parts.

Values are JSON; what comes out is decoded, so that two ways to percent-encode a text are one.
"""

import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from tests.generator.public_documents.specification import Node

DELIMITERS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|", "label": ".", "matrix": ";,"}
"""The characters between the members of an array in each style; a member that has one in it cannot be told from two."""

_DEFAULT_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


class UndefinedError(Exception):
    """OpenAPI does not say how a value is written."""


@frozen
class Written:
    """Where a parameter has gone.

    Args:
        path: The text that replaces its name in the path.
        pairs: Names and values in the query or in cookies.
        header: The text of a header.
    """

    path: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    header: str = ""


def style(parameter: Mapping[str, Any]) -> str:
    """The style of a parameter."""
    return str(parameter.get("style") or _DEFAULT_STYLES[parameter["in"]])


def is_spread(parameter: Mapping[str, Any]) -> bool:
    """Whether a parameter explodes."""
    return bool(parameter.get("explode", style(parameter) == "form"))


def media_type(parameter: Mapping[str, Any]) -> str:
    """The media type of a parameter with `content`, or nothing."""
    return next(iter(parameter.get("content") or ()), "")


def schema_of(parameter: Node) -> Node | None:
    """The schema of a parameter, header or media type; None where it has none."""
    if "schema" in parameter.value:
        return parameter.child("schema")
    kind = media_type(parameter.value)
    if kind and "schema" in parameter.value["content"][kind]:
        return parameter.child("content", kind, "schema")
    return None


def written(parameter: Mapping[str, Any], value: Any) -> Written:
    """Write a value as its parameter says.

    Raises:
        UndefinedError: OpenAPI does not say how.
    """
    place, name = parameter["in"], parameter["name"]
    kind = media_type(parameter)
    if kind:
        content = json.dumps(value) if "json" in kind or not isinstance(value, str) else value
        return _placed(place, name, content)
    if place in ("query", "cookie"):
        return Written(pairs=tuple(pairs(name, value, style(parameter), is_spread(parameter))))
    text = _simple(name, value, style(parameter), is_spread(parameter))
    return _placed(place, name, text)


def _placed(place: str, name: str, content: str) -> Written:
    if place == "path":
        return Written(path=content)
    return Written(header=content) if place == "header" else Written(pairs=((name, content),))


def text(value: Any) -> str:
    """A plain value as text.

    Raises:
        UndefinedError: It is an object, an array, or null.
    """
    if isinstance(value, (dict, list)) or value is None:
        raise UndefinedError(f"{value!r:.60} inside of a parameter")
    return value if isinstance(value, str) else json.dumps(value)


def _simple(name: str, value: Any, style: str, spread: bool) -> str:
    """The styles of paths and headers: simple, label, matrix."""
    members = _members(value, spread)
    if style == "label":
        return "." + ("." if spread else ",").join(members)
    if style == "matrix":
        if spread and isinstance(value, dict):
            return "".join(f";{member}" for member in members)
        if spread and isinstance(value, list):
            return "".join(f";{name}={member}" for member in members)
        return f";{name}={','.join(members)}"
    if style != "simple":
        raise UndefinedError(f"the style {style} in a path or header")
    return ",".join(members)


def _members(value: Any, spread: bool) -> list[str]:
    if isinstance(value, list):
        return [text(item) for item in value]
    if isinstance(value, dict):
        if spread:
            return [f"{key}={text(item)}" for key, item in value.items()]
        return [one for key, item in value.items() for one in (key, text(item))]
    return [text(value)]


def pairs(name: str, value: Any, style: str, spread: bool) -> list[tuple[str, str]]:
    """The styles of queries, cookies and forms.

    Raises:
        UndefinedError: OpenAPI does not say how a value is written.
    """
    if style == "deepObject":
        if not isinstance(value, dict):
            raise UndefinedError("a deepObject that is not an object")
        return [(f"{name}[{key}]", text(item)) for key, item in value.items()]
    if isinstance(value, (list, dict)) and not value:
        raise UndefinedError("nothing")
    if not isinstance(value, (list, dict)):
        return [(name, text(value))]
    if spread and isinstance(value, dict):
        return [(key, text(item)) for key, item in value.items()] if style == "form" else _unspread(name, value, style)
    if spread:
        return [(name, text(item)) for item in value]
    return _unspread(name, value, style)


def _unspread(name: str, value: Any, style: str) -> list[tuple[str, str]]:
    delimiter = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}.get(style)
    if delimiter is None:
        raise UndefinedError(f"the style {style} in a query")
    return [(name, delimiter.join(_members(value, spread=False)))]


def form_pairs(value: Mapping[str, Any], encodings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A form. Objects are JSON unless their `encoding` says a style."""
    found: list[tuple[str, str]] = []
    for key, item in value.items():
        encoding = encodings.get(key) or {}
        if isinstance(item, dict) and "style" not in encoding:
            found.append((key, json.dumps(item)))
        elif isinstance(item, list) and any(isinstance(one, (dict, list)) for one in item):
            found += [(key, json.dumps(one) if isinstance(one, (dict, list)) else text(one)) for one in item]
        else:
            how = str(encoding.get("style") or "form")
            found += pairs(key, item, how, bool(encoding.get("explode", how == "form")))
    return found


@frozen
class Part:
    """A part of a multipart body.

    Args:
        name: The field.
        content: Its text.
        kind: `json`, `text` or `file`.
    """

    name: str
    content: str
    kind: str


def form_parts(value: Mapping[str, Any], is_file: Mapping[str, bool], encodings: Mapping[str, Any]) -> list[Part]:
    """The parts of a multipart body: one for each member of an array, JSON for objects."""
    found: list[Part] = []
    for key, item in value.items():
        declared = str((encodings.get(key) or {}).get("contentType", ""))
        items = item if isinstance(item, list) and "json" not in declared else [item]
        for one in items:
            if isinstance(one, (dict, list)) or "json" in declared:
                found.append(Part(key, json.dumps(one), "json"))
            else:
                found.append(Part(key, text(one), "file" if is_file.get(key) else "text"))
    return found
