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

    The wait is never shorter than the service requests. Only a call that cannot have been billed is sent again: one
    without a connection, or with a response that means "not now", as the document marks it (`x-retry`). A GET that buys
    nothing is sent again after an unknown outcome too.

    After "not now" a call is sent again until nine tenths of its timeout have passed: the last tenth is for the
    response, since what arrives after the timeout is paid for and lost. A service that requests a longer wait ends the
    call at once. Without a connection a call is given up after `max_connect_wait` seconds: a service restarts in that
    time, and a mistake in the settings does not keep a caller waiting for minutes. If the reason stays, such as a
    certificate that is not trusted, it is given up at once (`NotSentError.permanent`).

    Args:
        attempts: Most attempts of a call, the first one included; None for as many as there is time for.
        max_wait: Most seconds that a call waits, all its waits together; 0 for no waits. None for as long as the
            timeout allows; if the call has no timeout, for as long as the default one would.
        max_connect_wait: Most seconds without a connection, attempts and waits together.
        first: Longest wait before the first retry, in seconds.
        longest: Longest wait before any retry, in seconds, unless the service requests a longer one.
        unknown_too: Whether to send a call again whose outcome is unknown: it may be paid for twice. Such a call has at
            most four attempts, unless `attempts` is set.
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
