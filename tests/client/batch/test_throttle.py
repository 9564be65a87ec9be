"""How fast a batch sends after the service has rejected requests for now."""

from typing import Any

import pytest

from segmind_flux_schnell._runtime.batch.throttle import Throttle
from segmind_flux_schnell._runtime.batch.tunables import LONGEST_PAUSE


class Clock:
    """A clock that stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock to set."""
    return Clock()


def test_a_rejection_halves_what_may_be_in_flight(clock: Clock) -> None:
    """Down to one, and never to zero."""
    throttle = Throttle(8, clock)
    allowed = []
    for _ in range(5):
        throttle.rejected(clock.now, None)
        allowed.append(throttle.allowed)
        clock.now += 1000
    assert allowed == [4, 2, 1, 1, 1]


def test_rejections_of_one_round_count_once(clock: Clock) -> None:
    """Eight requests that were in flight together and were all rejected count as one."""
    throttle = Throttle(8, clock)
    for _ in range(8):
        clock.now += 0.1
        throttle.rejected(100.0, None)
    assert throttle.allowed == 4


def test_it_grows_by_one_a_round(clock: Clock) -> None:
    """Four accepted requests allow a fifth in flight, five more a sixth, up to the number that was set."""
    throttle = Throttle(8, clock)
    throttle.rejected(clock.now, None)
    grown = []
    for _ in range(40):
        throttle.accepted()
        grown.append(throttle.allowed)
    assert (grown[2], grown[4], grown[-1]) == (4, 5, 8)
    assert grown == sorted(grown)


def test_it_pauses_twice_as_long_each_time(clock: Clock) -> None:
    """One second, two, four; and one again after a success."""
    throttle = Throttle(8, clock)
    pauses = []
    for _ in range(3):
        throttle.rejected(clock.now, None)
        pauses.append(throttle.pause)
        clock.now += 60
    assert pauses == [1, 2, 4]
    assert throttle.pause == 0
    throttle.accepted()
    throttle.rejected(clock.now, None)
    assert throttle.pause == 1


@pytest.mark.parametrize(("retry_after", "pause"), [(30.0, 30.0), (0.2, 1.0), (1e9, LONGEST_PAUSE)])
def test_it_waits_as_long_as_the_service_asks(clock: Clock, retry_after: Any, pause: float) -> None:
    """At least as long as its own pause, and at most ten minutes."""
    throttle = Throttle(8, clock)
    throttle.rejected(clock.now, retry_after)
    assert throttle.pause == pause
