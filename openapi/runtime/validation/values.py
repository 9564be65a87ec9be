"""The check of values against their rules."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import evolve

from ..base.equality import repeats, same
from ..base.rules import RANDOM, Fault, Field, Number, ObjectRule, Rule, contained, described, kind_name, listed
from ..base.suggestions import nearest
from ..base.unset import UNSET
from .kinds import IS
from .objects import object_flaws
from .seeds import draw
from .tunables import ENUM_SHOWN, ENUM_SHOWN_BESIDE_A_SUGGESTION

if TYPE_CHECKING:
    from fractions import Fraction

T = TypeVar("T")

CHECKED_FIELDS: dict[type, tuple[Field, ...]] = {}
"""The fields of each checked class: a request can hold other requests."""

CHECKED_VALUES: dict[type, Rule] = {}
"""The rule of the further properties of each checked class."""

CHECKED_OBJECTS: dict[type, ObjectRule] = {}
"""The rule of each checked class as a whole."""


def checked_fields(cls: type) -> tuple[Field, ...]:
    """The fields of a checked class or of a subclass of one."""
    return next((CHECKED_FIELDS[base] for base in cls.__mro__ if base in CHECKED_FIELDS), ())


def normalised(rule: Rule, value: Any) -> Any:
    """The plain value of a member of an enum, or of a number of another library, such as NumPy."""
    if type(value) in _PLAIN and not rule.random:
        return value
    if isinstance(value, bool):
        return value
    if rule.random and isinstance(value, str) and value == RANDOM:
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


def field_faults(fields: Sequence[Field], values: Mapping[str, Any], extra: Iterable[str] = ()) -> Iterator[Fault]:
    """Everything that is wrong with the values of known fields: those that are missing or break a rule.

    Args:
        fields: The fields.
        values: Their values, by the names of the fields.
        extra: Names of properties that an object among the values gets besides its own.
    """
    for field in fields:
        value = values.get(field.name, UNSET)
        if value is None and not field.required:
            for fault in faults(field.rule, value, field.name):
                yield evolve(fault, rule=f"{fault.rule}; UNSET leaves it out")
        elif value is not UNSET:
            yield from faults(field.rule, value, field.name, extra)
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


def faults(rule: Rule, value: Any, where: str, extra: Iterable[str] = ()) -> Iterator[Fault]:
    """Everything that is wrong with a value.

    Args:
        rule: What it has to be.
        value: The value.
        where: Its name for the caller.
        extra: Names of properties that it gets besides its own, if it is an object.
    """
    if value is None:
        if not _takes_none(rule) or (rule.excluded is not None and _takes_none(rule.excluded)):
            yield Fault(where, None, f"is not allowed: {described(rule)}")
        return
    if rule.kind is not None and not IS[rule.kind](value):
        yield Fault(where, value, _other_type(rule, value))
        return
    yield from _value_faults(rule, value, where, extra)
    for part in rule.all_of:
        yield from faults(part, value, where, extra)
    if rule.any_of and all(any(faults(part, value, where, extra)) for part in rule.any_of):
        yield Fault(where, value, f"fits none of the alternatives: {described(rule)}")
    if rule.excluded is not None and not any(faults(rule.excluded, value, where)):
        yield Fault(where, value, f"is what is not allowed: {described(rule.excluded)}")


def _takes_none(rule: Rule) -> bool:
    if rule.nullable or rule.kind == "null" or any(map(_takes_none, rule.any_of)):
        return True
    return rule.kind is None and rule.enum is None and not rule.any_of and all(map(_takes_none, rule.all_of))


def _other_type(rule: Rule, value: object) -> str:
    expected, allowed = kind_name(rule), described(rule)
    sentence = f"is {_a(type(value).__name__)}, not {_a(expected)}"
    return sentence if allowed == expected else f"{sentence}: {allowed}"


def _value_faults(rule: Rule, value: Any, where: str, extra: Iterable[str]) -> Iterator[Fault]:
    if rule.enum is not None and not any(same(_plain(value), member) for member in rule.enum):
        texts = [member for member in rule.enum if isinstance(member, str)]
        suggestion = nearest(value, texts) if isinstance(value, str) else None
        most = ENUM_SHOWN_BESIDE_A_SUGGESTION if suggestion else ENUM_SHOWN
        yield Fault(where, value, f"is not one of {listed(rule.enum, most)}", suggestion)
    if isinstance(value, bool):
        return
    if isinstance(value, (int, float)):
        yield from _number_faults(rule, value, where)
    elif isinstance(value, str):
        yield from _string_faults(rule, value, where)
    elif isinstance(value, (list, tuple)):
        yield from _array_faults(rule, value, where)  # pyright: ignore[reportUnknownArgumentType]
    elif rule.kind == "date-time" and value.utcoffset() is None:
        yield Fault(where, value, "has no time zone, which RFC 3339 requires: add one with .replace(tzinfo=…)")
    elif rule.model is not None:
        yield from _object_faults(rule.model, value, where, extra)


def _plain(value: Any) -> Any:
    """A value as JSON has it, as far as an enum can list it."""
    return value.to_dict() if hasattr(value, "to_dict") else value


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
    if rule.unique_items and repeats(value):
        yield Fault(where, value, "has the same member twice")
    if rule.contains is not None:
        found = sum(not any(faults(rule.contains, member, where)) for member in value)
        if found < rule.min_contains or (rule.max_contains is not None and found > rule.max_contains):
            yield Fault(where, value, f"has {found} members that are {described(rule.contains)}: {contained(rule)}")
    for index, member in enumerate(value):
        own = rule.prefix_items[index] if index < len(rule.prefix_items) else rule.items
        if own is not None:
            yield from faults(own, member, f"{where}[{index}]")


def _object_faults(model: str, value: object, where: str, extra: Iterable[str]) -> Iterator[Fault]:
    if model not in (base.__name__ for base in type(value).__mro__):
        yield Fault(where, value, f"is {_a(type(value).__name__)}, not {_a(model)}")
        return
    fields = checked_fields(type(value))
    for fault in _held_faults(fields, value):
        yield evolve(fault, field=f"{where}.{fault.field}")
    given = {field.name: getattr(value, field.name, UNSET) for field in fields}
    further: object = getattr(value, "additional_properties", {})
    yield from whole_faults(
        _of_class(CHECKED_OBJECTS, value, ObjectRule()), fields, given, {*names_of(further), *extra}, where
    )


def whole_faults(
    rule: ObjectRule, fields: Sequence[Field], values: Mapping[str, Any], further: Iterable[str], where: str
) -> Iterator[Fault]:
    """Everything that is wrong with an object as a whole.

    Args:
        rule: What it has to be.
        fields: Its fields.
        values: Their values, by the names of the fields.
        further: Names of its further properties.
        where: Its name for the caller.
    """
    if rule == ObjectRule():
        return
    words = {field.api_name: field.name for field in fields}
    given = {field.api_name for field in fields if values.get(field.name, UNSET) is not UNSET} | {*further}
    known = {
        field.api_name: _plain(values[field.name])
        for field in fields
        if field.api_name in given and field.name in values
    }
    known = {name: value for name, value in known.items() if value is not UNSET}
    yield from (Fault(where, UNSET, flaw) for flaw in object_flaws(rule, given, words, known))
    for name in sorted(given) if rule.names != Rule() else ():
        yield from faults(rule.names, name, f"{where}, name {name!r}")


def names_of(further: object) -> Iterator[str]:
    """The names of further properties."""
    if isinstance(further, Mapping):
        yield from (name for name in cast("Mapping[object, Any]", further) if isinstance(name, str))


def _of_class(known: Mapping[type, T], value: object, default: T) -> T:
    return next((known[base] for base in type(value).__mro__ if base in known), default)


def _held_faults(fields: Sequence[Field], request: Any) -> Iterator[Fault]:
    held = [field for field in fields if hasattr(request, field.name)]
    yield from field_faults(held, {field.name: getattr(request, field.name) for field in held})
    yield from (Fault(field.name, UNSET, "was deleted from the request") for field in fields if field not in held)
    further: object = getattr(request, "additional_properties", {})
    yield from further_faults(fields, further)
    rule, patterns = (
        _of_class(CHECKED_VALUES, request, Rule()),
        _of_class(CHECKED_OBJECTS, request, ObjectRule()).patterns,
    )
    for name, value in cast("Mapping[object, Any]", further).items() if isinstance(further, Mapping) else ():
        matched = [own for pattern, own in patterns if isinstance(name, str) and _compiled(pattern).search(name)]
        for own in matched or [rule]:
            yield from faults(own, value, f"additional_properties[{name!r}]")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


_compiled = lru_cache(re.compile)
