"""Changes to a sandbox on the wire: to requests, to responses, and to the ledger in between."""

import json
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen
from starlette.types import Message, Receive, Scope, Send

from segmind_flux_schnell_sandbox.ledger import Ledger
from segmind_flux_schnell_sandbox.server import Served
from segmind_flux_schnell_sandbox.service import SandboxApp

Headers = tuple[tuple[str, str], ...]


def _value(headers: Headers, name: str) -> str | None:
    return next((value for known, value in headers if known.lower() == name), None)


def _without(headers: Headers, name: str) -> Headers:
    return tuple(pair for pair in headers if pair[0].lower() != name)


@frozen
class Request:
    """A request as sent, with the names of headers in lower case."""

    method: str
    path: str
    headers: Headers
    body: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the body; none if the body is not a JSON object."""
        try:
            document = json.loads(self.body)
        except ValueError:
            return {}
        return document if isinstance(document, dict) else {}

    def header(self, name: str) -> str | None:
        """Return a header's value, or None if it was not sent."""
        return _value(self.headers, name)

    def with_header(self, name: str, value: str) -> "Request":
        """Return a copy that has one header with this value."""
        return evolve(self, headers=(*_without(self.headers, name), (name, value)))


@frozen
class Response:
    """A response as sent. If it is not `complete`, the connection is closed in the middle of it."""

    status: int
    headers: Headers
    body: bytes
    complete: bool = True

    @property
    def is_image(self) -> bool:
        """Whether it is labelled as an image."""
        return (self.header("content-type") or "").startswith("image/")

    def header(self, name: str) -> str | None:
        """Return a header's value, or None if it is not there."""
        return _value(self.headers, name)

    def with_header(self, name: str, value: str) -> "Response":
        """Return a copy in which one header has this value; a new header is appended."""
        if self.header(name) is None:
            return evolve(self, headers=(*self.headers, (name, value)))
        headers = tuple((known, value if known.lower() == name else kept) for known, kept in self.headers)
        return evolve(self, headers=headers)

    def without_header(self, name: str) -> "Response":
        """Return a copy that lacks a header."""
        return evolve(self, headers=_without(self.headers, name))

    def with_body(self, body: bytes, content_type: str | None = None) -> "Response":
        """Return a copy with another body, and with another content type if one is given."""
        changed = evolve(self, body=body).with_header("content-length", str(len(body)))
        return changed.with_header("content-type", content_type) if content_type else changed


@frozen
class Intercepted:
    """A request as received, the sandbox's response to it, and the sandbox's ledger."""

    request: Request
    response: Response
    ledger: Ledger


ResponseChange = Callable[[Intercepted], Response]


def same_request(request: Request) -> Request:
    """Leave a request as it is."""
    return request


def same_response(intercepted: Intercepted) -> Response:
    """Leave a response as it is."""
    return intercepted.response


def images(change: Callable[[Response], Response]) -> ResponseChange:
    """Apply `change` to images only."""
    return lambda intercepted: change(intercepted.response) if intercepted.response.is_image else intercepted.response


def errors(change: Callable[[Response], Response], *statuses: int) -> ResponseChange:
    """Apply `change` to errors with one of these statuses; to all errors by default."""

    def changed(intercepted: Intercepted) -> Response:
        meant = intercepted.response.status in statuses if statuses else intercepted.response.status >= 400
        return change(intercepted.response) if meant else intercepted.response

    return changed


class Rewired:
    """A sandbox whose requests or responses are changed on the way."""

    def __init__(
        self,
        app: SandboxApp,
        *,
        request: Callable[[Request], Request] = same_request,
        response: ResponseChange = same_response,
    ) -> None:
        """Stand between `app` and its callers."""
        self._app = app
        self._request = request
        self._response = response

    @property
    def ledger(self) -> Ledger:
        """The ledger of the sandbox inside."""
        return self._app.ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as ASGI defines it."""
        request = await _received(scope, receive)
        response = await _response_of(self._app, scope, self._request(request))
        await _send(self._response(Intercepted(request, response, self.ledger)), send)


async def _received(scope: Scope, receive: Receive) -> Request:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    return Request(scope["method"], scope["path"], headers, body)


async def _response_of(app: Served, scope: Scope, request: Request) -> Response:
    """Pass a request to an application, and collect its response."""
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    await app(_scope(scope, request), receive, send)
    start, *parts = messages
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"])
    return Response(start["status"], headers, b"".join(part.get("body", b"") for part in parts))


def _scope(scope: Scope, request: Request) -> Scope:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
    path = {"path": request.path, "raw_path": request.path.encode()}
    return {**scope, **path, "method": request.method, "headers": headers}


async def _send(response: Response, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    body = response.body if response.complete else response.body[: len(response.body) // 2]
    await send({"type": "http.response.body", "body": body, "more_body": not response.complete})
