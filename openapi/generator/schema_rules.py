"""From the schemas of the document to the rules of the client."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, fields, frozen

from runtime.rules import Field, Number, Rule

from .document import Document, child

_FORMATS = {"date-time": "date-time", "date": "date", "uuid": "uuid", "binary": "binary"}
_BITS = {"int32": 32, "int64": 64}


@frozen
class SchemaRules:
    """Makes rules.

    Args:
        document: The document.
        models: Name of the class that stands for an object, by the pointer of its schema.
    """

    document: Document
    models: Mapping[str, str]

    def field(self, name: str, wire: str, required: bool, pointers: list[str]) -> Field:
        """The field of a parameter or property that one or several schemas speak of."""
        rules = [self.rule(pointer) for pointer in pointers]
        rule = evolve(rules[0], all_of=(*rules[0].all_of, *rules[1:])) if rules else Rule()
        mistaken = [word for pointer in pointers for word in self._own(pointer).get("x-mistaken-names", ())]
        return Field(name=name, wire=wire, required=required, rule=rule, mistaken_names=tuple(mistaken))

    def rule(self, pointer: str) -> Rule:
        """The rule of the schema at a pointer."""
        node = self._own(pointer)
        if "$ref" in node:
            target = self.rule(self.document.resolved(pointer))
            return self._with_siblings(target, pointer, node)
        if pointer in self.models:
            return Rule(kind="object", model=self.models[pointer])
        return self._scalar(pointer, node)

    def property_pointers(self, model: str, wire: str) -> list[str]:
        """Where a property of an object is described: in its own schema, and in those that it is composed of."""
        pointer = self.document.resolved(model)
        node = self._own(pointer)
        found = [child(pointer, "properties", wire)] if wire in node.get("properties", {}) else []
        for index in range(len(node.get("allOf", ()))):
            found += self.property_pointers(child(pointer, "allOf", str(index)), wire)
        return found

    def _own(self, pointer: str) -> dict[str, Any]:
        node = self.document.at(pointer)
        return node if isinstance(node, dict) else {}

    def _with_siblings(self, target: Rule, pointer: str, node: Mapping[str, Any]) -> Rule:
        own = self._scalar(pointer, {key: value for key, value in node.items() if key != "$ref"})
        return target if own == Rule() else evolve(target, all_of=(*target.all_of, own))

    def _scalar(self, pointer: str, node: Mapping[str, Any]) -> Rule:
        types = node.get("type")
        kinds = [kind for kind in (types if isinstance(types, list) else [types]) if kind not in (None, "null")]
        nullable = (isinstance(types, list) and "null" in types) or bool(node.get("nullable"))
        enum = _members(node)
        nullable = nullable or (enum is not None and None in enum)
        rule = Rule(
            kind=_kind(node, kinds),
            nullable=nullable,
            any_of=tuple(self._alternatives(pointer, node, kinds)),
            all_of=tuple(self._parts(pointer, node)),
            enum=tuple(member for member in enum if member is not None) if enum is not None else None,
            items=self.rule(child(pointer, "items")) if isinstance(node.get("items"), dict) else None,
            **_keywords(node),
        )
        return _without_null(_only_part(rule))

    def _alternatives(self, pointer: str, node: Mapping[str, Any], kinds: list[str]) -> Iterator[Rule]:
        for keyword in ("anyOf", "oneOf"):
            for index in range(len(node.get(keyword, ()))):
                yield self.rule(child(pointer, keyword, str(index)))
        if len(kinds) > 1:
            yield from (Rule(kind=_kind(node, [kind])) for kind in kinds)

    def _parts(self, pointer: str, node: Mapping[str, Any]) -> Iterator[Rule]:
        for index in range(len(node.get("allOf", ()))):
            yield self.rule(child(pointer, "allOf", str(index)))


def source(value: Any) -> str:
    """A rule or a field as Python code, without what it leaves at its default."""
    if isinstance(value, (Rule, Field)):
        given = [(at.name, getattr(value, at.name), at.default) for at in fields(type(value))]
        arguments = [
            f"{name}={source(own)}" for name, own, default in given if own != default or type(own) is not type(default)
        ]
        return f"{type(value).__name__}({', '.join(arguments)})"
    if isinstance(value, tuple):
        return f"({''.join(f'{source(member)}, ' for member in value)})"
    return repr(value)


def _kind(node: Mapping[str, Any], kinds: list[str]) -> str | None:
    if len(kinds) != 1:
        return None
    if kinds[0] == "string":
        return _FORMATS.get(node.get("format", ""), "string")
    # An object without a class of its own is passed on as it is.
    return None if kinds[0] == "object" else kinds[0]


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
        "bits": _BITS.get(node.get("format", "")) if node.get("type") == "integer" else None,
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


def _only_part(rule: Rule) -> Rule:
    # `allOf` with one member and nothing beside it is how OpenAPI 3.0 describes a reference.
    return rule.all_of[0] if len(rule.all_of) == 1 and evolve(rule, all_of=()) == Rule() else rule


def _without_null(rule: Rule) -> Rule:
    others = tuple(part for part in rule.any_of if part != Rule(kind="null"))
    if len(others) == len(rule.any_of):
        return rule
    rule = evolve(rule, nullable=True, any_of=others)
    only = others[0] if len(others) == 1 else None
    return (
        evolve(only, nullable=True) if only is not None and evolve(rule, any_of=(), nullable=False) == Rule() else rule
    )
