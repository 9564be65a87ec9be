"""Connections that are used again, and those that must not be, over each transport."""

import threading

import pytest

from tests.client.calling import Kind
from tests.client.faults.actions import Do, Read, Script, Send
from tests.client.faults.responses import ASKED, IMAGE, SIDE, WHOLE, chunked
from tests.client.faults.servers import FaultServer, fault_server
from tests.client.faults.sessions import session
from tests.client.responding_server import JPEG_TYPE, http_response
from tests.waiting import PATIENCE

KINDS: list[Kind] = ["sync", "async", "aiohttp"]

KEPT_OPEN = WHOLE.replace(b"connection: close\r\n", b"")


def padded(length: int) -> bytes:
    """A response with an image of that many bytes behind headers that keep the connection open."""
    whole = http_response("200 OK", IMAGE + bytes(length - len(IMAGE)), JPEG_TYPE)
    return whole.replace(b"connection: close\r\n", b"")


RESPONSES: dict[str, bytes] = {
    "of a length": KEPT_OPEN,
    "in chunks": chunked(IMAGE[:600], IMAGE[600:]) + b"0\r\n\r\n",
    "in chunks, with a trailer": chunked(IMAGE) + b"0\r\nx-checksum: 1\r\n\r\n",
    "behind early hints": b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + KEPT_OPEN,
    "of 300 kB": padded(300_000),
}


def generated_twice(kind: Kind, service: FaultServer) -> None:
    """Make two calls with one client."""
    with session(kind, api_key="k", base_url=service.url, timeout=10, retry=None) as generate:
        for _ in range(2):
            assert generate(**ASKED).width == SIDE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
def test_a_connection_is_used_again(kind: Kind, response: bytes) -> None:
    """However a response is framed: the next request goes over the same connection."""
    with fault_server((Read(), Send(response))) as service:
        generated_twice(kind, service)
    assert (service.posts, service.connections) == (2, 1)


LATE = {"a response": KEPT_OPEN.replace(b"200 OK", b"404 "), "a blank line": b"\r\n"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
def test_what_comes_unasked_between_two_calls_is_not_the_next_response(kind: Kind, late: bytes) -> None:
    """A connection over which something came while nobody waited for it is not used again."""
    returned, sent = threading.Event(), threading.Event()
    script: Script = (Read(), Send(KEPT_OPEN), Do(lambda: returned.wait(PATIENCE)), Send(late), Do(sent.set))
    with (
        fault_server(script, (Read(), Send(KEPT_OPEN))) as service,
        session(kind, api_key="k", base_url=service.url, timeout=PATIENCE, retry=None) as generate,
    ):
        assert generate(**ASKED).width == SIDE
        returned.set()
        assert sent.wait(PATIENCE)
        assert generate(**ASKED).width == SIDE
    assert (service.posts, service.connections) == (2, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_of_two_clients_has_connections_of_its_own(kind: Kind) -> None:
    """Nothing is shared but the code."""
    with fault_server((Read(), Send(KEPT_OPEN))) as service:
        for _ in range(2):
            with session(kind, api_key="k", base_url=service.url, timeout=10) as generate:
                generate(**ASKED)
    assert service.connections == 2
