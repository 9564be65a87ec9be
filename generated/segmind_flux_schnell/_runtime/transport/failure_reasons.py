# @generated from openapi/runtime/transport/failure_reasons.py by `make generate`. Do not edit: change that file.
"""Why a request failed on its way, in one sentence: the same one, whichever HTTP library has carried it."""

from __future__ import annotations

import errno
import os
import re
import socket
import ssl
from collections.abc import Callable

import httpx

from ..base.wording import one_line
from .contract import NO_SUCH_HOST, causes

_SPEAKS_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL", "HTTP_REQUEST")


def why_not_connected(
    error: httpx.TransportError, origin: str, proxy: str | None, seconds: float | None, redacted: Callable[[str], str]
) -> str:
    """Why there is no connection, with the address.

    Args:
        error: What the transport has raised.
        origin: Scheme, host and port of the service.
        proxy: The same of the proxy on the way, without its credentials; None if there is none.
        seconds: The limit that has passed, if that is why, as far as it is known.
        redacted: Removes what must not be shown.
    """
    peer = origin if proxy is None else f"the proxy {proxy}"
    found = (_of_system(cause, peer, origin, proxy) for cause in causes(error))
    if sentence := next(filter(None, found), ""):
        return sentence
    if isinstance(error, httpx.TimeoutException):
        return f"no connection to {peer} within {seconds:g} seconds" if seconds else f"no connection to {peer} in time"
    said = _said(error, redacted)
    if isinstance(error, httpx.ProxyError):
        return f"{'the proxy' if proxy is None else peer} refuses{said and f': {said}'}"
    return f"no connection to {peer}{said and f': {said}'}"


def _of_system(error: BaseException, peer: str, origin: str, proxy: str | None) -> str:
    """What an exception of the system or of OpenSSL means; empty for any other."""
    match error:
        case ssl.SSLCertVerificationError() if flaw := getattr(error, "verify_message", ""):
            whose = "a certificate" if proxy is not None else f"the certificate of {origin}"
            return f"{whose} is refused: {one_line(str(flaw)).rstrip('.')}"
        case ssl.SSLError() if flaw := getattr(error, "reason", ""):
            if flaw in _SPEAKS_NO_TLS:
                return f"{origin} does not speak TLS"
            return f"no TLS connection to {origin}: {one_line(str(flaw)).lower().replace('_', ' ')}"
        case socket.gaierror():
            missing = error.errno in NO_SUCH_HOST
            return f"{peer} cannot be reached: {'there is no such host' if missing else _system_reason(error)}"
        case OSError(errno=errno.ECONNREFUSED) | ConnectionRefusedError():
            return f"nothing is listening at {peer}"
        case OSError(errno=int(number)) if number > 0 and not isinstance(error, ssl.SSLError):
            return f"no connection to {peer}: {os.strerror(number)}"
        case _:
            return ""


def _system_reason(error: OSError) -> str:
    return one_line(error.strerror or "its name cannot be looked up")


def why_broken(error: httpx.TransportError, seconds: float | None, redacted: Callable[[str], str]) -> str:
    """Why a connection brought no whole response.

    Args:
        error: What the transport has raised.
        seconds: The limit that has passed, if that is why, as far as it is known.
        redacted: Removes what must not be shown: parsers quote what the service has sent.
    """
    if isinstance(error, httpx.TimeoutException):
        what = "nothing could be sent" if isinstance(error, httpx.WriteTimeout) else "nothing was received"
        return f"{what} for {seconds:g} seconds" if seconds else f"{what} in time"
    if any(isinstance(cause, ConnectionResetError) for cause in causes(error)):
        return "the connection was reset"
    said = _said(error, redacted)
    if not isinstance(error, httpx.RemoteProtocolError):
        return f"the connection broke{said and f': {said}'}"
    if _CLOSED.match(said):
        return "the connection was closed before the end of the response"
    return f"what was received is not HTTP{said and f': {said}'}"


def _said(error: Exception, redacted: Callable[[str], str]) -> str:
    """The message of an exception, without numbers of the system; empty if it has none."""
    text = _NUMBER.sub("", redacted(str(error)))
    return one_line(text).strip().rstrip(".")


_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
_CLOSED = re.compile("server disconnected|peer closed connection", re.IGNORECASE)
"""How httpcore and h11 word it; what aiohttp raises is worded in the same way."""
