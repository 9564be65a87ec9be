# @generated from openapi/runtime/transport/libraries.py by `make generate`. Do not edit: change that file.
"""The HTTP libraries whose clients and transports a caller may bring: httpx, and httpx2, its successor."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, NamedTuple

import httpx


class Library(NamedTuple):
    """An HTTP library with the classes of httpx.

    Args:
        module: The library.
    """

    module: Any

    @property
    def failures(self) -> type[Exception]:
        """The base of what its transports raise."""
        failures: type[Exception] = self.module.TransportError
        return failures

    def failure(self, error: Exception) -> httpx.TransportError:
        """One of its `failures` as httpx has it: the two have the same classes."""
        if isinstance(error, httpx.TransportError):
            return error
        names = (getattr(httpx, kind.__name__, None) for kind in type(error).__mro__)
        kind = next(name for name in names if isinstance(name, type) and issubclass(name, httpx.TransportError))
        failure = kind(str(error))
        # Only to be looked at: it is never raised.
        failure.__cause__ = error
        return failure

    def has_made(self, thing: object, *names: str) -> bool:
        """Whether a thing is of one of its classes."""
        return isinstance(thing, tuple(getattr(self.module, name) for name in names))


HTTPX = Library(httpx)


def libraries() -> tuple[Library, ...]:
    """Those that the program has imported: who has a thing of a library has imported it."""
    successor: ModuleType | None = sys.modules.get("httpx2")
    return (HTTPX,) if successor is None or successor is httpx else (HTTPX, Library(successor))


def library_of(thing: object) -> Library:
    """The library of a client or a transport; httpx also for a transport that is derived from nothing."""
    kinds = ("Client", "AsyncClient", "BaseTransport", "AsyncBaseTransport")
    return next((library for library in libraries() if library.has_made(thing, *kinds)), HTTPX)
