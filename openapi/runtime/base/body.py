"""The body of a request, as the HTTP library takes it."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from attrs import evolve

from .errors import InvalidRequestError
from .messages import Request
from .paths import escaped, form_pairs
from .rules import Fault


def with_extra(request: Request, extra: Mapping[str, Any] | None) -> Request:
    """The request with fields that the document does not know; a field of a known name replaces the request's own."""
    if not extra:
        return request
    if request.data is not None:
        names = {escaped(name) for name in extra}
        kept = [pair for pair in request.data if pair[0].partition("%5B")[0] not in names]
        further = [pair for name, value in extra.items() for pair in form_pairs(name, value)]
        return evolve(request, data=(*kept, *further))
    return evolve(request, json={**cast("dict[str, Any]", request.json or {}), **extra})


def body_arguments(request: Request) -> dict[str, Any]:
    """The body of a request as arguments of the HTTP library.

    Raises:
        InvalidRequestError: JSON cannot hold the body.
    """
    if request.files is not None:
        return {"files": request.files}
    if request.data is not None:
        return {"content": "&".join(f"{name}={value}" for name, value in request.data).encode()}
    if request.content is not None:
        return {"content": request.content}
    if request.json is None:
        return {}
    return {"content": _json(request)}


def unwritable(members: Mapping[object, Any], where: Callable[[object], str]) -> Iterator[Fault]:
    """The members of an object that JSON cannot hold.

    Args:
        members: The object.
        where: Gives the field of the fault for the name of a member, such as `extra_body['a']`.
    """
    for name, value in members.items():
        if not isinstance(name, str):
            yield Fault(where(name), value, f"has a name that is {type(name).__name__}, not str")
        elif flaw := _flaw(value):
            yield Fault(where(name), value, f"cannot be written as JSON: {flaw}")


def _json(request: Request) -> bytes:
    try:
        return _encoded(request.json)
    except _UNWRITABLE as error:
        whole = Fault("body", request.json, f"cannot be written as JSON: {error}")
    raise InvalidRequestError(request.operation, tuple(unwritable(_members(request.json), str)) or (whole,))


def _members(body: object) -> Mapping[object, Any]:
    return cast("Mapping[object, Any]", body) if isinstance(body, Mapping) else {}


def _flaw(value: object) -> str:
    try:
        _encoded(value)
    except _UNWRITABLE as error:
        return str(error) or type(error).__name__
    return ""


def _encoded(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


_ENCODER = json.JSONEncoder(allow_nan=False, separators=(",", ":"))
_UNWRITABLE = (TypeError, ValueError, RecursionError)
