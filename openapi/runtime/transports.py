"""How bytes travel: transports of the HTTP library that keep the deadline of a call, and the proxy to go through."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpcore
import httpx

from .deadlines import current

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=5.0)
"""Connections: as many as there are calls at once, since a call that waits for one cannot finish sooner."""


class SyncTransport(httpx.HTTPTransport):
    """A transport whose sockets give up at the deadline of the call, however slowly bytes drip in.

    The timeouts of the HTTP library hold for each single wait: a service that sends one byte a second outlasts them.
    """

    def __init__(self, proxy: str | httpx.URL | httpx.Proxy | None, *, verify: bool) -> None:
        super().__init__(proxy=proxy, verify=verify, limits=LIMITS)
        # There is no public way to give a transport of httpx another backend: the pool reads it for each connection.
        pool: Any = self._pool
        pool._network_backend = _Backend(pool._network_backend)


class AsyncTransport(httpx.AsyncHTTPTransport):
    """The asynchronous transport: there a call that is late is cancelled, so that it needs no sockets of its own."""

    def __init__(self, proxy: str | httpx.URL | httpx.Proxy | None, *, verify: bool) -> None:
        super().__init__(proxy=proxy, verify=verify, limits=LIMITS)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, limit, local_address, socket_options))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_unix_socket(path, limit, socket_options))

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, limit))


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
    if not proxy or not parts.hostname or urllib.request.proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
