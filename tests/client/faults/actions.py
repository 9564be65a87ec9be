"""What a service does with a connection, one step each: a fault is a few of these in a row."""

import select
import socket
import struct
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Protocol

from attrs import define, field, frozen

from tests.client.responding_server import Received, http_response, read_request


class Ended(Exception):
    """The connection is over: the other side has left, or this side has ended it."""


@define
class Connection:
    """One accepted connection.

    Args:
        peer: Its socket, with a timeout.
        stopping: Becomes readable when the server is told to stop.
        elsewhere: URL of another origin.
        received: Keeps a request whose head and body came whole.
    """

    peer: socket.socket
    stopping: socket.socket
    elsewhere: str
    received: Callable[[Received], None] = field(repr=False)

    def wait(self, seconds: float | None = None) -> None:
        """Let time pass, but not after the other side has left or the server is told to stop."""
        readable, _, _ = select.select([self.peer, self.stopping], [], [], seconds)
        if self.stopping in readable or (readable and not self.peer.recv(65536)):
            raise Ended


class Action(Protocol):
    """A step."""

    def __call__(self, connection: Connection) -> None:
        """Take it.

        Raises:
            Ended: There is nothing more to do.
        """


Script = Sequence[Action]
"""What is done with each request of a connection; it starts anew with the next request."""


@frozen
class Read:
    """Read a request whole, and count it: from here on it may be billed."""

    def __call__(self, connection: Connection) -> None:
        """Wait for the request first, so that a connection which nobody uses ends with its server."""
        readable, _, _ = select.select([connection.peer, connection.stopping], [], [])
        # What was sent is counted, also when it comes to be read as the server is told to stop.
        if connection.peer not in readable:
            raise Ended
        connection.received(read_request(connection.peer))


@frozen
class ReadSome:
    """Read the start of a request, which is not enough of it to be billed.

    Args:
        most: Bytes.
    """

    most: int = 1

    def __call__(self, connection: Connection) -> None:
        """More of the request may be on its way."""
        if not connection.peer.recv(self.most):
            raise Ended


@frozen
class ReadSlowly:
    """Read what comes, and never as fast as it comes.

    Args:
        most: Bytes at once.
        pause: Seconds after each.
    """

    most: int
    pause: float

    def __call__(self, connection: Connection) -> None:
        """Until the other side has left."""
        while connection.peer.recv(self.most):
            if select.select([connection.stopping], [], [], self.pause)[0]:
                break
        raise Ended


@frozen
class Send:
    """Send bytes."""

    content: bytes = field(repr=lambda content: f"<{len(content)} bytes>")

    def __call__(self, connection: Connection) -> None:
        """All of them at once."""
        connection.peer.sendall(self.content)


@frozen
class Redirect:
    """Send the other side to another origin.

    Args:
        status: The status line without the version.
        path: Of the URL.
    """

    status: str
    path: str = "/v1/flux-schnell"

    def __call__(self, connection: Connection) -> None:
        """A response without a body."""
        location = f"location: {connection.elsewhere}{self.path}"
        connection.peer.sendall(http_response(self.status, b"", location))


@frozen
class Drip:
    """Send bytes one by one.

    Args:
        content: The bytes.
        pause: Seconds after each.
    """

    content: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    pause: float = 1.0

    def __call__(self, connection: Connection) -> None:
        """One byte a pause."""
        for byte in self.content:
            connection.peer.sendall(bytes([byte]))
            connection.wait(self.pause)


@frozen
class SendForever:
    """Send some bytes, and then others without end.

    Args:
        first: What is sent once.
        again: What is sent until the other side leaves.
        pause: Seconds after each.
    """

    first: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    again: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    pause: float = 0.0

    def __call__(self, connection: Connection) -> None:
        """It ends when the other side no longer takes it."""
        parts: Iterator[bytes] = chain([self.first], repeat(self.again))
        for part in parts:
            connection.peer.sendall(part)
            connection.wait(self.pause)


@frozen
class Silence:
    """Say nothing until the other side has left."""

    def __call__(self, connection: Connection) -> None:
        """What comes in is thrown away."""
        while True:
            connection.wait()


@frozen
class Close:
    """Close the connection in good order."""

    def __call__(self, connection: Connection) -> None:
        """What was sent before arrives."""
        raise Ended


@frozen
class Reset:
    """Break the connection off: the other side gets ECONNRESET."""

    def __call__(self, connection: Connection) -> None:
        """With a linger time of 0 the kernel sends RST in place of FIN."""
        connection.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Ended


@frozen
class Do:
    """Call a function of the test, such as one that presses Ctrl-C."""

    function: Callable[[], object]

    def __call__(self, connection: Connection) -> None:
        """Between two other steps."""
        self.function()
