"""Parameters in the path, the query, headers and cookies."""

import datetime
import inspect
from typing import Any
from uuid import UUID

import pytest

from tests.generator.conftest import Connect
from tests.generator.generation import docs
from tests.generator.recording_server import RecordingServer

DOCUMENT = "parameters.yaml"

DAY = datetime.date(2024, 5, 1)


@pytest.fixture
def client(documented: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client whose calls succeed."""
    server.respond_with(status=204)
    return connect(documented)


def get_item(client: Any, **changes: Any) -> None:
    """Call the operation that has a parameter in every place."""
    client.get_items_id_day_flag_page(**{"id_path": "a", "day": DAY, "page": 1, "x_tenant": UUID(int=2), **changes})


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, [("limit", "20")]),
        ({"limit": 5}, [("limit", "5")]),
        ({"tags": ["a", "b c"]}, [("limit", "20"), ("tags", "a"), ("tags", "b c")]),
        ({"ids": [1, 2]}, [("limit", "20"), ("ids", "1,2")]),
        ({"colors": ["red", "green"]}, [("limit", "20"), ("colors", "red|green")]),
        ({"flags": [True, False]}, [("limit", "20"), ("flags", "true false")]),
        ({"since": datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)}, [("since", "2024-05-01T00:00:00+00:00")]),
        ({"day": DAY}, [("limit", "20"), ("day", "2024-05-01")]),
        ({"ref": UUID(int=1)}, [("limit", "20"), ("ref", "00000000-0000-0000-0000-000000000001")]),
        ({"price": 0.5}, [("limit", "20"), ("price", "0.5")]),
        ({"either": 3}, [("limit", "20"), ("either", "3")]),
        ({"either": "all"}, [("limit", "20"), ("either", "all")]),
        ({"maybe": None}, [("limit", "20")]),
        ({"anything": "x&y"}, [("limit", "20"), ("anything", "x&y")]),
        ({"sort": "desc"}, [("limit", "20"), ("sort", "desc")]),
    ],
)
def test_the_query_is_written_as_documented(
    client: Any, server: RecordingServer, given: dict[str, Any], sent: list[tuple[str, str]]
) -> None:
    """Defaults are sent, lists repeated or joined as their style says, dates and UUIDs written out."""
    client.get_items(**given)
    assert [pair for pair in server.last.query if pair in sent or pair[0] in given] == sent


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"tags": ["a", "a"]}, "tags"),
        ({"ids": []}, "ids"),
        ({"ids": [1, "2"]}, "ids[1]"),
        ({"colors": ["a|b"]}, "colors[0]"),
        ({"flags": [1]}, "flags[0]"),
        ({"since": "2024-05-01"}, "since"),
        ({"day": datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)}, "day"),
        ({"ref": "1"}, "ref"),
        ({"price": 0}, "price"),
        ({"either": "some"}, "either"),
        ({"either": None}, "either"),
        ({"sort": "up"}, "sort"),
        ({"filter_": {"color": "red"}}, "filter_"),
    ],
)
def test_the_query_is_checked(
    documented: Any, client: Any, server: RecordingServer, given: dict[str, Any], field: str
) -> None:
    """A parameter that breaks a rule is named, and nothing is sent."""
    with pytest.raises(documented.InvalidRequestError) as error:
        client.get_items(**given)
    assert [fault.field for fault in error.value.faults] == [field]
    assert server.requests == []


def test_an_object_is_spread_over_the_query(documented: Any, client: Any, server: RecordingServer) -> None:
    """The properties of an object become parameters of their own, and are checked as a part of it."""
    client.get_items(filter_=documented.GetItemsFilter(color="red", size=2))
    assert server.last.query == [("limit", "20"), ("color", "red"), ("size", "2")]
    with pytest.raises(documented.InvalidRequestError, match="size: 0 is out of range"):
        documented.GetItemsFilter(size=0)


@pytest.mark.parametrize(
    ("value", "written"),
    [("a/b", "a%2Fb"), ("ü?", "%C3%BC%3F"), ("..", "%2E%2E"), (".", "%2E"), ("a.b", "a.b"), ("{x}%", "%7Bx%7D%25")],
)
def test_a_value_stays_one_segment_of_the_path(client: Any, server: RecordingServer, value: str, written: str) -> None:
    """Slashes, dots, braces and non-ASCII letters do not change which path is called."""
    get_item(client, id_path=value)
    assert server.last.path == f"/items/{written}/2024-05-01/true/1"


def test_the_path_takes_dates_booleans_and_defaults(client: Any, server: RecordingServer) -> None:
    """A date is written as in JSON, a boolean as true or false, and what has a default can be left out."""
    get_item(client, flag=False, page=2)
    assert server.last.path == "/items/a/2024-05-01/false/2"


@pytest.mark.parametrize("value", ["", None, "x" * 41, 3])
def test_a_segment_of_the_path_is_never_empty(
    documented: Any, client: Any, server: RecordingServer, value: object
) -> None:
    """A value that would call another path, or breaks the operation's own rule, is refused."""
    with pytest.raises(documented.InvalidRequestError, match="id_path"):
        get_item(client, id_path=value)
    assert server.requests == []


def test_an_operation_overrides_its_path(documented: Any, client: Any) -> None:
    """A parameter that both describe has the rule and the description of the operation."""
    get_item(client, id_path="x" * 40)
    assert "Its name. (str, 1 to 40 characters)" in docs(documented.Client.get_items_id_day_flag_page)


def test_one_name_in_two_places_is_two_parameters(client: Any, server: RecordingServer) -> None:
    """Parameters of the same name are distinguished by their place."""
    get_item(client, id_path="a", id_query=7)
    assert (server.last.path.split("/")[2], server.last.query) == ("a", [("id", "7")])


def test_headers_and_cookies_are_texts(client: Any, server: RecordingServer) -> None:
    """Numbers, dates, UUIDs and alternatives are written as in JSON; a cookie cannot be split in two."""
    get_item(
        client,
        x_count=3,
        x_flag=True,
        x_kind="a",
        x_since=datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC),
        x_either=4,
        session="s;admin=1",
        visits=2,
        dark=False,
    )
    headers = {name: value for name, value in server.last.headers.items() if name.startswith("x-")}
    assert headers == {
        "x-tenant": "00000000-0000-0000-0000-000000000002",
        "x-count": "3",
        "x-flag": "true",
        "x-kind": "a",
        "x-since": "2024-05-01T00:00:00+00:00",
        "x-either": "4",
    }
    assert server.last.headers["cookie"] == "session=s%3Badmin%3D1; visits=2; dark=false"


def test_a_header_of_the_client_is_not_a_parameter(documented: Any) -> None:
    """OpenAPI ignores a parameter `Accept`, and so does the client."""
    assert "accept" not in inspect.signature(documented.Client.get_items_id_day_flag_page).parameters


def test_an_operation_without_id_is_named_for_its_path(documented: Any) -> None:
    """Without an operationId the name is made of method and path; without a tag the module is `default`."""
    assert documented.api.default.get_items.OPERATION.name == "get_items"


def test_variables_of_a_server_have_their_defaults(documented: Any) -> None:
    """The base URL is the server's with its variables filled in."""
    assert documented.SERVERS[0].url == "https://eu.example:8443/v1/"


def test_any_version_can_be_sent(client: Any, server: RecordingServer) -> None:
    """The client names itself and the version of its document."""
    client.get_items()
    assert server.last.headers["user-agent"] == "parameters-client/1.0.0-rc.1"
