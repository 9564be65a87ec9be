"""Classes that stand for schemas: what their properties have to be, and which of them are sent and received."""

import builtins
from collections.abc import Iterable, Iterator, Mapping

from runtime.base.rules import Field, Rule, described, listed

from ..document.document import Document
from ..upstream.internals import ListProperty, ModelProperty, Property, PropertyProtocol, UnionProperty, UntrustedString
from ..upstream.properties import model_pointer as model_pointer
from ..upstream.properties import properties
from .field_facts import with_facts
from .operation_views import OperationView
from .rule_fitting import fitted
from .schema_rules import SchemaRules

_MOST_LISTED = 8
"""Values of an enum that a docstring lists."""


def model_names(models: Iterable[ModelProperty]) -> dict[str, str]:
    """Name of the class that stands for a schema, by its pointer."""
    return {model_pointer(model): str(model.class_info.name) for model in models}


def model_fields(model: ModelProperty, rules: SchemaRules) -> list[Field]:
    """What the properties of a class have to be, in the order of its constructor."""
    place = model_pointer(model)
    found: list[Field] = []
    for prop in properties(model):
        api_name = prop.name.get_untrusted_value()
        pointers = rules.property_pointers(place, api_name)
        plain = rules.field(prop.python_name, api_name, _is_needed(prop, place, rules), pointers)
        found.append(with_facts(plain._replace(rule=fitted(plain.rule, prop)), rules.document, pointers))
    return found


def _is_needed(prop: Property, model: str, rules: SchemaRules) -> bool:
    # What only requests have cannot be missed in responses, so that the class itself does not require it.
    return prop.default is None and (prop.required or rules.demands(model, prop.name.get_untrusted_value()))


def sent(operations: Iterable[OperationView], models: Mapping[str, ModelProperty]) -> set[str]:
    """Names of the classes that requests hold."""
    props = [prop for view in operations for prop in (*view.parameters, *(body.prop for body in view.endpoint.bodies))]
    return _reachable(props, models)


def received(operations: Iterable[OperationView], models: Mapping[str, ModelProperty]) -> set[str]:
    """Names of the classes that responds hold."""
    return _reachable([response.parsed.prop for view in operations for response in view.responses], models)


def describe(
    props: Iterable[Property], fields: Iterable[Field], document: Document, pointers: Mapping[str, list[str]]
) -> None:
    """Put what is allowed into the descriptions that docstrings are made of. How well it is known stands in API.md."""
    for prop, field in zip(props, fields, strict=True):
        places = pointers.get(field.api_name, [])
        sentence = next(filter(None, (_description(document, place) for place in places)), "")
        note = " Read-only: requests leave it out." if any(_is_read_only(document, place) for place in places) else ""
        prop.description = UntrustedString(f"{sentence} ({_allowed(prop, field.rule)}){note}".strip())


def _is_read_only(document: Document, pointer: str) -> bool:
    found = (document.at(place) for place in (pointer, document.resolved(pointer)))
    return any(isinstance(node, dict) and node.get("readOnly") is True for node in found)


def _allowed(prop: Property, rule: Rule) -> str:
    """What is allowed, in words. A long list of values stands in the class that is named for it."""
    values, type_ = rule.enum or (), prop.get_type_string(no_optional=True).as_unembedded_code()
    words = described(rule)
    if len(values) <= _MOST_LISTED or not type_.isidentifier() or hasattr(builtins, type_):
        return words
    return words.replace(listed(values), f"the {len(values)} values of `{type_}`")


def _description(document: Document, pointer: str) -> str:
    found = (document.at(place).get("description") for place in (pointer, document.resolved(pointer)))
    return str(next(filter(None, found), "")).strip()


def _reachable(props: Iterable[Property], models: Mapping[str, ModelProperty]) -> set[str]:
    found: set[str] = set()
    waiting = [name for prop in props for name in _models_in(prop)]
    while waiting:
        name = waiting.pop()
        if name not in found and name in models:
            found.add(name)
            model = models[name]
            further = [model.additional_properties] if model.additional_properties else []
            waiting += [inner for prop in (*properties(model), *further) for inner in _models_in(prop)]
    return found


def _models_in(prop: PropertyProtocol) -> Iterator[str]:
    if isinstance(prop, ModelProperty):
        yield str(prop.class_info.name)
    elif isinstance(prop, ListProperty):
        yield from _models_in(prop.inner_property)
    elif isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from _models_in(inner)
