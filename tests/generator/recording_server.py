"""A service on loopback that responds as a test says, and records the requests."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from attrs import define, field, frozen


@frozen
class RecordedRequest:
    """A request that the service has received.

    Args:
        method: HTTP method.
        target: Path and query, as they were sent.
        headers: Its headers, by lower-case name.
        body: Its body.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path, encoded as it was sent."""
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query, decoded."""
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


@frozen
class Response:
    """What the service responds."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@define
class RecordingServer:
    """A running service.

    Args:
        url: Where it listens.
        requests: The requests so far.
    """

    url: str
    requests: list[RecordedRequest] = field(factory=list[RecordedRequest])
    _response: Response = Response(200, {}, b"")

    def respond_with(
        self,
        body: object = b"",
        *,
        status: int = 200,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set the response to all further requests. Anything but bytes is sent as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = content_type or ("application/json" if not isinstance(body, bytes) else None)
        self._response = Response(status, {**({"content-type": kind} if kind else {}), **(headers or {})}, raw)

    @property
    def last(self) -> RecordedRequest:
        """The latest request."""
        return self.requests[-1]

    def response_to(self, request: RecordedRequest) -> Response:
        """What a request gets. Services with a mind of their own have another one of these."""
        return self._response

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        """Record a request, and respond to it."""
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        request = RecordedRequest(handler.command, handler.path, headers, body)
        self.requests.append(request)
        response = self.response_to(request)
        handler.send_response(response.status)
        for name, value in response.headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(response.body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(response.body)


Server = TypeVar("Server", bound=RecordingServer)


def recording_server() -> AbstractContextManager[RecordingServer]:
    """Run a service that responds as a test says while the context lasts."""
    return running(RecordingServer)


@contextmanager
def running(kind: type[Server]) -> Iterator[Server]:
    """Run a service of some kind while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body are two writes: the second would wait 40 ms for the client's acknowledgement of the first.
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):
                return lambda: recording.reply(self)
            raise AttributeError(name)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        recording = kind(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.005,))
        thread.start()
        try:
            yield recording
        finally:
            server.shutdown()
            thread.join()
