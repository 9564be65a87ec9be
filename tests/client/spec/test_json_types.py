"""JSON values: what is read of each, and what is said of one that is not as documented."""

import datetime
import pickle
import uuid
from io import BytesIO
from typing import Any

import pytest
from attrs import define, field

from segmind_flux_schnell._runtime.base.files import File
from segmind_flux_schnell._runtime.base.unset import UNSET
from segmind_flux_schnell._runtime.spec import json_types as types
from segmind_flux_schnell._runtime.spec.json_objects import JsonObject, JsonType, OpenObject, Property, json_value
from segmind_flux_schnell._runtime.spec.json_unions import ObjectOf, Union, UnknownObject
from segmind_flux_schnell._runtime.spec.json_values import UnreadableError

COLOUR = types.Enum(types.STRING, ("red", "Red"))
NOON = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)
ONE = uuid.UUID(int=1)


@define
class Tag(JsonObject):
    """An object that takes no further properties."""

    PROPERTIES = (Property("name", "tag/name", types.STRING, required=True),)

    name: str


@define
class Item(OpenObject[Any]):
    """An object with a property of each kind that matters."""

    PROPERTIES = (
        Property("id", "id", types.INTEGER, required=True, read_only=True),
        Property("made", "made", types.DATE_TIME),
        Property("tag", "tag", ObjectOf(__name__, "Tag")),
        Property("maybe", "maybe", types.Nullable(types.STRING)),
        Property("children", "children", types.Array(ObjectOf(__name__, "Item"))),
        Property("colour", "colour", COLOUR),
    )

    id: Any
    made: Any = UNSET
    tag: Any = UNSET
    maybe: Any = UNSET
    children: Any = UNSET
    colour: Any = UNSET
    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])


@define
class Started(OpenObject[Any]):
    """One of two objects that a constant tells apart."""

    PROPERTIES = (
        Property("kind", "kind", types.Enum(types.STRING, ("started",)), required=True),
        Property("at", "at", types.STRING),
    )

    kind: str
    at: Any = UNSET
    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])


@define
class Stopped(OpenObject[Any]):
    """The other one."""

    PROPERTIES = (
        Property("kind", "kind", types.Enum(types.STRING, ("stopped", "killed")), required=True),
        Property("at", "at", types.INTEGER),
    )

    kind: str
    at: Any = UNSET
    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])


@define
class Point(OpenObject[Any]):
    """An object that lists no values."""

    PROPERTIES = (Property("x", "x", types.NUMBER, required=True), Property("y", "y", types.NUMBER))

    x: float
    y: Any = UNSET
    additional_properties: dict[str, Any] = field(init=False, factory=dict[str, Any])


ITEM = ObjectOf(__name__, "Item")
STARTED, STOPPED, POINT = (ObjectOf(__name__, name) for name in ("Started", "Stopped", "Point"))
EVENTS = Union((STARTED, STOPPED), has_unknown=True)


@pytest.mark.parametrize(
    ("type_", "json", "python"),
    [
        (types.ANY, {"a": [None]}, {"a": [None]}),
        (types.STRING, "", ""),
        (types.INTEGER, 1.0, 1),
        (types.INTEGER, 10**30, 10**30),
        (types.NUMBER, 1, 1),
        (types.BOOLEAN, False, False),
        (types.NULL, None, None),
        (types.DATE, "2026-01-31", datetime.date(2026, 1, 31)),
        (types.DATE_TIME, "2026-01-31T12:00:00Z", NOON),
        (types.DATE_TIME, "2026-01-31T12:00:00", NOON.replace(tzinfo=None)),
        (types.UUID, str(ONE), ONE),
        (COLOUR, "Red", "Red"),
        (COLOUR, "newer", "newer"),
        (types.Nullable(types.STRING), None, None),
        (types.Array(types.Nullable(types.INTEGER)), [1, None], [1, None]),
        (types.Array(types.STRING), [], []),
    ],
)
def test_each_kind_of_value_has_its_python_type(type_: JsonType, json: object, python: object) -> None:
    """1.0 is an integer, a time without zone stays without one, and an enum can have values that are newer."""
    found = type_.read(json)
    assert (found, type(found)) == (python, type(python))


