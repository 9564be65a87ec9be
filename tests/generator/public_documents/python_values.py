"""JSON as Python values, as somebody would write them who reads the annotations; and back."""

import contextlib
import datetime
import io
import math
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

import attrs

from tests.generator.public_documents.annotations import field_types, flaws
from tests.generator.public_documents.packages import api_names


class NoFitError(Exception):
    """A JSON value cannot be given as an annotated type."""


def python_value(value: Any, kind: Any, by_constructor: bool = True) -> Any:
    """A JSON value as a value of an annotated type.

    Args:
        value: The JSON value.
        kind: The type.
        by_constructor: Whether objects are made by the constructors of their classes, or by `from_dict`.

    Raises:
        NoFitError: No value of the type would be written like this.
    """
    origin = get_origin(kind) or kind
    if origin in (Union, types.UnionType):
        return _of_union(value, get_args(kind), by_constructor)
    if kind is Any or kind is object:
        return value
    if origin is Literal:
        return _kept(value, any(value == one and type(value) is type(one) for one in get_args(kind)), kind)
    if origin in (list, typing.Sequence) or getattr(origin, "__name__", "") in ("Sequence", "Iterable"):
        items = _kept(value, isinstance(value, list), kind)
        inner = (get_args(kind) or (Any,))[0]
        return [python_value(item, inner, by_constructor) for item in items]
    if getattr(origin, "__name__", "") in ("dict", "Mapping"):
        members = _kept(value, isinstance(value, dict), kind)
        inner = (get_args(kind) or (Any, Any))[1]
        return {key: python_value(item, inner, by_constructor) for key, item in members.items()}
    if origin in _SCALARS:
        return _SCALARS[origin](value)
    if isinstance(origin, type) and attrs.has(origin) and hasattr(origin, "from_dict"):
        return _object(_kept(value, isinstance(value, dict), kind), origin, by_constructor)
    if getattr(origin, "__name__", "") == "File":
        file: Any = origin
        return file(payload=io.BytesIO(_kept(value, isinstance(value, str), kind).encode()), file_name="a.bin")
    raise NoFitError(f"{value!r:.60} as {kind}")


def _kept(value: Any, fits: bool, kind: Any) -> Any:
    if not fits:
        raise NoFitError(f"{value!r:.60} as {kind}")
    return value


def _object(value: dict[str, Any], cls: Any, by_constructor: bool) -> Any:
    names, kinds = api_names(cls), field_types(cls)
    if names and "additional_properties" not in kinds and not set(value) <= set(names):
        raise NoFitError(f"{cls.__name__} takes no {', '.join(set(value) - set(names))}")
    if not by_constructor or not names:
        made = cls.from_dict(value)
        for flaw in flaws(made, cls):
            raise NoFitError(flaw)
        return made
    own = {names[key]: python_value(item, kinds[names[key]]) for key, item in value.items() if key in names}
    further = {key: item for key, item in value.items() if key not in names}
    if not further:
        return cls(**own)
    found = cls(**own)
    inner = get_args(kinds["additional_properties"])[1]
    for key, item in further.items():
        found[key] = python_value(item, inner)
    return found


def _of_union(value: Any, kinds: tuple[Any, ...], by_constructor: bool) -> Any:
    """The value as the first of the types that takes it, those first that say most about it."""
    found: list[tuple[float, Any]] = []
    refused: Exception = NoFitError(f"{value!r:.60} as any of {kinds}")
    for kind in kinds:
        try:
            made = python_value(value, kind, by_constructor)
        except NoFitError:
            continue
        except ValueError as error:
            refused = error
            continue
        # A class that would lose a value is not the one that somebody would take.
        is_lossy = not by_constructor and bool(difference(value, json_value(made)))
        found.append((_vagueness(value, made, kind) + (1000 if is_lossy else 0), made))
    if not found:
        raise refused
    return min(found, key=lambda one: one[0])[1]


def _vagueness(value: Any, made: Any, kind: Any) -> float:
    if kind is Any:
        return math.inf
    further = getattr(made, "additional_properties", None)
    if isinstance(further, Mapping):
        return len(further) + 1
    if isinstance(made, list):
        return sum(_vagueness(one, other, type(other)) for one, other in zip(value, made, strict=True)) + 1
    return 0.5 if type(made) is type(value) and get_origin(kind) is not Literal else 0


def _time(value: Any) -> datetime.datetime:
    text = _kept(value, isinstance(value, str), datetime.datetime)
    with contextlib.suppress(ValueError):
        if len(text) > 10:
            return datetime.datetime.fromisoformat(text)
    raise NoFitError(f"{value!r:.60} as a time")


def _date(value: Any) -> datetime.date:
    with contextlib.suppress(ValueError):
        if isinstance(value, str) and len(value) == 10:
            return datetime.date.fromisoformat(value)
    raise NoFitError(f"{value!r:.60} as a date")


def _uuid(value: Any) -> UUID:
    with contextlib.suppress(ValueError):
        if isinstance(value, str) and str(UUID(value)) == value:
            return UUID(value)
    raise NoFitError(f"{value!r:.60} as a UUID")


def _number(value: Any) -> float:
    return float(_kept(value, isinstance(value, (int, float)) and not isinstance(value, bool), float))


_SCALARS: dict[Any, Any] = {
    None: lambda value: _kept(value, value is None, None),
    type(None): lambda value: _kept(value, value is None, None),
    bool: lambda value: _kept(value, isinstance(value, bool), bool),
    int: lambda value: _kept(value, isinstance(value, int) and not isinstance(value, bool), int),
    float: _number,
    str: lambda value: _kept(value, isinstance(value, str), str),
    bytes: lambda value: _kept(value, isinstance(value, str), bytes).encode(),
    datetime.datetime: _time,
    datetime.date: _date,
    UUID: _uuid,
}


def json_value(value: Any) -> Any:
    """A result as JSON."""
    if hasattr(value, "to_dict"):
        return json_value(value.to_dict())
    if isinstance(value, Mapping):
        return {key: json_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(item) for item in value]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if type(value).__name__ == "File":
        content: bytes = value.payload.read()
        value.payload.seek(0)
        return content.decode(errors="replace")
    return value


def difference(expected: Any, found: Any, at: str = "") -> str:
    """Where two JSON values differ in meaning, or nothing. Equal times and equal numbers are equal."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in expected:
            if key not in found:
                return f"{at}/{key} is missing, expected {expected[key]!r:.80}"
        for key in found:
            if key not in expected:
                return f"{at}/{key} is {found[key]!r:.80}, expected nothing"
        return next(filter(None, (difference(expected[key], found[key], f"{at}/{key}") for key in expected)), "")
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return f"{at or '/'} has {len(found)} members, expected {len(expected)}"
        pairs = enumerate(zip(expected, found, strict=True))
        return next(filter(None, (difference(one, two, f"{at}/{index}") for index, (one, two) in pairs)), "")
    if _is_equal(expected, found):
        return ""
    return f"{at or '/'} is {found!r:.80}, expected {expected!r:.80}"


def _is_equal(expected: Any, found: Any) -> bool:
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return expected == found or math.isclose(expected, found, rel_tol=1e-15)
    if isinstance(expected, str) and isinstance(found, str) and expected != found and len(expected) > 10:
        with contextlib.suppress(ValueError, TypeError):
            return datetime.datetime.fromisoformat(expected) == datetime.datetime.fromisoformat(found)
    return bool(expected == found)
