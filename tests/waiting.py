"""How tests wait: for an event, not for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 60.0
"""Seconds after which a test gives up: many more than the busiest machine needs."""

_LONGER = (1, 4, 16, 64)

Found = TypeVar("Found")


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition never held"
        time.sleep(0.01)


def with_time_enough(call: Callable[[float], Found], got_as_far: Callable[[Found], object], seconds: float) -> Found:
    """Make a call that has a time limit, with enough time to get as far as the test needs, and return its outcome.

    A call that lasts until its limit costs all of it, so the first one is short. Where a busy machine does not get that
    far within it, the call is made again with a longer one.

    Args:
        call: Makes the call, with a limit of some seconds.
        got_as_far: Whether it had enough time: what must be true whatever else the test asserts.
        seconds: The first limit.
    """
    first, *others = _LONGER
    found = call(first * seconds)
    for longer in others:
        if got_as_far(found):
            break
        found = call(longer * seconds)
    return found