@pytest.mark.parametrize(
    ("type_", "json", "message"),
    [
        (types.STRING, 3, "the JSON: a string is expected, not 3"),
        (types.STRING, None, "the JSON: a string is expected, not null"),
        (types.INTEGER, True, "the JSON: an integer is expected, not true"),
        (types.INTEGER, 1.5, "the JSON: an integer is expected, not 1.5"),
        (types.INTEGER, float("inf"), "the JSON: an integer is expected, not inf"),
        (types.NUMBER, "1", "the JSON: a number is expected, not the string '1'"),
        (types.BOOLEAN, 1, "the JSON: true or false is expected, not 1"),
        (types.DATE, "31.1.", "the JSON: a date is expected, not the string '31.1.'"),
        (types.DATE_TIME, None, "the JSON: a date-time is expected, not null"),
        (types.UUID, "1", "the JSON: a UUID is expected, not the string '1'"),
        (COLOUR, None, "the JSON: a string is expected, not null"),
        (types.Array(types.STRING), {}, "the JSON: an array is expected, not an object"),
        (types.Array(types.STRING), ["a", None], "/1: a string is expected, not null"),
        (ITEM, [], r"the JSON: an object (Item) is expected, not an array"),
        (ITEM, {}, "/id: an integer is expected, not nothing"),
        (ITEM, {"id": None}, "/id: an integer is expected, not null"),
        (ITEM, {"id": 1, "children": [{"id": 1, "tag": {"tag/name": 4}}]}, "/children/0/tag/tag~1name: a string"),
        (Union((types.STRING, types.Array(types.STRING))), 3, "the JSON: a string or an array is expected, not 3"),
    ],
)
def test_what_is_not_as_documented_is_named(type_: JsonType, json: object, message: str) -> None:
    """The message has the place, what was expected, and what is there."""
    with pytest.raises(UnreadableError) as error:
        type_.read(json)
    assert message in str(error.value)


def test_the_message_is_one_short_line() -> None:
    """Neither names nor values of a response make it long or break it, and it survives a pickle."""
    with pytest.raises(UnreadableError) as error:
        types.Array(types.INTEGER).read(["x\n" * 10_000])
    assert len(str(error.value)) < 500
    assert "\n" not in str(error.value)
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


@pytest.mark.parametrize("name", ["made", "tag", "children", "colour"])
def test_null_is_unset_where_only_a_missing_property_is_allowed(name: str) -> None:
    """Date-times, objects, arrays and enums that are optional can be null in spite of the document."""
    assert getattr(Item.from_dict({"id": 1, name: None}), name) is UNSET


def test_null_stays_where_the_document_allows_it() -> None:
    """A nullable property distinguishes null from nothing."""
    assert (Item.from_dict({"id": 1, "maybe": None}).maybe, Item.from_dict({"id": 1}).maybe) == (None, UNSET)


def test_requests_leave_out_what_is_read_only() -> None:
    """`to_dict` has it, a request does not, at any depth."""
    item = Item(1, children=[Item(2, tag=Tag("t"))], made=NOON)
    item["more"] = ONE
    whole = {"id": 2, "tag": {"tag/name": "t"}}
    rest = {"more": str(ONE), "made": "2026-01-31T12:00:00+00:00"}
    assert item.to_dict() == {**rest, "id": 1, "children": [whole]}
    assert ITEM.write(item) == {**rest, "children": [{"tag": {"tag/name": "t"}}]}


def test_what_is_written_can_be_read() -> None:
    """Dates, UUIDs, files and tuples are written as JSON, and UNSET stays as it is."""
    given = (datetime.date(2026, 1, 31), ONE, {"a": NOON}, File(BytesIO(b"text")), UNSET, UnknownObject({"b": 1}))
    assert json_value(given) == [
        "2026-01-31",
        str(ONE),
        {"a": "2026-01-31T12:00:00+00:00"},
        "text",
        UNSET,
        {"b": 1},
    ]


def test_further_properties_are_kept_or_dropped() -> None:
    """An open object keeps what the document does not name, a closed one drops it."""
    item = Item.from_dict({"id": 1, "more": [1]})
    assert (item["more"], item.additional_keys, "more" in item) == ([1], ["more"], True)
    del item["more"]
    assert item.to_dict() == {"id": 1}
    assert Tag.from_dict({"tag/name": "t", "more": 1}).to_dict() == {"tag/name": "t"}


