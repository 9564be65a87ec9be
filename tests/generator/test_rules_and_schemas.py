"""Rules that are made from drawn schemas, beside a JSON Schema validator: what fits a schema is never refused."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis_jsonschema import from_schema
from jsonschema import Draft202012Validator

from generator.checks.odd_schemas import odd_schemas
from generator.document.document import Document
from generator.document.simplification import simplified
from generator.views.object_rules import ObjectRules
from generator.views.schema_rules import SchemaRules
from runtime.validation.objects import object_flaws
from runtime.validation.values import faults

PLACE = "/components/schemas/Drawn"

TEXTS = st.text(st.sampled_from("ab1 ż😀"), max_size=4)
NUMBERS = st.integers(-20, 20) | st.integers(-40, 40).map(lambda halves: halves / 2)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
NAMES = st.sampled_from(["a", "b", "c", "ab"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
PATTERNS = st.sampled_from(["^a", "b$", "^[ab]*$", r"\d", "^.{2,}$"])
STEPS = st.sampled_from([1, 2, 0.5, 2.5])
SIZES = st.integers(0, 3)
RANGES = (
    *((least, most) for least in ("minimum", "exclusiveMinimum") for most in ("maximum", "exclusiveMaximum")),
    *((f"min{thing}", f"max{thing}") for thing in ("Length", "Items", "Properties", "Contains")),
)


def _optional(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keywords)


def _typed(kind: str, **keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _optional(**keywords).map(lambda rules: {"type": kind, **_ordered(rules)})


def _ordered(rules: dict[str, Any]) -> dict[str, Any]:
    """Rules without ranges in which no value lies: those are not checked."""
    for least, most in RANGES:
        if least in rules and most in rules and rules[least] >= rules[most]:
            rules = {name: rule for name, rule in rules.items() if name != most}
    return rules


TEXT = _typed("string", minLength=SIZES, maxLength=SIZES, pattern=PATTERNS)
BOUNDS = {"minimum": NUMBERS, "maximum": NUMBERS, "exclusiveMinimum": NUMBERS, "exclusiveMaximum": NUMBERS}
NUMBER = _typed("number", **BOUNDS, multipleOf=STEPS) | _typed("integer", **BOUNDS, multipleOf=STEPS)
LISTED = st.lists(SCALARS, min_size=1, max_size=3).map(lambda values: {"enum": values}) | SCALARS.map(
    lambda value: {"const": value}
)
SIMPLE = TEXT | NUMBER | LISTED | st.sampled_from([{"type": "boolean"}, {"type": "null"}, {}])
SEVERAL = st.lists(st.sampled_from(["string", "integer", "boolean", "null"]), min_size=1, max_size=3, unique=True).map(
    lambda kinds: {"type": kinds, "minLength": 1, "minimum": 0}
)
EXCLUDED = st.builds(lambda schema, no: {**schema, "not": no}, SIMPLE, SIMPLE)


def _composed(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    array = _typed(
        "array",
        items=inner,
        prefixItems=st.lists(inner, min_size=1, max_size=2),
        contains=inner,
        minContains=SIZES,
        maxContains=SIZES,
        minItems=SIZES,
        maxItems=SIZES,
        uniqueItems=st.booleans(),
    )
    parts = st.lists(inner, min_size=1, max_size=3)
    return array | parts.map(lambda some: {"anyOf": some}) | parts.map(lambda some: {"allOf": some})


SCHEMAS = st.recursive(SIMPLE | SEVERAL | EXCLUDED, _composed, max_leaves=4)


def _document(schema: dict[str, Any]) -> Document:
    root = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Drawn": schema}}}
    return simplified(Document("drawn.yaml", root, {"": 1}))[0]


def _has_whole_floats(value: object) -> bool:
    """Whether a value has a float that JSON Schema takes for an integer, and Python does not."""
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (isinstance(value, float) and value.is_integer()) or any(map(_has_whole_floats, members))


CHECKED = settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@CHECKED
@given(schema=SCHEMAS, data=st.data())
def test_a_value_that_fits_a_schema_is_not_refused(schema: dict[str, Any], data: st.DataObject) -> None:
    """A value that is drawn from a schema breaks no rule that is made from it."""
    try:
        value = data.draw(from_schema(schema))
    except (InvalidArgument, ValueError):
        assume(False)
    assume(Draft202012Validator(schema).is_valid(value) and not _has_whole_floats(value))
    rule = SchemaRules(_document(schema), {}).rule(PLACE)
    assert [str(fault) for fault in faults(rule, value, "value")] == []


@CHECKED
@given(schema=SCHEMAS, value=VALUES)
def test_any_value_is_judged_as_a_validator_does(schema: dict[str, Any], value: Any) -> None:
    """A value is refused if and only if it does not fit."""
    assume(not _has_whole_floats(value))
    # How often something is contained is checked where it can be told exactly; and null is what one part allows.
    assume("maxContains" not in str(schema) and not ("allOf" in str(schema) and "None" in repr(value)))
    fits = Draft202012Validator(schema).is_valid(value)
    rule = SchemaRules(_document(schema), {}).rule(PLACE)
    assert (not any(faults(rule, value, "value"))) == fits


KEYWORDS = st.sampled_from(
    [
        "type",
        "enum",
        "const",
        "default",
        "required",
        "properties",
        "items",
        "additionalProperties",
        "nullable",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "prefixItems",
        "contains",
        "propertyNames",
        "patternProperties",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "multipleOf",
        "minLength",
        "pattern",
        "format",
        "discriminator",
        "minItems",
        "uniqueItems",
        "minProperties",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedProperties",
        "description",
        "title",
        "readOnly",
        "maximun",
        "$defs",
        "example",
    ]
)
ODD_SCHEMAS = st.recursive(
    VALUES | st.sampled_from(["string", "object", "array", "^a(", "date", {"$ref": "#/components/schemas/Drawn"}]),
    lambda inner: st.dictionaries(KEYWORDS, inner, max_size=4) | st.lists(inner, max_size=2),
)


@CHECKED
@given(schema=st.dictionaries(KEYWORDS, ODD_SCHEMAS, max_size=5), value=VALUES)
def test_no_schema_makes_the_generator_stumble(schema: dict[str, Any], value: Any) -> None:
    """Whatever stands in a schema: it is mended or left out, and what remains can be checked."""
    root = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Drawn": schema}}}
    document = Document("drawn.yaml", root, {"": 1})
    assert all(problem.instead for problem in odd_schemas(document))
    rules = SchemaRules(simplified(document)[0], {})
    list(faults(rules.rule(PLACE), value, "value"))
    list(object_flaws(ObjectRules(rules).rule(PLACE, [], is_open=True), {"a"}, {}))


SETS = st.lists(NAMES, min_size=1, max_size=2, unique=True).map(lambda names: {"required": names})
CONDITION = st.fixed_dictionaries(
    {"if": _optional(properties=st.dictionaries(NAMES, LISTED, max_size=2), required=st.lists(NAMES, max_size=1))},
    optional={"then": SETS, "else": SETS},
)
OBJECT = _typed(
    "object",
    required=st.lists(NAMES, max_size=2, unique=True),
    minProperties=SIZES,
    maxProperties=st.integers(1, 3),
    dependentRequired=st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True), max_size=2),
    dependentSchemas=st.dictionaries(NAMES, SETS, max_size=1),
    anyOf=st.lists(SETS, min_size=1, max_size=2),
    oneOf=st.lists(SETS, min_size=1, max_size=2),
    propertyNames=TEXT,
    **{"not": SETS | st.lists(SETS, min_size=1, max_size=2).map(lambda some: {"anyOf": some})},
)
OBJECTS = (
    OBJECT | CONDITION | st.lists(OBJECT, min_size=1, max_size=2).map(lambda parts: {"type": "object", "allOf": parts})
)


@CHECKED
@given(schema=OBJECTS, value=st.dictionaries(NAMES, SCALARS, max_size=4))
def test_an_object_is_judged_as_a_validator_does(schema: dict[str, Any], value: dict[str, Any]) -> None:
    """An object as a whole is refused if and only if it does not fit."""
    fits = Draft202012Validator(schema).is_valid(value)
    rule = ObjectRules(SchemaRules(_document(schema), {})).rule(PLACE, [], is_open=True)
    flaws = [
        *object_flaws(rule, {*value}, {}, value),
        *(fault for name in value for fault in faults(rule.names, name, name)),
    ]
    assert (not flaws) == fits, flaws


@pytest.mark.parametrize("depth", [1, 30])
def test_a_schema_that_consists_of_itself_has_a_rule_of_bounded_size(depth: int) -> None:
    """Recursion without an object of a class ends, and alternatives of alternatives do not explode."""
    again = {"$ref": "#/components/schemas/Drawn"}
    schema: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": again}, *([again] * depth)]}
    rule = SchemaRules(_document(schema), {}).rule(PLACE)
    assert len(repr(rule)) < 200_000
    assert not any(faults(rule, [["a"]], "value"))
