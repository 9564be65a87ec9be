"""The rules of the client, made from the schemas of the document."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from runtime.base.rules import Field, Number, Rule

from ..document.document import Document, child
from ..document.further_rules import is_exact
from ..document.shapes import member_pointers

_FORMATS = {"date-time": "date-time", "date": "date", "uuid": "uuid", "binary": "binary"}
_MOST_PARTS = 200
_BITS = {"int32": 32, "int64": 64}
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


@frozen
class SchemaRules:
    """Makes rules.

    Args:
        document: The document.
        models: Name of the class that stands for an object, by the pointer of its schema.
    """

    document: Document
    models: Mapping[str, str]
    _made: dict[str, Rule | None] = field(init=False, factory=dict[str, Rule | None], eq=False, repr=False)

    def field(self, name: str, api_name: str, required: bool, pointers: list[str]) -> Field:
        """The field of a parameter or property that one or several schemas speak of."""
        rules = [self.rule(pointer) for pointer in pointers]
        mistaken = [word for pointer in pointers for word in self._own(pointer).get("x-mistaken-names", ())]
        return Field(
            name=name,
            api_name=api_name,
            required=required,
            rule=together(*rules),
            mistaken_names=tuple(dict.fromkeys(mistaken)),
        )

    def rule(self, pointer: str) -> Rule:
        """The rule of the schema at a pointer.

        A schema that consists of itself, without an object of a class in between, is checked down to where it repeats.
        """
        if pointer not in self._made:
            self._made[pointer] = None
            self._made[pointer] = small(self._rule(pointer))
        return self._made[pointer] or Rule()

    def _rule(self, pointer: str) -> Rule:
        node = self._own(pointer)
        if "$ref" in node:
            target = self.rule(self.document.resolved(pointer))
            return self._with_siblings(target, pointer, node)
        if pointer in self.models:
            values = [value for value in _members(node) or () if isinstance(value, dict)]
            listed = tuple(values) if values else None
            return Rule(kind="object", model=self.models[pointer], nullable=_is_nullable(node), enum=listed)
        return self._scalar(pointer, node)

    def values(self, pointer: str) -> Rule:
        """The rule of the properties that an object may have besides those that are described."""
        further = child(pointer, "additionalProperties")
        return self.rule(further) if isinstance(self._own(pointer).get("additionalProperties"), dict) else Rule()

    def own(self, pointer: str) -> dict[str, Any]:
        """The schema at a pointer; empty where it is `true` or `false`."""
        return self._own(pointer)

    def demands(self, model: str, api_name: str) -> bool:
        """Whether an object that is sent has to have a property."""
        return not self.is_read_only(model, api_name) and api_name in self._required(self.document.resolved(model))

    def is_read_only(self, model: str, api_name: str) -> bool:
        """Whether only responses have a property."""
        places = self.property_pointers(model, api_name)
        return any(self._own(at).get("readOnly") for place in places for at in (place, self.document.resolved(place)))

    def _required(self, pointer: str) -> Iterator[str]:
        node = self._own(pointer)
        yield from node.get("required", ())
        for part in member_pointers(node, pointer, "allOf"):
            yield from self._required(self.document.resolved(part))

    def property_pointers(self, model: str, api_name: str) -> list[str]:
        """Where a property of an object is described: in its own schema, and in those that it is composed of."""
        pointer = self.document.resolved(model)
        node = self._own(pointer)
        found = [child(pointer, "properties", api_name)] if api_name in node.get("properties", {}) else []
        for part in member_pointers(node, pointer, "allOf"):
            found += self.property_pointers(part, api_name)
        return found

    def _own(self, pointer: str) -> dict[str, Any]:
        node = self.document.at(pointer)
        return node if isinstance(node, dict) else {}

    def _with_siblings(self, target: Rule, pointer: str, node: Mapping[str, Any]) -> Rule:
        return together(target, self._scalar(pointer, {key: value for key, value in node.items() if key != "$ref"}))

    def _scalar(self, pointer: str, node: Mapping[str, Any]) -> Rule:
        kinds = _kinds(node)
        enum = _members(node)
        rule = Rule(
            kind=_kind(node, kinds),
            nullable=_is_nullable(node),
            any_of=tuple(self._alternatives(pointer, node, kinds)),
            enum=tuple(member for member in enum if member is not None) if enum is not None else None,
            items=self._part(pointer, node, "items"),
            prefix_items=tuple(map(self.rule, member_pointers(node, pointer, "prefixItems"))),
            excluded=self._excluded(pointer, node),
            **self._contained(pointer, node),
            bits=_BITS.get(node.get("format", "")) if kinds == ["integer"] else None,
            random=kinds == ["integer"] and node.get("x-semantics") == "seed",
            **_keywords(node),
        )
        return _without_null(together(*map(self.rule, member_pointers(node, pointer, "allOf")), rule))

    def _part(self, pointer: str, node: Mapping[str, Any], keyword: str) -> Rule | None:
        found = self.rule(child(pointer, keyword)) if isinstance(node.get(keyword), dict) else Rule()
        return found if found != Rule() else None

    def _excluded(self, pointer: str, node: Mapping[str, Any]) -> Rule | None:
        place = child(pointer, "not")
        return self.rule(place) if isinstance(node.get("not"), dict) and is_exact(self.document, place) else None

    def _contained(self, pointer: str, node: Mapping[str, Any]) -> dict[str, Any]:
        place = child(pointer, "contains")
        if not isinstance(node.get("contains"), dict):
            return {}
        most = node.get("maxContains") if is_exact(self.document, place) else None
        return {"contains": self.rule(place), "min_contains": node.get("minContains", 1), "max_contains": most}

    def _alternatives(self, pointer: str, node: Mapping[str, Any], kinds: list[str]) -> Iterator[Rule]:
        for keyword in ("anyOf", "oneOf"):
            yield from map(self.rule, member_pointers(node, pointer, keyword))
        if len(kinds) > 1:
            yield from (Rule(kind=_kind(node, [kind])) for kind in kinds)


def small(rule: Rule) -> Rule:
    """The rule, or only its kind if it has so many parts that no one would read what it allows."""
    return rule if _parts(rule, _MOST_PARTS) > 0 else Rule(kind=rule.kind, nullable=rule.nullable)


def _parts(rule: Rule, most: int) -> int:
    """What is left of a number when each part of a rule takes one; 0 or less if it has more parts."""
    most -= 1
    parts = (rule.items, rule.contains, rule.excluded, *rule.prefix_items, *rule.any_of, *rule.all_of)
    for part in parts:
        if part is not None and most > 0:
            most = _parts(part, most)
    return most


def _kind(node: Mapping[str, Any], kinds: list[str]) -> str | None:
    if len(kinds) != 1:
        return None
    if kinds[0] == "string":
        return _FORMATS.get(node.get("format", ""), "string")
    # An object without a class of its own is passed on as it is.
    return None if kinds[0] == "object" else kinds[0]


def _kinds(node: Mapping[str, Any]) -> list[str]:
    types = node.get("type")
    if types is None:
        found = {_TYPES.get(type(member), "") for member in _members(node) or () if member is not None}
        return [*found] if len(found) == 1 and found != {""} else []
    named = types if isinstance(types, list) else [types]
    return [kind for kind in named if kind != "null"] or ["null"]


def _is_nullable(node: Mapping[str, Any]) -> bool:
    types, enum = node.get("type"), _members(node)
    if enum is not None:
        return None in enum
    return (isinstance(types, list) and "null" in types) or bool(node.get("nullable"))


def _members(node: Mapping[str, Any]) -> list[Any] | None:
    if "const" in node:
        return [node["const"]]
    enum = node.get("enum")
    return list(enum) if isinstance(enum, list) else None


def _keywords(node: Mapping[str, Any]) -> dict[str, Any]:
    minimum, maximum = _number(node.get("minimum")), _number(node.get("maximum"))
    above, below = node.get("exclusiveMinimum"), node.get("exclusiveMaximum")
    # OpenAPI 3.0 has exclusiveMinimum: true beside minimum.
    return {
        "minimum": None if above is True else minimum,
        "maximum": None if below is True else maximum,
        "exclusive_minimum": minimum if above is True else _number(above),
        "exclusive_maximum": maximum if below is True else _number(below),
        "multiple_of": _number(node.get("multipleOf")),
        "min_length": node.get("minLength"),
        "max_length": node.get("maxLength"),
        "pattern": node.get("pattern"),
        "min_items": node.get("minItems"),
        "max_items": node.get("maxItems"),
        "unique_items": bool(node.get("uniqueItems")),
    }


def _number(value: Any) -> Number | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return int(value) if value == int(value) else value


def together(*rules: Rule) -> Rule:
    """One rule for several: that of the first kind, and what the others add."""
    given = [rule for rule in rules if rule != Rule()]
    base = next((rule for rule in given if rule.kind is not None), next(iter(given), Rule()))
    return base._replace(all_of=(*base.all_of, *(rule for rule in given if rule is not base)))


def _without_null(rule: Rule) -> Rule:
    others = tuple(part for part in rule.any_of if part.kind != "null")
    if len(others) == len(rule.any_of):
        return rule
    if not others:
        return rule._replace(kind="null", any_of=())
    rule = rule._replace(nullable=True, any_of=others)
    only = others[0] if len(others) == 1 else None
    return (
        only._replace(nullable=True)
        if only is not None and rule._replace(any_of=(), nullable=False) == Rule()
        else rule
    )
