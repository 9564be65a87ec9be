"""The default transport of blocking calls, over the connection pool of httpcore; what the asynchronous one shares."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, cast

import httpcore
import httpx

from .contract import Departure
from .options import Proxy
from .proxies import SOCKS, arguments_of, usable
from .sockets import Backend
from .tunables import KEPT_SECONDS

if TYPE_CHECKING:
    import ssl


class PoolTransport(httpx.BaseTransport):
    """Sends blocking calls, each until the deadline of the call that its thread is in.

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
            self._pool = httpcore.ConnectionPool(**options, network_backend=Backend())
        elif proxy.url.scheme in SOCKS:
            self._pool = httpcore.SOCKSProxy(**options, network_backend=Backend(speaks_http=False))
        else:
            self._pool = httpcore.HTTPProxy(**options, network_backend=Backend())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and give back the response as soon as its headers are there."""
        departure = Departure(request)
        try:
            response = self._pool.handle_request(translated(request, departure))
        except FAILURES as error:
            raise failure(error, departure) from error
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response.stream, departure))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of a response, whose failures are those of httpx."""

    def __init__(self, inner: Any, departure: Departure) -> None:
        self._inner = inner
        self._departure = departure

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._inner
        except FAILURES as error:
            raise failure(error, self._departure) from error

    def close(self) -> None:
        self._inner.close()


class _Leaving:
    """The body of a request, which the pool reads once it has a connection: by then the head is about to leave."""

    def __init__(self, stream: object, departure: Departure) -> None:
        self._stream = stream
        self._departure = departure

    def __iter__(self) -> Iterator[bytes]:
        self._departure.begin()
        return iter(cast("httpx.SyncByteStream", self._stream))

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._departure.begin()
        return aiter(cast("httpx.AsyncByteStream", self._stream))


def pool_options(proxy: httpx.Proxy | None, ssl_context: ssl.SSLContext | None) -> dict[str, Any]:
    """What the pools of httpcore are made of.

    There are as many connections as there are calls at once, since a call that waits for one cannot finish sooner. All
    are kept, since a pool that has to drop one drops what another thread has just taken.
    """
    options = {"max_connections": None, "keepalive_expiry": KEPT_SECONDS, "ssl_context": ssl_context}
    return options | (arguments_of(proxy, ssl_context) if proxy else {})


def translated(request: httpx.Request, departure: Departure) -> httpcore.Request:
    """A request as httpcore takes it."""
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=_Leaving(request.stream, departure),
        extensions=request.extensions,
    )


def failure(error: Exception, departure: Departure) -> httpx.TransportError:
    """What httpx calls one of `FAILURES`."""
    return departure.failure(next(_NAMES[kind] for kind in type(error).__mro__ if kind in _NAMES), str(error))


_NAMES: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.WriteTimeout: httpx.WriteTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.ReadError: httpx.ReadError,
    httpcore.WriteError: httpx.WriteError,
    httpcore.ProxyError: httpx.ProxyError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.LocalProtocolError: httpx.LocalProtocolError,
    httpcore.RemoteProtocolError: httpx.RemoteProtocolError,
}

FAILURES = tuple(_NAMES)
"""What httpcore raises where the network, the other side or a proxy fails."""
