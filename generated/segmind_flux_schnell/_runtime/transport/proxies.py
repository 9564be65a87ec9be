# @generated from openapi/runtime/transport/proxies.py by `make generate`. Do not edit: change that file.
"""The proxy to go through: the one of the environment, and how httpcore is told of one."""

from __future__ import annotations

import urllib.request
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from ..spec.configuration import is_loopback
from .options import Proxy

if TYPE_CHECKING:
    import ssl

SOCKS = ("socks5", "socks5h")
"""Schemes of proxies that speak SOCKS, and not HTTP."""


def environment_proxy(base_url: str) -> str | None:
    """The proxy that the environment names for a URL (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` …), or None."""
    parts = urlsplit(base_url)
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    # What stays on this machine goes without TLS, and so does not leave it by way of a proxy either.
    if not proxy or not parts.hostname or is_loopback(parts.hostname) or urllib.request.proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def usable(proxy: Proxy | None) -> httpx.Proxy | None:
    """A proxy with its credentials apart from its URL.

    Raises:
        ValueError: It is of no scheme that is known.
    """
    return httpx.Proxy(proxy) if isinstance(proxy, (str, httpx.URL)) else proxy


def arguments_of(proxy: httpx.Proxy, ssl_context: ssl.SSLContext | None) -> dict[str, Any]:
    """What `HTTPProxy` and `SOCKSProxy` of httpcore take of a proxy; TLS to it is spoken as to the service.

    Raises:
        ImportError: It speaks SOCKS, and the library for that is not installed.
    """
    import httpcore

    url = proxy.url
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    arguments = {"proxy_url": target, "proxy_auth": proxy.raw_auth}
    if url.scheme not in SOCKS:
        # httpcore refuses one for a proxy without TLS.
        own = proxy.ssl_context or (ssl_context if url.scheme == "https" else None)
        return {**arguments, "proxy_headers": proxy.headers.raw, "proxy_ssl_context": own}
    if find_spec("socksio") is None:
        raise ImportError("Using SOCKS proxy, but the 'socksio' package is not installed")
    return arguments
