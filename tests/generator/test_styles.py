"""Parameters in the styles of OpenAPI, over the wire, and what the client does where OpenAPI does not say."""

import datetime
import inspect
from typing import Any

import pytest

from generator.checks.validation import selected
from generator.document.document import Document, join, tokens
from tests.generator.conftest import Connect
from tests.generator.generation import DOCUMENTS
from tests.generator.recording_server import RecordingServer

DOCUMENT = "styles.yaml"


@pytest.fixture
def client(documented: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client whose calls succeed."""
    server.respond_with(status=204)
    return connect(documented)


def test_a_path_holds_lists_and_objects(documented: Any, client: Any, server: RecordingServer) -> None:
    """In each of its styles, several in one segment included."""
    color = documented.Color(r=1, g=2)
    client.label(ids=[1, 2], color=color)
    client.matrix(ids=["a b", "c"], color=documented.MatrixColor.from_dict({"r": 1, "g": "x"}))
    client.simple(ids=[datetime.date(2024, 5, 1), datetime.date(2024, 5, 2)], ending="json")
    assert [request.target for request in server.requests] == [
        "/label/.1.2/.r,1,g,2",
        "/matrix/;ids=a%20b,c;r=1;g=x",
        "/simple/2024-05-01,2024-05-02.json",
    ]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (
            {"deep": {"name": "n", "ids": [1, 2], "color": {"r": 3}}},
            [("deep[name]", "n"), ("deep[ids][0]", "1"), ("deep[ids][1]", "2"), ("deep[color][r]", "3")],
        ),
        ({"created": {"gte": 1}}, [("created[gte]", "1")]),
        ({"created": 1}, [("created", "1")]),
        ({"expand": ["a", "b"]}, [("expand[0]", "a"), ("expand[1]", "b")]),
        ({"flat": {"r": 1, "g": 2}}, [("flat", "r,1,g,2")]),
        (
            {"spread": {"name": "n", "ids": [1, 2], "color": {"r": 3}}},
            [("name", "n"), ("ids", "1"), ("ids", "2"), ("color", '{"r":3}')],
        ),
        ({"free": {"a": "b", "c d": "e"}}, [("a", "b"), ("c d", "e")]),
        ({"nested": {"ids": [1, 2]}}, [("nested", '{"ids":[1,2]}')]),
        ({"piped": ["a|b", "c"]}, [("piped", "a|b"), ("piped", "c")]),
        ({"json": {"ids": [1], "name": "ü"}}, [("json", '{"name":"\\u00fc","ids":[1]}')]),
        ({"xml": "<a/>"}, [("xml", "<a/>")]),
        ({"where": "/a?b"}, [("where", "/a?b")]),
        ({"flag": True}, [("flag", "true")]),
        ({"text": ""}, [("text", "")]),
        ({"anything": "x"}, [("anything", "x")]),
        ({"filter[name]": "x"}, [("filter[name]", "x")]),
        ({"$select": "a,b"}, [("$select", "a,b")]),
        ({"@x": None}, []),
        ({"numbers": [1, None]}, [("numbers", "1"), ("numbers", "null")]),
        ({"file": "abc"}, [("file", "abc")]),
    ],
)
def test_a_query_holds_lists_and_objects(
    documented: Any, client: Any, server: RecordingServer, given: dict[str, Any], sent: list[tuple[str, str]]
) -> None:
    """Whatever the style, and whatever the characters of a name."""
    names = {"filter[name]": "filtername", "$select": "select", "@x": "x"}
    classes = {"deep": "Filter", "spread": "Filter", "nested": "Filter", "json": "Filter", "flat": "Color"}
    classes |= {"free": "QueryFree", "created": "QueryCreatedType0"}
    for name, value in given.items():
        made = getattr(documented, classes[name]).from_dict(value) if isinstance(value, dict) else value
        client.query(**{names.get(name, name): made})
    assert server.last.query == sent


def test_headers_and_cookies_hold_lists_and_objects(documented: Any, client: Any, server: RecordingServer) -> None:
    """Joined by commas, or as JSON where the document says so."""
    color = documented.Color(r=1, g=2)
    client.headers(
        x_ids=[1, 2],
        x_color=color,
        x_json=["a", "ü"],
        x_day=datetime.date(2024, 5, 1),
        ids=[1, 2],
        color=color,
        wrong="w",
    )
    found = {name: value for name, value in server.last.headers.items() if name.startswith(("x-", "wrong", "cookie"))}
    assert found == {
        "x-ids": "1,2",
        "x-color": "r=1,g=2",
        "x-json": '["a","\\u00fc"]',
        "x-day": "2024-05-01",
        "cookie": "ids=1,2; color=r,1,g,2",
        "wrong": "w",
    }


def test_a_query_in_a_path_is_sent_as_one(client: Any, server: RecordingServer) -> None:
    """With its parameters filled in; two paths can differ in it alone."""
    client.list_items(version="a&b")
    client.list_items(version="1", page=2)
    client.remove_items()
    assert [(request.path, request.query) for request in server.requests] == [
        ("/action", [("do", "list items"), ("version", "a&b")]),
        ("/action", [("do", "list items"), ("version", "1"), ("page", "2")]),
        ("/action", [("do", "remove")]),
    ]


def test_a_fragment_of_a_path_is_not_sent(client: Any, server: RecordingServer) -> None:
    """It only tells operations apart, as do the names of parameters."""
    client.upload(id="a")
    client.link(name="b")
    client.undescribed(thing="c")
    assert [request.target for request in server.requests] == ["/files/a", "/files/b", "/files/c"]


def test_a_parameter_that_is_not_sent_is_not_an_argument(documented: Any) -> None:
    """One of a path without it, and one that no header can be called; of two of one name, the first counts."""
    parameters = inspect.signature(documented.Client.undescribed).parameters
    assert [name for name in parameters if name not in ("self", "timeout")] == ["thing", "page"]
    assert parameters["page"].annotation == "int | Unset"
    assert "x_rate_limit" not in inspect.signature(documented.Client.headers).parameters


def test_an_operation_that_cannot_be_called_is_left_out(documented: Any) -> None:
    """One whose required header no header can be called, and one with a parameter of another place."""
    assert not hasattr(documented.Client, "rated")
    assert not hasattr(documented.Client, "formed")


UNDEFINED = "OpenAPI does not define "
JSON = "it is written as JSON"
INSTEAD = {
    "deep": (f"{UNDEFINED}members of a deepObject that are lists or objects", "they are written as `name[a][b]`"),
    "expand": (f"{UNDEFINED}members of a deepObject that are lists or objects", "they are written as `name[a][b]`"),
    "spread": (f"{UNDEFINED}lists and objects within a parameter", "they are written as JSON, and a list in an"),
    "nested": (f"{UNDEFINED}lists and objects within a parameter", JSON),
    "piped": (f"{UNDEFINED}the style 'pipeDelimited' with `explode`", "each member is written as a parameter of"),
    "xml": ("a parameter of 'application/xml' cannot be checked", "it is sent as the text that the caller gives"),
    "flag": ("an empty value is allowed, which the type does not have", "the parameter can be left out, but not"),
    "numbers": ("a list in a parameter cannot hold null", "it is sent as the text `null`"),
    "ids": (f"{UNDEFINED}several values of one cookie", "they are separated by commas"),
    "wrong": ("the style 'form' is not one of a header parameter", "the style 'simple' is used"),
    "X-Rate Limit": ("no header can be called 'X-Rate Limit'", "the parameter is left out"),
    "other": ("the path has no {other}", "the parameter is left out"),
    "thing": ("the path parameter 'thing' is not described", "it is a text"),
    "page": ("the query parameter 'page' is described twice", "the first description counts"),
}


@pytest.fixture(scope="module")
def problems() -> list[tuple[str, str, str | None]]:
    """What is said of the document: the name of the parameter, the message, and what the client does instead."""
    document = Document.load(DOCUMENTS / DOCUMENT)
    return [(_name(document, one.pointer), one.message, one.instead) for one in selected(document).approximated]


def _name(document: Document, pointer: str) -> str:
    parts = tokens(pointer)
    if "parameters" not in parts:
        return "thing"
    return str(document.at(join(parts[: parts.index("parameters") + 2]))["name"])


@pytest.mark.parametrize(("name", "message", "instead"), [(name, *texts) for name, texts in INSTEAD.items()])
def test_what_is_done_instead_is_said(
    problems: list[tuple[str, str, str | None]], name: str, message: str, instead: str
) -> None:
    """Each parameter that OpenAPI allows, and that cannot be written exactly, is named."""
    found = [(said, other) for owner, said, other in problems if owner == name and other is not None]
    assert any(said == message and other.startswith(instead) for said, other in found), found
