"""What is new in OpenAPI 3.2, said as 3.1 does where that can be.

Source: https://spec.openapis.org/oas/v3.2.0.html
"""

from collections.abc import Callable, Iterator
from typing import Any

from .kinds import ALL_CHILDREN, members
from .pointers import child
from .problems import Problem
from .source_map import SourceMap, below

_FORM = "application/x-www-form-urlencoded"


def simplify_32(root: dict[str, Any], lines: SourceMap) -> Iterator[Problem]:
    """Say what is new in OpenAPI 3.2 as 3.1 does.

    Args:
        root: The document, which is changed.
        lines: Where its places come from, which is kept true.

    Returns:
        What has another meaning then.
    """
    waiting = [("document", "", root)]
    while waiting:
        kind, pointer, value = waiting.pop()
        step = _STEPS.get(kind)
        if step is not None and "$ref" not in value:
            yield from step(value, pointer, lines)
        waiting += members(kind, pointer, value, ALL_CHILDREN)


def _path_item(value: dict[str, Any], pointer: str, lines: SourceMap) -> Iterator[Problem]:
    further = value.pop("additionalOperations", {})
    methods = {name: child(pointer, "additionalOperations", name) for name in further if isinstance(further, dict)}
    if value.pop("query", None) is not None:
        methods["QUERY"] = child(pointer, "query")
    for method, place in methods.items():
        text = f"the method {method} is not supported: the client would have to be sure which calls can be repeated"
        yield Problem(text, place, "the operation is left out")


def _parameter(value: dict[str, Any], pointer: str, lines: SourceMap) -> Iterator[Problem]:
    if value.get("in") == "querystring":
        yield from _query_string(value, pointer, lines)
    if value.get("in") == "cookie" and value.get("style") == "cookie":
        value["style"] = "form"
        yield Problem("the style 'cookie' is not supported", child(pointer, "style"), "values are percent-encoded")
    if value.get("in") != "query" and value.pop("allowReserved", False):
        yield Problem("`allowReserved` is supported in the query only", pointer, "values are percent-encoded")


def _query_string(value: dict[str, Any], pointer: str, lines: SourceMap) -> Iterator[Problem]:
    """Spread a query that is described as a whole: each property of a form is a parameter."""
    content = value.get("content")
    if not isinstance(content, dict) or list(content) != [_FORM] or not isinstance(content[_FORM], dict):
        yield Problem(f"a query that is described as a whole has to be {_FORM}", pointer)
        return
    origin = below(lines.origin(pointer), "content", _FORM, "schema")
    del value["content"]
    value.update({"in": "query", "style": "form", "explode": True, "schema": content[_FORM].get("schema", {})})
    lines.graft(child(pointer, "schema"), origin)


def _media_type(value: dict[str, Any], pointer: str, lines: SourceMap) -> Iterator[Problem]:
    for keyword in ("prefixEncoding", "itemEncoding"):
        if value.pop(keyword, None) is not None:
            yield Problem(
                f"`{keyword}` is not supported", child(pointer, keyword), "parts are sent as their schemas say"
            )


def _response(value: dict[str, Any], pointer: str, lines: SourceMap) -> Iterator[Problem]:
    summary = value.pop("summary", "")
    value.setdefault("description", summary)
    yield from ()


def _example(value: dict[str, Any], pointer: str, lines: SourceMap) -> Iterator[Problem]:
    for keyword in ("dataValue", "serializedValue"):
        if keyword in value:
            value.setdefault("value", value.pop(keyword))
    yield from ()


_STEPS: dict[str, Callable[[dict[str, Any], str, SourceMap], Iterator[Problem]]] = {
    "path item": _path_item,
    "parameter": _parameter,
    "media type": _media_type,
    "response": _response,
    "example": _example,
}
