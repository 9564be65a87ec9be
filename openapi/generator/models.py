"""Which classes are requests, and how their checks get into the code that openapi-python-client writes for them."""

from collections.abc import Iterable, Iterator, Mapping

from openapi_python_client.parser.properties import ModelProperty, Property
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema.untrusted_string import UntrustedString

from runtime.rules import Field, described

from .document import Document
from .evidence import evidence
from .operation_views import OperationView, has_default, properties
from .preparation import POINTER
from .schema_rules import SchemaRules, source


def model_pointer(model: ModelProperty) -> str:
    """Where the schema of a class stands."""
    return str((model.data.model_extra or {}).get(POINTER, ""))


def model_names(models: Iterable[ModelProperty]) -> dict[str, str]:
    """Name of the class that stands for a schema, by its pointer."""
    return {model_pointer(model): str(model.class_info.name) for model in models}


def model_fields(model: ModelProperty, rules: SchemaRules) -> list[Field]:
    """What the properties of a class have to be, in the order of its constructor."""
    return [
        rules.field(prop.python_name, wire, not has_default(prop), rules.property_pointers(model_pointer(model), wire))
        for prop in properties(model)
        for wire in [prop.name.get_untrusted_value()]
    ]


def sent(operations: Iterable[OperationView], models: Mapping[str, ModelProperty]) -> set[str]:
    """Names of the classes that requests hold."""
    props = [prop for view in operations for prop in (*view.parameters, *(body.prop for body in view.endpoint.bodies))]
    return _reachable(props, models)


def received(operations: Iterable[OperationView], models: Mapping[str, ModelProperty]) -> set[str]:
    """Names of the classes that answers hold."""
    return _reachable([response.parsed.prop for view in operations for response in view.responses], models)


def with_typed_factory(code: str) -> str:
    """The code of a class with the one line changed that pyright cannot follow."""
    return code.replace("_attrs_field(init=False, factory=dict)", "_attrs_field(init=False, factory=lambda: {})")


def with_checks(code: str, model: ModelProperty, rules: SchemaRules, tolerant: bool) -> str:
    """The code of a class with its checks.

    Raises:
        ValueError: openapi-python-client writes its classes in another way than the pinned version does.
    """
    plain = f"@_attrs_define\nclass {model.class_info.name}:"
    if code.count(plain) != 1:
        raise ValueError(
            f"the template of models has changed: {plain!r} stands {code.count(plain)} times in its output"
        )
    fields = "".join(f"    {source(field)},\n" for field in model_fields(model, rules))
    checked = "@checked(*FIELDS, tolerant_answers=True)" if tolerant else "@checked(*FIELDS)"
    lines = [
        "from .._runtime.checking import check_assignment, checked",
        "from .._runtime.rules import Field, Rule",
        f"FIELDS = (\n{fields})",
        checked,
        f"@_attrs_define(on_setattr=check_assignment)\nclass {model.class_info.name}:",
    ]
    head, _, tail = code.partition("from attrs import define as _attrs_define\n")
    imports = "\n".join(["from attrs import define as _attrs_define", *lines[:2], ""])
    return head + imports + tail.replace(plain, "\n".join(lines[2:]))


def describe(
    props: Iterable[Property], fields: Iterable[Field], document: Document, pointers: Mapping[str, str]
) -> None:
    """Put what is allowed, and how well that is known, into the descriptions that docstrings are made of."""
    for prop, field in zip(props, fields, strict=True):
        known = evidence(document, pointers[field.wire]) if field.wire in pointers else ""
        known = f"; evidence: {known}" if known else ""
        sentence = prop.description.get_untrusted_value().strip() if prop.description else ""
        prop.description = UntrustedString(f"{sentence} ({described(field.rule)}{known})".strip())


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
