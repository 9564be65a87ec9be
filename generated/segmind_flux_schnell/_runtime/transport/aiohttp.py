# @generated from openapi/runtime/transport/aiohttp.py by `make generate`. Do not edit: change that file.
"""The transport for many calls at once, over aiohttp: it is used where `httpx-aiohttp` is installed.

The pool of httpx looks at all its connections for each request: with a thousand in flight that takes most of the time.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, cast

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from ..base.wording import said
from .pool import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_LINE = 1 << 16
"""Bytes of a header line that are read, as of the other transports."""


class ManyTransport(AiohttpTransport):
    """A transport without a limit of connections, which leaves bytes, cookies and redirects as they are.

    It names failures anew. `httpx-aiohttp` says `ConnectTimeout` of a connection that was closed after the request had
    been sent: taken for "never_sent", an image that was billed would be bought again. What is not known to have failed
    before is a `RemoteProtocolError` here, and so of unknown outcome.
    """

    def __init__(self, *, verify: bool) -> None:
        self._verified: ssl.SSLContext | bool = httpx.create_ssl_context() if verify else False
        # The session needs a running loop, which there is at the first request.
        super().__init__(verify=self._verified, client=self._session)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and give back the response as soon as its headers are there."""
        try:
            response = await super().handle_async_request(request)
        except (httpx.TransportError, aiohttp.ClientError) as error:
            failure = _named(error)
        else:
            response.stream = _Pieces(cast("httpx.AsyncByteStream", response.stream))
            return response
        raise failure

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=LIMITS.keepalive_expiry, ssl=self._verified)
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("Accept", "User-Agent"),
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
        )


class _Pieces(httpx.AsyncByteStream):
    """A body whose failures are all those of httpx."""

    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._inner:
                yield piece
        except aiohttp.ClientError as error:
            failure = httpx.ReadError(said(error))
        else:
            return
        raise failure

    async def aclose(self) -> None:
        await self._inner.aclose()


def _named(error: Exception) -> httpx.TransportError:
    cause = error.__cause__ if isinstance(error, httpx.TransportError) else error
    for kind, name in _BEFORE_SENDING:
        if isinstance(cause, kind):
            return name(said(cause))
    if isinstance(cause, TimeoutError):
        return httpx.ReadTimeout("")
    # Its text can be the whole head of a response.
    return httpx.RemoteProtocolError(type(cause or error).__name__)


_BEFORE_SENDING: Iterable[tuple[type[Exception], type[httpx.TransportError]]] = (
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
)
