"""Rules that fit the types of Python: where a type is `Any`, values are those of JSON, and not objects of classes."""

from collections.abc import Callable, Iterator

from runtime.base.rules import Rule

from ..upstream.internals import (
    AnyProperty,
    ListProperty,
    ModelProperty,
    PropertyProtocol,
    StringProperty,
    UnionProperty,
)

_TEXTS = ("date-time", "date", "uuid", "binary")


def fitted(rule: Rule, prop: PropertyProtocol) -> Rule:
    """The rule of a schema for values of the type that openapi-python-client has for it."""
    if isinstance(prop, UnionProperty):
        return _of_union(rule, list(_flat(prop)))
    if isinstance(prop, AnyProperty):
        return _of_json(rule)
    if isinstance(prop, ListProperty):
        return _of_list(rule, prop)
    if isinstance(prop, ModelProperty):
        name = str(prop.class_info.name)
        if {*_models(rule)} == {name}:
            return rule
        return Rule(kind="object", model=name, nullable=rule.nullable, enum=rule.enum)
    # A date in a header is a text.
    is_text = isinstance(prop, StringProperty) and rule.kind in _TEXTS
    return rule._replace(kind="string") if is_text else rule


def _of_union(rule: Rule, props: list[PropertyProtocol]) -> Rule:
    lists = [prop for prop in props if isinstance(prop, ListProperty)]
    classes = {str(prop.class_info.name) for prop in props if isinstance(prop, ModelProperty)}
    if any(isinstance(prop, AnyProperty) for prop in props) or not {*_models(rule)} <= classes:
        return _of_json(rule)
    if len(lists) == 1:
        return _of_list(rule, lists[0])
    return _each(rule, _of_json_items) if any(_holds_any(prop) for prop in lists) else rule


def _flat(prop: PropertyProtocol) -> Iterator[PropertyProtocol]:
    if isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from _flat(inner)
    else:
        yield prop


def _holds_any(prop: PropertyProtocol) -> bool:
    if isinstance(prop, ListProperty):
        return _holds_any(prop.inner_property)
    return any(isinstance(inner, AnyProperty) for inner in _flat(prop))


def _of_list(rule: Rule, prop: ListProperty) -> Rule:
    def part(own: Rule) -> Rule:
        # The first members of an array have the type of all.
        is_any = _holds_any(prop)
        return own._replace(
            items=fitted(own.items, prop.inner_property) if own.items is not None else None,
            prefix_items=tuple(_of_json(one) if is_any else one for one in own.prefix_items),
            contains=_of_json(own.contains) if own.contains is not None and is_any else own.contains,
        )

    return _each(rule, part)


def _of_json(rule: Rule) -> Rule:
    """The rule for a value of JSON: dates are texts, and objects are not checked."""

    def part(own: Rule) -> Rule:
        kind = "string" if own.kind in _TEXTS else own.kind
        return _of_json_items(own._replace(kind=None if kind == "object" else kind, model=None))

    return _each(rule, part)


def _of_json_items(rule: Rule) -> Rule:
    return rule._replace(
        items=_of_json(rule.items) if rule.items is not None else None,
        prefix_items=tuple(map(_of_json, rule.prefix_items)),
        contains=_of_json(rule.contains) if rule.contains is not None else None,
    )


def _each(rule: Rule, change: Callable[[Rule], Rule]) -> Rule:
    """The rule with a change of itself, its alternatives and its further parts."""
    return change(rule)._replace(
        any_of=tuple(_each(part, change) for part in rule.any_of),
        all_of=tuple(_each(part, change) for part in rule.all_of),
    )


def _models(rule: Rule) -> Iterator[str]:
    if rule.model is not None:
        yield rule.model
    for part in (*rule.any_of, *rule.all_of):
        yield from _models(part)
