"""What a client sends with: a transport of its own, or a transport or client that the caller passes in."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import httpx

from ..base.deadlines import DeadlineScope
from ..base.errors import APIError, ConfigurationError
from ..base.pulse import Pulse
from ..base.wording import said
from .libraries import HTTPX, library_of
from .own_requests import OwnRequests
from .stand_ins import async_httpx_transport, httpx_transport, is_replaced
from .transport_options import Make, TransportOptions, async_transport, blocking_transport

if TYPE_CHECKING:
    from ..base.messages import Response
    from .attempt import Attempt


class Connection:
    """What both kinds of connection have in common.

    Args:
        options: What the client was told to send with.
        make: Makes a transport of ours.
        make_stand_in: Makes the transport of httpx to use while its methods are replaced.

    Raises:
        ConfigurationError: The proxy or the certificates cannot be used.
    """

    def __init__(self, options: TransportOptions, make: Make, make_stand_in: Make) -> None:
        self.http_client = options.http_client
        self.transport = options.opened(make)
        # Only our own transports report when a request leaves.
        self.is_ours = options.is_free
        self.library = HTTPX if self.is_ours else library_of(options.http_client or options.transport)
        self._renew = partial(options.opened, make)
        self._make_stand_in = partial(options.opened, make_stand_in)
        self._way_to = options.way_to
        self._proxy_of = options.proxy_of if self.is_ours else None
        self._base_url = options.base_url
        self._elsewhere: dict[tuple[Any, bool], Any] = {}
        self._stand_in: Any = None
        self._is_closed = False
        self._process = os.getpid()
        self._left_behind: Any = None
        self._own_requests = OwnRequests()

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return bool(self.http_client.is_closed) if self.http_client is not None else self._is_closed

    def settle_in(self) -> None:
        """Leave the connections to the process that opened them: after a fork, both would read the same responses.

        Raises:
            ConfigurationError: This is not the event loop that the connections belong to.
        """
        if self.is_ours and self._process != os.getpid():
            # Kept, since closing them here could end them in the parent process.
            self._left_behind = (self.transport, self._stand_in, self._elsewhere)
            self.transport, self._stand_in, self._process = self._renew(), None, os.getpid()
            self._elsewhere = {}

    def request(self, attempt: Attempt) -> Any:
        """The request of the HTTP library for an attempt.

        Raises:
            ConfigurationError: The request cannot be built, or cannot be sent from this event loop.
            Exception: What an audit hook raises to prevent the request from being sent.
        """
        self.settle_in()
        settings = attempt.prepared.settings
        # Tests that must not buy anything listen to it.
        sys.audit(f"{settings.service.package}.send", attempt.prepared.request.method, settings.base_url)
        # A replaced method of httpx does not report when a request leaves.
        attempt.is_watched = self.is_ours and not is_replaced(self._handler)
        attempt.proxy_of = self._proxy_of
        try:
            return self._built(attempt)
        except Exception as error:
            flaw = said(error)
        raise ConfigurationError(f"{attempt.prepared.request}: cannot be turned into a request: {flaw}.")

    def _built(self, attempt: Attempt) -> Any:
        arguments, limits = attempt.prepared.arguments, attempt.prepared.limits
        if attempt.is_watched:
            return self._own_requests.built(arguments, limits.of_phases(attempt.deadline), attempt.mark_sent)
        return self._foreign_request(arguments, limits.within(attempt.deadline), attempt.prepared.is_elsewhere)

    def _foreign_request(
        self, arguments: Mapping[str, Any], limits: dict[str, float | None], is_elsewhere: bool
    ) -> Any:
        module = self.library.module
        if self.http_client is not None and not is_elsewhere:
            return self.http_client.build_request(**arguments, timeout=module.Timeout(**limits))
        return module.Request(**arguments, extensions={"timeout": limits})

    def _sender(self, attempt: Attempt) -> Any:
        """The transport of this connection, or that of httpx while its methods are replaced."""
        if attempt.is_watched and attempt.prepared.settings.base_url != self._base_url:
            return self._transport_to(attempt.prepared.origin)
        if attempt.is_watched or not self.is_ours:
            return self.transport
        if self._stand_in is None:
            self._stand_in = self._make_stand_in()
        return self._stand_in

    def _transport_to(self, origin: str) -> Any:
        """The transport to another host: that to the service, unless TLS or a proxy is needed for this one alone."""
        way = self._way_to(origin)
        if way == self._way_to(self._base_url):
            return self.transport
        return self._elsewhere.get(way) or self._elsewhere.setdefault(way, self._renew(origin))

    def _open_transports(self) -> list[Any]:
        transports = (self.transport, self._stand_in, *self._elsewhere.values())
        return [transport for transport in transports if transport is not None]

    @property
    def _handler(self) -> object:
        """The method of httpx that a test replaces to intercept requests."""
        raise NotImplementedError


class SyncConnection(Connection):
    """What a blocking client sends with.

    Args:
        options: What the client was told to send with.

    Raises:
        ConfigurationError: Something of it cannot be used.
    """

    def __init__(self, options: TransportOptions) -> None:
        options.check("Client", "handle_request")
        super().__init__(options, blocking_transport, httpx_transport)

    def send(self, attempt: Attempt) -> Response | APIError:
        """Make an attempt. Only what the transport itself raises is turned into an error of ours.

        Raises:
            ConfigurationError: No request can be made.
        """
        request = self.request(attempt)
        try:
            with DeadlineScope(attempt.deadline):
                response = self._opened(attempt, request)
                # A response of our transports has nothing to close but its stream.
                held = response.stream if self.is_ours else response
                try:
                    attempt.begin(response)
                    pieces = iter((response.content,) if response.is_stream_consumed else response.stream)
                    if attempt.stays_open:
                        attempt.hand_over(pieces, held, self.library)
                        return attempt.response()
                    for piece in pieces:
                        if not attempt.take(piece):
                            break
                finally:
                    if not attempt.stays_open:
                        held.close()
            return attempt.response()
        except self.library.failures as error:
            # Returned, not raised: an exception of httpx holds the key, and must not be the context of ours.
            return attempt.broken(self.library.failure(error))

    def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._is_closed = True
        for transport in self._open_transports():
            transport.close()

    def _opened(self, attempt: Attempt, request: Any) -> Any:
        if self.http_client is not None:
            return self.http_client.send(request, stream=True, follow_redirects=False, **_without_auth(attempt))
        return self._sender(attempt).handle_request(request)

    @property
    def _handler(self) -> object:
        return httpx.HTTPTransport.handle_request


class AsyncConnection(Connection):
    """What an asynchronous client sends with.

    Args:
        options: What the client was told to send with; instead of a transport, perhaps the name of one of ours.

    Raises:
        ConfigurationError: Something of it cannot be used.
    """

    def __init__(self, options: TransportOptions) -> None:
        name = options.transport if isinstance(options.transport, str) else None
        options = options if name is None else options._replace(transport=None)
        options.check("AsyncClient", "handle_async_request")
        super().__init__(options, partial(async_transport, name), async_httpx_transport)
        self._loop: object = None
        self.pulse = Pulse()

    def settle_in(self) -> None:
        """Refuse another event loop: connections cannot be used there, and what they bring would be lost.

        Raises:
            ConfigurationError: This is not the event loop that the client was first used in.
        """
        if not self.is_ours:
            return
        loop = _running_loop()
        if self._process != os.getpid():
            self._loop = None
        if self._loop is not None and self._loop is not loop:
            raise ConfigurationError(
                "The client belongs to the event loop that it was first used in: make one for each."
            )
        self._loop = loop
        super().settle_in()

    async def send(self, attempt: Attempt) -> Response | APIError:
        """Make an attempt, as `SyncConnection.send` does. At the deadline it is cancelled.

        Raises:
            ConfigurationError: No request can be made.
        """
        from .time_limits import time_limit

        request, limit = self.request(attempt), time_limit(attempt.deadline.left)
        try:
            async with limit:
                response = await self._opened(attempt, request)
                held = response.stream if self.is_ours else response
                try:
                    attempt.begin(response)
                    pieces = aiter(_content(response) if response.is_stream_consumed else response.stream)
                    if attempt.stays_open:
                        attempt.hand_over(pieces, held, self.library)
                        return attempt.response()
                    async for piece in pieces:
                        if not attempt.take(piece):
                            break
                finally:
                    if not attempt.stays_open:
                        await held.aclose()
        except self.library.failures as error:
            return attempt.broken(self.library.failure(error))
        except TimeoutError:
            if not limit.expired():
                raise
            return attempt.expired()
        return attempt.response()

    async def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._is_closed = True
        for transport in self._open_transports():
            await transport.aclose()

    def _opened(self, attempt: Attempt, request: Any) -> Awaitable[Any]:
        if self.http_client is not None:
            sending = self.http_client.send(request, stream=True, follow_redirects=False, **_without_auth(attempt))
            return cast("Awaitable[Any]", sending)
        return cast("Awaitable[Any]", self._sender(attempt).handle_async_request(request))

    @property
    def _handler(self) -> object:
        return httpx.AsyncHTTPTransport.handle_async_request


def _without_auth(attempt: Attempt) -> dict[str, None]:
    """The argument that keeps the credentials of the caller's HTTP client from another host than the service's."""
    return {"auth": None} if attempt.prepared.is_elsewhere else {}


async def _content(response: Any) -> AsyncIterator[bytes]:
    yield response.content


def _running_loop() -> object:
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        # That of another library, such as trio.
        return None
