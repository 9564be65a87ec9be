# @generated from openapi/runtime/transport/sockets.py by `make generate`. Do not edit: change that file.
"""The sockets of the blocking transport: they give up at the deadline of the call, however slowly bytes drip in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpcore

from ..base.deadlines import current
from .surplus import Surplus
from .tunables import PART

if TYPE_CHECKING:
    import ssl


class Backend(httpcore.NetworkBackend):
    """Opens sockets.

    Args:
        speaks_http: Whether HTTP is spoken from the first byte on, and not SOCKS.
    """

    def __init__(self, *, speaks_http: bool = True) -> None:
        self._inner = httpcore.SyncBackend()
        self._speaks_http = speaks_http

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open a connection."""
        limit = _left(timeout, httpcore.ConnectTimeout)
        inner = self._inner.connect_tcp(host, port, limit, local_address, socket_options)
        return Stream(inner, Surplus() if self._speaks_http else None)


class Stream(httpcore.NetworkStream):
    """A socket.

    The timeouts of the HTTP library hold for each single wait: a service that sends one byte a second outlasts them.

    Args:
        inner: The socket of the HTTP library.
        surplus: Tells whether more comes than responses; None where it is not only those that are read.
    """

    def __init__(self, inner: httpcore.NetworkStream, surplus: Surplus | None) -> None:
        self._inner = inner
        self._surplus = surplus
        self._held = bytearray()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes, after all that was written has left."""
        if self._surplus is not None and (last := self._surplus.take()):
            return last
        if self._held:
            # The response may be there, and say why, before the request was read.
            with suppress(httpcore.WriteError):
                self._flush(timeout)
        read = self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))
        return read if self._surplus is None else self._surplus.cut(read, max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Keep bytes until a response is waited for: head and body leave in one packet."""
        self._held += buffer
        if len(self._held) > PART:
            self._flush(timeout)

    def close(self) -> None:
        """Close the socket."""
        self._held.clear()
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Speak TLS from here on."""
        self._flush(timeout)
        try:
            limit = _left(timeout, httpcore.ConnectTimeout)
            return Stream(self._inner.start_tls(ssl_context, server_hostname, limit), Surplus())
        except BaseException:
            self._inner.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """What is known of the socket. The pool closes an idle connection that has something to be read."""
        if info == "is_readable" and (self._surplus is None or self._surplus.is_possible):
            return True
        return self._inner.get_extra_info(info)

    def _flush(self, timeout: float | None) -> None:
        held, self._held = bytes(self._held), bytearray()
        for start in range(0, len(held), PART):
            self._inner.write(held[start : start + PART], _left(timeout, httpcore.WriteTimeout))


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    left = current().within(timeout)
    if left == 0.0:
        raise error("the deadline of the call")
    return left
