"""Checks a request's body against the attribute table."""

import json
from collections.abc import Callable, Iterator
from typing import NoReturn, cast

from segmind_flux_schnell_sandbox.attributes import Attribute, Fields, Parameters, Value
from segmind_flux_schnell_sandbox.behaviour import Behaviour
from segmind_flux_schnell_sandbox.refusals import Reason, Refused


def check_request(content_type: str, body: bytes, behaviour: Behaviour) -> Parameters:
    """Return the request's parameters with defaults filled in; raise `Refused` for a broken rule."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Refused(Reason.WRONG_CONTENT_TYPE)
    fields = behaviour.read(_decoded(body))
    if behaviour.unknown_fields_refused:
        _refuse_unknown(fields, behaviour)
    return {row.name: _checked(row, fields) for row in behaviour.attributes}


def _decoded(body: bytes) -> Fields:
    try:
        document: object = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(Reason.MALFORMED_BODY) from error
    if not isinstance(document, dict):
        raise Refused(Reason.MALFORMED_BODY)
    return cast(Fields, document)


def _refuse_constant(name: str) -> NoReturn:
    """Refuse `NaN` and `Infinity`, which Python's parser accepts although they are not JSON."""
    raise ValueError(name)


def _refuse_unknown(fields: Fields, behaviour: Behaviour) -> None:
    for name in sorted(set(fields) - {row.name for row in behaviour.attributes}):
        raise Refused(Reason.UNKNOWN_FIELD, f"{name} is not a field of this model")


def _checked(row: Attribute, fields: Fields) -> Value:
    if row.name not in fields:
        return _default(row)
    value = _READERS[row.kind](fields[row.name])
    if value is None:
        raise Refused(Reason.WRONG_TYPE, f"{row.name} must be of type {row.kind}")
    if value == "" and not row.may_be_empty:
        raise Refused(Reason.MISSING_FIELD, f"{row.name} must not be empty")
    if row.allowed and value not in row.allowed:
        raise Refused(Reason.VALUE_REJECTED, f"{row.name} must be one of {', '.join(row.allowed)}")
    return value


def run_model(parameters: Parameters, behaviour: Behaviour) -> None:
    """Fail as the model does on a number that it cannot take: only lists of values are checked before it runs."""
    for row in behaviour.attributes:
        for complaint in _complaints(row, parameters[row.name]):
            raise Refused(Reason.VALUE_FAILED, complaint)


def _default(row: Attribute) -> Value:
    if row.default is None:
        raise Refused(Reason.MISSING_FIELD, f"{row.name} is required")
    return row.default


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _integer(value: object) -> int | None:
    """Read an integer; 4.0 is one, as in JSON Schema, but true is not."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


_READERS: dict[str, Callable[[object], Value | None]] = {
    "str": _string,
    "int": _integer,
    "float": _number,
}


def _complaints(row: Attribute, value: Value) -> Iterator[str]:
    if isinstance(value, str):
        return
    if row.minimum is not None and value < row.minimum:
        yield f"{row.name} must be at least {row.minimum}"
    if row.maximum is not None and value > row.maximum:
        yield f"{row.name} must be at most {row.maximum}"
    if row.multiple is not None and value % row.multiple:
        yield f"{row.name} must be a multiple of {row.multiple}"
