"""The asynchronous transport over the connection pool of httpcore."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from .async_sockets import AsyncBackend
from .contract import Departure
from .options import Proxy
from .pool import FAILURES, failure, pool_options, translated
from .proxies import SOCKS, usable

if TYPE_CHECKING:
    import ssl


class AsyncPoolTransport(httpx.AsyncBaseTransport):
    """Sends asynchronous calls. At its deadline a call is cancelled, so none is looked at here.

    The pool looks at all its connections for each request: with a thousand in flight that takes most of the time.

    Args:
        proxy: A proxy to go through, or None.
        ssl_context: What TLS is spoken with, or None where it is not.

    Raises:
        ValueError: The proxy is none.
        ImportError: The proxy needs a library that is not installed.
    """

    def __init__(self, proxy: Proxy | None, ssl_context: ssl.SSLContext | None) -> None:
        proxy = usable(proxy)
        options = pool_options(proxy, ssl_context)
        if proxy is None:
            self._pool = httpcore.AsyncConnectionPool(**options, network_backend=AsyncBackend())
        elif proxy.url.scheme in SOCKS:
            self._pool = httpcore.AsyncSOCKSProxy(**options, network_backend=AsyncBackend(speaks_http=False))
        else:
            self._pool = httpcore.AsyncHTTPProxy(**options, network_backend=AsyncBackend())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and give back the response as soon as its headers are there."""
        departure = Departure(request)
        try:
            response = await self._pool.handle_async_request(translated(request, departure))
        except FAILURES as error:
            raise failure(error, departure) from error
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response.stream, departure))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The body of a response, whose failures are those of httpx."""

    def __init__(self, inner: Any, departure: Departure) -> None:
        self._inner = inner
        self._departure = departure

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._inner:
                yield piece
        except FAILURES as error:
            raise failure(error, self._departure) from error

    async def aclose(self) -> None:
        await self._inner.aclose()
