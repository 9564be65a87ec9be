"""Objects by their classes, and values that are one of several alternatives."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import combinations
from typing import Any

from attrs import frozen

from ..base.equality import same
from .json_objects import JsonMapping, JsonObject, JsonType, Rank
from .json_values import UnreadableError, kind_of

Choices = Mapping[str, tuple[Any, ...]]
"""The values that the document lists for properties, by their names in JSON."""


@frozen
class ObjectOf(JsonType):
    """An object of a class, which is imported when one is first read: classes can hold their own kind.

    Args:
        module: Its module; one that begins with a dot is part of this package.
        name: Its name.
    """

    module: str
    name: str

    @property
    def cls(self) -> type[JsonObject]:
        """The class."""
        return _imported(self.module, self.name)

    @property
    def kinds(self) -> frozenset[str]:
        """Objects only."""
        return frozenset({"object"})

    @property
    def expected(self) -> str:
        """What it is, in words."""
        return f"an object ({self.name})"

    def read(self, value: Any) -> JsonObject:
        """The object."""
        if kind_of(value) != "object":
            raise UnreadableError(self.expected, value)
        return self.cls.from_dict(value)

    def rank(self, value: Any) -> Rank | None:
        """How well an object fits: by values that the document lists, then by how many of its properties are known."""
        if kind_of(value) != "object":
            return None
        known = [prop for prop in self.cls.PROPERTIES if prop.api_name in value]
        required = [prop for prop in self.cls.PROPERTIES if prop.required]
        if not all(prop.api_name in value and prop.allows(value[prop.api_name]) for prop in required):
            return None
        if not all(prop.allows(value[prop.api_name]) for prop in known):
            return None
        told = listed(value, choices(self))
        if told == 0 and len(known) < len(value) and not hasattr(self.cls, "additional_properties"):
            # The class would lose a property: whatever keeps it comes first.
            told = _LOSES
        return told, len(known), len(required)


_LOSES = -10
"""Rank of a class with no place for a property of an object: one less than that of any JSON."""


@frozen(eq=False)
class Union(JsonType):
    """One of several alternatives.

    A discriminator tells objects apart. Without one, an object is the alternative whose required properties it has and
    whose other properties are of the right kind; of several, that whose listed values it has, then that which knows
    most of its properties, then the first that can be read.

    Args:
        alternatives: The alternatives.
        discriminators: Properties whose value names the class of an object, each with the class for each value.
        has_unknown: Whether an object that is none of them is an `UnknownObject`, and not an error.
    """

    alternatives: Sequence[JsonType]
    discriminators: Mapping[str, Mapping[str, str]] = {}
    has_unknown: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of JSON values that it can have."""
        return frozenset[str]().union(*(one.kinds for one in self.alternatives))

    @property
    def expected(self) -> str:
        """What it is, in words."""
        return " or ".join(dict.fromkeys(one.expected for one in self.alternatives))

    def read(self, value: Any) -> Any:
        """The Python value of the alternative that fits best."""
        if kind_of(value) == "object" and len(self._objects) > 1:
            return self._read_object(value)
        of_kind = [one for one in self.alternatives if kind_of(value) in one.kinds]
        if len(of_kind) == 1:
            return of_kind[0].read(value)
        return self._first(value, _best_first(value, of_kind))

    def rank(self, value: Any) -> Rank | None:
        """How well a value fits the alternative that it fits best."""
        ranks = [rank for one in self.alternatives if (rank := one.rank(value)) is not None]
        return max(ranks, default=None)

    @property
    def _objects(self) -> list[ObjectOf]:
        return [one for one in self.alternatives if isinstance(one, ObjectOf)]

    def _read_object(self, value: Mapping[str, Any]) -> Any:
        candidates = self._objects
        for name, classes in self.discriminators.items():
            if (tag := _tag(value.get(name))) is not None:
                named = [one for one in candidates if one.name == classes.get(tag)]
                if named:
                    return named[0].read(value)
                candidates = [one for one in candidates if one.name not in classes.values()]
        others = [one for one in self.alternatives if not isinstance(one, ObjectOf) and "object" in one.kinds]
        telling = _telling(candidates)
        fitting = [one for one in candidates if listed(value, telling.get(one, {})) >= 0]
        return self._first(value, _best_first(value, [*fitting, *others]))

    def _first(self, value: Any, alternatives: Sequence[JsonType]) -> Any:
        """The value of the first alternative that it can be read as. Where there is none, the first names its fault."""
        first: UnreadableError | None = None
        for one in alternatives:
            try:
                return one.read(value)
            except UnreadableError as error:
                first = first or error
            except (TypeError, ValueError):
                continue
        if self.has_unknown and kind_of(value) == "object":
            return UnknownObject(value)
        raise first or UnreadableError(self.expected, value)


class UnknownObject(JsonMapping):
    """An object of a response that is none of the documented alternatives, such as one that is newer than this client.

    It is a mapping of its JSON values.
    """

    __slots__ = ("_members",)

    def __init__(self, members: Mapping[str, Any]) -> None:
        self._members = dict(members)

    def __getitem__(self, name: str) -> Any:
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __repr__(self) -> str:
        return f"UnknownObject({self._members!r})"

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON values."""
        return dict(self._members)


@cache
def choices(one: ObjectOf) -> Choices:
    """The values that the document lists for the properties of an object."""
    return {prop.api_name: prop.type.choices for prop in one.cls.PROPERTIES if prop.type.choices}


def listed(value: Mapping[str, Any], expected: Choices) -> int:
    """How many properties of an object have a listed value, less those that have another."""
    return sum(
        1 if any(same(value[name], choice) for choice in listed) else -1
        for name, listed in expected.items()
        if name in value
    )


def _best_first(value: Any, alternatives: Sequence[JsonType]) -> list[JsonType]:
    ranks = [(rank, -at, one) for at, one in enumerate(alternatives) if (rank := one.rank(value)) is not None]
    best = [one for _, _, one in sorted(ranks, key=lambda ranked: ranked[:2], reverse=True)]
    return [*best, *(one for one in alternatives if one not in best)]


def _telling(objects: Sequence[ObjectOf]) -> dict[ObjectOf, Choices]:
    """Of each object, the properties whose values tell it from all others that list values for them."""
    shared = {name for one in objects for name in choices(one)}
    found: dict[ObjectOf, dict[str, tuple[Any, ...]]] = {}
    for name in shared:
        holders = [one for one in objects if name in choices(one)]
        if len(holders) > 1 and all(_differ(choices(a)[name], choices(b)[name]) for a, b in combinations(holders, 2)):
            for one in holders:
                found.setdefault(one, {})[name] = choices(one)[name]
    return dict(found)


def _differ(left: Sequence[Any], right: Sequence[Any]) -> bool:
    return not any(same(one, other) for one in left for other in right)


def _tag(value: object) -> str | None:
    """The value of a discriminator as mappings write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (str, int)) else None


@cache
def _imported(module: str, name: str) -> type[JsonObject]:
    package = __name__.partition("._runtime.")[0]
    found: type[JsonObject] = getattr(import_module(module, package), name)
    return found
