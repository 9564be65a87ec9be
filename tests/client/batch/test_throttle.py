"""How fast a batch sends after the service has rejected requests for now."""

from typing import Any

import pytest

from segmind_flux_schnell import RateLimit
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


def test_a_service_that_is_down_is_probed_by_one_request_at_a_time(clock: Clock) -> None:
    """And once it takes one, as many are in flight as before."""
    throttle = Throttle(8, clock)
    for _ in range(8):
        throttle.unavailable(clock.now, None)
    assert (throttle.allowed, throttle.pause) == (1, 1)
    clock.now += 1
    throttle.unavailable(clock.now, None)
    assert throttle.pause == 2
    throttle.accepted()
    assert throttle.allowed == 8


def test_its_own_pauses_end_at_half_a_minute(clock: Clock) -> None:
    """A service that has recovered is found soon."""
    throttle = Throttle(8, clock)
    pauses = []
    for _ in range(7):
        throttle.unavailable(clock.now, None)
        pauses.append(throttle.pause)
        clock.now += 100
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_an_outage_ends_with_the_first_request_that_is_taken(clock: Clock) -> None:
    """It is counted from the first rejection."""
    throttle = Throttle(8, clock)
    assert throttle.outage == 0
    for _ in range(3):
        throttle.unavailable(clock.now, None)
        clock.now += 100
    assert throttle.outage == 300
    throttle.accepted()
    assert throttle.outage == 0


def test_the_limit_of_the_client_holds_from_the_start(clock: Clock) -> None:
    """Two a second: the second request has to wait for half a second."""
    throttle = Throttle(8, clock, rate_limit=RateLimit(2, per=1.0, clock=clock))
    throttle.sent()
    assert throttle.pause == 0.5
    clock.now += 0.5
    assert throttle.pause == 0
