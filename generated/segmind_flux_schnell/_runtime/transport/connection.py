# @generated from openapi/runtime/transport/connection.py by `make generate`. Do not edit: change that file.
"""What a client sends with: a transport that it calls itself, or a client of the HTTP library that its caller has."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import httpx
from attrs import define, evolve, field, frozen

from ..base.errors import ConfigurationError
from ..base.wording import said
from .pool import SyncTransport, async_transport, environment_proxy


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

    def check(self, client: type[httpx.Client | httpx.AsyncClient], handler: str) -> None:
        """Refuse what cannot be used.

        Args:
            client: What `http_client` has to be.
            handler: The method that a transport has to have.

        Raises:
            ConfigurationError: Something of it cannot be used.
        """
        if self.http_client is not None and not isinstance(self.http_client, client):
            kind = type(self.http_client).__name__
            raise ConfigurationError(f"http_client is {kind}, not httpx.{client.__name__}.")
        if self.http_client is not None and (self.proxy is not None or self.transport is not None):
            raise ConfigurationError("http_client has a transport and proxies of its own: pass it alone.")
        if not isinstance(self.proxy, (str, httpx.URL, httpx.Proxy, type(None))):
            raise ConfigurationError(f"proxy is {type(self.proxy).__name__}, not a URL.")
        if self.transport is not None and not hasattr(self.transport, handler):
            raise ConfigurationError(f"transport is {type(self.transport).__name__}, without {handler}.")
        if self.transport is not None and self.proxy is not None:
            raise ConfigurationError("transport decides itself about proxies: pass one of the two.")

    def opened(self, kind: Callable[..., Any]) -> Any:
        """The caller's transport, or a new one of ours; None where the caller brings a whole client.

        Args:
            kind: Makes one of ours from a proxy, and from whether certificates are checked.

        Raises:
            ConfigurationError: The proxy or the certificates, of the environment too, cannot be used.
        """
        if not self.is_free:
            return self.transport
        try:
            proxy = self.proxy if self.proxy is not None else environment_proxy(self.base_url)
            # Certificates take long to load, and nothing here ever checks one of a service without TLS.
            return kind(proxy, verify=proxy is not None or self.base_url.startswith("https:"))
        except ConfigurationError:
            raise
        except Exception as error:
            flaw = said(error)
        raise ConfigurationError(f"The proxy or the certificates cannot be used: {flaw}.")


@define(kw_only=True)
class Connection:
    """What both kinds of line have in common.

    Args:
        http_client: The caller's client of the HTTP library, or None.
        transport: What to send with where there is none.
        is_ours: Whether the transport is one of ours: only then it is known when a body goes out.
        renew: Makes another transport like it.
    """

    http_client: Any
    transport: Any
    is_ours: bool
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
        self, arguments: Mapping[str, Any], limits: dict[str, float | None], watched: Callable[[Any], Any]
    ) -> httpx.Request:
        """The request of the HTTP library.

        Args:
            arguments: What it is made of, the key included.
            limits: Seconds for each phase.
            watched: Makes of a body one that tells when it goes out.
        """
        if self.is_ours:
            return _streamed(arguments, limits, watched)
        whole: dict[str, Any] = {**arguments, "url": _parsed(arguments["url"])}
        if self.http_client is not None:
            built: httpx.Request = self.http_client.build_request(**whole, timeout=httpx.Timeout(**limits))
            return built
        return httpx.Request(**whole, extensions={"timeout": limits})


def _streamed(
    arguments: Mapping[str, Any], limits: dict[str, float | None], watched: Callable[[Any], Any]
) -> httpx.Request:
    """A request whose body can only be had by sending it: so it is known when that happens.

    Where the body is bytes, all that the HTTP library would work out is known already.
    """
    method, url = arguments["method"], _parsed(arguments["url"])
    headers, content = arguments["headers"], arguments.get("content")
    if not isinstance(content, bytes) or arguments.get("params") or arguments.get("cookies"):
        whole: dict[str, Any] = {**arguments, "url": url}
        built = httpx.Request(**whole)
        url, headers, stream = built.url, built.headers, built.stream
    else:
        headers = {"host": url.netloc.decode("ascii"), **headers, "content-length": str(len(content))}
        stream = httpx.ByteStream(content)
    return httpx.Request(method, url, headers=headers, stream=watched(stream), extensions={"timeout": limits})


class SyncConnection(Connection):
    """What a blocking client sends with."""

    @classmethod
    def of(cls, means: TransportOptions) -> SyncConnection:
        """Open one.

        Raises:
            ConfigurationError: It cannot be opened.
        """
        means.check(httpx.Client, "handle_request")
        return cls(
            http_client=means.http_client,
            transport=means.opened(SyncTransport),
            is_ours=means.is_free,
            renew=partial(means.opened, SyncTransport),
        )

    def open(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and give back the response as soon as its headers are there."""
        if self.http_client is not None:
            response: httpx.Response = self.http_client.send(request, stream=True, follow_redirects=False)
            return response
        answered: httpx.Response = self.transport.handle_request(request)
        return answered

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
    def of(cls, means: TransportOptions) -> AsyncConnection:
        """Open one.

        Raises:
            ConfigurationError: It cannot be opened.
        """
        name = means.transport if isinstance(means.transport, str) else None
        means = means if name is None else evolve(means, transport=None)
        means.check(httpx.AsyncClient, "handle_async_request")
        renew = partial(means.opened, partial(async_transport, name))
        return cls(http_client=means.http_client, transport=renew(), is_ours=means.is_free, renew=renew)

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

    async def open(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and give back the response as soon as its headers are there."""
        if self.http_client is not None:
            response: httpx.Response = await self.http_client.send(request, stream=True, follow_redirects=False)
            return response
        answered: httpx.Response = await self.transport.handle_async_request(request)
        return answered

    async def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._is_closed = True
        if self.transport is not None:
            await self.transport.aclose()


def _running_loop() -> object:
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        # That of another library, such as trio.
        return None


_parsed = lru_cache(maxsize=256)(httpx.URL)
