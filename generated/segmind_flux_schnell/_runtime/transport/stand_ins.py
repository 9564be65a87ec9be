# @generated from openapi/runtime/transport/stand_ins.py by `make generate`. Do not edit: change that file.
"""Respects tools that replace the methods of httpx's transports in tests, such as vcrpy and pytest-httpx.

The transports of this package are not those of httpx, so such a test would send its requests to the service, and pay.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import ssl

    from .options import Proxy

_HTTPX = os.path.dirname(httpx.__file__)


def is_replaced(handler: object) -> bool:
    """Whether a method of httpx has been replaced: the code of the original lies in the folder of httpx."""
    code = getattr(handler, "__code__", None)
    return code is None or not code.co_filename.startswith(_HTTPX)


def httpx_transport(proxy: Proxy | None, ssl_context: ssl.SSLContext | None) -> httpx.HTTPTransport:
    """The blocking transport of httpx."""
    return httpx.HTTPTransport(proxy=proxy, verify=ssl_context or False)


def async_httpx_transport(proxy: Proxy | None, ssl_context: ssl.SSLContext | None) -> httpx.AsyncHTTPTransport:
    """The asynchronous transport of httpx."""
    return httpx.AsyncHTTPTransport(proxy=proxy, verify=ssl_context or False)
