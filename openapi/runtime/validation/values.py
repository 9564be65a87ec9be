"""The check of values against their rules."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from ..base.rules import Fault, Field, Number, Rule, described, kind_name, listed
from ..base.suggestions import nearest
from ..base.unset import UNSET
from .seeds import draw
from .tunables import ENUM_SHOWN, ENUM_SHOWN_BESIDE_A_SUGGESTION

if TYPE_CHECKING:
    from fractions import Fraction

CHECKED_FIELDS: dict[type, tuple[Field, ...]] = {}
"""The fields of each checked class: a request can hold other requests."""

CHECKED_VALUES: dict[type, Rule] = {}
"""The rule of the further properties of each checked class."""


def checked_fields(cls: type) -> tuple[Field, ...]:
    """The fields of a checked class or of a subclass of one."""
    return next((CHECKED_FIELDS[base] for base in cls.__mro__ if base in CHECKED_FIELDS), ())


def normalised(rule: Rule, value: Any) -> Any:
    """The plain value of a member of an enum, or of a number of another library, such as NumPy."""
    if type(value) in _PLAIN and not rule.random:
        return value
    if isinstance(value, bool):
        return value
    if rule.random and isinstance(value, str) and value == "random":
        return draw(rule)
    try:
        if isinstance(value, Integral) and rule.kind in ("integer", "number"):
            return int(value)
        if isinstance(value, Real) and rule.kind == "number":
            return float(value)
    except (ArithmeticError, TypeError, ValueError):
        return value
    return str.__str__(value) if isinstance(value, str) and rule.kind == "string" else value


_PLAIN = (str, int, float, bool)
"""What is as plain as can be."""


def field_faults(fields: Sequence[Field], values: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is wrong with the values of known fields: those that are missing or break a rule."""
    for field in fields:
        value = values.get(field.name, UNSET)
        if value is None and not field.required:
            for fault in faults(field.rule, value, field.name):
                yield evolve(fault, rule=f"{fault.rule}; UNSET leaves it out")
        elif value is not UNSET:
            yield from faults(field.rule, value, field.name)
        elif field.required:
            yield Fault(field.name, UNSET, f"is missing: {described(field.rule)}")


def further_faults(fields: Sequence[Field], further: Any) -> Iterator[Fault]:
    """Everything that is wrong with the further properties of a request, which the document does not know."""
    if not isinstance(further, Mapping):
        yield Fault("additional_properties", further, "is not a mapping of names to JSON values")
        return
    given = cast("Mapping[object, Any]", further)
    for name, value in given.items():
        if not isinstance(name, str):
            yield Fault(f"additional_properties[{name!r}]", value, f"has a name that is {type(name).__name__}, not str")
    for field in fields:
        if field.api_name in given:
            rule = f"is set by [{field.api_name!r}], which is for unknown properties: set .{field.name}"
            yield Fault(field.name, given[field.api_name], rule)


def faults(rule: Rule, value: Any, where: str) -> Iterator[Fault]:
    """Everything that is wrong with a value; `where` is its name for the caller."""
    if value is None:
        if not _takes_none(rule):
            yield Fault(where, None, f"is not allowed: {described(rule)}")
        return
    if rule.kind is not None and not _IS[rule.kind](value):
        yield Fault(where, value, _other_type(rule, value))
        return
    yield from _value_faults(rule, value, where)
    for part in rule.all_of:
        yield from faults(part, value, where)
    if rule.any_of and all(any(faults(part, value, where)) for part in rule.any_of):
        yield Fault(where, value, f"fits none of the alternatives: {described(rule)}")


def _takes_none(rule: Rule) -> bool:
    if rule.nullable or rule.kind == "null" or any(map(_takes_none, rule.any_of)):
        return True
    return rule.kind is None and rule.enum is None and not rule.any_of and all(map(_takes_none, rule.all_of))


def _other_type(rule: Rule, value: object) -> str:
    expected, allowed = kind_name(rule), described(rule)
    sentence = f"is {_a(type(value).__name__)}, not {_a(expected)}"
    return sentence if allowed == expected else f"{sentence}: {allowed}"


def _value_faults(rule: Rule, value: Any, where: str) -> Iterator[Fault]:
    if rule.enum is not None and not any(_same(value, member) for member in rule.enum):
        texts = [member for member in rule.enum if isinstance(member, str)]
        suggestion = nearest(value, texts) if isinstance(value, str) else None
        most = ENUM_SHOWN_BESIDE_A_SUGGESTION if suggestion else ENUM_SHOWN
        yield Fault(where, value, f"is not one of {listed(rule.enum, most)}", suggestion)
    if isinstance(value, (int, float)):
        yield from _number_faults(rule, value, where)
    elif isinstance(value, str):
        yield from _string_faults(rule, value, where)
    elif isinstance(value, (list, tuple)):
        yield from _array_faults(rule, value, where)  # pyright: ignore[reportUnknownArgumentType]
    elif rule.model is not None:
        yield from _object_faults(rule.model, value, where)


