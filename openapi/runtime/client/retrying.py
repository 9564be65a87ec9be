"""When a call is sent again, and how long it waits before: never where it may have bought something, unless asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, runtime_checkable

from attrs import field, frozen

from ..base.errors import APIError, ConfigurationError
from ..base.wording import shown


def _drawn() -> float:
    import random

    return random.random()


@runtime_checkable
class Retry(Protocol):
    """A policy of retries: anything with this method can take the place of `Backoff`."""

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Seconds to wait before the call is sent again, or None to give up.

        A wait that does not fit into what is left of the call's timeout gives up too.

        Args:
            attempt: How often the call has been sent, or tried to; starts at 1.
            error: What came of the last time. Its `outcome` tells whether sending again can buy a second image.
            retry_after: Seconds that the service asks to wait, or None where it does not say.
        """
        ...


@frozen(kw_only=True)
class Backoff:
    """Exponential backoff with full jitter: before retry n a wait between 0 and `first * 2 ** (n - 1)` seconds.

    Never shorter than what the service asks for. Only what cannot have bought anything is sent again: a request that
    never left, and one with a response that means "not now", as the document marks them (`x-retry`). With the defaults
    a call waits at most 0.5 + 1 + 2 seconds, or as long as the service asks.

    Args:
        attempts: How often a call is sent at most, the first time included.
        first: Most seconds before the first retry.
        longest: Most seconds before any retry, unless the service asks for more.
        unknown_too: Whether to send again also where the outcome is unknown: that may pay twice.
        draw: Draws a number from 0 to 1.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 30.0
    unknown_too: bool = False
    draw: Callable[[], float] = field(default=_drawn, repr=False)

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Seconds to wait before the call is sent again, or None to give up."""
        if attempt >= self.attempts or not self._is_wanted(error):
            return None
        # 2 ** 1024 is no float any more.
        jittered = self.draw() * min(self.longest, self.first * 2.0 ** min(attempt - 1, 1000))
        return max(jittered, retry_after or 0.0)

    def _is_wanted(self, error: APIError) -> bool:
        return error.outcome in ("never_sent", "retryable") or (self.unknown_too and error.outcome == "unknown")


def usable_retry(retry: object) -> Retry | None:
    """The policy that a client is given: one of the caller's, `"unknown-too"`, or None for no retries.

    Raises:
        ConfigurationError: It is something else.
    """
    if retry is None:
        return None
    if retry == "unknown-too":
        return Backoff(unknown_too=True)
    if isinstance(retry, type) or not isinstance(retry, Retry):
        raise ConfigurationError(
            f"retry is {shown(retry)}: it takes 'unknown-too', an object with the method `wait`, or None."
        )
    return retry


RetryOption = Retry | Literal["unknown-too"] | None
