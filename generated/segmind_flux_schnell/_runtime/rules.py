# @generated from openapi/runtime/rules.py by `make generate`. Do not edit: change that file.
"""What a value has to be: the rules of a schema as data, their wording, and the check of a value against them."""

import datetime
import math
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from numbers import Integral, Real
from typing import Any

from attrs import evolve, frozen

from .suggestions import nearest
from .unset import UNSET

Number = int | float

_ENUM_SHOWN = 8

CHECKED_FIELDS: "dict[type, tuple[Field, ...]]" = {}
"""The fields of each class that is checked, for requests that hold other requests."""


@frozen(kw_only=True)
class Rule:
    """The rules of one schema. A keyword that the schema does not have is None (or empty) and rules nothing out.

    Args:
        kind: What the value is: a JSON type, or `date-time`, `date`, `uuid`, `binary` for a string of that format. None
            stands for any.
        nullable: Whether None is a value too.
        bits: Size of the signed integer that the value has to fit into.
        model: Name of the class that holds an object.
        items: The rule of each member of an array.
        any_of: Alternatives, of which one has to hold.
        all_of: Further rules, all of which have to hold.
    """

    kind: str | None = None
    nullable: bool = False
    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None
    multiple_of: Number | None = None
    bits: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    enum: tuple[Any, ...] | None = None
    model: str | None = None
    items: "Rule | None" = None
    any_of: "tuple[Rule, ...]" = ()
    all_of: "tuple[Rule, ...]" = ()


@frozen(kw_only=True)
class Field:
    """One parameter of an operation or one property of a request.

    Args:
        name: Its Python name.
        wire: Its name in the document, and in the request.
        required: Whether a call has to give it.
        rule: What its value has to be.
        mistaken_names: What people are known to call it by mistake.
    """

    name: str
    wire: str
    required: bool = False
    rule: Rule = Rule()
    mistaken_names: tuple[str, ...] = ()


@frozen
class Fault:
    """One thing that is wrong with a call.

    Args:
        field: Name of the parameter as the caller writes it; a member of a list or an object has its path, `tags[2]`.
        value: What was given, or UNSET where something is missing.
        rule: What is allowed, in words.
        meant: The name or the value that was probably meant, or None.
    """

    field: str
    value: object
    rule: str
    meant: str | None = None

    def __str__(self) -> str:
        given = "" if self.value is UNSET else f"{_shown(self.value)} "
        hint = f"; did you mean {self.meant!r}?" if self.meant is not None else ""
        return f"{self.field}: {given}{self.rule}{hint}"


def normalised(rule: Rule, value: Any) -> Any:
    """The value as a plain number where it is one of another library (NumPy, say), which JSON could not hold."""
    if rule.kind == "integer" and isinstance(value, Integral) and not isinstance(value, int):
        return int(value)
    if rule.kind == "number" and isinstance(value, Real) and not isinstance(value, (int, float)):
        return int(value) if isinstance(value, Integral) else float(value)
    return value


def faults(rule: Rule, value: Any, where: str) -> Iterator[Fault]:
    """Everything that is wrong with a value, under the name that the caller knows it by."""
    if value is None:
        if not (rule.nullable or rule.kind is None or any(part.nullable for part in rule.any_of)):
            yield Fault(where, None, f"is not allowed: {described(rule)}; UNSET leaves the parameter out")
        return
    if rule.kind is not None and not _IS[rule.kind](value):
        expected = rule.model or _NAMES[rule.kind]
        yield Fault(where, value, f"is {_a(type(value).__name__)}, not {_a(expected)}: {described(rule)}")
        return
    yield from _value_faults(rule, value, where)
    for part in rule.all_of:
        yield from faults(part, value, where)
    if rule.any_of and all(any(faults(part, value, where)) for part in rule.any_of):
        yield Fault(where, value, f"fits none of the alternatives: {described(rule)}")


def described(rule: Rule) -> str:
    """What is allowed, in a few words: `int, 512 to 2048, a multiple of 8`."""
    return ", ".join(_phrases(rule)) or "anything"


def _value_faults(rule: Rule, value: Any, where: str) -> Iterator[Fault]:
    if rule.enum is not None and not any(_same(value, member) for member in rule.enum):
        meant = nearest(value, [m for m in rule.enum if isinstance(m, str)]) if isinstance(value, str) else None
        yield Fault(where, value, f"is not one of {_listed(rule.enum, _ENUM_SHOWN)}", meant)
    if isinstance(value, (int, float)):
        yield from _number_faults(rule, value, where)
    elif isinstance(value, str):
        yield from _string_faults(rule, value, where)
    elif isinstance(value, (list, tuple)):
        yield from _array_faults(rule, value, where)  # pyright: ignore[reportUnknownArgumentType]
    elif rule.model is not None:
        yield from _object_faults(rule.model, value, where)


