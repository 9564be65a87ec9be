"""Bodies that are not JSON: forms, the parts of a multipart body, and texts.

Source of what a form makes of objects and lists: https://spec.openapis.org/oas/v3.1.1#encoding-object
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from ..base.errors import InvalidRequestError
from ..base.files import File, FileContent, FileTypes, RequestFiles
from ..base.paths import form_pairs, text_value
from ..base.rules import Fault
from ..base.unset import UNSET
from .json_objects import JsonObject, json_value
from .parameter_styles import Pair, Parameter, UnwritableError


class Part(NamedTuple):
    """What the document says of a part of a multipart body.

    Args:
        media_type: Its media type, or None where that follows from its value.
        headers: Headers that it has besides.
    """

    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, whatever its value."""
        return self.media_type is not None and self.media_type.partition(";")[0].strip().endswith("json")


def form(operation: str, body: Any, fields: Mapping[str, Parameter]) -> tuple[Pair, ...]:
    """An object as the fields of a form. A list is repeated, an object is JSON, and null is left out.

    Args:
        operation: Name of the operation, for messages.
        body: The object.
        fields: How fields are written that the document describes otherwise, by their names.

    Raises:
        InvalidRequestError: It is not an object, or a field cannot be written as the document says.
    """
    pairs: list[Pair] = []
    faults: list[Fault] = []
    for name, value in _members(operation, json_value(body)).items():
        try:
            written = fields[name].written(value) if name in fields and value is not None else form_pairs(name, value)
            pairs.extend(written)
        except UnwritableError as error:
            faults.append(error.fault)
    if faults:
        raise InvalidRequestError(operation, tuple(faults))
    return tuple(pairs)


def multipart(operation: str, body: Any, parts: Mapping[str, Part | Parameter]) -> RequestFiles:
    """The parts of an object: one for each property, and for a list one for each member. UNSET and None have none.

    Args:
        operation: Name of the operation, for messages.
        body: The object.
        parts: What the document says of parts, by their names: how each is written, or a style as of a parameter.

    Raises:
        InvalidRequestError: It is not an object, or a part cannot be written as the document says.
    """
    found: RequestFiles = []
    faults: list[Fault] = []
    for name, value in (_properties(body) if isinstance(body, JsonObject) else _members(operation, body)).items():
        part = parts.get(name, _ANY)
        if isinstance(part, Part):
            found += [(name, one) for one in _parts(value, part)]
        elif value is not UNSET and value is not None:
            try:
                pairs = part.written(json_value(value))
                found += [(unquote(key), (None, unquote(text).encode(), "text/plain")) for key, text in pairs]
            except UnwritableError as error:
                faults.append(error.fault)
    if faults:
        raise InvalidRequestError(operation, tuple(faults))
    return found


def text(body: object, media_type: str) -> dict[str, Any]:
    """A text as a body: in the charset of its media type, or in UTF-8, which is named where ASCII would not do.

    What is a text only on the wire, such as a UUID or a date, is written as in JSON, without quotes.
    """
    from email.message import Message

    message = Message()
    message["content-type"] = media_type
    charset = message.get_content_charset()
    written = text_value(json_value(body))
    if charset is None and not written.isascii():
        media_type = f"{media_type}; charset=utf-8"
    return {"content": written.encode(charset or "utf-8"), "content_type": media_type}


def _members(operation: str, body: Any) -> Mapping[str, Any]:
    if not isinstance(body, Mapping):
        raise InvalidRequestError(operation, (Fault("body", body, "is not an object, whose members a form can have"),))
    return cast("Mapping[str, Any]", body)


def _properties(body: JsonObject) -> dict[str, Any]:
    further: dict[str, Any] = getattr(body, "additional_properties", {})
    return {**{prop.api_name: getattr(body, prop.name) for prop in body.PROPERTIES if not prop.read_only}, **further}


def _parts(value: Any, part: Part) -> Iterator[FileTypes]:
    if isinstance(value, (list, tuple)) and not part.is_json:
        for member in cast("list[Any]", value):
            yield from [_part(member, part)] if member is not UNSET and member is not None else []
    elif value is not UNSET and value is not None:
        yield _part(value, part)


def _part(value: Any, part: Part) -> FileTypes:
    if isinstance(value, File):
        return _typed(value.file_name or "file", value.payload, value.mime_type or part.media_type, part)
    plain = json_value(value)
    if part.is_json or isinstance(plain, (dict, list)):
        return _typed(None, json.dumps(plain).encode(), part.media_type if part.is_json else "application/json", part)
    return _typed(None, text_value(plain).encode(), part.media_type or "text/plain", part)


def _typed(name: str | None, content: FileContent, media_type: str | None, part: Part) -> FileTypes:
    return (name, content, media_type, dict(part.headers)) if part.headers else (name, content, media_type)


_ANY = Part()
