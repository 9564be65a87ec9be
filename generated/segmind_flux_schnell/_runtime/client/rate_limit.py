# @generated from openapi/runtime/client/rate_limit.py by `make generate`. Do not edit: change that file.
"""A limit on how fast requests are sent, so that the service does not have to refuse them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from threading import Lock

from attrs import define, field

from ..base.errors import ConfigurationError
from ..base.wording import shown


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    raise ConfigurationError(f"RateLimit takes a whole number of requests from 1, not {shown(value)}.")


def _seconds(value: object) -> float:
    number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0
    if 0 < number <= _LONGEST:
        return float(number)
    raise ConfigurationError(f"RateLimit takes seconds above 0, up to a day, for `per`, not {shown(value)}.")


@define(eq=False)
class RateLimit:
    """A limit on how fast its clients send requests. Clients, threads and tasks can share it.

    Requests are spaced evenly: with 60 a minute, one can leave each second. A call that has to wait for its turn waits
    before it is sent, in the order of the calls. The timeout of a call starts with its turn.

    Args:
        requests: Number of requests, retries included.
        per: Seconds in which as many can be sent.
        clock: Gives the time in seconds.

    Raises:
        ConfigurationError: `requests` is not a whole number from 1, or `per` not a number of seconds above 0.
    """

    requests: int = field(converter=_whole)
    per: float = field(default=60.0, converter=_seconds)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False, kw_only=True)
    _next: float = field(default=float("-inf"), init=False, repr=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    @property
    def interval(self) -> float:
        """Seconds between two requests."""
        return self.per / self.requests

    @property
    def delay(self) -> float:
        """Seconds until a request could be sent; 0 if now."""
        return max(0.0, self._next - self.clock())

    def reserve(self) -> float:
        """Take the next turn, and return the seconds until then."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next)
            self._next = turn + self.interval
            return turn - now


def usable_rate_limit(limit: object) -> RateLimit | None:
    """The rate limit of a client: an object of the caller, one for a text such as `60 a minute`, or None for no limit.

    Raises:
        ConfigurationError: It is something else.
    """
    if limit is None or isinstance(limit, RateLimit):
        return limit
    match = _TEXT.fullmatch(limit.strip()) if isinstance(limit, str) else None
    if match is None:
        raise ConfigurationError(
            f"rate_limit is {shown(limit)}: it takes a RateLimit, or a text such as '60 a minute' or '2 per second'."
        )
    return RateLimit(int(match["requests"]), per=_UNITS[match["unit"].lower()])


_LONGEST = 86_400.0
_UNITS = {"s": 1.0, "second": 1.0, "m": 60.0, "min": 60.0, "minute": 60.0, "h": 3600.0, "hour": 3600.0}
_TEXT = re.compile(
    r"(?P<requests>[0-9]{1,9})\s*(?:requests?\s*)?(?:/|\ban?\b|\bper\b)\s*(?P<unit>s|second|m|min|minute|h|hour)",
    re.IGNORECASE,
)
