"""What a client sends with: a transport that it calls itself, or a client of the HTTP library that its caller has."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from importlib.util import find_spec
from typing import Any

import httpx
from attrs import define, evolve, field, frozen

from ..base.errors import ConfigurationError
from ..base.wording import said, shown
from .contract import LEAVING
from .libraries import Library, libraries, library_of
from .proxies import Proxy, environment_proxy

UNSENT = " Nothing was sent."


@frozen(kw_only=True)
class TransportOptions:
    """What a client was told to send with.

    Args:
        base_url: Where the service lives.
        proxy: A proxy to go through, or None for the one of the environment.
        transport: The caller's transport, or None for one of ours; of the asynchronous ones, perhaps its name.
        http_client: The caller's client of the HTTP library, or None.
    """

    base_url: str
    proxy: Any
    transport: Any
    http_client: Any

    @property
    def is_free(self) -> bool:
        """Whether the caller leaves it to us what to send with."""
        return self.transport is None and self.http_client is None

    def check(self, client: str, handler: str) -> None:
        """Refuse what cannot be used.

        Args:
            client: The class that `http_client` has to be of.
            handler: The method that a transport has to have.

        Raises:
            ConfigurationError: Something of it cannot be used.
        """
        if self.http_client is not None and not any(one.has_made(self.http_client, client) for one in libraries()):
            kind = type(self.http_client).__name__
            raise ConfigurationError(f"http_client is {kind}, not httpx.{client}.{UNSENT}")
        if self.http_client is not None and (self.proxy is not None or self.transport is not None):
            raise ConfigurationError(f"http_client has a transport and proxies of its own: pass it alone.{UNSENT}")
        if not isinstance(self.proxy, (str, httpx.URL, httpx.Proxy, type(None))):
            raise ConfigurationError(f"proxy is {type(self.proxy).__name__}, not a URL.{UNSENT}")
        if self.transport is not None and not hasattr(self.transport, handler):
            raise ConfigurationError(f"transport is {type(self.transport).__name__}, without {handler}.{UNSENT}")
        if self.transport is not None and self.proxy is not None:
            raise ConfigurationError(f"transport decides itself about proxies: pass one of the two.{UNSENT}")

    def opened(self, make: Callable[[Proxy | None, bool], Any]) -> Any:
        """The caller's transport, or a new one of ours; None where the caller brings a whole client.

        Args:
            make: Makes one of ours from a proxy, and from whether certificates are checked.

        Raises:
            ConfigurationError: The proxy or the certificates, of the environment too, cannot be used.
        """
        if not self.is_free:
            return self.transport
        try:
            proxy = self.proxy if self.proxy is not None else environment_proxy(self.base_url)
            # Certificates take long to load, and nothing here ever checks one of a service without TLS.
            return make(proxy, proxy is not None or self.base_url.startswith("https:"))
        except ConfigurationError:
            raise
        except Exception as error:
            flaw = said(error)
        raise ConfigurationError(f"The proxy or the certificates cannot be used: {flaw}.{UNSENT}")


@define(kw_only=True)
class Connection:
    """What both kinds of connection have in common.

    Args:
        http_client: The caller's client of the HTTP library, or None.
        transport: What to send with where there is none.
        is_ours: Whether the transport is one of ours: only then it is known when a request leaves.
        library: Whose requests they take.
        renew: Makes another transport like it.
    """

    http_client: Any
    transport: Any
    is_ours: bool
    library: Library
    renew: Callable[[], Any] = field(repr=False)
    _is_closed: bool = field(default=False, init=False)
    _process: int = field(factory=os.getpid, init=False)
    _left_behind: Any = field(default=None, init=False, repr=False)

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return bool(self.http_client.is_closed) if self.http_client is not None else self._is_closed

    def settle_in(self) -> None:
        """Leave the connections to the process that has opened them: after a fork, both would read the same responses.

        Raises:
            ConfigurationError: This is not the event loop that the connections belong to.
        """
        if self.is_ours and self._process != os.getpid():
            # Kept, since to close them here could end them there.
            self._left_behind = self.transport
            self.transport, self._process = self.renew(), os.getpid()

    def request(
        self, arguments: Mapping[str, Any], limits: dict[str, float | None], announce: Callable[[], None]
    ) -> Any:
        """The request of the HTTP library.

        Args:
            arguments: What it is made of, the key included.
            limits: Seconds for each phase.
            announce: Called by a transport of ours when the request is about to leave.
        """
        if self.is_ours:
            return _request(arguments, {"timeout": limits, LEAVING: announce})
        module = self.library.module
        if self.http_client is not None:
            return self.http_client.build_request(**arguments, timeout=module.Timeout(**limits))
        return module.Request(**arguments, extensions={"timeout": limits})


def _request(arguments: Mapping[str, Any], extensions: dict[str, Any]) -> httpx.Request:
    url, content = _parsed(arguments["url"]), arguments.get("content")
    if not isinstance(content, bytes) or arguments.get("params") or arguments.get("cookies"):
        whole: dict[str, Any] = {**arguments, "url": url}
        return httpx.Request(**whole, extensions=extensions)
    # All that the HTTP library would work out is known already.
    headers = {"host": url.netloc.decode("ascii"), **arguments["headers"], "content-length": str(len(content))}
    return httpx.Request(
        arguments["method"], url, headers=headers, stream=httpx.ByteStream(content), extensions=extensions
    )


class SyncConnection(Connection):
    """What a blocking client sends with."""

    @classmethod
    def of(cls, options: TransportOptions) -> SyncConnection:
        """Open one.

        Raises:
            ConfigurationError: It cannot be opened.
        """
        options.check("Client", "handle_request")
        renew = partial(options.opened, _blocking_transport)
        return cls(
            http_client=options.http_client,
            transport=renew(),
            is_ours=options.is_free,
            library=library_of(options.http_client or options.transport),
            renew=renew,
        )

    def open(self, request: Any) -> Any:
        """Send a request, and give back the response as soon as its headers are there."""
        if self.http_client is not None:
            return self.http_client.send(request, stream=True, follow_redirects=False)
        return self.transport.handle_request(request)

    def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._is_closed = True
        if self.transport is not None:
            self.transport.close()


@define(kw_only=True)
class AsyncConnection(Connection):
    """What an asynchronous client sends with."""

    _loop: Any = field(default=None, init=False, repr=False)

    @classmethod
    def of(cls, options: TransportOptions) -> AsyncConnection:
        """Open one.

        Raises:
            ConfigurationError: It cannot be opened.
        """
        name = options.transport if isinstance(options.transport, str) else None
        options = options if name is None else evolve(options, transport=None)
        options.check("AsyncClient", "handle_async_request")
        renew = partial(options.opened, partial(_asynchronous_transport, name))
        return cls(
            http_client=options.http_client,
            transport=renew(),
            is_ours=options.is_free,
            library=library_of(options.http_client or options.transport),
            renew=renew,
        )

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
                f"The client belongs to the event loop that it was first used in: make one for each.{UNSENT}"
            )
        self._loop = loop
        super().settle_in()

    async def open(self, request: Any) -> Any:
        """Send a request, and give back the response as soon as its headers are there."""
        if self.http_client is not None:
            return await self.http_client.send(request, stream=True, follow_redirects=False)
        return await self.transport.handle_async_request(request)

    async def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._is_closed = True
        if self.transport is not None:
            await self.transport.aclose()


def _blocking_transport(proxy: Proxy | None, verify: bool) -> httpx.BaseTransport:
    from .pool import PoolTransport

    return PoolTransport(proxy, verify=verify)


def _asynchronous_transport(name: str | None, proxy: Proxy | None, verify: bool) -> httpx.AsyncBaseTransport:
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
        raise ConfigurationError(f"transport is {shown(name)}, not 'httpx', 'aiohttp' or a transport.{UNSENT}")
    is_there = find_spec("aiohttp") is not None
    if name == "aiohttp" and not is_there:
        raise ConfigurationError(f"transport is 'aiohttp', which the extra `aiohttp` installs.{UNSENT}")
    if name == "aiohttp" and proxy is not None:
        raise ConfigurationError(f"transport is 'aiohttp', which goes through no proxy.{UNSENT}")
    if name == "httpx" or proxy is not None or not is_there:
        from .async_pool import AsyncPoolTransport

        return AsyncPoolTransport(proxy, verify=verify)
    from .aiohttp import AiohttpTransport

    return AiohttpTransport(verify=verify)


def _running_loop() -> object:
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        # That of another library, such as trio.
        return None


_parsed = lru_cache(maxsize=256)(httpx.URL)
