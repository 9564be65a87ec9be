"""How long one call keeps waiting: what its policy wants, within the limits of its time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..base.errors import APIError, NotSentError
from ..base.wording import duration, moment_after
from .job_patience import Repeating
from .retrying import Backoff, Retry
from .tunables import LAST_SHARE, LONGEST_WAIT


class FailedAttempt(NamedTuple):
    """What is known when an attempt has failed.

    Args:
        number: Number of the attempt, from 1.
        error: Its error.
        retry_after: Seconds that the service requests to wait, or None if it does not say.
        limit: Seconds that the whole call may take, or None for no limit.
        left: Seconds that are left of them, or None for no limit.
        default_limit: Seconds that a call may take by default.
        waited: Seconds that the call has waited before this attempt.
        unconnected: Seconds since it has had no connection; 0 if this attempt had one.
    """

    number: int
    error: APIError
    retry_after: float | None
    limit: float | None
    left: float | None
    default_limit: float
    waited: float
    unconnected: float


class Decision(NamedTuple):
    """What follows from a failed attempt.

    Args:
        wait: Seconds until the next attempt, or None if there is none.
        given_up: Why there is none, if a longer wait could have helped; else empty.
    """

    wait: float | None
    given_up: str = ""


def decide(policy: Retry | None, failed: FailedAttempt) -> Decision:
    """Whether a call is sent again, and after how long."""
    wait = None if policy is None else policy.wait(failed.number, failed.error, failed.retry_after)
    if wait is None:
        return Decision(None)
    room, option = min(_rooms(policy, failed))
    if wait < room:
        return Decision(max(0.0, wait))
    requested = failed.retry_after or 0.0
    uses_all = isinstance(policy, Backoff) or option == "max_connect_wait"
    if uses_all and requested <= room and room > 0:
        # Its own wait is shortened, so that the time is used to its end.
        return Decision(room)
    return Decision(None, _given_up(failed, requested > room, option))


def _rooms(policy: Retry | None, failed: FailedAttempt) -> Iterator[tuple[float, str]]:
    """The limits of the next wait in seconds, each with the option that sets it."""
    connect_wait = policy.max_connect_wait if isinstance(policy, (Backoff, Repeating)) else None
    if connect_wait is not None and isinstance(failed.error, NotSentError):
        yield connect_wait - failed.unconnected, "max_connect_wait"
    if not isinstance(policy, Backoff):
        yield LONGEST_WAIT if failed.left is None else failed.left, "timeout"
        return
    if failed.left is not None and failed.limit is not None:
        yield failed.left - LAST_SHARE * failed.limit, "timeout"
    if policy.max_wait is not None:
        yield policy.max_wait - failed.waited, "max_wait"
    elif failed.left is None:
        limit = LONGEST_WAIT if failed.retry_after else failed.default_limit
        yield limit - failed.waited, "max_wait"


def _given_up(failed: FailedAttempt, is_requested: bool, option: str) -> str:
    if not is_requested or failed.retry_after is None:
        return f"gave up after {duration(failed.waited)} of waiting (limited by `{option}`)"
    when = moment_after(failed.retry_after)
    after = f"in {duration(failed.retry_after)}" + (f" (at {when})" if when else "")
    return f"the service takes requests again {after}: to wait for it, raise `{option}`"
