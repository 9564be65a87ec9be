# @generated from openapi/runtime/spec/library_logs.py by `make generate`. Do not edit: change that file.
"""Logs of the HTTP libraries. At DEBUG they have what a service sends, and so a key that it repeats."""

import logging
import re
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from .credentials import Keyring

_PROXY_PASSWORD = re.compile(r"auth=\(.*\)", re.DOTALL)
"""User name and password of a SOCKS proxy, as httpcore logs them."""

_LOGGERS = (
    *(f"{name}.{part}" for name in ("httpcore", "httpcore2") for part in ("connection", "http11", "http2", "proxy")),
    *("httpcore.socks", "httpcore2.socks", "httpx", "httpx2", "aiohttp.client", "asyncio"),
)


class KeyFilter(logging.Filter):
    """Removes the keys of all living clients, and the passwords of proxies, from the messages of a log."""

    def __init__(self) -> None:
        super().__init__()
        self.keyrings: WeakSet[Keyring] = WeakSet()

    def filter(self, record: logging.LogRecord) -> bool:
        """Let each record pass, with another message if it has a key."""
        message = record.getMessage()
        redacted = _PROXY_PASSWORD.sub("auth=(…)", message)
        for keyring in tuple(self.keyrings):
            redacted = keyring.search.redacted_text(redacted)
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


def redact_logs(keyring: "Keyring") -> None:
    """Keep the keys of a client out of the logs of the HTTP libraries while the client exists."""
    if not _FILTER.keyrings:
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(_FILTER)
    _FILTER.keyrings.add(keyring)


_FILTER = KeyFilter()
