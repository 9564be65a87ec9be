# @generated from openapi/runtime/transport/pool.py by `make generate`. Do not edit: change that file.
"""How bytes travel: transports of the HTTP library that keep the deadline of a call, and the proxy to go through."""

from __future__ import annotations

import urllib.request
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpcore
import httpx

from ..base.deadlines import current
from ..base.errors import ConfigurationError
from ..base.wording import shown
from ..spec.configuration import is_loopback

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

_PART = 1 << 16
"""Bytes that are sent at once."""

LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=3.0)
"""Connections: as many as there are calls at once, since a call that waits for one cannot finish sooner.

All are kept, since a pool that has to drop one drops what another thread has just taken. They are kept for less than
the five seconds of common servers: one that the service closes while a request goes out leaves an unknown outcome.
"""


class SyncTransport(httpx.HTTPTransport):
    """A transport whose sockets give up at the deadline of the call, however slowly bytes drip in.

    The timeouts of the HTTP library hold for each single wait: a service that sends one byte a second outlasts them.
    """

    def __init__(self, proxy: str | httpx.URL | httpx.Proxy | None, *, verify: bool) -> None:
        super().__init__(proxy=proxy, verify=verify, limits=LIMITS)
        # There is no public way to give a transport of httpx another backend: the pool reads it for each connection.
        pool: Any = self._pool
        pool._network_backend = _Backend(pool._network_backend, pool)


class AsyncTransport(httpx.AsyncHTTPTransport):
    """The asynchronous transport: there a call that is late is cancelled, and leaves no socket open."""

    def __init__(self, proxy: str | httpx.URL | httpx.Proxy | None, *, verify: bool) -> None:
        super().__init__(proxy=proxy, verify=verify, limits=LIMITS)
        pool: Any = self._pool
        pool._network_backend = _AsyncBackend(pool._network_backend, pool)


def async_transport(
    name: str | None, proxy: str | httpx.URL | httpx.Proxy | None, *, verify: bool
) -> httpx.AsyncBaseTransport:
    """An asynchronous transport of ours.

    Args:
        name: `httpx`, or `aiohttp`, which holds thousands of calls at once. None is the latter where it is installed
            and no proxy is gone through: it knows none.
        proxy: A proxy to go through, or None.
        verify: Whether certificates are checked.

    Raises:
        ConfigurationError: There is none of this name, or not here.
    """
    if name not in (None, "httpx", "aiohttp"):
        raise ConfigurationError(f"transport is {shown(name)}, not 'httpx', 'aiohttp' or a transport.")
    is_there = find_spec("httpx_aiohttp") is not None
    if name == "aiohttp" and not is_there:
        raise ConfigurationError("transport is 'aiohttp', which the extra `aiohttp` installs.")
    if name == "aiohttp" and proxy is not None:
        raise ConfigurationError("transport is 'aiohttp', which goes through no proxy.")
    if name == "httpx" or proxy is not None or not is_there:
        return AsyncTransport(proxy, verify=verify)
    from .aiohttp import ManyTransport

    return ManyTransport(verify=verify)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, inner: httpcore.NetworkBackend, pool: Any) -> None:
        self._inner = inner
        self._pool = pool

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, limit, local_address, socket_options), self._pool)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_unix_socket(path, limit, socket_options), self._pool)

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, pool: Any) -> None:
        self._inner = inner
        self._pool = pool
        self._surplus = _Surplus(pool)
        self._held = bytearray()

    def close(self) -> None:
        self._held.clear()
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        # The pool asks this of an idle connection, and closes one that has something to be read.
        return (info == "is_readable" and self._surplus.came(self)) or self._inner.get_extra_info(info)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # The response may be there, and say why, before the request was read.
        with suppress(httpcore.WriteError):
            self._flush(timeout)
        return self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # Held until a response is waited for: head and body leave in one piece, which is a third of a short call.
        self._held += buffer
        if len(self._held) > _PART:
            self._flush(timeout)

    def _flush(self, timeout: float | None) -> None:
        held, self._held = memoryview(self._held), bytearray()
        # The timeout holds for each part that the socket takes: a slow reader takes many.
        for start in range(0, len(held), _PART):
            self._inner.write(bytes(held[start : start + _PART]), _left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._flush(timeout)
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, limit), self._pool)


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, inner: httpcore.AsyncNetworkBackend, pool: Any) -> None:
        self._inner = inner
        self._pool = pool

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return _AsyncStream(inner, self._pool)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _AsyncStream(await self._inner.connect_unix_socket(path, timeout, socket_options), self._pool)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, inner: httpcore.AsyncNetworkStream, pool: Any) -> None:
        self._inner = inner
        self._pool = pool
        self._surplus = _Surplus(pool)

    async def aclose(self) -> None:
        await self._inner.aclose()

    def get_extra_info(self, info: str) -> Any:
        return (info == "is_readable" and self._surplus.came(self)) or self._inner.get_extra_info(info)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        import anyio

        try:
            return _AsyncStream(await self._inner.start_tls(ssl_context, server_hostname, timeout), self._pool)
        except BaseException:
            # Of the library's own accord a socket whose handshake is cancelled stays open.
            with anyio.CancelScope(shield=True):
                await self._inner.aclose()
            raise


class _Surplus:
    """Whether more came over a connection than its response: the next request would take it for its own."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._parser: Any = None

    def came(self, stream: object) -> bool:
        """Whether it did. Only the parser of the connection knows, and only the pool knows the connection."""
        if self._parser is None:
            held = [getattr(connection, "_connection", None) for connection in self._pool.connections]
            own = (one for one in held if getattr(one, "_network_stream", None) is stream)
            self._parser = getattr(next(own, None), "_h11_state", None)
        return self._parser is not None and bool(self._parser.trailing_data[0])


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    left = current().within(timeout)
    if left == 0.0:
        raise error("the deadline of the call")
    return left


def environment_proxy(base_url: str) -> str | None:
    """The proxy that the environment names for a URL (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` …), or None."""
    parts = urlsplit(base_url)
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    # What stays on this machine goes without TLS, and so does not leave it by way of a proxy either.
    if not proxy or not parts.hostname or is_loopback(parts.hostname) or urllib.request.proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
