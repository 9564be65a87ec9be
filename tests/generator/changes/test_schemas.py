"""Schemas that are composed, or lie in each other: what a change of a part means for the whole."""

from typing import Any, Literal

import pytest
from attrs import frozen

from generator.changes.change import Change
from generator.changes.document_changes import document_changes
from tests.generator.changes.documents import document

Schema = dict[str, Any]


@frozen
class Row:
    """Two versions of a schema.

    Args:
        was: The old version.
        now: The new version.
        side: Which way its values go.
        kind: The kind of difference.
        title: What is said of it, or a part of that.
        back: The kind of difference in the other direction.
    """

    was: Schema
    now: Schema
    side: Literal["request", "response"]
    kind: str
    title: str
    back: str


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_CAT = {"title": "Cat", **_object(lives=_NUMBER)}
_DOG = {"title": "Dog", **_object(barks={"type": "boolean"})}
_TAG: Schema = {"$ref": "#/components/schemas/Tag"}
_TREE: Schema = {"$ref": "#/components/schemas/Tree"}

ROWS = {
    "a further alternative of a request": Row(
        {"anyOf": [_CAT]},
        {"anyOf": [_CAT, _DOG]},
        "request",
        "request-alternative-wider",
        "the body in the request of `call`: takes Dog too",
        "request-alternative-narrower",
    ),
    "a further alternative of a response": Row(
        {"oneOf": [_CAT]},
        {"oneOf": [_CAT, _DOG]},
        "response",
        "response-alternative-wider",
        "can be Dog too",
        "response-alternative-narrower",
    ),
    "an alternative that is null": Row(
        {"anyOf": [_TEXT, {"type": "null"}]},
        {"anyOf": [_TEXT]},
        "request",
        "request-null-narrower",
        "cannot be null any more",
        "request-null-wider",
    ),
    "another alternative": Row(
        {"anyOf": [_CAT, _DOG]},
        {"anyOf": [{"title": "Cat", **_object(lives=_TEXT)}, _DOG]},
        "response",
        "response-type-other",
        "`lives` in the response of `call`: is string, was integer",
        "response-type-other",
    ),
    "alternatives where there were none": Row(
        _object(),
        {"oneOf": [_CAT, _DOG]},
        "response",
        "response-alternative-wider",
        "the body of status 200 in the response of `call`: can be Cat too",
        "response-alternative-wider",
    ),
    "alternatives beside what an object holds": Row(
        _object(a=_TEXT),
        {**_object(a=_TEXT), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        "request",
        "unclassified",
        "`anyOf` of the body",
        "unclassified",
    ),
    "a further type by alternatives": Row(
        _object(size=_NUMBER),
        _object(size={"oneOf": [_NUMBER, _TEXT]}),
        "request",
        "request-alternative-wider",
        "`size` in the request of `call`: takes string too",
        "request-alternative-narrower",
    ),
    "null by alternatives": Row(
        _object(tag=_TAG),
        _object(tag={"anyOf": [_TAG, {"type": "null"}]}),
        "request",
        "request-null-wider",
        "`tag` in the request of `call`: can be null now",
        "request-null-narrower",
    ),
    "a bound within new alternatives": Row(
        _object(size={**_NUMBER, "maximum": 9}),
        _object(size={"anyOf": [{**_NUMBER, "maximum": 5}, {"type": "null"}]}),
        "request",
        "request-bound-narrower",
        "`maximum` of `size` in the request of `call`: `5`, was `9`",
        "request-bound-wider",
    ),
    "a property that two parts of an `allOf` describe": Row(
        {"allOf": [_object(data={"type": "array"}), _object(data={"type": "array", "items": _object(name=_TEXT)})]},
        {"allOf": [_object(data={"type": "array"}), _object(data={"type": "array", "items": _object()})]},
        "response",
        "response-field-removed",
        "`name` in the response of `call`: the field is gone",
        "response-field-added",
    ),
    "a class that has the name of its place": Row(
        _TREE,
        _object(left=_TREE, right=_TREE),
        "response",
        "class-inlined",
        "its class is named by its place now, and was called Tree",
        "class-extracted",
    ),
    "a class that has the name of another title": Row(
        _object(cat=_CAT),
        _object(cat={**_CAT, "title": "Tomcat"}),
        "request",
        "class-renamed",
        "the class is called Tomcat, was Cat",
        "class-renamed",
    ),
    "a discriminator": Row(
        {"oneOf": [_CAT, _DOG]},
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "kind"}},
        "response",
        "discriminator-added",
        "alternatives are told apart",
        "discriminator-removed",
    ),
    "another discriminator": Row(
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "type"}},
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "kind"}},
        "response",
        "discriminator-changed",
        "alternatives are told apart in another way",
        "discriminator-changed",
    ),
    "a bound in a part of an `allOf`": Row(
        {"allOf": [_object(size={"type": "integer", "maximum": 9})]},
        {"allOf": [_object(size={"type": "integer", "maximum": 5})]},
        "request",
        "request-bound-narrower",
        "`maximum` of `size` in the request of `call`: `5`, was `9`",
        "request-bound-wider",
    ),
    "a field in a further part of an `allOf`": Row(
        {"allOf": [_object(size=_NUMBER)]},
        {"allOf": [_object(size=_NUMBER), _object(name=_TEXT)]},
        "request",
        "field-added",
        "`name` in the request of `call`: the field is new",
        "field-removed",
    ),
    "a rule in a further part of an `allOf`": Row(
        {"allOf": [_object(size=_NUMBER)]},
        {"allOf": [_object(size=_NUMBER), {"type": "object", "minProperties": 1}]},
        "request",
        "unclassified",
        "`allOf` of the body",
        "unclassified",
    ),
    "a required field in a part of an `allOf`": Row(
        {"allOf": [_object(size=_NUMBER)]},
        {"allOf": [{**_object(size=_NUMBER), "required": ["size"]}]},
        "request",
        "field-now-required",
        "`size` in the request of `call`: is required now",
        "field-now-optional",
    ),
    "members of a list": Row(
        {"type": "array", "items": _TEXT},
        {"type": "array", "items": {"type": "string", "maxLength": 5}},
        "request",
        "request-bound-narrower",
        "`maxLength` of each member of the body",
        "request-bound-wider",
    ),
    "members of a list of objects": Row(
        {"type": "array", "items": _object(name=_TEXT)},
        {"type": "array", "items": _object()},
        "response",
        "response-field-removed",
        "`name` in the response of `call`: the field is gone",
        "response-field-added",
    ),
    "fewer members of a list": Row(
        {"type": "array", "items": _TEXT},
        {"type": "array", "items": _TEXT, "maxItems": 3},
        "request",
        "request-bound-narrower",
        "`maxItems` of the body",
        "request-bound-wider",
    ),
    "different members of a list": Row(
        {"type": "array", "items": _TEXT},
        {"type": "array", "items": _TEXT, "uniqueItems": True},
        "request",
        "request-bound-narrower",
        "`uniqueItems` of the body",
        "request-bound-wider",
    ),
    "other first members of a list": Row(
        {"type": "array", "prefixItems": [_TEXT]},
        {"type": "array", "prefixItems": [_NUMBER]},
        "request",
        "unclassified",
        "`prefixItems` of the body",
        "unclassified",
    ),
    "further members of an object": Row(
        {**_object(), "additionalProperties": _NUMBER},
        {**_object(), "additionalProperties": _TEXT},
        "response",
        "response-type-other",
        "each member of the body",
        "response-type-other",
    ),
    "no further members of an object that is read": Row(
        _object(),
        {**_object(), "additionalProperties": False},
        "response",
        "response-bound-narrower",
        "`additionalProperties` of the body",
        "response-bound-narrower",
    ),
    "a required name that is not described": Row(
        _object(),
        {**_object(), "required": ["name"]},
        "request",
        "request-bound-narrower",
        "`name`",
        "request-bound-wider",
    ),
    "a constant": Row(
        _object(kind={"const": "a"}),
        _object(kind={"const": "b"}),
        "request",
        "request-enum-narrower",
        'does not take "a" any more',
        "request-enum-narrower",
    ),
    "a default beside a reference": Row(
        _object(first={**_TAG, "default": "a"}, second={**_TAG, "default": "a"}),
        _object(first={**_TAG, "default": "a"}, second={**_TAG, "default": "b"}),
        "request",
        "default-changed",
        "`second` in the request of `call`: the default is `b`, was `a`",
        "default-changed",
    ),
    "a deprecated field of a response": Row(
        _object(name=_TEXT),
        _object(name={**_TEXT, "deprecated": True}),
        "response",
        "deprecated-on",
        "`name` in the response of `call`: is deprecated",
        "deprecated-off",
    ),
    "a day where there was a text": Row(
        _object(day=_TEXT),
        _object(day={**_TEXT, "format": "date"}),
        "response",
        "response-other",
        "`day` in the response of `call`: has other values",
        "response-other",
    ),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_change_of_a_part_is_named(row: Row) -> None:
    """The part is named, with what it means there and back again."""
    found = _said(row.was, row.now, row.side)
    assert [one.title for one in found if one.rule.kind == row.kind and row.title in one.title], found
    assert row.back in [one.rule.kind for one in _said(row.now, row.was, row.side)]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_no_change_is_passed_over(row: Row) -> None:
    """The same schema the other way, as what is read or sent, has a difference as well."""
    assert _said(row.was, row.now, "request" if row.side == "response" else "response")


