# @generated from openapi/runtime/spec/multipart.py by `make generate`. Do not edit: change that file.
"""Objects as the parts of a multipart body."""

import json
from collections.abc import Iterator
from typing import Any, cast

from ..base.files import File, FileTypes, RequestFiles
from ..base.unset import UNSET
from .json_objects import JsonObject, json_value


def multipart_parts(body: JsonObject) -> RequestFiles:
    """The parts of an object: one for each property, and for an array one for each member. UNSET and None have none."""
    values = {prop.api_name: getattr(body, prop.name) for prop in body.PROPERTIES if not prop.read_only}
    further: dict[str, Any] = getattr(body, "additional_properties", {})
    return [(name, part) for name, value in (*values.items(), *further.items()) for part in _parts(value)]


def _parts(value: Any) -> Iterator[FileTypes]:
    if isinstance(value, (list, tuple)):
        for member in cast("list[Any]", value):
            yield from _parts(member)
    elif isinstance(value, File):
        yield value.to_tuple()
    elif value is not UNSET and value is not None:
        yield _part(json_value(value))


def _part(value: Any) -> FileTypes:
    if isinstance(value, (dict, list)):
        return None, json.dumps(value).encode(), "application/json"
    text = value if isinstance(value, str) else json.dumps(value)
    return None, text.encode(), "text/plain"
