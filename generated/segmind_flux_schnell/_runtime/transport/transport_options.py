# @generated from openapi/runtime/transport/transport_options.py by `make generate`. Do not edit: change that file.
"""The options that decide how a client sends, and the transport that they lead to."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from ..base.errors import ConfigurationError
from ..base.wording import said, shown
from .certificates import check_certificates, trusting
from .libraries import libraries
from .options import Proxy
from .proxies import environment_proxy

if TYPE_CHECKING:
    import ssl

Make = Callable[["Proxy | None", "ssl.SSLContext | None"], Any]
"""Makes a transport from a proxy, and from what TLS is spoken with; None where it is not."""


class TransportOptions(NamedTuple):
    """The options that decide how a client sends.

    Args:
        base_url: Where the service lives.
        proxy: A proxy to go through, or None for the one of the environment.
        transport: The caller's transport, or None for one of ours.
        http_client: The caller's client of the HTTP library, or None.
        ssl_context: Whom to trust, or None for the authorities that the environment names.
    """

    base_url: str
    proxy: Any
    transport: Any
    http_client: Any
    ssl_context: Any = None

    @property
    def is_free(self) -> bool:
        """Whether the client sends with a transport of its own."""
        return self.transport is None and self.http_client is None

    def check(self, client: str, handler: str) -> None:
        """Refuse options that cannot be used.

        Args:
            client: The class that `http_client` has to be of.
            handler: The method that a transport has to have.

        Raises:
            ConfigurationError: Something of it cannot be used.
        """
        if self.http_client is not None and not any(one.has_made(self.http_client, client) for one in libraries()):
            kind = type(self.http_client).__name__
            raise ConfigurationError(f"http_client is {kind}, not httpx.{client}.")
        if self.http_client is not None and (self.proxy is not None or self.transport is not None):
            raise ConfigurationError(
                "http_client has its own transport and proxies: pass it without transport and proxy."
            )
        if not isinstance(self.proxy, (str, httpx.URL, httpx.Proxy, type(None))):
            raise ConfigurationError(f"proxy is {type(self.proxy).__name__}, not a URL.")
        if self.transport is not None and not hasattr(self.transport, handler):
            raise ConfigurationError(f"transport is {type(self.transport).__name__}, without {handler}.")
        if self.transport is not None and self.proxy is not None:
            raise ConfigurationError("transport has its own proxy settings: pass transport or proxy, not both.")
        check_certificates(self.ssl_context)
        if self.ssl_context is not None and not self.is_free:
            theirs = "http_client" if self.http_client is not None else "transport"
            raise ConfigurationError(f"{theirs} has its own certificates: pass {theirs} or ssl_context, not both.")

    def way_to(self, url: str) -> tuple[Any, bool]:
        """The proxy on the way to a URL, or None, and whether TLS is spoken on it."""
        proxy = self.proxy if self.proxy is not None else environment_proxy(url)
        # Certificates take long to load, and nothing here ever checks one of a service without TLS.
        return proxy, proxy is not None or url.lower().startswith("https:")

    def proxy_of(self, url: str) -> str | None:
        """The proxy on the way to a URL, without its credentials, or None."""
        proxy, _ = self.way_to(url)
        if proxy is None:
            return None
        parts = proxy.url if isinstance(proxy, httpx.Proxy) else httpx.URL(proxy)
        return f"{parts.scheme}://{parts.netloc.decode('ascii')}"

    def opened(self, make: Make, url: str | None = None) -> Any:
        """The caller's transport, or a new one of ours; None where the caller brings a whole client.

        Args:
            make: Makes one of ours.
            url: Where it leads to, or None for the service.

        Raises:
            ConfigurationError: The proxy or the certificates, of the environment too, cannot be used.
        """
        if not self.is_free:
            return self.transport
        try:
            proxy, speaks_tls = self.way_to(url or self.base_url)
            return make(proxy, trusting(self.ssl_context) if speaks_tls else None)
        except ConfigurationError:
            raise
        except Exception as error:
            flaw = said(error)
        raise ConfigurationError(f"The proxy or the certificates cannot be used: {flaw}.")


def blocking_transport(proxy: Proxy | None, ssl_context: ssl.SSLContext | None) -> httpx.BaseTransport:
    """A blocking transport of ours."""
    from .pool import PoolTransport

    return PoolTransport(proxy, ssl_context)


def async_transport(
    name: str | None, proxy: Proxy | None, ssl_context: ssl.SSLContext | None
) -> httpx.AsyncBaseTransport:
    """An asynchronous transport of ours.

    Args:
        name: `httpx`, or `aiohttp`, which holds thousands of calls at once. None is the latter where it is installed
            and no proxy is used, because it does not support any.
        proxy: A proxy to go through, or None.
        ssl_context: What TLS is spoken with, or None where it is not.

    Raises:
        ConfigurationError: There is none of this name, or not here.
    """
    if name not in (None, "httpx", "aiohttp"):
        raise ConfigurationError(f"transport is {shown(name)}, not 'httpx', 'aiohttp' or a transport.")
    is_there = find_spec("aiohttp") is not None
    if name == "aiohttp" and not is_there:
        raise ConfigurationError("transport is 'aiohttp', which the extra `aiohttp` installs.")
    if name == "aiohttp" and proxy is not None:
        raise ConfigurationError("transport is 'aiohttp', which does not support a proxy.")
    if name == "httpx" or proxy is not None or not is_there:
        from .async_pool import AsyncPoolTransport

        return AsyncPoolTransport(proxy, ssl_context)
    from .aiohttp import AiohttpTransport

    return AiohttpTransport(ssl_context)
