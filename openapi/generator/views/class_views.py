"""Classes that stand for schemas, as the template of a class needs them."""

from collections.abc import Sequence

from attrs import frozen

from runtime.base.rules import Field, ObjectRule, Rule

from ..upstream.internals import ModelProperty, Property
from ..upstream.properties import declaration, default_code, model_pointer, properties, type_code
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
        variable: Name of the variable for the object that `from_dict` makes.
        fields: What its properties have to be. Empty where it is not checked.
        whole: What it has to be as a whole, or None where there is no such rule.
        checks: Arguments of the decorator that checks it, or None where no request holds it.
        draws: Whether its constructor takes "random" for a seed.
        reads_images: Whether it can be read from an image that was made with it.
    """

    declarations: Sequence[str]
    variable: str
    fields: Sequence[str]
    whole: str | None
    checks: str | None
    draws: bool
    reads_images: bool


def class_view(
    model: ModelProperty,
    rules: SchemaRules,
    operations: Sequence[OperationView],
    is_sent: bool,
    is_received: bool,
) -> ClassView:
    """A class.

    Args:
        model: The class as openapi-python-client has it.
        rules: Makes rules.
        operations: The operations of the document.
        is_sent: Whether requests hold it: then it is checked.
        is_received: Whether responses hold it: what they hold is not checked.
    """
    fields = model_fields(model, rules) if is_sent else []
    whole = _whole(model, rules, fields) if is_sent else ObjectRule()
    seeds = {field.name for field in fields if field.rule.random}
    # The converter has this type and no other.
    drawn = {prop.python_name for prop in properties(model) if type_code(prop) == "int | Unset"} & seeds
    return ClassView(
        declarations=[_declaration(prop, prop.python_name in drawn) for prop in properties(model)],
        variable=_variable(model),
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


def _variable(model: ModelProperty) -> str:
    """The name of the class's module, unless a property has that name."""
    name = str(model.class_info.module_name)
    return f"_{name}" if any(prop.python_name == name for prop in properties(model)) else name


def _declaration(prop: Property, draws: bool) -> str:
    if not draws:
        return declaration(prop)
    # Type checkers learn from the converter what the constructor takes.
    return f"{prop.python_name}: {type_code(prop)} = _attrs_field(default={default_code(prop)}, converter=drawn)"
