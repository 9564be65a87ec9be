"""Defaults that openapi-python-client can write down as Python."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

_READ: dict[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "uuid": UUID,
}


def takes_default(source: Mapping[str, Any], default: object, components: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether openapi-python-client accepts a default.

    Args:
        source: The schema as it gets it.
        default: The default.
        components: The schemas that it can refer to.
    """
    if "$ref" in source:
        return takes_default(components[source["$ref"].rpartition("/")[2]], default, components)
    for keyword in ("anyOf", "allOf"):
        if keyword in source:
            return any(takes_default(member, default, components) for member in source[keyword])
    if "enum" in source:
        return any(_is_same(value, default) for value in source["enum"])
    if "const" in source:
        return _is_same(source["const"], default)
    types = source.get("type")
    names = types if isinstance(types, list) else [types]
    return any(_takes(name, source.get("format"), default) for name in names)


def _is_same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _takes(name: str | None, text_format: str | None, default: object) -> bool:
    if isinstance(default, bool) or name == "boolean":
        return isinstance(default, bool) and name in ("boolean", None)
    if isinstance(default, str):
        return name in ("string", None) and text_format != "binary" and _is_readable(text_format, default)
    if isinstance(default, (int, float)) and math.isfinite(default):
        return name in ("number", None) or (name == "integer" and default == int(default))
    return False


def _is_readable(text_format: str | None, text: str) -> bool:
    try:
        _READ.get(text_format or "", str)(text)
    except ValueError:
        return False
    return True