def test_a_reference_in_an_all_of_is_the_same_schema() -> None:
    """What only stands in an `allOf` now is the same, also where a schema refers to itself."""
    found = _said(_TREE, {"allOf": [_TREE], "description": "A tree."}, "response")
    assert {one.verdict for one in found} == {"docs"}


def test_read_only_fields_are_no_part_of_a_request() -> None:
    """A read-only field that is new, required or gone changes nothing for callers."""
    hidden = {**_object(name=_TEXT, id={**_TEXT, "readOnly": True}), "required": ["id"]}
    assert [one.verdict for one in _said(_object(name=_TEXT), hidden, "request")] == ["docs"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (_TAG, _TEXT),
        (_object(tag=_TAG), _object(tag={"allOf": [_TAG], "description": "Its tag."})),
        (_object(tree=_TREE), _object(tree={"allOf": [_TREE], "description": "Its tree."})),
        (_object(size={"anyOf": [_TEXT, _NUMBER]}), _object(size={"oneOf": [_TEXT, _NUMBER]})),
        (_object(size={"type": ["string", "integer"]}), _object(size={"oneOf": [_TEXT, _NUMBER]})),
        (_object(name={"type": ["string", "null"]}), _object(name={"anyOf": [_TEXT, {"type": "null"}]})),
        (_object(name={**_TEXT, "nullable": True}), _object(name={"type": ["string", "null"]})),
        (_object(name=_TEXT), {**_object(name=_TEXT), "additionalProperties": True}),
        (_object(name=_TEXT), {**_object(name=_TEXT), "additionalProperties": {}}),
        (_object(kind={"type": "string", "const": "a"}), _object(kind={"type": "string", "enum": ["a"]})),
        (_object(name={**_TEXT, "title": "Name"}), _object(name={**_TEXT, "title": "A name"})),
        ({"oneOf": [_CAT, _DOG]}, {"oneOf": [_DOG, _CAT]}),
        ({"oneOf": [_TEXT, _NUMBER]}, {"oneOf": [_NUMBER, _TEXT]}),
        ({"allOf": [_TREE, _object(name=_TEXT)]}, {"allOf": [_object(name=_TEXT), _TREE]}),
        ({"allOf": [_object(name=_TEXT), _TREE]}, {"allOf": [_TREE], **_object(name=_TEXT)}),
        ({"allOf": [_object(a=_TEXT), _object(b=_TEXT)]}, {"allOf": [_object(), _object(a=_TEXT, b=_TEXT)]}),
        ({"allOf": [_object(name=_TEXT), _object(size=_NUMBER)]}, _object(name=_TEXT, size=_NUMBER)),
    ],
)
@pytest.mark.parametrize("side", ["request", "response"])
def test_the_same_schema_written_in_another_way_is_no_change(
    was: Schema, now: Schema, side: Literal["request", "response"]
) -> None:
    """A text that has no name any more, and parts in another order or place, change nothing for users."""
    for old, new in ((was, now), (now, was)):
        assert {one.verdict for one in _said(old, new, side)} == {"docs"}


