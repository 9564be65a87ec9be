"""Whether more came over a connection than the response: told by what the parser asks for, and leaves."""

import httpcore
import pytest

from segmind_flux_schnell._runtime.transport.surplus import Surplus

WHOLE = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nimage"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nimage\r\n0\r\nx-trailer: 1\r\n\r\n"
WITHOUT_BODY = b"HTTP/1.1 204 No Content\r\n\r\n"
INTERIM = b"HTTP/1.1 103 Early Hints\r\n\r\n"

MOST = 1 << 16


class Peer(httpcore.NetworkStream):
    """A socket that has these bytes to read, some at a time, through what is tested."""

    def __init__(self, content: bytes, step: int) -> None:
        self.content = content
        self.step = step
        self.surplus = Surplus()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What the parser gets."""
        if last := self.surplus.take():
            return last
        piece, self.content = self.content[: self.step], self.content[self.step :]
        return self.surplus.cut(piece, max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """A request may say what it likes."""

    def close(self) -> None:
        """There is nothing to close."""

    def get_extra_info(self, info: str) -> object:
        """Nothing is known of it."""
        return None


def exchanged(content: bytes, step: int) -> Peer:
    """Make a request of a peer, and read its response to the end."""
    peer = Peer(content, step)
    with httpcore.HTTP11Connection(httpcore.Origin(b"http", b"host", 80), peer) as connection:
        assert connection.request("POST", "http://host/").status in (200, 204)
    return peer


@pytest.mark.parametrize("step", [1, 2, 7, 40, 1000])
@pytest.mark.parametrize("response", [WHOLE, CHUNKED, WITHOUT_BODY, INTERIM + WHOLE])
def test_a_response_alone_has_none(response: bytes, step: int) -> None:
    """However it is framed, and in however many pieces it comes: the connection can be used again."""
    assert not exchanged(response, step).surplus.is_possible


@pytest.mark.parametrize("surplus", [b"\n", b"more", WHOLE])
@pytest.mark.parametrize("response", [WHOLE, CHUNKED, WITHOUT_BODY, INTERIM + WHOLE])
def test_what_comes_with_a_response_is_noticed(response: bytes, surplus: bytes) -> None:
    """One byte is enough, and so is a second response."""
    assert exchanged(response + surplus, 1000).surplus.is_possible


def test_a_full_buffer_says_nothing() -> None:
    """Where a response ends just where the buffer does, nobody knows whether it is the response that filled it."""
    head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n"
    length = MOST - len(head % MOST)
    assert exchanged((head % length) + bytes(length), MOST).surplus.is_possible
    assert not exchanged((head % (length + 1)) + bytes(length + 1), MOST).surplus.is_possible
