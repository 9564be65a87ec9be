# @generated from openapi/runtime/validation/kinds.py by `make generate`. Do not edit: change that file.
"""Of which kind a value is, by the kinds of rules."""

from collections.abc import Callable


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_uuid(value: object) -> bool:
    import uuid

    return isinstance(value, uuid.UUID)


def _is_moment(value: object) -> bool:
    import datetime

    return isinstance(value, datetime.datetime)


def _is_date(value: object) -> bool:
    import datetime

    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


IS: dict[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": _is_integer,
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, (list, tuple)),
    "object": lambda value: hasattr(value, "to_dict"),
    "null": lambda value: value is None,
    "date-time": _is_moment,
    "date": _is_date,
    "uuid": _is_uuid,
    "binary": lambda value: hasattr(value, "to_tuple"),
}
"""Whether a value is of a kind."""