@pytest.mark.parametrize(
    ("union", "json", "name"),
    [
        (EVENTS, {"kind": "started"}, "Started"),
        (EVENTS, {"kind": "killed"}, "Stopped"),
        (EVENTS, {"kind": "paused"}, "UnknownObject"),
        (EVENTS, {}, "UnknownObject"),
        (EVENTS, {"kind": "started", "at": 3}, "UnknownObject"),
        (Union((POINT, STARTED)), {"x": 1, "kind": "started"}, "Started"),
        (Union((POINT, ITEM)), {"x": 1, "id": 2, "maybe": "a", "colour": "red"}, "Item"),
        (Union((POINT, ITEM)), {"x": 1, "id": "2"}, "Point"),
        (Union((POINT, types.STRING)), {"x": 1}, "Point"),
        (Union((POINT, types.STRING)), "a", "str"),
        (Union((types.STRING, types.DATE_TIME)), "2026-01-31T12:00:00Z", "datetime"),
        (Union((types.DATE_TIME, types.DATE)), "2026-01-31", "date"),
        (Union((types.STRING, types.DATE_TIME)), "soon", "str"),
        (Union((types.INTEGER, types.BOOLEAN)), True, "bool"),
        (Union((types.NUMBER, types.INTEGER)), 1.0, "float"),
        (Union((types.STRING, types.INTEGER)), 10**30, "int"),
        (Union((types.NULL, types.STRING, types.INTEGER)), None, "NoneType"),
        (Union((types.ANY, types.DATE)), "2026-01-31", "date"),
        (Union((ITEM, ObjectOf(__name__, "Tag"), types.ANY)), {"tag/name": "t", "more": 1}, "dict"),
        (Union((ObjectOf(__name__, "Tag"), types.ANY)), {"tag/name": "t"}, "Tag"),
        (Union((ObjectOf(__name__, "Tag"), types.ANY)), {"tag/name": "t", "more": 1}, "dict"),
    ],
)
def test_alternatives_are_told_apart(union: Union, json: object, name: str) -> None:
    """By listed values, by what is required, by kinds, then by how much is known; else the object is unknown."""
    assert type(union.read(json)).__name__ == name


def test_the_only_object_of_a_union_names_its_fault() -> None:
    """Where an object can be of one class only, it is not unknown but wrong."""
    with pytest.raises(UnreadableError, match="/x: a number is expected, not the string 'a'"):
        Union((POINT, types.STRING)).read({"x": "a"})


def test_a_discriminator_decides_whatever_else_an_object_has() -> None:
    """A value that it does not map is an unknown object, one that it maps is read or named as wrong."""
    union = Union((POINT, ITEM), {"type": {"p": "Point", "1": "Item"}}, has_unknown=True)
    assert type(union.read({"type": "p", "x": 1, "id": 1})).__name__ == "Point"
    assert type(union.read({"type": 1, "x": 1, "id": 1})).__name__ == "Item"
    assert union.read({"type": "q", "x": 1}) == {"type": "q", "x": 1}
    assert type(union.read({"x": 1})).__name__ == "Point"
    with pytest.raises(UnreadableError, match="/x: a number is expected, not nothing"):
        union.read({"type": "p"})


@pytest.mark.parametrize(
    ("json", "python"),
    [
        (["a", "b"], ["a", "b"]),
        ([1], [1]),
        ([], []),
        ([{"x": 1}], [Point(1)]),
        ([{"kind": "started"}], [Started("started")]),
    ],
)
def test_members_tell_arrays_apart(json: list[Any], python: list[Any]) -> None:
    """Of several arrays, the one is read whose members fit."""
    arrays = [types.Array(one) for one in (types.STRING, types.INTEGER, STARTED, POINT)]
    assert Union(arrays).read(json) == python


def test_a_newer_value_of_an_enum_is_the_last_resort() -> None:
    """A text that no enum lists is a plain text where that is an alternative."""
    union = Union((COLOUR, types.UUID))
    assert (union.read("red"), union.read(str(ONE)), union.read("blue")) == ("red", ONE, "blue")


def test_deep_objects_are_read() -> None:
    """Objects that hold their own kind are read at any depth that JSON has."""
    deep: dict[str, Any] = {"id": 0}
    for at in range(1, 100):
        deep = {"id": at, "children": [deep]}
    assert Item.from_dict(deep).to_dict() == deep
