"""How alternative objects of a response are distinguished: by the values of a property, or by what they require."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import Any

from attrs import define

from .document import Document, Problem, child, tokens
from .shapes import kinds, member_pointers
from .traversal import Node, objects, received

Tags = dict[str, tuple[Any, ...]]
"""The values that a property of an object can have, by the property's name."""


@define(slots=False)
class Alternatives:
    """The objects of a document that are alternatives of each other."""

    document: Document

    def tags(self) -> dict[str, Tags]:
        """What distinguishes each object from its alternatives, by the pointer of its schema."""
        found: dict[str, Tags] = {}
        for _, one, other in self._pairs():
            if name := self._difference(one, other):
                found.setdefault(one, {})[name] = self._choices(one)[name]
                found.setdefault(other, {})[name] = self._choices(other)[name]
        return found

    def ambiguous(self) -> Iterator[Problem]:
        """Alternatives of a response that nothing distinguishes."""
        reached = received(self.document)
        for union, one, other in self._pairs():
            if union in reached and not self._are_distinct(one, other):
                names = " or ".join(tokens(pointer)[-1] for pointer in (one, other))
                yield Problem(
                    f"a response that is {names} cannot be read: both require the same properties, and no property has "
                    "a `const` or `enum` whose values differ",
                    union,
                )

    def _pairs(self) -> Iterator[tuple[str, str, str]]:
        for node in objects(self.document):
            if node.kind == "schema":
                for one, other in combinations(self._objects(node), 2):
                    yield node.pointer, one, other

    def _objects(self, union: Node) -> list[str]:
        found = [pointer for at in _members(union.value, union.pointer) for pointer in _flat(self.document, at)]
        return [pointer for pointer in dict.fromkeys(found) if "object" in kinds(self.document, pointer)]

    def _are_distinct(self, one: str, other: str) -> bool:
        required = [_required(self.document, pointer) for pointer in (one, other)]
        return required[0] != required[1] or self._difference(one, other) is not None

    def _difference(self, one: str, other: str) -> str | None:
        """The property that never has the same value in both; of several, the one with the fewest values."""
        left, right = self._choices(one), self._choices(other)
        names = [name for name in left if name in right and not any(value in right[name] for value in left[name])]
        return min(names, key=lambda name: len(left[name]) + len(right[name]), default=None)

    def _choices(self, pointer: str) -> Tags:
        described = described_properties(self.document, pointer)
        values = {name: _values(self.document.resolved_at(at)) for name, at in described.items()}
        return {**self._discriminated.get(pointer, {}), **{name: known for name, known in values.items() if known}}

    @cached_property
    def _discriminated(self) -> dict[str, Tags]:
        found: dict[str, Tags] = {}
        for node in objects(self.document):
            if node.kind == "schema" and "discriminator" in node.value:
                discriminator = node.value["discriminator"]
                for pointer in self._objects(node):
                    names = _mapped(discriminator, pointer) or (tokens(pointer)[-1],)
                    found.setdefault(pointer, {})[discriminator["propertyName"]] = names
        return found


def _flat(document: Document, pointer: str) -> Iterator[str]:
    pointer = document.resolved(pointer)
    node = document.at(pointer)
    parts = member_pointers(node, pointer, "allOf")
    # An `allOf` of one reference is how OpenAPI puts keywords beside a reference.
    further = _members(node, pointer) or (parts if len(parts) == 1 and "properties" not in node else [])
    if not further:
        yield pointer
    for at in further:
        yield from _flat(document, at)


def _members(node: Mapping[str, Any], pointer: str) -> list[str]:
    return [at for keyword in ("anyOf", "oneOf") for at in member_pointers(node, pointer, keyword)]


def _mapped(discriminator: Mapping[str, Any], pointer: str) -> tuple[str, ...]:
    mapping = discriminator.get("mapping", {}).items()
    return tuple(value for value, target in mapping if target.removeprefix("#") in (pointer, tokens(pointer)[-1]))


def _values(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    return (schema["const"],) if "const" in schema else tuple(schema.get("enum", ()))


def described_properties(document: Document, pointer: str) -> dict[str, str]:
    """The pointers of the properties of an object, by name."""
    pointer = document.resolved(pointer)
    node = document.at(pointer)
    found = {name: child(pointer, "properties", name) for name in node.get("properties", {})}
    for part in member_pointers(node, pointer, "allOf"):
        found = {**described_properties(document, part), **found}
    return found


def _required(document: Document, pointer: str) -> frozenset[str]:
    pointer = document.resolved(pointer)
    node = document.at(pointer)
    parts = [_required(document, part) for part in member_pointers(node, pointer, "allOf")]
    return frozenset(node.get("required", ())).union(*parts)
