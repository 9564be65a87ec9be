"""Keys: every security scheme, alone, together and as an alternative."""

import inspect
from typing import Any

import pytest

from tests.generator.conftest import Connect
from tests.generator.generation import docs
from tests.generator.recording_server import RecordingServer

DOCUMENT = "keys.yaml"

KEYS = {
    "header_key": "H",
    "query_key": "Q&=",
    "cookie_key": "C",
    "bearer": "B",
    "basic": "user:pass",
    "oauth": "O",
    "oidc": "I",
    "timeout_": "T",
}


@pytest.fixture
def keyless(documented: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client without any key."""
    server.respond_with(status=204)
    return connect(documented)


@pytest.mark.parametrize(
    ("operation", "headers", "query"),
    [
        ("by_default", {"x-key": "H"}, []),
        ("open_to_all", {}, []),
        ("optionally", {"x-key": "H"}, []),
        ("with_both", {"x-key": "H", "cookie": "sid=C"}, []),
        ("with_bearer", {"authorization": "Bearer B"}, []),
        ("with_basic", {"authorization": "Basic dXNlcjpwYXNz"}, []),
        ("with_oauth", {"authorization": "Bearer O"}, []),
        ("with_oidc", {"authorization": "Bearer I"}, []),
        ("with_query", {}, [("key", "Q&=")]),
        ("with_named", {"x-timeout-key": "T"}, []),
    ],
)
def test_each_operation_sends_its_keys_and_no_other(
    documented: Any,
    connect: Connect,
    server: RecordingServer,
    operation: str,
    headers: dict[str, str],
    query: list[tuple[str, str]],
) -> None:
    """A client with all keys sends those of the operation's first alternative, each in its place."""
    server.respond_with(status=204)
    getattr(connect(documented, **KEYS), operation)()
    sent = {name: value for name, value in server.last.headers.items() if value in headers.values()}
    assert (sent, server.last.query) == (headers, query)
    assert not {"authorization", "cookie"} & server.last.headers.keys() - headers.keys()


def test_the_next_alternative_is_taken_where_keys_are_missing(
    documented: Any, connect: Connect, server: RecordingServer
) -> None:
    """Where one of two keys that belong together is missing, the next alternative is used."""
    server.respond_with(status=204)
    client = connect(documented, header_key="H", basic="user:pass")
    client.with_both()
    assert server.last.headers["authorization"].startswith("Basic ")


def test_no_key_is_needed_where_none_is_required(keyless: Any, server: RecordingServer) -> None:
    """`security: []` and an empty alternative need no key."""
    keyless.open_to_all()
    keyless.optionally()
    assert [request.path for request in server.requests] == ["/open", "/optional"]


def test_a_missing_key_is_named(documented: Any, keyless: Any, server: RecordingServer) -> None:
    """Without any of its keys an operation is not called, and the error says how to pass one."""
    with pytest.raises(documented.MissingKeyError, match=r"header_key=… .*KEYS_HEADER.* or .*query_key=…"):
        keyless.by_default()
    assert server.requests == []


def test_keys_are_sent_beside_the_parameters(documented: Any, connect: Connect, server: RecordingServer) -> None:
    """A key in the query, or in a cookie, does not replace the parameters there."""
    server.respond_with(status=204)
    connect(documented, query_key="Q").with_query(page=2, theme="dark")
    assert server.last.query == [("page", "2"), ("key", "Q")]
    assert server.last.headers["cookie"] == "theme=dark"


def test_a_key_is_named_for_its_scheme(documented: Any) -> None:
    """A scheme with the name of an option of the client, or of another scheme, gets another name."""
    parameters = inspect.signature(documented.Client).parameters
    assert {"timeout", "timeout_", "api_key", "api_key_"} <= parameters.keys()


def test_the_docstring_describes_the_keys(documented: Any) -> None:
    """It says where each key is sent."""
    text = docs(documented.Client)
    assert "basic: `name:password`, which goes into the header `Authorization`." in text
    assert "cookie_key: The key that goes into the cookie `sid`." in text
