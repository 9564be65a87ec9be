"""Refuses calls that are meant for a sandbox and leave for another place, where images cost money.

It listens to Python's audit events, which are there for such purposes: nothing of the caller's is replaced. The client
announces each request, and the standard library each host name that is looked up.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from attrs import field, frozen

from segmind_flux_schnell_sandbox.addresses import is_loopback

SERVICE = "api.segmind.com"
"""The host of the service."""


class CalledElsewhere(RuntimeError):
    """A call was about to leave for another place than the sandbox. It was not sent."""


@frozen(eq=False)
class _Watch:
    refused: list[str] = field(factory=list[str])


_watches: list[_Watch] = []
_ended: set[str] = set()
_hooks: list[object] = []


def starts_at(url: str) -> None:
    """Note that a sandbox starts at a URL: it may have the port of one that has ended."""
    _ended.discard(url)


@contextmanager
def refusing_elsewhere(url: str) -> Generator[None, None, None]:
    """Refuse the calls of this process that leave for the service, while a sandbox at `url` is there for them.

    Raises:
        CalledElsewhere: At the end, if a call was refused: whoever made it may have caught the exception.
    """
    if not _hooks:
        # For good: there is no way to remove one.
        sys.addaudithook(_audit)
        _hooks.append(_audit)
    watch = _Watch()
    starts_at(url)
    _watches.append(watch)
    try:
        yield
    finally:
        _watches.remove(watch)
        _ended.add(url)
    if watch.refused:
        raise CalledElsewhere(watch.refused[0])


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watches or event not in ("segmind_flux_schnell.send", "socket.getaddrinfo"):
        return
    __tracebackhide__ = True
    reason = _wrong_url(arguments[1]) if event == "segmind_flux_schnell.send" else _wrong_host(arguments[0])
    if reason is None:
        return
    for watch in _watches:
        watch.refused.append(reason)
    raise CalledElsewhere(reason)


def _wrong_url(url: str) -> str | None:
    """Return why a client may not call a URL; None if it may."""
    if url in _ended:
        return (
            f"A client was about to call {url}, the sandbox of an earlier test, which has ended. Nothing was sent. A "
            "client that is kept in a module or a cache stays with the sandbox that it was made for: make one in each "
            "test, or keep one sandbox for all tests, with running_sandbox() in a fixture of the scope 'session'."
        )
    return None if is_loopback(urlsplit(url).hostname or "") else _costly(url)


def _wrong_host(host: object) -> str | None:
    """Return why nothing may be sent to a host; None if it may."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    return _costly(name) if name.lower().rstrip(".") == SERVICE else None


def _costly(place: str) -> str:
    return (
        f"A client was about to call {place}, where images cost money, although the test has a sandbox. Nothing was "
        "sent. A client takes its URL from SEGMIND_BASE_URL when it is made: make it in the test, or in what the test "
        "calls, and not while a module is imported; or give it base_url= and api_key=."
    )
