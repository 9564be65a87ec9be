"""The rules of objects as a whole, made from the schemas of the document."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from attrs import frozen

from runtime.base.rules import Condition, ObjectRule, Rule

from ..document.document import Document, child
from ..document.further_rules import ANY_REQUIRED, CLOSED, ONE_REQUIRED, condition, dependent_names, excluded_sets
from ..document.shapes import member_pointers
from .schema_rules import SchemaRules


@frozen
class ObjectRules:
    """Makes the rules of objects that are sent.

    Args:
        rules: Makes the rules of their properties.
    """

    rules: SchemaRules

    def rule(self, pointer: str, fields: Collection[str], is_open: bool) -> ObjectRule:
        """The rule of the object at a pointer.

        Args:
            pointer: Where its schema stands.
            fields: The names of its properties that have a field.
            is_open: Whether it can have further properties.
        """
        parts = list(self._parts(pointer))
        nodes = [self.rules.own(part) for part in parts]
        sizes = [node["maxProperties"] for node in nodes if "maxProperties" in node]
        required = dict.fromkeys(name for node in nodes for name in node.get("required", ()) if name not in fields)
        return ObjectRule(
            required=tuple(required) if is_open else (),
            min_properties=max((node.get("minProperties", 0) for node in nodes), default=0),
            max_properties=min(sizes, default=None),
            dependent=tuple(dependent for node in nodes for dependent in dependent_names(node)),
            any_of=_choices(nodes, ANY_REQUIRED),
            one_of=_choices(nodes, ONE_REQUIRED),
            none_of=_excluded(nodes),
            conditions=tuple(_conditions(nodes)),
            names=self._names(parts),
            patterns=tuple(self._patterns(parts)) if is_open else (),
            known=self._known(pointer, parts) if is_open else None,
        )

    def _parts(self, pointer: str, above: frozenset[str] = frozenset()) -> Iterator[str]:
        """The schema and those that it is composed of."""
        place = self.rules.document.resolved(pointer)
        if place not in above:
            yield place
            for part in member_pointers(self.rules.own(place), place, "allOf"):
                yield from self._parts(part, above | {place})

    def _names(self, parts: list[str]) -> Rule:
        found = [child(part, "propertyNames") for part in parts if "propertyNames" in self.rules.own(part)]
        rules = [_of_text(self.rules.rule(place)) for place in found]
        return Rule(all_of=tuple(rules)) if len(rules) > 1 else next(iter(rules), Rule())

    def _patterns(self, parts: list[str]) -> Iterator[tuple[str, Rule]]:
        for part in parts:
            node = self.rules.own(part)
            patterns = node.get("patternProperties", {})
            for pattern in patterns:
                # Where there is only one, the class has its schema as that of all further properties.
                is_only = node.get(CLOSED) and len(patterns) == 1
                place = child(part, "additionalProperties") if is_only else child(part, "patternProperties", pattern)
                yield pattern, self.rules.rule(place)

    def _known(self, pointer: str, parts: list[str]) -> tuple[str, ...] | None:
        nodes = [self.rules.own(part) for part in parts]
        closed = any(node.get("unevaluatedProperties") is False or node.get(CLOSED) for node in nodes)
        return tuple(dict.fromkeys(_described(self.rules.document, pointer, frozenset()))) if closed else None


def _choices(nodes: Iterable[dict[str, Any]], keyword: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(map(tuple, choice)) for node in nodes for choice in node.get(keyword, ()))


def _conditions(nodes: Iterable[dict[str, Any]]) -> Iterator[Condition]:
    for node in nodes:
        found = condition(node)
        if found is not None:
            values = tuple((name, tuple(listed)) for name, listed in found[0].items())
            yield Condition(values, *map(tuple, found[1:]))


def _excluded(nodes: Iterable[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    excluding = (node["not"] for node in nodes if isinstance(node.get("not"), dict))
    return tuple(tuple(names) for excluded in excluding for names in excluded_sets(excluded) or ())


def _of_text(rule: Rule) -> Rule:
    # A name is a text: the schema of one rarely says so, and a format that Python has an object for is none here.
    return rule._replace(kind=None, nullable=False)


def _described(document: Document, pointer: str, above: frozenset[str]) -> Iterator[str]:
    """All names that any schema describes which an object may have to fit: some of them may not apply to it."""
    place = document.resolved(pointer)
    node: Any = document.at(place)
    if place in above or not isinstance(node, dict):
        return
    yield from node.get("properties", {})
    for keyword in ("allOf", "anyOf", "oneOf"):
        for at in member_pointers(node, place, keyword):
            yield from _described(document, at, above | {place})
    for keyword in ("if", "then", "else"):
        if keyword in node:
            yield from _described(document, child(place, keyword), above | {place})
    for name in node.get("dependentSchemas", {}):
        yield from _described(document, child(place, "dependentSchemas", name), above | {place})
