"""A service on a loopback address that responds with any bytes, however odd they are."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from attrs import define, field, frozen

JPEG_TYPE = "content-type: image/jpeg"


@frozen
class Received:
    """A request as it was received, its headers by their names in lower case."""

    line: str
    headers: dict[str, str]
    body: bytes


@define
class RespondingServer:
    """Gives the same response to every request, one connection at a time, and records the requests.

    Args:
        url: Where it listens, without a slash at the end.
        response: The bytes of the response, status line and headers included. Then the connection is closed.
        received: The requests so far.
    """

    url: str
    response: bytes = b""
    received: list[Received] = field(factory=list[Received])

    def serve(self, connection: socket.socket) -> None:
        """Read one request, and respond to it."""
        with connection, suppress(ConnectionError):
            self.received.append(read_request(connection))
            connection.sendall(self.response)


def http_response(status: str, body: bytes, *headers: str, version: str = "1.1") -> bytes:
    """A response as it is sent, such as `http_response("200 OK", b"{}", "content-type: application/json")`."""
    lines = (f"HTTP/{version} {status}", *headers, f"content-length: {len(body)}", "connection: close", "", "")
    return "\r\n".join(lines).encode("latin-1") + body


def read_request(connection: socket.socket) -> Received:
    """Read one request with a body of announced length."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += _some(connection)
    return Received(line, headers, body)


def _some(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionResetError
    return part


@contextmanager
def responding_server() -> Iterator[RespondingServer]:
    """Run a server in the background while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = RespondingServer(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=accept_all, args=(listener, server.serve))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def accept_all(listener: socket.socket, serve: Callable[[socket.socket], None]) -> None:
    """Serve one connection after another, until the listener is shut down."""
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.settimeout(10)
            serve(connection)
