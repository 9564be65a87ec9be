# @generated from openapi/runtime/base/rules.py by `make generate`. Do not edit: change that file.
"""The rules of a schema as data, their wording, and faults: what is wrong with a call."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from attrs import frozen

from .unset import UNSET, Unset
from .wording import one_line, shown

Number = int | float

RANDOM: Final = "random"
"""What a caller gives for a value that the client is to draw."""


class Rule(NamedTuple):
    """The rules of one schema. A keyword that the schema does not have is None or empty, and allows everything.

    Args:
        kind: A JSON type, or `date-time`, `date`, `uuid` or `binary` for a string of that format; None allows any.
        nullable: Whether None is allowed too.
        bits: Size of the signed integer that has to hold the value.
        random: Whether the client draws the value if the caller gives `RANDOM`.
        model: Name of the class that holds an object.
        items: The rule of each member of an array, but for those that `prefix_items` speaks of.
        prefix_items: The rules of its first members, one after the other.
        contains: What one of its members has to be, or as many as `min_contains` and `max_contains` say.
        excluded: What the value must not be.
        any_of: Alternatives, at least one of which has to hold.
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
    random: bool = False
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    enum: tuple[Any, ...] | None = None
    model: str | None = None
    items: "Rule | None" = None
    prefix_items: "tuple[Rule, ...]" = ()
    contains: "Rule | None" = None
    min_contains: int = 1
    max_contains: int | None = None
    excluded: "Rule | None" = None
    any_of: "tuple[Rule, ...]" = ()
    all_of: "tuple[Rule, ...]" = ()


class Condition(NamedTuple):
    """What an object needs if its properties have certain values.

    Args:
        values: The values that properties have by it, if they are there, by name.
        given: Names of properties that are there by it.
        needed: Names of properties that an object needs for which it holds.
        otherwise: Names of properties that an object needs for which it does not hold.
    """

    values: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    given: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


class ObjectRule(NamedTuple):
    """The rules of an object as a whole: which properties it has together. They hold when it is sent.

    Args:
        required: Names of properties that it needs, and that no field stands for.
        min_properties: How many properties it has at least.
        max_properties: How many properties it has at most, or None.
        dependent: Names, each with those of properties that it needs beside itself.
        any_of: Choices of sets of names: of one set of each choice it needs all.
        one_of: Choices of sets of names: of exactly one set of each choice it needs all.
        none_of: Sets of names: of none of them it may have all.
        conditions: What it needs if its properties have certain values.
        names: What the name of a property has to be.
        patterns: The rules of properties whose names match a pattern.
        known: The names that it can have besides those that match a pattern, or None for any.
    """

    required: tuple[str, ...] = ()
    min_properties: int = 0
    max_properties: int | None = None
    dependent: tuple[tuple[str, tuple[str, ...]], ...] = ()
    any_of: tuple[tuple[tuple[str, ...], ...], ...] = ()
    one_of: tuple[tuple[tuple[str, ...], ...], ...] = ()
    none_of: tuple[tuple[str, ...], ...] = ()
    conditions: tuple[Condition, ...] = ()
    names: Rule = Rule()
    patterns: tuple[tuple[str, Rule], ...] = ()
    known: tuple[str, ...] | None = None


class Field(NamedTuple):
    """One parameter of an operation or one property of a request.

    Args:
        name: Its name in Python.
        api_name: Its name in the document and in the request.
        required: Whether a call has to give it.
        rule: What its value has to be.
        mistaken_names: Names that people use for it by mistake, such as those of other services.
        description: What it is for, in one sentence.
        default: What the service uses where it is left out, or UNSET where the document does not say.
    """

    name: str
    api_name: str
    required: bool = False
    rule: Rule = Rule()
    mistaken_names: tuple[str, ...] = ()
    description: str = ""
    default: Any = UNSET


class Described(str):
    """The repr of a value that a pickle of its fault cannot hold."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@frozen
class Fault:
    """One thing that is wrong with a call.

    Args:
        field: The parameter as the caller writes it; for a member of a list or an object its path, such as `tags[2]`.
        value: What was given, or UNSET if it is missing. A pickle has the repr of a value that is not plain data.
        rule: What is wrong and what is allowed, in words.
        suggestion: The name or value that was probably meant, or None.
    """

    field: str
    value: object
    rule: str
    suggestion: str | None = None

    def __str__(self) -> str:
        given = "" if self.value is UNSET else f"{shown(self.value)} "
        hint = f"; did you mean {self.suggestion!r}?" if self.suggestion is not None else ""
        return f"{one_line(self.field)}: {given}{self.rule}{hint}"

    def __reduce__(self) -> tuple[Any, ...]:
        plain = type(self.value) in (str, int, float, bool, type(None), Unset, Described)
        return Fault, (self.field, self.value if plain else Described(shown(self.value)), self.rule, self.suggestion)


def described(rule: Rule) -> str:
    """What is allowed, in a few words: `int, 512 to 2048, a multiple of 8`."""
    return ", ".join(_phrases(rule)) or "anything"


def kind_name(rule: Rule) -> str:
    """The Python type of a rule that has a kind."""
    return rule.model or _NAMES[str(rule.kind)]


def listed(members: Sequence[Any], most: int | None = None) -> str:
    """The members of an enum, separated by commas; of more than `most` only the first ones, and their number."""
    if most is not None and len(members) > most:
        return f"the {len(members)} allowed values ({listed(members[:most])}, …)"
    return ", ".join(str(member) for member in members)


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
        yield kind_name(rule)
    if rule.enum is not None:
        yield f"one of {listed(rule.enum)}"
    yield from _bounds(rule)
    if rule.multiple_of is not None:
        yield f"a multiple of {rule.multiple_of}"
    yield from _size("character", rule.min_length, rule.max_length)
    if rule.pattern is not None:
        yield f"matching {rule.pattern}"
    yield from _size("member", rule.min_items, rule.max_items)
    yield from _members(rule)
    if rule.excluded is not None:
        yield f"but not {described(rule.excluded)}"
    yield from (described(part) for part in rule.all_of)
    if rule.any_of:
        yield " or ".join(described(part) for part in rule.any_of)
    if rule.random:
        yield "or 'random'"
    if rule.nullable:
        yield "or None"


def _members(rule: Rule) -> Iterator[str]:
    if rule.unique_items:
        yield "no member twice"
    if rule.contains is not None:
        yield f"{contained(rule)} of this kind: {described(rule.contains)}"
    if rule.prefix_items:
        yield f"first {', then '.join(described(part) for part in rule.prefix_items)}"
    if rule.items is not None:
        yield f"{'the others' if rule.prefix_items else 'each'} {described(rule.items)}"


def contained(rule: Rule) -> str:
    """How many members of an array have to be what `contains` says: `at least 1 member`."""
    return " ".join(_size("member", rule.min_contains, rule.max_contains))


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
