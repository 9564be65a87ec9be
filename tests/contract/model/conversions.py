"""Values of another type than the documented one, some of which a service converts."""

from typing import Any

ACCEPTS_ALSO = "x-accepts-also"
"""Keyword of a property: the kinds of values that the service accepts although they are not of the type."""

CONTENT_TYPE_IGNORED = "x-content-type-ignored"
"""Keyword of a request body: whether the service reads a body of any content type."""


def kind_of(value: Any, node: dict[str, Any] | None = None) -> str:
    """The kind of a value that is not of a property's type; empty for one that is.

    Args:
        value: The value.
        node: The property; None if only booleans matter.
    """
    kind = (node or {}).get("type", "")
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean" if kind != "boolean" else ""
    if isinstance(value, str) and kind in ("integer", "number"):
        return "numeral" if value.lstrip("-").replace(".", "", 1).isdigit() else "text"
    if isinstance(value, float) and kind == "integer":
        return "fraction"
    return "number" if isinstance(value, (int, float)) and kind == "string" else ""