def _number_faults(rule: Rule, value: Number, where: str) -> Iterator[Fault]:
    if math.isnan(value) or math.isinf(value):
        yield Fault(where, value, f"is not a number that JSON can hold: {described(rule)}")
    elif not _in_range(rule, value):
        yield Fault(where, value, f"is out of range: {described(rule)}")
    elif rule.multiple_of is not None and Decimal(str(value)) % Decimal(str(rule.multiple_of)):
        yield Fault(where, value, f"is not a multiple of {rule.multiple_of}: {described(rule)}")


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
        yield Fault(where, value, "holds half of a surrogate pair, which is no text")
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


def _object_faults(model: str, value: Any, where: str) -> Iterator[Fault]:
    if model not in (base.__name__ for base in type(value).__mro__):
        yield Fault(where, value, f"is {_a(type(value).__name__)}, not {_a(model)}")
        return
    fields = next((CHECKED_FIELDS[base] for base in type(value).__mro__ if base in CHECKED_FIELDS), ())
    for fault in field_faults(fields, {field.name: getattr(value, field.name) for field in fields}):
        yield evolve(fault, field=f"{where}.{fault.field}")


def field_faults(fields: Sequence[Field], values: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is wrong with the values of known fields: those missing, and those that break a rule."""
    for field in fields:
        value = values.get(field.name, UNSET)
        if value is not UNSET:
            yield from faults(field.rule, value, field.name)
        elif field.required:
            yield Fault(field.name, UNSET, f"is missing: {described(field.rule)}")


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_date(value: object) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


_IS: dict[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": _is_integer,
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, (list, tuple)),
    "object": lambda value: hasattr(value, "to_dict"),
    "null": lambda value: value is None,
    "date-time": lambda value: isinstance(value, datetime.datetime),
    "date": _is_date,
    "uuid": lambda value: isinstance(value, uuid.UUID),
    "binary": lambda value: hasattr(value, "to_tuple"),
}

_NAMES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "list",
    "object": "model",
    "null": "None",
    "date-time": "datetime.datetime",
    "date": "datetime.date",
    "uuid": "uuid.UUID",
    "binary": "File",
}


def _phrases(rule: Rule) -> Iterator[str]:
    if rule.kind is not None and rule.enum is None:
        yield rule.model or _NAMES[rule.kind]
    if rule.enum is not None:
        yield f"one of {_listed(rule.enum)}"
    yield from _bounds(rule)
    if rule.multiple_of is not None:
        yield f"a multiple of {rule.multiple_of}"
    yield from _size("character", rule.min_length, rule.max_length)
    if rule.pattern is not None:
        yield f"matching {rule.pattern}"
    yield from _size("member", rule.min_items, rule.max_items)
    if rule.unique_items:
        yield "no member twice"
    if rule.items is not None:
        yield f"each {described(rule.items)}"
    yield from (described(part) for part in rule.all_of)
    if rule.any_of:
        yield " or ".join(described(part) for part in rule.any_of)
    if rule.nullable:
        yield "or None"


def _bounds(rule: Rule) -> Iterator[str]:
    if rule.minimum is not None and rule.maximum is not None:
        yield f"{rule.minimum} to {rule.maximum}"
    elif rule.minimum is not None:
        yield f"{rule.minimum} or more"
    elif rule.maximum is not None:
        yield f"{rule.maximum} or less"
    if rule.exclusive_minimum is not None:
        yield f"more than {rule.exclusive_minimum}"
    if rule.exclusive_maximum is not None:
        yield f"less than {rule.exclusive_maximum}"
    if rule.bits is not None:
        yield f"within {rule.bits} bits"


def _size(thing: str, least: int | None, most: int | None) -> Iterator[str]:
    if least is not None and most is not None:
        yield f"{least} to {most} {thing}s"
    elif least is not None:
        yield f"at least {least} {thing}{'s' if least != 1 else ''}"
    elif most is not None:
        yield f"at most {most} {thing}{'s' if most != 1 else ''}"


def _listed(members: Sequence[Any], most: int | None = None) -> str:
    if most is not None and len(members) > most:
        return f"the {len(members)} allowed values ({_listed(members[:most])}, …)"
    return ", ".join(str(member) for member in members)


def _same(value: object, member: object) -> bool:
    # In JSON true is not 1, in Python it is.
    return value == member and isinstance(value, bool) == isinstance(member, bool)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(text)} characters)"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


_compiled = lru_cache(re.compile)
