"""When the jobs of a batch are asked for: counted on a clock that stands still until it is set."""

from itertools import pairwise
from typing import Any

import pytest
from attrs import define, evolve

from segmind_flux_schnell import RateLimit
from segmind_flux_schnell._runtime.base.messages import Request
from segmind_flux_schnell._runtime.batch.planning import PlannedRequest
from segmind_flux_schnell._runtime.batch.polling import PollSchedule, RunningJob
from segmind_flux_schnell._runtime.batch.throttle import Throttle
from segmind_flux_schnell._runtime.batch.tunables import ASKED_A_SECOND
from tests.client.batch.test_throttle import Clock

POLL = 1.0


@define
class Handle:
    """What a client has of a job."""

    request_id: str


def job(index: int, **facts: Any) -> RunningJob[Any]:
    """A job that was submitted when the clock began."""
    sending = Request(operation="submit", method="POST", path="/")
    planned = PlannedRequest(index=index, key=str(index), request=None, sending=sending)
    return RunningJob(planned=planned, handle=Handle(str(index)), since=100.0, **facts)


def schedule(clock: Clock, most: int = 32, **facts: Any) -> PollSchedule[Any]:
    """A schedule that asks for a job each second."""
    return PollSchedule(lambda age: POLL, Throttle(most, clock, **facts), clock)


@pytest.fixture
def clock() -> Clock:
    """A clock to set."""
    return Clock()


def asked_in(found: PollSchedule[Any], clock: Clock, seconds: float) -> list[tuple[float, int]]:
    """When which job is asked for, if all of them go on."""
    asked: list[tuple[float, int]] = []
    end = clock.now + seconds
    while (pause := found.pause) is not None and clock.now + pause <= end:
        clock.now += pause + 1e-9
        for one in found.take():
            asked.append((clock.now, one.planned.index))
            found.goes_on(one)
    clock.now = end
    return asked


def test_a_job_is_never_asked_for_sooner_than_the_document_allows(clock: Clock) -> None:
    """Its questions are at least a second apart, the first from its submit."""
    found = schedule(clock)
    for index in range(5):
        found.add(job(index), POLL)
    asked = asked_in(found, clock, 30.5)
    for index in range(5):
        moments = [100.0, *(at for at, one in asked if one == index)]
        assert len(moments) == 31
        assert min(later - earlier for earlier, later in pairwise(moments)) >= POLL


def test_a_thousand_jobs_are_asked_for_as_often_as_fifteen(clock: Clock) -> None:
    """Together 15 times a second, however many go on, and each in its turn."""
    found = schedule(clock)
    for index in range(1000):
        found.add(job(index), 0)
    asked = asked_in(found, clock, 100)
    assert len(asked) <= 100 * ASKED_A_SECOND + found.throttle.most
    assert {index for _, index in asked} == set(range(1000))
    counts = [sum(one == index for _, one in asked) for index in (0, 500, 999)]
    assert max(counts) - min(counts) <= 1


def test_questions_that_find_a_job_done_are_not_held_up(clock: Clock) -> None:
    """A thousand jobs that are done are asked for and fetched at once, as many at a time as is allowed."""
    found = schedule(clock, most=8)
    for index in range(1000):
        found.add(job(index), 0)
    fetched: list[int] = []
    while len(found):
        taken = found.take()
        assert 1 <= len(taken) <= 8
        for one in taken:
            if one.is_done:
                fetched.append(one.planned.index)
                found.settled(one)
            else:
                found.is_done(one)
    assert sorted(fetched) == list(range(1000))
    assert clock.now == 100.0


def test_a_result_is_fetched_before_others_are_asked_for(clock: Clock) -> None:
    """Also where the questions have used up their turns."""
    found = schedule(clock, most=1)
    for index in range(3):
        found.add(job(index), 0)
    (first,) = found.take()
    found.goes_on(first)
    assert found.take() == []
    found.add(job(7, is_done=True), 0)
    assert [one.planned.index for one in found.take()] == [7]


def test_no_more_are_asked_for_at_once_than_allowed(clock: Clock) -> None:
    """Until there is an answer: the schedule then says that there is nothing to wait for."""
    found = schedule(clock, most=2)
    for index in range(5):
        found.add(job(index), 0)
    taken = found.take()
    assert (len(taken), found.asked, found.pause, found.take()) == (2, 2, None, [])
    found.goes_on(taken[0])
    assert found.pause is not None


def test_a_rate_limit_of_the_client_holds_for_questions_too(clock: Clock) -> None:
    """Ten a minute: in a minute no more than ten are sent, whoever sends them."""
    found = schedule(clock, rate_limit=RateLimit(10, clock=clock))
    for index in range(100):
        found.add(job(index), 0)
    assert len(asked_in(found, clock, 59)) == 10


def test_a_429_teaches_the_pace(clock: Clock) -> None:
    """Thirty of a minute were taken, the next one is refused until it ends: the next minute has no more than about so
    many, evenly spread."""
    found = schedule(clock)
    for index in range(40):
        found.add(job(index), 0)
    taken = 0
    while taken < 30:
        clock.now += (found.pause or 0.0) + 1e-9
        for one in found.take():
            taken += 1
            if taken > 30:
                found.throttle.rejected(clock.now, 160.0 - clock.now)
            else:
                found.throttle.accepted()
            found.goes_on(one)
    if found.throttle.hold == 0:
        found.throttle.sent()
        found.throttle.rejected(clock.now, 160.0 - clock.now)
    assert found.pause == pytest.approx(160.0 - clock.now)
    clock.now = 160.0
    assert 20 <= len(asked_in(found, clock, 60)) <= 32


def test_a_job_that_takes_too_long_is_no_longer_waited_for(clock: Clock) -> None:
    """Its last question is at its end, and it is not scheduled again."""
    found = schedule(clock)
    found.add(job(0, ends=102.5), POLL)
    asked: list[float] = []
    goes_on = True
    while goes_on:
        clock.now += (found.pause or 0.0) + 1e-9
        (one,) = found.take()
        asked.append(clock.now)
        goes_on = found.goes_on(one)
    assert asked == pytest.approx([101.0, 102.0, 103.0])
    assert (len(found), found.pause) == (0, None)


def test_what_is_not_being_asked_for_can_be_dropped(clock: Clock) -> None:
    """At a signal: those that are being asked for are left to their answers."""
    found = schedule(clock, most=2)
    for index in range(5):
        found.add(job(index), 0)
    found.add(evolve(job(9), is_done=True), 60)
    taken = found.take()
    assert [one.planned.index for one in found.drop_scheduled()] == [2, 3, 4, 9]
    assert len(found) == len(taken) == 2
    assert [one.planned.index for one in found.drop_all()] == [0, 1]
    assert len(found) == 0
