"""The bytes of responses, whole and broken, and the request that they response."""

import gzip
from functools import cache
from typing import Any

from tests.client.faults.actions import Action, Close, Read, Script, Send
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, http_response

SIDE = 512
ASKED: dict[str, Any] = {"prompt": "a tiger", "seed": 7, "width": SIDE, "height": SIDE}
IMAGE = jpeg(SIDE, SIDE)
ERROR = b'{"error": "so says the service"}'
HTML = b"<html><h1>Bad</h1></html>"

JSON_TYPE = "content-type: application/json"
HTML_TYPE = "content-type: text/html; charset=utf-8"

WHOLE = http_response("200 OK", IMAGE, JPEG_TYPE)


def head(status: str, *headers: str, version: str = "1.1") -> bytes:
    """A status line and headers, and nothing that says how long the body is."""
    return "\r\n".join((f"HTTP/{version} {status}", *headers, "", "")).encode("latin-1")


def announced(length: int, body: bytes, status: str = "200 OK", content_type: str = JPEG_TYPE) -> bytes:
    """A response that announces another length than it has."""
    return head(status, content_type, f"content-length: {length}", "connection: close") + body


def chunked(*chunks: bytes) -> bytes:
    """An image's headers, and chunks without the one that ends them."""
    parts = (f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in chunks)
    return head("200 OK", JPEG_TYPE, "transfer-encoding: chunked") + b"".join(parts)


def encoded(body: bytes, coding: str, status: str = "200 OK") -> bytes:
    """A response in a coding that was not asked for."""
    return http_response(status, body, JPEG_TYPE, f"content-encoding: {coding}")


@cache
def bomb() -> bytes:
    """64 MB that look like the start of a JPEG, in 300 kB."""
    return gzip.compress(b"\xff\xd8\xff" + bytes(64_000_000), 1)


def responding(response: bytes, *then: Action) -> Script:
    """Read a request, send these bytes, and close the connection if nothing else is said."""
    return (Read(), Send(response), *(then or (Close(),)))


def rejecting(status: str, *headers: str) -> Script:
    """Response with a documented error."""
    return responding(http_response(status, ERROR, JSON_TYPE, *headers))
