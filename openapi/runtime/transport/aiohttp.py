"""The transport for many asynchronous calls at once, over aiohttp: it is used where that is installed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
import yarl
from attrs import define

from .contract import Departure
from .divided_responses import DividedResponses
from .tunables import KEPT_SECONDS, LARGEST_LINE, PART, READ_AHEAD

if TYPE_CHECKING:
    import ssl

    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace


class AiohttpTransport(httpx.AsyncBaseTransport):
    """Sends asynchronous calls, thousands at once, and leaves bytes, cookies and redirects as they are.

    Args:
        ssl_context: What TLS is spoken with, or None where it is not.
    """

    def __init__(self, ssl_context: ssl.SSLContext | None) -> None:
        self._ssl_context = ssl_context
        # It needs a running loop, which there is at the first request.
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and give back the response as soon as its headers are there."""
        sending = _Sending(Departure(request))
        token = _SENDING.set(sending)
        try:
            arguments = _arguments(request)
            response = await self._opened().request(request.method, _parsed(str(request.url)), **arguments)
        except FAILURES as error:
            raise _failure(error, sending.departure) from error
        finally:
            _SENDING.reset(token)
        if not 200 <= response.status <= 999:
            # Another protocol, which was not asked for, or none at all.
            response.close()
            raise httpx.RemoteProtocolError(f"a response with the status {response.status}")
        return httpx.Response(response.status, headers=list(response.raw_headers), stream=_Body(response, sending))

    async def aclose(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_Connector(limit=0, keepalive_timeout=KEPT_SECONDS, ssl=self._ssl_context or False),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                max_line_size=LARGEST_LINE,
                max_field_size=LARGEST_LINE,
                read_bufsize=READ_AHEAD,
            )
        return self._session


@define
class _Sending:
    """A request on its way.

    Args:
        departure: Whether it has left.
        responses: What reads its connection, once it has one.
    """

    departure: Departure
    responses: DividedResponses | None = None


class _Connector(aiohttp.TCPConnector):
    """Opens connections, and notes when a request has one."""

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """A connection for a request: a new one, or one on which nothing has come since its last response."""
        sending = _SENDING.get()
        if sending.departure.has_begun:
            raise aiohttp.ServerDisconnectedError("the request has left, and is not sent again")
        while True:
            connection = await super().connect(req, traces, timeout)
            transport = connection.transport
            responses = None if transport is None else DividedResponses.on(transport)
            if responses is None or responses.is_stale:
                connection.close()
                continue
            responses.begin()
            connection.add_callback(responses.rest)
            sending.responses = responses
            sending.departure.begin()
            return connection


class _Body(httpx.AsyncByteStream):
    """The body of a response, whose failures are those of httpx."""

    def __init__(self, response: aiohttp.ClientResponse, sending: _Sending) -> None:
        self._response = response
        self._departure = sending.departure
        self._is_flawed = False
        if sending.responses is not None:
            sending.responses.watch(self._break_off)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._response.content.iter_any():
                yield piece
        except FAILURES as error:
            raise _failure(error, self._departure) from error
        if self._is_flawed:
            raise httpx.RemoteProtocolError("the body is not framed as its headers say")

    async def aclose(self) -> None:
        """Close the connection too, unless all was read."""
        if self._is_flawed or not self._response.content.at_eof():
            self._response.close()

    def _break_off(self) -> None:
        # Bytes that came before the flaw were paid for: they are read first. Behind a whole body it does no harm.
        if not self._response.content.is_eof():
            self._is_flawed = True
            self._response.content.feed_eof()


def _arguments(request: httpx.Request) -> dict[str, Any]:
    headers = [(name.decode("ascii"), value.decode("ascii")) for name, value in request.headers.raw]
    limits = request.extensions.get("timeout", {})
    arguments: dict[str, Any] = {
        "headers": headers,
        "data": request.stream,
        "timeout": _timeout(limits.get("connect"), limits.get("read")),
        "allow_redirects": False,
    }
    missing = _ADDED - {name.lower() for name, _ in headers}
    if missing:
        arguments["skip_auto_headers"] = missing
    if isinstance(request.stream, httpx.ByteStream):
        content = b"".join(request.stream)
        # A large body at once would hold up the event loop until the other side has taken it.
        arguments["data"] = BytesIO(content) if len(content) > PART else content or None
    elif "transfer-encoding" in request.headers:
        arguments["headers"] = [header for header in headers if header[0].lower() != "transfer-encoding"]
        arguments["chunked"] = True
    return arguments


_ADDED = frozenset({"accept", "accept-encoding", "content-type", "user-agent"})
"""Headers that aiohttp adds of its own accord."""


@lru_cache(maxsize=64)
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=connect, sock_read=read)


def _failure(error: Exception, departure: Departure) -> httpx.TransportError:
    """What httpx calls one of `FAILURES`."""
    name = next(name for kind, name in _NAMES.items() if isinstance(error, kind))
    if name is httpx.RemoteProtocolError:
        # In the words of httpcore. The text of some is the whole head of a response.
        return departure.failure(name, "peer closed connection" if isinstance(error, _CLOSED) else "")
    return departure.failure(name, str(error))


_CLOSED = (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError)
"""What aiohttp raises where a connection is closed before its response is whole."""


_NAMES: dict[type[Exception], type[httpx.TransportError]] = {
    aiohttp.ConnectionTimeoutError: httpx.ConnectTimeout,
    aiohttp.ClientConnectorError: httpx.ConnectError,
    aiohttp.InvalidURL: httpx.UnsupportedProtocol,
    TimeoutError: httpx.ReadTimeout,
    aiohttp.ClientOSError: httpx.ReadError,
    aiohttp.ClientError: httpx.RemoteProtocolError,
    OSError: httpx.ReadError,
}
"""The first that fits holds."""

FAILURES = (aiohttp.ClientError, OSError)
"""What aiohttp raises where the network or the other side fails."""

_SENDING: ContextVar[_Sending] = ContextVar("sending")


@lru_cache(maxsize=256)
def _parsed(url: str) -> yarl.URL:
    return yarl.URL(url, encoded=True)
