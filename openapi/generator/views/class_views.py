"""Classes that stand for schemas, as the template of a class needs them."""

from collections.abc import Sequence

from attrs import frozen

from runtime.base.rules import Field, ObjectRule, Rule

from ..upstream.internals import ModelProperty, Property, PropertyProtocol
from ..upstream.properties import declaration, default_code, model_pointer, properties, type_code
from .json_types import JsonTypes
from .models import model_fields
from .object_rules import ObjectRules
from .operation_views import OperationView
from .python_source import source
from .rule_fitting import fitted
from .schema_rules import SchemaRules


@frozen
class ClassView:
    """A class: finished lines of code.

    Args:
        declarations: A line for each property, in the order of the constructor.
        properties: How each property is read and written, in the order in which they are written.
        further: The type of further properties, where it is not any.
        further_type: The same for type checkers, or None where it has no further properties.
        further_base: The same for the base class, which is made before the classes that are loaded later.
        imports: Imports that its code needs.
        typing_imports: Imports that only type checkers need: classes can hold each other.
        fields: What its properties have to be. Empty where it is not checked.
        whole: What it has to be as a whole, or None where there is no such rule.
        checks: Arguments of the decorator that checks it, or None where no request holds it.
        draws: Whether its constructor takes "random" for a seed.
        reads_images: Whether it can be read from an image that was made with it.
    """

    declarations: Sequence[str]
    properties: Sequence[str]
    further: str | None
    further_type: str | None
    further_base: str | None
    imports: Sequence[str]
    typing_imports: Sequence[str]
    fields: Sequence[str]
    whole: str | None
    checks: str | None
    draws: bool
    reads_images: bool


def class_view(
    model: ModelProperty,
    rules: SchemaRules,
    json_types: JsonTypes,
    operations: Sequence[OperationView],
    is_sent: bool,
    is_received: bool,
) -> ClassView:
    """A class.

    Args:
        model: The class as openapi-python-client has it.
        rules: Makes rules.
        json_types: Makes types.
        operations: The operations of the document.
        is_sent: Whether requests hold it: then it is checked.
        is_received: Whether responses hold it: what they hold is not checked.
    """
    fields = model_fields(model, rules) if is_sent else []
    whole = _whole(model, rules, fields) if is_sent else ObjectRule()
    seeds = {field.name for field in fields if field.rule.random}
    # The converter has this type and no other.
    drawn = {prop.python_name for prop in properties(model) if type_code(prop) == "int | Unset"} & seeds
    further = model.additional_properties or None
    held = [*properties(model), *([further] if further else [])]
    type_ = json_types.source(further) if further else "_json.ANY"
    return ClassView(
        declarations=[_declaration(prop, prop.python_name in drawn) for prop in properties(model)],
        properties=[_property(prop, model, rules, json_types) for prop in _written(model)],
        further=None if type_ == "_json.ANY" else type_,
        further_type=type_code(further) if further else None,
        further_base=_quoted(further) if further else None,
        imports=sorted({line for prop in held for line in prop.get_imports(prefix="..")}),
        typing_imports=sorted({line for prop in held for line in prop.get_lazy_imports(prefix="..")} - {_own(model)}),
        fields=[source(field) for field in fields],
        whole=source(whole) if whole != ObjectRule() else None,
        checks=_checks(model, rules, whole, is_received) if is_sent else None,
        draws=bool(drawn),
        reads_images=is_sent and any(view.gives_images and view.request_class is model for view in operations),
    )


def _whole(model: ModelProperty, rules: SchemaRules, fields: Sequence[Field]) -> ObjectRule:
    names = [field.api_name for field in fields]
    return ObjectRules(rules).rule(model_pointer(model), names, bool(model.additional_properties))


def _checks(model: ModelProperty, rules: SchemaRules, whole: ObjectRule, is_received: bool) -> str:
    further = model.additional_properties
    values = fitted(rules.values(model_pointer(model)), further) if further else Rule()
    options = ["*FIELDS", *([f"values={source(values)}"] if values != Rule() else [])]
    options += ["whole=WHOLE"] if whole != ObjectRule() else []
    return ", ".join([*options, *(["tolerant_responses=True"] if is_received else [])])


def _own(model: ModelProperty) -> str:
    return f"from ..{model.self_import}"


def _quoted(prop: PropertyProtocol) -> str:
    return source(type_code(prop)) if prop.get_lazy_imports(prefix="..") else type_code(prop)


def _written(model: ModelProperty) -> list[Property]:
    return [*(model.required_properties or ()), *(model.optional_properties or ())]


def _property(prop: Property, model: ModelProperty, rules: SchemaRules, json_types: JsonTypes) -> str:
    api_name = prop.name.get_untrusted_value()
    options = ["required=True"] if prop.required else []
    options += ["read_only=True"] if rules.is_read_only(model_pointer(model), api_name) else []
    arguments = [source(str(prop.python_name)), source(api_name), json_types.source(prop), *options]
    return f"_Property({', '.join(arguments)})"


def _declaration(prop: Property, draws: bool) -> str:
    if not draws:
        return declaration(prop)
    # Type checkers learn from the converter what the constructor takes.
    return f"{prop.python_name}: {type_code(prop)} = _attrs_field(default={default_code(prop)}, converter=drawn)"
