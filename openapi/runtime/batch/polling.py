"""When the jobs of a batch are asked for: one schedule for all of them."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count
from typing import Any, Generic, TypeVar

from attrs import define, evolve, field, frozen

from .planning import PlannedRequest
from .throttle import Throttle
from .tunables import ASKED_A_SECOND

Given = TypeVar("Given")


@frozen(kw_only=True, eq=False)
class RunningJob(Generic[Given]):
    """A job that was submitted, and is not collected yet.

    Args:
        planned: Its request. If an earlier run had other requests than this one, its index is negative.
        handle: The client's handle of it.
        since: When it was submitted, on the monotonic clock; for a job of an earlier run, when this run began.
        ends: When it is no longer waited for, on the same clock, or None for never.
        is_own: Whether this run submitted it.
        reserved: Credits that it counts with until its cost is known; 0 for a job of an earlier run.
        is_done: Whether it has a result to fetch.
        tries: How often its record was not found, or its image not whole.
    """

    planned: PlannedRequest[Given]
    handle: Any
    since: float
    ends: float | None = None
    is_own: bool = True
    reserved: Decimal = Decimal(0)
    is_done: bool = False
    tries: int = 0

    @property
    def is_listed(self) -> bool:
        """Whether its request is one of this run."""
        return self.planned.index >= 0

    @property
    def job_id(self) -> str:
        """The service's name for it."""
        return str(self.handle.request_id)


_Schedule = list[tuple[float, int, RunningJob[Given]]]
"""Jobs by when their turn is, and in which order they were added."""


@define
class PollSchedule(Generic[Given]):
    """When each job is asked for, and fetched once it is done.

    Between two questions about one job are at least the seconds of the document, and more once it has taken long. All
    jobs together are asked for `ASKED_A_SECOND` times a second at most, but for questions that find a job done: a
    thousand active jobs take no more than fifteen. If the service says "too many", the pace follows it.

    Args:
        wait: Seconds until a job is asked for again, by how long it has taken.
        throttle: How fast questions are sent, and how many at once.
        clock: Gives the time in seconds.
    """

    wait: Callable[[float], float]
    throttle: Throttle
    clock: Callable[[], float] = time.monotonic
    _to_ask: _Schedule[Given] = field(factory=list[tuple[float, int, RunningJob[Given]]], init=False)
    _to_fetch: _Schedule[Given] = field(factory=list[tuple[float, int, RunningJob[Given]]], init=False)
    _asked: dict[int, RunningJob[Given]] = field(factory=dict[int, RunningJob[Given]], init=False)
    _number: "count[int]" = field(factory=count, init=False)
    _credit: float = field(init=False)
    _credit_at: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._credit, self._credit_at = float(self.throttle.most), self.clock()

    def __len__(self) -> int:
        return len(self._to_ask) + len(self._to_fetch) + len(self._asked)

    @property
    def jobs(self) -> Iterator[RunningJob[Given]]:
        """The jobs that are waited for."""
        yield from self._asked.values()
        yield from (job for _, _, job in (*self._to_ask, *self._to_fetch))

    @property
    def asked(self) -> int:
        """How many jobs are being asked for or fetched right now."""
        return len(self._asked)

    @property
    def pause(self) -> float | None:
        """Seconds until a job can be polled or fetched; None while the current polls have no response."""
        waits = [wait for wait, _ in self._turns()]
        if not waits or self.asked >= self.throttle.allowed:
            return None
        return max(min(waits), self.throttle.pause)

    def add(self, job: RunningJob[Given], wait: float) -> None:
        """Schedule a job to be asked for or fetched after so many seconds."""
        heappush(self._to_fetch if job.is_done else self._to_ask, (self.clock() + wait, next(self._number), job))

    def take(self) -> list[RunningJob[Given]]:
        """The jobs to fetch now, and those to ask for."""
        taken: list[RunningJob[Given]] = []
        while self.pause == 0:
            _, schedule = min(self._turns(), key=lambda turn: turn[0])
            _, _, job = heappop(schedule)
            self._asked[job.planned.index] = job
            self.throttle.sent()
            if not job.is_done:
                self._credit, self._credit_at = self._credit_now - 1, self.clock()
            taken.append(job)
        return taken

    def goes_on(self, job: RunningJob[Given], retry_after: float = 0.0) -> bool:
        """A polled job is still active: schedule the next poll. False if it is not waited for any longer."""
        self._asked.pop(job.planned.index, None)
        now = self.clock()
        if job.ends is not None and now >= job.ends:
            return False
        wait = max(self.wait(now - job.since), retry_after)
        self.add(job, wait if job.ends is None else min(wait, max(job.ends - now, self.wait(0))))
        return True

    def is_done(self, job: RunningJob[Given]) -> None:
        """A job that was asked for is done: fetch it next. The question cost no time."""
        self._asked.pop(job.planned.index, None)
        self._refund()
        self.add(evolve(job, is_done=True), 0.0)

    def settled(self, job: RunningJob[Given]) -> None:
        """A job has its outcome, whatever it is."""
        self._asked.pop(job.planned.index, None)
        if not job.is_done:
            self._refund()

    def drop_scheduled(self) -> list[RunningJob[Given]]:
        """The jobs that are not being asked for: they are no longer scheduled."""
        dropped = [job for _, _, job in (*self._to_ask, *self._to_fetch)]
        self._to_ask.clear()
        self._to_fetch.clear()
        return dropped

    def drop_all(self) -> list[RunningJob[Given]]:
        """All jobs: none is scheduled any longer, and no answer is expected."""
        dropped = [*self._asked.values(), *self.drop_scheduled()]
        self._asked.clear()
        return dropped

    def _turns(self) -> Iterator[tuple[float, _Schedule[Given]]]:
        """Seconds until the next job can be fetched, and until the next one can be asked for."""
        if self._to_fetch:
            yield max(0.0, self._to_fetch[0][0] - self.clock()), self._to_fetch
        if self._to_ask:
            yield max(0.0, self._to_ask[0][0] - self.clock(), self._pause_of_questions), self._to_ask

    @property
    def _credit_now(self) -> float:
        gained = (self.clock() - self._credit_at) * ASKED_A_SECOND
        return min(float(self.throttle.most), self._credit + gained)

    @property
    def _pause_of_questions(self) -> float:
        lacking = 1 - self._credit_now
        # What rounding leaves is no reason to wait.
        return lacking / ASKED_A_SECOND if lacking > 1e-9 else 0.0

    def _refund(self) -> None:
        self._credit, self._credit_at = min(float(self.throttle.most), self._credit_now + 1), self.clock()
