"""Values of responses and requests: null, dates, enums, maps, read-only properties, lists as alternatives."""

import datetime
import importlib
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.generator.conftest import Connect
from tests.generator.recording_server import RecordingServer

DOCUMENT = "values.yaml"

PART = {"size": 1}
RECORD = {"id": 1, "part": PART, "day": "2026-01-31"}
NOON = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)


@pytest.fixture
def client(documented: Any, connect: Connect) -> Any:
    """A client of the service."""
    return connect(documented)


@pytest.mark.parametrize("name", ["other", "inline", "at", "key", "names", "colour", "count", "parts", "flag"])
def test_null_for_an_optional_property_is_unset(
    documented: Any, client: Any, server: RecordingServer, name: str
) -> None:
    """An object, a reference, a date-time, a UUID, an array, an enum or a map that is null does not lose a response."""
    server.respond_with({**RECORD, name: None})
    record = client.get_record()
    assert getattr(record, name) is documented.UNSET
    assert record.to_dict() == RECORD


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({**RECORD, "part": None}, r"/part: an object \(Part\) is expected, not null"),
        ({**RECORD, "day": None}, "/day: a date is expected, not null"),
        ({**RECORD, "part": {}}, "/part/size: an integer is expected, not nothing"),
        ({**RECORD, "key": "k"}, "/key: a UUID is expected, not the string 'k'"),
        ({**RECORD, "at": "noon"}, "/at: a date-time is expected, not the string 'noon'"),
        ({**RECORD, "names": ["a", None]}, "/names/1: a string is expected, not null"),
        ({**RECORD, "names": {}}, "/names: an array is expected, not an object"),
        ({**RECORD, "inline": []}, r"/inline: an object \(RecordInline\) is expected, not an array"),
        ({**RECORD, "colour": 3}, "/colour: a string is expected, not 3"),
        ({**RECORD, "count": True}, "/count: an integer is expected, not true"),
        ({**RECORD, "flag": 1}, "/flag: true or false is expected, not 1"),
        ({**RECORD, "parts": {"a/b": 1}}, r"/parts/a~1b: an object \(Part\) is expected, not 1"),
        ({**RECORD, "lists": {"a": [1, "b"]}}, "/lists/a/1: an integer is expected, not the string 'b'"),
        ([], r"the JSON: an object \(Record\) is expected, not an array"),
    ],
)
def test_what_is_not_as_documented_is_named(
    documented: Any, client: Any, server: RecordingServer, body: object, message: str
) -> None:
    """The error of a response has the JSON pointer, what was expected, and what was there."""
    server.respond_with(body)
    with pytest.raises(documented.InvalidResponseError, match=message):
        client.get_record()


def test_a_long_value_does_not_make_the_message_long(documented: Any, client: Any, server: RecordingServer) -> None:
    """What was there is shown in part."""
    server.respond_with({**RECORD, "count": "x" * 10_000})
    with pytest.raises(documented.InvalidResponseError) as error:
        client.get_record()
    assert len(str(error.value)) < 1000


@pytest.mark.parametrize(
    ("name", "json", "python"),
    [
        ("count", 1.0, 1),
        ("count", 2**70, 2**70),
        ("big", "9223372036854775807", "9223372036854775807"),
        ("data", "aGk=", "aGk="),
        ("mood", None, None),
        ("mood", "newer", "newer"),
        ("colour", "RED", "RED"),
        ("colour", "Red", "Red"),
        ("maybe", None, None),
        ("gaps", [1, None], [1, None]),
        ("names", [], []),
        ("at", "2026-01-31T12:00:00Z", NOON),
        ("at", "2026-01-31T12:00:00", NOON.replace(tzinfo=None)),
        ("key", str(uuid.UUID(int=1)), uuid.UUID(int=1)),
    ],
)
def test_values_have_the_types_of_the_document(
    client: Any, server: RecordingServer, name: str, json: object, python: object
) -> None:
    """1.0 is an integer, base64 stays text, enums of null and of letter case are kept, and so is a missing zone."""
    server.respond_with({**RECORD, name: json})
    found = getattr(client.get_record(), name)
    assert (found, type(found)) == (python, type(python))


def test_maps_hold_objects_and_arrays(documented: Any, client: Any, server: RecordingServer) -> None:
    """The values of a map have a type, and are written as they were read."""
    body = {**RECORD, "parts": {"a": PART}, "lists": {"b": [1, 2]}}
    server.respond_with(body)
    record = client.get_record()
    assert (record.parts["a"], record.lists["b"]) == (documented.Part(size=1), [1, 2])
    assert record.to_dict() == body