def _number_faults(rule: Rule, value: Number, where: str) -> Iterator[Fault]:
    if isinstance(value, float) and not math.isfinite(value):
        yield Fault(where, value, f"is not a number that JSON can hold: {described(rule)}")
    elif not _in_range(rule, value):
        yield Fault(where, value, f"is out of range: {described(rule)}")
    elif rule.multiple_of is not None and not _is_multiple(value, rule.multiple_of):
        yield Fault(where, value, f"is not a multiple of {rule.multiple_of}: {described(rule)}")


def _is_multiple(value: Number, step: Number) -> bool:
    if isinstance(value, int) and isinstance(step, int):
        return value % step == 0
    return _exact(value) % _exact(step) == 0


def _exact(number: Number) -> "Fraction":
    from fractions import Fraction

    # The decimal number that a float is written as: 0.3 is a multiple of 0.1.
    return Fraction(float.__repr__(number) if isinstance(number, float) else int(number))


def _in_range(rule: Rule, value: Number) -> bool:
    return (
        (rule.minimum is None or value >= rule.minimum)
        and (rule.maximum is None or value <= rule.maximum)
        and (rule.exclusive_minimum is None or value > rule.exclusive_minimum)
        and (rule.exclusive_maximum is None or value < rule.exclusive_maximum)
        and (rule.bits is None or -(1 << (rule.bits - 1)) <= value < 1 << (rule.bits - 1))
    )


def _string_faults(rule: Rule, value: str, where: str) -> Iterator[Fault]:
    if not _is_unicode(value):
        yield Fault(where, value, "holds half of a surrogate pair, which is not text")
    if rule.min_length == 1 and not value:
        yield Fault(where, value, "is empty: at least one character is needed")
    elif rule.min_length is not None and len(value) < rule.min_length:
        yield Fault(where, value, f"has {len(value)} characters, at least {rule.min_length} are needed")
    if rule.max_length is not None and len(value) > rule.max_length:
        yield Fault(where, value, f"has {len(value)} characters, at most {rule.max_length} are allowed")
    if rule.pattern is not None and not _compiled(rule.pattern).search(value):
        yield Fault(where, value, f"does not match the pattern {rule.pattern}")


def _array_faults(rule: Rule, value: Sequence[Any], where: str) -> Iterator[Fault]:
    if rule.min_items is not None and len(value) < rule.min_items:
        yield Fault(where, value, f"has {len(value)} members, at least {rule.min_items} are needed")
    if rule.max_items is not None and len(value) > rule.max_items:
        yield Fault(where, value, f"has {len(value)} members, at most {rule.max_items} are allowed")
    if rule.unique_items and any(_same(a, b) for i, a in enumerate(value) for b in value[:i]):
        yield Fault(where, value, "has the same member twice")
    if rule.items is not None:
        for index, member in enumerate(value):
            yield from faults(rule.items, member, f"{where}[{index}]")


def _object_faults(model: str, value: object, where: str) -> Iterator[Fault]:
    if model not in (base.__name__ for base in type(value).__mro__):
        yield Fault(where, value, f"is {_a(type(value).__name__)}, not {_a(model)}")
        return
    for fault in _held_faults(checked_fields(type(value)), value):
        yield evolve(fault, field=f"{where}.{fault.field}")


def _held_faults(fields: Sequence[Field], request: Any) -> Iterator[Fault]:
    held = [field for field in fields if hasattr(request, field.name)]
    yield from field_faults(held, {field.name: getattr(request, field.name) for field in held})
    yield from (Fault(field.name, UNSET, "was deleted from the request") for field in fields if field not in held)
    further: object = getattr(request, "additional_properties", {})
    yield from further_faults(fields, further)
    rule = next((CHECKED_VALUES[base] for base in type(request).__mro__ if base in CHECKED_VALUES), Rule())
    for name, value in cast("Mapping[object, Any]", further).items() if isinstance(further, Mapping) else ():
        yield from faults(rule, value, f"additional_properties[{name!r}]")


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


_IS: dict[str, Callable[[object], bool]] = {
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


def _same(value: object, member: object) -> bool:
    # In JSON true is not 1, in Python it is.
    return value == member and isinstance(value, bool) == isinstance(member, bool)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


_compiled = lru_cache(re.compile)
