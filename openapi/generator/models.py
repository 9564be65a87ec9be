"""Which classes are requests, and how their checks get into the code that openapi-python-client writes for them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from openapi_python_client.parser.properties import AnyProperty, ModelProperty, Property
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonCode

from runtime.rules import Field, Rule, described

from .document import Document
from .evidence import evidence
from .operation_views import OperationView
from .properties import model_pointer as model_pointer
from .properties import properties
from .schema_rules import SchemaRules, source

_ATTRS = "from attrs import define as _attrs_define\n"


def model_names(models: Iterable[ModelProperty]) -> dict[str, str]:
    """Name of the class that stands for a schema, by its pointer."""
    return {model_pointer(model): str(model.class_info.name) for model in models}


def model_fields(model: ModelProperty, rules: SchemaRules) -> list[Field]:
    """What the properties of a class have to be, in the order of its constructor."""
    return [
        rules.field(prop.python_name, wire, _is_needed(prop, place, rules), rules.property_pointers(place, wire))
        for place in [model_pointer(model)]
        for prop in properties(model)
        for wire in [prop.name.get_untrusted_value()]
    ]


def _is_needed(prop: Property, model: str, rules: SchemaRules) -> bool:
    # What only requests have cannot be missed in answers, so that the class itself does not require it.
    return prop.default is None and (prop.required or rules.demands(model, prop.name.get_untrusted_value()))


def sent(operations: Iterable[OperationView], models: Mapping[str, ModelProperty]) -> set[str]:
    """Names of the classes that requests hold."""
    props = [prop for view in operations for prop in (*view.parameters, *(body.prop for body in view.endpoint.bodies))]
    return _reachable(props, models)


def received(operations: Iterable[OperationView], models: Mapping[str, ModelProperty]) -> set[str]:
    """Names of the classes that answers hold."""
    return _reachable([response.parsed.prop for view in operations for response in view.responses], models)


def with_clear_types(code: str, model: ModelProperty) -> str:
    """The code of a class with the lines changed that type checkers cannot follow."""
    code = code.replace("_attrs_field(init=False, factory=dict)", "_attrs_field(init=False, factory=lambda: {})")
    imports = "".join(f"from ..types import {name} as _{name}\n" for name in ("is_array", "is_constant", "is_object"))
    code = code.replace(_ATTRS, f"{_ATTRS}{imports}", 1)
    # The variable for the object is called like its module, and perhaps like a property.
    name = str(model.class_info.module_name)
    if all(prop.python_name != name for prop in properties(model)):
        return code
    for line in (f"{name} = cls(", f"{name}.additional_properties = ", f"return {name}"):
        code = re.sub(rf"^        {re.escape(line)}", f"        {line.replace(name, f'_{name}', 1)}", code, flags=re.M)
    return code


def with_typed_list(code: str, variable: str, type_: PythonCode) -> str:
    """Code that fills a list, with the type of the list where the variable has none yet."""
    if not variable.isidentifier():
        return code
    return code.replace(f"{variable} = []", f"{variable}: {type_.as_unembedded_code()} = []", 1)


_PLAIN = (AnyProperty, BooleanProperty, FloatProperty, IntProperty, NoneProperty, StringProperty)
"""What is read as it is."""


def with_strict_end(code: str, union: UnionProperty) -> str:
    """Code that reads one of several alternatives, with an error where the JSON is none of them."""
    other = 'raise TypeError("none of the documented alternatives")'
    code = code.replace("raise TypeError()", other)
    plain = [prop for prop in union.inner_properties if isinstance(prop, _PLAIN)]
    if any(isinstance(prop, AnyProperty) for prop in plain):
        return code
    if all(isinstance(prop, NoneProperty) for prop in plain):
        return re.sub(r"^    return cast\(.*, data\)$", f"    {other}", code, flags=re.M)
    # Plain types are not checked elsewhere either.
    guard = f"    if isinstance(data, (dict, list)):\n        {other}\n"
    return re.sub(r"^    return cast\(.*, data\)$", lambda end: guard + end.group(), code, flags=re.M)


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
    values = rules.values(model_pointer(model))
    options = [f"values={source(values)}"] if values != Rule() else []
    options += ["tolerant_answers=True"] if tolerant else []
    lines = [
        "from .._runtime.checking import check_assignment, checked",
        "from .._runtime.rules import Field, Rule",
        f"FIELDS = (\n{fields})",
        f"@checked({', '.join(['*FIELDS', *options])})",
        f"@_attrs_define(on_setattr=check_assignment)\nclass {model.class_info.name}:",
    ]
    head, _, tail = code.partition(_ATTRS)
    imports = "\n".join([*lines[:2], ""])
    return head + _ATTRS + imports + tail.replace(plain, "\n".join(lines[2:]))


def describe(
    props: Iterable[Property], fields: Iterable[Field], document: Document, pointers: Mapping[str, list[str]]
) -> None:
    """Put what is allowed, and how well that is known, into the descriptions that docstrings are made of."""
    for prop, field in zip(props, fields, strict=True):
        places = pointers.get(field.wire, [])
        known = evidence(document, places[0]) if places else ""
        known = f"; evidence: {known}" if known else ""
        sentence = next(filter(None, (_description(document, place) for place in places)), "")
        prop.description = UntrustedString(f"{sentence} ({described(field.rule)}{known})".strip())


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