def test_a_stream_is_another_kind_of_call() -> None:
    """`x-stream` of an operation is a method that comes or goes."""
    operations = [_operation(_TEXT, "response"), {**_operation(_TEXT, "response"), "x-stream": {"property": None}}]
    other = {**_operation(_TEXT, "response"), "x-stream": {"property": "live"}}
    plain, stream, elsewhere = (document(paths={"/call": {"post": one}}) for one in (*operations, other))
    kinds = [
        [change.rule.kind for change in document_changes(old, new)]
        for old, new in ((plain, stream), (stream, plain), (stream, elsewhere))
    ]
    assert kinds == [["stream-added"], ["stream-removed"], ["stream-changed"]]


def _said(was: Schema, now: Schema, side: Literal["request", "response"]) -> list[Change]:
    versions = [
        document(
            paths={"/call": {"post": _operation(schema, side)}},
            components={"schemas": {"Tag": _TEXT, "Tree": _object(left=_TREE, right=_TREE)}},
        )
        for schema in (was, now)
    ]
    return document_changes(*versions)


def _operation(schema: Schema, side: Literal["request", "response"]) -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": schema}}}
    response = {"description": "It.", **(content if side == "response" else {})}
    body = {"requestBody": {"required": True, **content}} if side == "request" else {}
    return {"operationId": "call", **body, "responses": {"200": response}}
