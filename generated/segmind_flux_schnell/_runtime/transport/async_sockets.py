# @generated from openapi/runtime/transport/async_sockets.py by `make generate`. Do not edit: change that file.
"""The sockets of the asynchronous transport over httpcore: a call that is late is cancelled, and leaves none open."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import anyio
import httpcore

from .surplus import Surplus
from .tunables import PART

if TYPE_CHECKING:
    import ssl


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Opens sockets, in an event loop of asyncio or of trio.

    Args:
        speaks_http: Whether HTTP is spoken from the first byte on, and not SOCKS.
    """

    def __init__(self, *, speaks_http: bool = True) -> None:
        self._inner = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())
        self._speaks_http = speaks_http

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Open a connection."""
        inner = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return AsyncStream(inner, Surplus() if self._speaks_http else None)


class AsyncStream(httpcore.AsyncNetworkStream):
    """A socket.

    Args:
        inner: The socket of the HTTP library.
        surplus: Tells whether more comes than responses; None where it is not only those that are read.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream, surplus: Surplus | None) -> None:
        self._inner = inner
        self._surplus = surplus
        self._held = bytearray()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes, after all that was written has left."""
        if self._surplus is not None and (last := self._surplus.take()):
            return last
        if self._held:
            # The response may be there, and say why, before the request was read.
            with suppress(httpcore.WriteError):
                await self._flush(timeout)
        read = await self._inner.read(max_bytes, timeout)
        return read if self._surplus is None else self._surplus.cut(read, max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Keep bytes until a response is waited for: head and body leave in one packet."""
        self._held += buffer
        if len(self._held) > PART:
            await self._flush(timeout)

    async def aclose(self) -> None:
        """Close the socket."""
        self._held.clear()
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Speak TLS from here on."""
        await self._flush(timeout)
        try:
            return AsyncStream(await self._inner.start_tls(ssl_context, server_hostname, timeout), Surplus())
        except BaseException:
            # Of the library's own accord a socket whose handshake is cancelled stays open.
            with anyio.CancelScope(shield=True):
                await self._inner.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        """What is known of the socket. The pool closes an idle connection that has something to be read."""
        if info == "is_readable" and (self._surplus is None or self._surplus.is_possible):
            return True
        return self._inner.get_extra_info(info)

    async def _flush(self, timeout: float | None) -> None:
        held, self._held = bytes(self._held), bytearray()
        if held:
            await self._inner.write(held, timeout)