def test_read_only_properties_are_not_sent(documented: Any, client: Any, server: RecordingServer) -> None:
    """What was read can be sent back, at any depth: the service sets what is read-only."""
    server.respond_with({**RECORD, "part": {**PART, "made": NOON.isoformat()}})
    record = client.get_record()
    assert (record.id, record.part.made) == (1, NOON)
    server.respond_with(status=204)
    sent = {"part": PART, "day": "2026-01-31"}
    client.put_record(part=record.part, day=record.day, id=7)
    assert server.last.json == sent
    client.put_records(body=[record, record])
    assert server.last.json == [sent, sent]
    assert record.to_dict()["id"] == 1


def test_docstrings_say_what_is_read_only(documented: Any) -> None:
    """Whoever gives one learns why it is not sent."""
    assert "Read-only: requests leave it out." in " ".join(documented.Record.__doc__.split())


def test_a_read_only_property_need_not_be_given(documented: Any, client: Any, server: RecordingServer) -> None:
    """A property that is both required and read-only is required of responses only."""
    server.respond_with(status=204)
    client.put_record(part=documented.Part(size=1), day=datetime.date(2026, 1, 31))
    assert server.last.json == {"part": PART, "day": "2026-01-31"}


def test_a_date_time_without_a_zone_is_refused(documented: Any, client: Any, server: RecordingServer) -> None:
    """Nobody can tell which moment it is: RFC 3339 has no such times."""
    naive = NOON.replace(tzinfo=None)
    calls: list[Callable[[], object]] = [
        lambda: client.put_record(part=documented.Part(size=1), day=naive.date(), at=naive),
        lambda: client.get_at(at=naive),
    ]
    for call in calls:
        with pytest.raises(documented.InvalidRequestError, match=r"at: .* has no time zone, which RFC 3339 requires"):
            call()
    assert server.requests == []
    server.respond_with(status=204)
    client.get_at(at=NOON)
    assert "2026-01-31T12" in server.last.target


def test_headers_that_are_arrays_or_dates_have_types(documented: Any, client: Any, server: RecordingServer) -> None:
    """Each header is read by its schema, and is None where it is missing or cannot be read."""
    module = importlib.import_module(f"{documented.__name__}.api.default.get_record")
    given = {"X-Ids": "1, 2", "X-Tags": "a,b", "X-Ratios": "0.50", "X-Day": "2026-01-31", "X-At": NOON.isoformat()}
    server.respond_with(RECORD, headers=given)
    found = module.sync_detailed(client=client)
    assert (found.ids, found.tags, found.ratios) == ([1, 2], ["a", "b"], [Decimal("0.50")])
    assert (found.day, found.at) == (NOON.date(), NOON)
    server.respond_with(RECORD, headers={"X-At": "Sat, 31 Jan 2026 12:00:00 GMT", "X-Tags": "", "X-Ids": ""})
    found = module.sync_detailed(client=client)
    assert (found.at, found.tags, found.ids) == (NOON, [], [])
    server.respond_with(RECORD, headers={"X-Ids": "1, b", "X-Day": "soon", "X-At": "soon", "X-Ratios": "x"})
    found = module.sync_detailed(client=client)
    assert [found.ids, found.tags, found.ratios, found.day, found.at] == [None] * 5


def test_a_body_can_be_a_number_or_a_map(documented: Any, client: Any, server: RecordingServer) -> None:
    """JSON need not be a described object, in requests and in responses."""
    server.respond_with(4)
    assert (client.put_number(body=3), server.last.json) == (4, 3)
    server.respond_with({"a": "b"})
    words = documented.PutWordsBody.from_dict({"c": "d"})
    assert (client.put_words(body=words)["a"], server.last.json) == ("b", {"c": "d"})
    server.respond_with({"a": 1})
    with pytest.raises(documented.InvalidResponseError, match="/a: a string is expected, not 1"):
        client.put_words(body=words)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ([{"lives": 9}], ["Cat"]),
        ([{"size": 1}, {"size": 2}], ["Part", "Part"]),
        (["a"], ["str"]),
        ([], []),
        ({"size": 1}, "Part"),
    ],
)
def test_members_tell_lists_apart(client: Any, server: RecordingServer, body: object, names: list[str] | str) -> None:
    """Of several arrays, the one is read whose members fit, and an object is none of them."""
    server.respond_with(body)
    found = client.get_lists()
    assert ([type(one).__name__ for one in found] if isinstance(found, list) else type(found).__name__) == names


def test_a_list_that_none_of_the_alternatives_is_is_invalid(
    documented: Any, client: Any, server: RecordingServer
) -> None:
    """A list of numbers is none of the documented lists."""
    server.respond_with([1])
    with pytest.raises(documented.InvalidResponseError, match=r"/0: an object \(Cat\) is expected, not 1"):
        client.get_lists()


def test_of_objects_that_nothing_tells_apart_the_first_is_read(client: Any, server: RecordingServer) -> None:
    """The generator says so when it writes the package."""
    server.respond_with({"size": 1})
    assert type(client.get_twins()).__name__ == "Part"
