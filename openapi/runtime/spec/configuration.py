"""Checks of what a caller sets a client up with: the base URL, further headers, the largest response."""

import re
from collections.abc import Collection, Mapping
from typing import Any, cast

from ..base.errors import ConfigurationError
from ..base.wording import shown

# The HTTP library derives them from the body, and a wrong one garbles the connection.
_FRAMING = ("content-length", "transfer-encoding")
_START = re.compile(r"[?#]")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def usable_base_url(url: object, allow_http: bool, source: str = "base_url") -> str:
    """A base URL, checked and without a slash at its end.

    Args:
        url: The one of the caller, of the environment or of the document.
        allow_http: Whether a key may be sent over the network without encryption.
        source: Where it comes from, for messages: the name of the parameter, or of the environment variable.

    Raises:
        ConfigurationError: It is not a URL, has more than an origin and a path, or has no TLS on the way to another
            machine.
    """
    from urllib.parse import urlsplit

    if not isinstance(url, str):
        raise ConfigurationError(f"{source} is {type(url).__name__}, not str.")
    text = url.strip()
    if "@" in text.rpartition("://")[2].partition("/")[0]:
        raise ConfigurationError(f"{source} holds a user name or a password: send them in headers.")
    if not is_whole_url(text):
        raise ConfigurationError(f"{source} is {shown(url)}, not a URL such as https://api.example.com.")
    if "?" in text or "#" in text:
        # Not shown whole: a query may hold a key.
        raise ConfigurationError(f"{source} has a query or a fragment after {shown(_START.split(text)[0])}.")
    if not (allow_http or urlsplit(text).scheme == "https" or is_loopback(urlsplit(text).hostname or "")):
        raise ConfigurationError(
            f"{source} is {shown(url)}: without TLS anybody on the way reads the key and the prompts; "
            f"use https, or say allow_http=True."
        )
    return text.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    from ipaddress import ip_address

    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def usable_size(size: object) -> int | None:
    """The size of the largest response in bytes, or None for the default.

    Raises:
        ConfigurationError: It is not a number of bytes above 0.
    """
    if size is None or (isinstance(size, int) and not isinstance(size, bool) and size > 0):
        return size
    raise ConfigurationError(f"max_response_bytes is {shown(size)}: it takes a number of bytes above 0, or None.")


def usable_headers(headers: object, keys: Collection[str]) -> dict[str, str]:
    """The caller's own headers, checked.

    Args:
        headers: Names and values, or None for no headers.
        keys: Names of the headers that hold keys.

    Raises:
        ConfigurationError: One cannot be sent or is not the caller's to set. No value is shown: it may be a secret.
    """
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise ConfigurationError(f"headers is {type(headers).__name__}, not a mapping of names to texts.")
    given = cast("Mapping[object, Any]", headers)
    for name, value in given.items():
        _check_header(name, value, [key.lower() for key in keys])
    return {str(name): value.strip() for name, value in given.items()}


def is_header_value(value: object) -> bool:
    """Whether a header can hold a value: text of printable ASCII characters."""
    return isinstance(value, str) and value.isascii() and value.strip().isprintable()


def _check_header(name: object, value: object, keys: Collection[str]) -> None:
    if not isinstance(name, str) or not _TOKEN.fullmatch(name):
        raise ConfigurationError(f"headers has {shown(name)}, which is not a header name.")
    if name.lower() in keys:
        raise ConfigurationError(f"headers has {name}, which holds the key: give that by its own parameter.")
    if name.lower() in _FRAMING:
        raise ConfigurationError(f"headers has {name}, which follows from the body.")
    if not is_header_value(value):
        raise ConfigurationError(f"headers[{name!r}] is not printable ASCII text.")


def is_whole_url(url: str) -> bool:
    """Whether a text is a URL of HTTP with a host, and nothing that has to be escaped."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        # An empty or overlong label, which no resolver takes, raises here, and so does a port above 65535.
        host.encode("idna")
        usable = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        return False
    return usable and url.isprintable() and " " not in url
