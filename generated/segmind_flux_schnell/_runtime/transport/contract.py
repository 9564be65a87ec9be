# @generated from openapi/runtime/transport/contract.py by `make generate`. Do not edit: change that file.
"""What the transports of this package promise beyond the interface of httpx: which requests were never sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import httpx

NEVER_SENT: tuple[type[httpx.TransportError], ...] = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What a transport raises if no byte of the request has left. After all else that it raises the outcome is unknown."""

LEAVING = "leaving"
"""The extension of a request with a function that a transport calls when the request is about to leave.

It serves calls that end without an exception of the transport: those that are cancelled, or interrupted by Ctrl-C.
"""


class Departure:
    """Whether a request is still here.

    Args:
        request: The request.

    Attributes:
        has_begun: Whether it is leaving, or has left.
    """

    def __init__(self, request: httpx.Request) -> None:
        self.has_begun = False
        self._announce = cast("Callable[[], None] | None", request.extensions.get(LEAVING))

    def begin(self) -> None:
        """There is a connection: from here on the request may be sent."""
        self.has_begun = True
        announce, self._announce = self._announce, None
        # Forgotten, since timers of an event loop keep alive what there was when they were set, bodies and all.
        if announce is not None:
            announce()

    def failure(self, kind: type[httpx.TransportError], reason: str) -> httpx.TransportError:
        """A failure. Before the departure it is one to connect, also where it was a proxy that broke off, or TLS.

        Args:
            kind: What it is called where it came after.
            reason: What went wrong.
        """
        if self.has_begun or kind in NEVER_SENT:
            return kind(reason)
        return (httpx.ConnectTimeout if issubclass(kind, httpx.TimeoutException) else httpx.ConnectError)(reason)
