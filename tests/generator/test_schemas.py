"""Objects composed, nested, nullable, recursive, read-only: sent strictly, read tolerantly."""

import datetime
from typing import Any

import pytest

from tests.generator.conftest import Connect
from tests.generator.recording_server import RecordingServer

DOCUMENT = "schemas.yaml"

ITEM = {"name": "a", "price": 1.5}


@pytest.fixture
def client(documented: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client of a service that responds with an item."""
    server.respond_with(ITEM)
    return connect(documented)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, {"order": "desc"}),
        ({"order": "asc"}, {"order": "asc"}),
        ({"maybe_size": None}, {"maybe_size": None}),
        ({"maybe_described": None}, {"maybe_described": None}),
        ({"size_or_null": None}, {"size_or_null": None}),
        ({"order_or_null": None}, {"order_or_null": None}),
        ({"order_or_null": "asc"}, {"order_or_null": "asc"}),
        ({"matrix": [[1], []]}, {"matrix": [[1], []]}),
        ({"anything": {"x": [None]}}, {"anything": {"x": [None]}}),
        ({"anything": None}, {"anything": None}),
        ({"speed": 0.5}, {"speed": 0.5}),
        ({"made": datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)}, {"made": "2024-05-01T00:00:00+00:00"}),
    ],
)
def test_values_are_written_as_documented(
    client: Any, server: RecordingServer, given: dict[str, Any], sent: dict[str, Any]
) -> None:
    """Null, dates, enums and anything go out as JSON, and defaults with them."""
    client.put_item(**ITEM, **given)
    assert server.last.json == {**ITEM, "order": "desc", **sent}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "x" * 11}, "name"),
        ({"price": 1.234}, "price"),
        ({"price": None}, "price"),
        ({"size": None}, "size"),
        ({"size": {"width": 1}}, "size"),
        ({"order": "up"}, "order"),
        ({"order": None}, "order"),
        ({"order_or_null": "up"}, "order_or_null"),
        ({"short": "x"}, "short"),
        ({"short": "x" * 6}, "short"),
        ({"short": None}, "short"),
        ({"matrix": [[1, 10]]}, "matrix[0][1]"),
        ({"sizes": [None]}, "sizes[0]"),
        ({"code": "abc"}, "code"),
        ({"made": datetime.date(2024, 5, 1)}, "made"),
        ({"file_size": 2**31}, "file_size"),
        ({"speed": 3}, "speed"),
        ({"agreed": False}, "agreed"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_rules_hold_for_every_kind_of_schema(
    documented: Any, client: Any, server: RecordingServer, given: dict[str, Any], field: str
) -> None:
    """Bounds, formats, patterns, enums and null are checked, in composed schemas and in lists of lists."""
    with pytest.raises(documented.InvalidRequestError) as error:
        client.put_item(**{**ITEM, **given})
    assert [fault.field for fault in error.value.faults] == [field]
    assert server.requests == []


def test_one_schema_is_one_class(documented: Any, client: Any, server: RecordingServer) -> None:
    """An alias, a nullable and a described reference have the class that they refer to."""
    size = documented.Size(width=2)
    client.put_item(**ITEM, size=size, alias=size, maybe_size=size, described=size, sizes=[size])
    names = ("size", "alias", "maybe_size", "described")
    assert [server.last.json[name] for name in names] == [{"width": 2}] * 4
    assert "Another size. (Size)" in documented.Item.__doc__
    assert documented.Item.__doc__.count("What it is called.") == 1


def test_objects_can_hold_their_own_kind(documented: Any, client: Any, server: RecordingServer) -> None:
    """A recursive schema is sent, checked and read at any depth."""
    child = documented.Item(name="b", price=2)
    client.put_item(**ITEM, children=[child], parent=child)
    assert server.last.json["children"] == [{"name": "b", "price": 2, "order": "desc"}]
    server.respond_with({**ITEM, "children": [{**ITEM, "children": [{**ITEM, "name": "deep"}]}]})
    assert client.put_item(**ITEM).children[0].children[0].name == "deep"


def test_the_path_of_a_fault_leads_through_objects(documented: Any, client: Any) -> None:
    """A fault deep inside a request is named by its path."""
    lenient = documented.Item.from_dict({"name": "x" * 11, "price": 1, "size": {"width": 0}})
    with pytest.raises(documented.InvalidRequestError) as error:
        client.put_item(**ITEM, children=[lenient])
    assert [fault.field for fault in error.value.faults] == ["children[0].name", "children[0].size.width"]


def test_the_values_of_a_nested_map_are_checked(documented: Any, client: Any) -> None:
    """The values of a map are checked with the object that has the map."""
    attributes = documented.ItemAttributes.from_dict({"a": "long"})
    with pytest.raises(documented.InvalidRequestError, match=r"attributes.additional_properties\['a'\]: 'long' has 4"):
        client.put_item(**ITEM, attributes=attributes)


def test_a_closed_object_takes_no_further_properties(documented: Any) -> None:
    """`additionalProperties: false` refuses an unknown property that is sent, and drops one that is received."""
    with pytest.raises(documented.InvalidRequestError, match="depth"):
        documented.Size(width=1, depth=2)
    assert documented.Size.from_dict({"width": 1, "depth": 2}).to_dict() == {"width": 1}


def test_what_only_responses_have_is_not_required(documented: Any, connect: Connect, server: RecordingServer) -> None:
    """A read-only property need not be sent, a write-only one must be, and a response may lack either."""
    server.respond_with({"id": 1, "name": "me"})
    client = connect(documented)
    assert client.login(name="me", password="1234").id == 1
    assert server.last.json == {"name": "me", "password": "1234"}
    with pytest.raises(documented.InvalidRequestError, match="password: is missing"):
        client.login(name="me")
