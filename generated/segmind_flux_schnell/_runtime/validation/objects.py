# @generated from openapi/runtime/validation/objects.py by `make generate`. Do not edit: change that file.
"""What is wrong with an object as a whole: which properties it has together."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ..base.equality import same
from ..base.rules import Condition, ObjectRule
from ..base.wording import shown


def object_flaws(
    rule: ObjectRule, given: set[str], words: Mapping[str, str], values: Mapping[str, Any] = MappingProxyType({})
) -> Iterator[str]:
    """What is wrong with an object, in words.

    Args:
        rule: What it has to be.
        given: Names of the properties that it has.
        words: What the caller calls a property, by its name; other properties have their names in quotes.
        values: The values of properties, as far as they are known.
    """
    names = _Names(given, words)
    for name in rule.required:
        if name not in given:
            yield f"has no {names.word(name)}, which is needed"
    yield from _numbers(rule, len(given))
    for name, needed in rule.dependent:
        if name in given and (missing := names.missing(needed)):
            yield f"has {names.word(name)}, and not {missing}, which it needs then"
    yield from _sets(rule, names)
    for condition in rule.conditions:
        yield from _condition(condition, names, values)
    if rule.known is not None:
        unknown = (name for name in sorted(given.difference(rule.known, words)) if not _matches(rule, name))
        yield from (f"has {name!r}, and no property of that name is allowed" for name in unknown)


def _numbers(rule: ObjectRule, count: int) -> Iterator[str]:
    properties = "1 property" if count == 1 else f"{count} properties"
    if count < rule.min_properties:
        yield f"has {properties}, at least {rule.min_properties} {_be(rule.min_properties)} needed"
    if rule.max_properties is not None and count > rule.max_properties:
        yield f"has {properties}, at most {rule.max_properties} {_be(rule.max_properties)} allowed"


def _condition(condition: Condition, names: "_Names", values: Mapping[str, Any]) -> Iterator[str]:
    compared = [name for name, _ in condition.values if names.has((name,))]
    if not all(name in values for name in compared):
        # What the document does not know may have any value.
        return
    allowed = dict(condition.values)
    fits = all(any(same(values[name], one) for one in allowed[name]) for name in compared)
    holds = fits and names.has(condition.given)
    if missing := names.missing(condition.needed if holds else condition.otherwise):
        reported = [f"{names.word(name)} {shown(values[name])}" for name in compared]
        yield f"has no {missing}, which is needed with {' and '.join(reported) or 'what it has'}"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _sets(rule: ObjectRule, names: "_Names") -> Iterator[str]:
    for sets in rule.any_of:
        if not any(map(names.has, sets)):
            yield f"needs {names.alternatives(sets)}"
    for sets in rule.one_of:
        if sum(map(names.has, sets)) != 1:
            yield f"needs either {names.alternatives(sets)}, and not more than one of them"
    for together in rule.none_of:
        if names.has(together):
            yield f"must not have {names.listed(together)}{' together' if len(together) > 1 else ''}"


class _Names:
    """The names of the properties of an object."""

    def __init__(self, given: set[str], words: Mapping[str, str]) -> None:
        self._given = given
        self._words = words

    def word(self, name: str) -> str:
        return self._words.get(name, repr(name))

    def has(self, names: tuple[str, ...]) -> bool:
        return self._given.issuperset(names)

    def missing(self, names: tuple[str, ...]) -> str:
        return self.listed(tuple(name for name in names if name not in self._given))

    def listed(self, names: tuple[str, ...]) -> str:
        return " and ".join(map(self.word, names))

    def alternatives(self, sets: tuple[tuple[str, ...], ...]) -> str:
        return " or ".join(map(self.listed, sets)) or "nothing"


def _matches(rule: ObjectRule, name: str) -> bool:
    return any(re.search(pattern, name) for pattern, _ in rule.patterns)
