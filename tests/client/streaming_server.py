"""A service on a loopback address that sends its response piece by piece, and ends it as the test says."""

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from attrs import define, field

from tests.client.responding_server import Received, accept_all, read_request

Ending = Literal["whole", "cut", "reset", "stall"]
"""How a response ends: as HTTP says, without its last chunk, with a reset, or not at all until the client leaves."""


@define
class StreamingServer:
    """Gives the same response to every request, one connection at a time.

    Args:
        url: Where it listens, without a slash at the end.
        pieces: What the body is sent as; between two of them the service waits for `go_on`, if `waits`.
        ending: How the response ends.
        content_type: Its content type.
        status: Its status.
        headers: Its further headers.
        waits: Whether it waits between pieces.
        received: The requests so far.
        go_on: Lets the next piece go.
        left: Set once the client has closed the connection.
    """

    url: str
    pieces: Sequence[bytes] = ()
    ending: Ending = "whole"
    content_type: str = "text/event-stream"
    status: str = "200 OK"
    headers: Sequence[str] = ()
    waits: bool = False
    received: list[Received] = field(factory=list[Received])
    go_on: threading.Semaphore = field(factory=lambda: threading.Semaphore(0))
    left: threading.Event = field(factory=threading.Event)

    def serve(self, connection: socket.socket) -> None:
        """Read one request, and respond to it."""
        with connection:
            try:
                self._respond(connection)
            except ConnectionError:
                self.left.set()

    def _respond(self, connection: socket.socket) -> None:
        self.received.append(read_request(connection))
        kind = [f"content-type: {self.content_type}"] if self.content_type else []
        lines = (f"HTTP/1.1 {self.status}", *kind, *self.headers, "transfer-encoding: chunked", "", "")
        connection.sendall("\r\n".join(lines).encode())
        for at, piece in enumerate(self.pieces):
            if at and self.waits:
                self.go_on.acquire(timeout=10)
            connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
        self._end(connection)

    def _end(self, connection: socket.socket) -> None:
        if self.ending == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif self.ending == "stall":
            connection.recv(1)
            self.left.set()
        elif self.ending == "whole":
            connection.sendall(b"0\r\n\r\n")


@contextmanager
def streaming_server() -> Iterator[StreamingServer]:
    """Run a server in the background while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = StreamingServer(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=accept_all, args=(listener, server.serve))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
