"""When a call is sent again, and after how long: by default never if it may have been billed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, runtime_checkable

from attrs import field, frozen

from ..base.errors import APIError, ConfigurationError, NotSentError
from ..base.wording import shown
from .tunables import LARGEST_EXPONENT


def _random() -> float:
    import random

    return random.random()


@runtime_checkable
class Retry(Protocol):
    """A retry policy: an object with this method can be used instead of a `Backoff`."""

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Seconds to wait before the call is sent again, or None to give up.

        The client also gives up if the wait exceeds what is left of the call's timeout.

        Args:
            attempt: Number of the attempt that failed, from 1.
            error: Its error, whose `outcome` says whether another attempt can buy a second image.
            retry_after: Seconds that the service requests to wait, or None if it does not say.
        """
        ...


@frozen(kw_only=True)
class Backoff:
    """Exponential backoff with full jitter: before retry n a random wait of 0 to `first * 2 ** (n - 1)` seconds.

    The wait is never shorter than the service requests. Only a call that cannot have been billed is sent again: one
    without a connection, or with a response that means "not now", as the document marks it (`x-retry`). With the
    defaults a call waits at most 0.5 + 1 + 2 seconds, or as long as the service requests.

    Args:
        attempts: Most attempts of a call, the first one included.
        first: Longest wait before the first retry, in seconds.
        longest: Longest wait before any retry, in seconds, unless the service requests a longer one.
        unknown_too: Whether to send a call again whose outcome is unknown: it may be paid for twice.
        draw: Returns a random number from 0 to 1.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 30.0
    unknown_too: bool = False
    draw: Callable[[], float] = field(default=_random, repr=False)

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Seconds to wait before the call is sent again, or None to give up."""
        if attempt >= self.attempts or not self._is_wanted(error):
            return None
        jittered = self.draw() * min(self.longest, self.first * 2.0 ** min(attempt - 1, LARGEST_EXPONENT))
        return max(jittered, retry_after or 0.0)

    def _is_wanted(self, error: APIError) -> bool:
        if isinstance(error, NotSentError) and error.permanent:
            return False
        return error.outcome in ("never_sent", "retryable") or (self.unknown_too and error.outcome == "unknown")


def usable_retry(retry: object) -> Retry | None:
    """The retry policy of a client: an object of the caller, a `Backoff` for `"unknown-too"`, or None for no retries.

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
"""When a client sends a call again: a policy, "unknown-too" for `Backoff(unknown_too=True)`, or None for never."""
