"""When a call is sent again, and after how long: by default never if it may have been billed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, runtime_checkable

from attrs import evolve, field, frozen

from ..base.errors import APIError, ConfigurationError, NotSentError
from ..base.wording import shown
from .tunables import LARGEST_EXPONENT, UNKNOWN_ATTEMPTS


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

    The wait is never shorter than the service requests. A call is sent again only if it cannot have been billed: there
    was no connection, or the response means "not now" (`x-retry` in the document). A GET that buys nothing is also sent
    again after an unknown outcome.

    After "not now", a call is sent again until nine tenths of its timeout have passed: the last tenth is for the
    response, because an image that arrives after the timeout is paid for and lost. If the service requests a longer
    wait, the call ends at once. Without a connection, a call gives up after `max_connect_wait` seconds: long enough for
    a restart of the service, and short enough for a mistake in the settings. If waiting cannot help, as with an
    untrusted certificate, it gives up at once (`NotSentError.permanent`).

    Args:
        attempts: Maximum number of attempts, including the first; None for no limit but the time.
        max_wait: Maximum total wait of a call, in seconds; 0 for no waits. None if the timeout of the call is the only
            limit, or the default timeout if the call has none.
        max_connect_wait: Maximum time without a connection, in seconds, including attempts and waits.
        first: Longest wait before the first retry, in seconds.
        longest: Longest wait before any retry, in seconds, unless the service requests a longer one.
        unknown_too: Whether to send a call again if its outcome is unknown: you may pay twice. Such a call has at most
            four attempts, unless `attempts` is set.
        draw: Returns a random number from 0 to 1.
    """

    attempts: int | None = None
    max_wait: float | None = None
    max_connect_wait: float = 30.0
    first: float = 0.5
    longest: float = 30.0
    unknown_too: bool = False
    draw: Callable[[], float] = field(default=_random, repr=False)

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Seconds to wait before the call is sent again, or None to give up."""
        if not self._is_wanted(attempt, error):
            return None
        jittered = self.draw() * min(self.longest, self.first * 2.0 ** min(attempt - 1, LARGEST_EXPONENT))
        return max(jittered, retry_after or 0.0)

    def _is_wanted(self, attempt: int, error: APIError) -> bool:
        if self.attempts is not None and attempt >= self.attempts:
            return False
        if error.outcome == "unknown":
            return self.unknown_too and (self.attempts is not None or attempt < UNKNOWN_ATTEMPTS)
        return error.outcome == "retryable" or (isinstance(error, NotSentError) and not error.permanent)


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


def repeating(policy: Retry | None) -> Retry | None:
    """The policy for a call that buys nothing: it is sent again after an unknown outcome too."""
    return evolve(policy, unknown_too=True) if isinstance(policy, Backoff) else policy


RetryOption = Retry | Literal["unknown-too"] | None
"""When a client sends a call again: a policy, "unknown-too" for `Backoff(unknown_too=True)`, or None for never."""
