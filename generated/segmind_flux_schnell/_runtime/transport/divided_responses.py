# @generated from openapi/runtime/transport/divided_responses.py by `make generate`. Do not edit: change that file.
"""What stands between a socket and the parser of aiohttp, so that damage behind the head of a response spares the head.

aiohttp parses all that comes at once together: one flaw in there, and it reports none of it.
"""

from __future__ import annotations

import asyncio
import re
import select
import socket
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from .tunables import LARGEST_HEAD

if TYPE_CHECKING:
    from aiohttp.client_proto import ResponseHandler


class DividedResponses(asyncio.Protocol):
    """The protocol of one connection: hands on the head of a response apart from what follows.

    What comes while no response is awaited ends the connection: it would be taken for the next response.

    Args:
        transport: The transport of the connection.
        inner: Its protocol so far.
    """

    def __init__(self, transport: asyncio.Transport, inner: ResponseHandler) -> None:
        self._transport = transport
        self._inner = inner
        self._head = b""
        self._is_in_head = False
        self._is_idle = True
        self._on_flaw: Callable[[], None] | None = None
        self._poll = _poll(transport)
        self._is_new = True

    @classmethod
    def on(cls, transport: asyncio.Transport) -> DividedResponses:
        """That of a connection, which gets one if it is new."""
        protocol = transport.get_protocol()
        if isinstance(protocol, cls):
            return protocol
        divided = cls(transport, cast("ResponseHandler", protocol))
        transport.set_protocol(divided)
        return divided

    @property
    def is_stale(self) -> bool:
        """Whether something has come since the last response that was not read yet, be it the end of the connection."""
        return not self._is_new and self._poll is not None and bool(self._poll())

    def begin(self) -> None:
        """A request is about to leave: from here on a response is awaited."""
        self._head = b""
        self._is_in_head = True
        self._is_idle = self._is_new = False

    def watch(self, on_flaw: Callable[[], None]) -> None:
        """Have a function called as soon as something that comes is not HTTP, or now if it has come.

        The parser does not report that to whoever reads the body, who would wait for the rest until the deadline.
        """
        self._on_flaw = on_flaw
        self._look_for_flaw()

    def rest(self) -> None:
        """The response was read, or given up."""
        self._is_idle = True
        self._on_flaw = None

    def data_received(self, data: bytes) -> None:
        """Hand on bytes."""
        if self._is_idle:
            self._transport.close()
            return
        while self._is_in_head and (end := self._end_of_head(data)) is not None:
            self._inner.data_received(data[:end])
            data = data[end:]
        if len(self._head) > LARGEST_HEAD:
            self._transport.abort()
        if data and not self._transport.is_closing():
            self._inner.data_received(data)
        self._look_for_flaw()

    def eof_received(self) -> None:
        """Hand on the end."""
        self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Hand on that the connection is over."""
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """Hand on that the other side reads slowly."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Hand on that it goes on."""
        self._inner.resume_writing()

    def _look_for_flaw(self) -> None:
        if self._on_flaw is not None and self._inner.exception() is not None:
            self._on_flaw()

    def _end_of_head(self, data: bytes) -> int | None:
        """How many of these bytes belong to the head, or None for all. That of an interim response is not the last."""
        before = len(self._head)
        head = self._head + data if before else data
        end = _BLANK_LINE.search(head, max(0, before - 2))
        if end is None:
            self._head = head
            return None
        self._is_in_head = _INTERIM.match(head) is not None
        self._head = b""
        return end.end() - before


_BLANK_LINE = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"HTTP/\d\.\d 1(?!01)\d\d")


def _poll(transport: asyncio.Transport) -> Callable[[], Sequence[object]] | None:
    """What looks, without waiting, whether a socket has something to read; None where there is no socket to look at."""
    peer: socket.socket | None = transport.get_extra_info("socket")
    if peer is None:
        return None
    if not hasattr(select, "poll"):
        return lambda: select.select([peer], [], [], 0)[0]
    poll = select.poll()
    poll.register(peer, select.POLLIN)
    return partial(poll.poll, 0)
