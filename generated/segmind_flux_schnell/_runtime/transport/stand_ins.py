# @generated from openapi/runtime/transport/stand_ins.py by `make generate`. Do not edit: change that file.
"""Tests put things in place of the transports of httpx, as vcrpy and pytest-httpx do: they mean ours too.

A test that records or invents responses would else send its requests, and pay for them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from .options import Proxy

_HTTPX = os.path.dirname(httpx.__file__)


def is_replaced(handler: object) -> bool:
    """Whether a method of httpx is no longer that of httpx: the code of its own lies in its own folder."""
    code = getattr(handler, "__code__", None)
    return code is None or not code.co_filename.startswith(_HTTPX)


def httpx_transport(proxy: Proxy | None, verify: bool) -> httpx.HTTPTransport:
    """The blocking transport of httpx, for tests that stand in for it."""
    return httpx.HTTPTransport(proxy=proxy, verify=verify)


def async_httpx_transport(proxy: Proxy | None, verify: bool) -> httpx.AsyncHTTPTransport:
    """The asynchronous transport of httpx, for tests that stand in for it."""
    return httpx.AsyncHTTPTransport(proxy=proxy, verify=verify)
