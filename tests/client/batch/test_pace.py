"""The pace that a batch learns from the windows of a rate limit."""

import pytest

from segmind_flux_schnell._runtime.batch.pace import LearnedPace
from segmind_flux_schnell._runtime.batch.throttle import Throttle
from segmind_flux_schnell_sandbox.accounts import Account, Window
from segmind_flux_schnell_sandbox.admission import Admission
from tests.client.batch.test_throttle import Clock


@pytest.fixture
def clock() -> Clock:
    """A clock to set."""
    return Clock()


def window(pace: LearnedPace, clock: Clock, taken: int, seconds: float) -> None:
    """Send so many requests at once, then one that is refused until the end of the window, and go there."""
    for _ in range(taken):
        pace.sent()
        pace.accepted()
    pace.sent()
    pace.refused(seconds)
    clock.now += seconds


def test_nothing_is_slowed_down_before_the_first_refusal(clock: Clock) -> None:
    """A service without a limit is not slowed down for."""
    pace = LearnedPace(clock)
    for _ in range(1000):
        pace.sent()
        pace.accepted()
    assert (pace.interval, pace.delay) == (0, 0)


def test_the_requests_of_a_window_are_spread_over_the_next(clock: Clock) -> None:
    """The service took 60 in a window of a minute: from then on one leaves each second."""
    pace = LearnedPace(clock)
    window(pace, clock, taken=60, seconds=60)
    pace.sent()
    assert pace.interval == pytest.approx(1.0)
    assert pace.delay == pytest.approx(1.0)


def test_a_window_that_others_had_used_is_corrected_by_the_next(clock: Clock) -> None:
    """The first window began before the batch: the second one is whole, and says what there is room for."""
    pace = LearnedPace(clock)
    window(pace, clock, taken=10, seconds=20)
    window(pace, clock, taken=60, seconds=60)
    pace.sent()
    assert pace.interval == pytest.approx(1.0)


def test_a_window_without_room_says_nothing(clock: Clock) -> None:
    """If nothing was taken, it is not known how many a window takes."""
    pace = LearnedPace(clock)
    pace.sent()
    assert not pace.refused(30)
    clock.now += 30
    pace.sent()
    assert pace.interval == 0


def test_a_pace_that_is_too_slow_grows_faster(clock: Clock) -> None:
    """Each request that is taken shortens the interval a little."""
    pace = LearnedPace(clock)
    window(pace, clock, taken=1, seconds=60)
    pace.sent()
    slow = pace.interval
    for _ in range(70):
        pace.accepted()
    assert pace.interval < slow / 2


@pytest.mark.parametrize("in_flight", [1, 8, 20])
@pytest.mark.parametrize("seconds_per_image", [0.1, 2.0, 10.0])
def test_a_limit_is_met_with_few_refusals(clock: Clock, in_flight: int, seconds_per_image: float) -> None:
    """300 images at 60 a minute: no more refusals than fit in flight at first, and then about one a window."""
    throttle, admission = Throttle(in_flight, clock), Admission(clock)
    account = Account("limited", rate_limit=Window(60, 60.0))
    on_their_way: list[float] = []
    bought, refused_at, started = 0, list[float](), clock.now
    while bought < 300:
        while throttle.pause <= 0 and len(on_their_way) < throttle.allowed:
            throttle.sent()
            refusal = admission.refusal(account)
            if refusal is None:
                on_their_way.append(clock.now + seconds_per_image)
            else:
                refused_at.append(clock.now)
                throttle.rejected(clock.now, refusal[1])
        clock.now += 0.05
        while on_their_way and on_their_way[0] <= clock.now:
            on_their_way.pop(0)
            throttle.accepted()
            bought += 1
    windows = (clock.now - started) / 60
    least = max(300 / 60, 300 * seconds_per_image / in_flight / 60)
    assert windows <= least * 1.3 + 1
    assert len(refused_at) <= windows + 1
