"""How tests wait: for something to happen, and not for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 60.0
"""Seconds after which nothing is waited for any more: many more than the busiest machine needs."""

LONGER = (1, 4, 16, 64)

Found = TypeVar("Found")


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition never held"
        time.sleep(0.01)


def with_time_enough(call: Callable[[float], Found], got_as_far: Callable[[Found], object], seconds: float) -> Found:
    """What a call comes to that has a time limit, and the time to get as far as the test is about.

    A call that lasts until its limit costs all of it, so the first one is short. Where a busy machine does not get as
    far within it, the call is made again with a longer one.

    Args:
        call: Makes the call, with a limit of some seconds.
        got_as_far: Whether it had the time: what has to be so whatever else the test asserts.
        seconds: The first limit.
    """
    first, *others = LONGER
    found = call(first * seconds)
    for longer in others:
        if got_as_far(found):
            break
        found = call(longer * seconds)
    return found
