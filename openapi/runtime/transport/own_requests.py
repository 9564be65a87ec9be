"""Requests of `httpx` for our own transports, which report when a request leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import httpx

from .contract import LEAVING


class OwnRequests:
    """Builds requests faster than httpx does: it reuses what a request has in common with the one before."""

    def __init__(self) -> None:
        self._headers: tuple[Mapping[str, str], httpx.Headers] = ({}, httpx.Headers())

    def built(
        self, arguments: Mapping[str, Any], limits: dict[str, float | None], announce: Callable[[], None]
    ) -> httpx.Request:
        """A request.

        Args:
            arguments: The arguments of `httpx.Request`.
            limits: Seconds that each phase may take, by its name.
            announce: Called when the request leaves.
        """
        url, content = _parsed(arguments["url"]), arguments.get("content")
        extensions = {"timeout": limits, LEAVING: announce}
        if not isinstance(content, bytes) or arguments.get("cookies"):
            whole: dict[str, Any] = {**arguments, "url": url}
            return httpx.Request(**whole, extensions=extensions)
        last, built = self._headers
        if last != arguments["headers"]:
            built = httpx.Headers({"host": url.netloc.decode("ascii"), **arguments["headers"]})
            self._headers = (arguments["headers"], built)
        headers = httpx.Headers(built)
        headers["content-length"] = str(len(content))
        stream = httpx.ByteStream(content)
        return httpx.Request(arguments["method"], url, headers=headers, stream=stream, extensions=extensions)


_parsed = lru_cache(maxsize=256)(httpx.URL)
