"""How alternative objects of a response are distinguished: by the values of a property, or by what they require."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from attrs import define, field, frozen

from .document import Document, Problem, child, tokens
from .shapes import EVERYTHING, kinds, member_pointers
from .traversal import Node, objects, received

Shape = tuple[frozenset[str], frozenset[str]]
"""The names of the properties of an object, and of those that it has to have."""


@frozen
class Discriminator:
    """A property whose value tells objects apart.

    Args:
        name: The property.
        values: The pointer of the schema of an object for each value.
    """

    name: str
    values: Mapping[str, str]

    @property
    def pointers(self) -> frozenset[str]:
        """The pointers of all schemas that it tells apart."""
        return frozenset(self.values.values())


@define(slots=False)
class Alternatives:
    """The objects of a document that are alternatives of each other."""

    document: Document
    _shapes: dict[str, Shape] = field(factory=dict[str, Shape])

    @cached_property
    def discriminators(self) -> list[Discriminator]:
        """The discriminators of the document."""
        found = []
        for node in objects(self.document):
            described = node.value.get("discriminator") if node.kind == "schema" else None
            if isinstance(described, dict) and isinstance(described.get("propertyName"), str):
                values = _discriminated(self.document, described, self._objects(node))
                if values:
                    found.append(Discriminator(described["propertyName"], values))
        return found

    def ambiguous(self) -> Iterator[Problem]:
        """Alternatives of a response that nothing distinguishes."""
        reached = received(self.document)
        told = [discriminator.pointers for discriminator in self.discriminators]
        for node in objects(self.document):
            if node.kind == "schema" and node.pointer in reached:
                for one, other in self._alike(self._objects(node)):
                    is_told = any({one, other} <= pointers for pointers in told)
                    if not is_told and self._differ_in_meaning(one, other) and not self._are_distinct(one, other):
                        names = " and ".join(self._called(pointer) for pointer in (one, other))
                        yield Problem(
                            f"nothing tells {names} apart: they have the same properties, and no property has a "
                            "`const` or `enum` whose values differ",
                            node.pointer,
                            f"an object that fits both is read as {self._called(one)}",
                        )

    def _alike(self, pointers: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Pairs of objects with the same properties: most have others, and there can be hundreds."""
        groups: dict[Shape, list[str]] = {}
        for pointer in pointers:
            groups.setdefault(self._shape(pointer), []).append(pointer)
        return (pair for group in groups.values() for pair in combinations(group, 2))

    def _shape(self, pointer: str) -> Shape:
        if pointer not in self._shapes:
            names = frozenset(described_properties(self.document, pointer))
            self._shapes[pointer] = names, required_names(self.document, pointer)
        return self._shapes[pointer]

    def _called(self, pointer: str) -> str:
        """What a message calls a schema: the name of a component, a title, or where it stands among the others."""
        *_, around, name = tokens(pointer)
        if around not in ("allOf", "anyOf", "oneOf"):
            return name
        title = self.document.at(pointer).get("title")
        return repr(title) if isinstance(title, str) else f"{around}/{name}"

    def _objects(self, union: Node) -> list[str]:
        found = [pointer for at in _members(union.value, union.pointer) for pointer in _flat(self.document, at)]
        return [pointer for pointer in dict.fromkeys(found) if "object" in kinds(self.document, pointer)]

    def _differ_in_meaning(self, one: str, other: str) -> bool:
        """Whether it matters which of two is taken: not for equal ones, and not where one of them allows everything."""
        left, right = (self.document.at(pointer) for pointer in (one, other))
        return bool(left != right and EVERYTHING not in (kinds(self.document, one), kinds(self.document, other)))

    def _are_distinct(self, one: str, other: str) -> bool:
        left, right = (described_properties(self.document, pointer) for pointer in (one, other))
        return any(self._differ(left[name], right[name]) for name in left)

    def _differ(self, one: str, other: str) -> bool:
        """Whether no value fits both properties, as far as their kinds and listed values show."""
        left, right = (_values(self.document.resolved_at(pointer)) for pointer in (one, other))
        if left and right and not any(value in right for value in left):
            return True
        return not kinds(self.document, one) & kinds(self.document, other)


def _discriminated(document: Document, described: Mapping[str, Any], pointers: Sequence[str]) -> dict[str, str]:
    """The pointer of the schema for each value of a discriminator: by its mapping, or else by the schema's name.

    A schema that others extend has no value but by the mapping: it is what an object of a kind that is not documented
    is read as.
    """
    mapping = described.get("mapping")
    named = mapping if isinstance(mapping, dict) else {}
    targets = {str(value): str(target).removeprefix("#") for value, target in named.items()}
    found = {
        value: pointer
        for value, target in targets.items()
        for pointer in pointers
        if target == pointer or (_is_component(pointer) and target == tokens(pointer)[-1])
    }
    for pointer in pointers:
        if _is_component(pointer) and "discriminator" not in document.at(pointer):
            found.setdefault(tokens(pointer)[-1], pointer)
    return found


def _is_component(pointer: str) -> bool:
    return pointer.rpartition("/")[0] == "/components/schemas"


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


def required_names(document: Document, pointer: str) -> frozenset[str]:
    """The names that an object has to have, those of the parts of its `allOf` included."""
    pointer = document.resolved(pointer)
    node = document.at(pointer)
    parts = [required_names(document, part) for part in member_pointers(node, pointer, "allOf")]
    return frozenset(node.get("required", ())).union(*parts)
