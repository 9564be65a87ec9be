"""How values are written into a path, a query, a header or a cookie."""

from collections.abc import Iterator
from typing import Any, cast


def text_value(value: object) -> str:
    """A value as JSON would write it, without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str.__str__(value)
    if value is None or isinstance(value, (list, tuple, dict)):
        return json_text(cast("Any", value))
    import datetime

    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else str(value)


def json_text(value: Any) -> str:
    """A JSON value as JSON without blanks, in ASCII, so that headers can hold it."""
    import json

    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def form_pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """A JSON value as fields of a form, percent-encoded: a list is repeated, an object is JSON, null is left out."""
    for one in cast("list[object]", value) if isinstance(value, list) else [value]:
        if one is not None:
            yield escaped(name), escaped(text_value(one))


def path_value(value: object) -> str:
    """A value as one segment of a path."""
    return segment(escaped(text_value(value)))


def escaped(text: str) -> str:
    """A text with all but letters, digits and `-._~` percent-encoded."""
    from urllib.parse import quote

    return quote(text, safe="")


def segment(text: str) -> str:
    """A part of a path that servers do not take for a step along it."""
    return text.replace(".", "%2E") if text in (".", "..") else text
