"""What requests meet one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from segmind_flux_schnell_sandbox.schedule import Schedule


@pytest.fixture
def schedule() -> Schedule[str]:
    """A schedule of words."""
    return Schedule[str]()


def test_nothing_is_met_at_first(schedule: Schedule[str]) -> None:
    """An empty schedule lets requests pass."""
    assert schedule.next() is None


def test_counted_things_come_first_and_in_order(schedule: Schedule[str]) -> None:
    """The last thing without a number comes after all that have one, whatever was added first, and stays."""
    schedule.add("never", None)
    schedule.add("always", None)
    schedule.add("twice", 2)
    schedule.add("once", 1)
    assert [schedule.next() for _ in range(6)] == ["twice", "twice", "once", "always", "always", "always"]


def test_cleared_it_is_empty(schedule: Schedule[str]) -> None:
    """Neither the counted nor the lasting things remain."""
    schedule.add("always", None)
    schedule.add("once", 1)
    schedule.clear()
    assert schedule.next() is None


def test_threads_share_what_is_counted(schedule: Schedule[str]) -> None:
    """Of a thousand requests at once, exactly as many as were counted meet it."""
    schedule.add("counted", 100)
    with ThreadPoolExecutor(16) as pool:
        met = list(pool.map(lambda _: schedule.next(), range(1000)))
    assert met.count("counted") == 100
