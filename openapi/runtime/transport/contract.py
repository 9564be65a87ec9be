"""What the transports of this package report beyond the interface of httpx: which requests were never sent."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from typing import cast

import httpx

NEVER_SENT: tuple[type[httpx.TransportError], ...] = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What a transport raises if the request was not sent. After any other exception the outcome is unknown."""


def is_lasting(error: httpx.TransportError) -> bool:
    """Whether a request was not sent for a reason that stays: trying again in a moment would change nothing.

    Such are a certificate that is not trusted, a server without TLS, a host name that does not exist, and a proxy that
    refuses: it responds with a 4xx. A connection that is refused or breaks can be a service that is being restarted.
    """
    return any(map(_stays, causes(error)))


def _stays(error: BaseException) -> bool:
    match error:
        case ssl.SSLError():
            # Those of aiohttp are made without it.
            return getattr(error, "reason", None) in _LASTING_TLS
        case socket.gaierror():
            return error.errno in NO_SUCH_HOST
        case httpx.ProxyError():
            return str(error).startswith("4")
        case _:
            return isinstance(error, httpx.UnsupportedProtocol)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, and what it comes from: each library wraps it in exceptions of its own."""
    # Not by the context of an exception, which can be one that the caller is just handling. The pool of httpcore takes
    # the causes away, and leaves them as arguments.
    while error is not None:
        yield error
        argument = error.args[0] if error.args else None
        error = error.__cause__ or (argument if isinstance(argument, BaseException) else None)


_LASTING_TLS = ("CERTIFICATE_VERIFY_FAILED", "WRONG_VERSION_NUMBER")
NO_SUCH_HOST = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
"""What looking up a host name that does not exist gives."""

LEAVING = "leaving"
"""The extension of a request with a function that a transport calls when the request is about to leave.

It serves calls that end without an exception of the transport: those that are cancelled, or interrupted by Ctrl-C.
"""


class Departure:
    """Whether a request has left.

    Args:
        request: The request.

    Attributes:
        has_begun: Whether it is leaving, or has left.
    """

    def __init__(self, request: httpx.Request) -> None:
        self.has_begun = False
        self._announce = cast("Callable[[], None] | None", request.extensions.get(LEAVING))

    def begin(self) -> None:
        """Note that there is a connection: from now on the request may have been sent."""
        self.has_begun = True
        announce, self._announce = self._announce, None
        # Dropped, because timers of the event loop would keep the attempt and its body in memory.
        if announce is not None:
            announce()

    def failure(self, kind: type[httpx.TransportError], reason: str) -> httpx.TransportError:
        """The exception for a failure. Before the request leaves, every failure is one to connect, TLS and proxies too.

        Args:
            kind: Its class if the request has left.
            reason: What went wrong.
        """
        if self.has_begun or kind in NEVER_SENT:
            return kind(reason)
        return (httpx.ConnectTimeout if issubclass(kind, httpx.TimeoutException) else httpx.ConnectError)(reason)
