"""A batch on a simulated clock: how a run sends, and what a service does with it, without waiting for either."""

import heapq
from collections import deque
from collections.abc import Sequence
from itertools import cycle

from attrs import define, field, frozen

from segmind_flux_schnell import RateLimit
from segmind_flux_schnell._runtime.batch.throttle import Throttle
from segmind_flux_schnell._runtime.batch.time_left import TimeLeft
from segmind_flux_schnell._runtime.batch.tunables import COUNTDOWN_POLL
from tests.client.batch.test_throttle import Clock


@frozen(kw_only=True)
class Schedule:
    """What a service does.

    Args:
        latencies: Seconds of its responses with an image, one after another, and again from the first.
        failing: Which requests, by their number, it refuses at once and for good.
        starts_in: Seconds in which it responds 503, since the model starts.
        window: How many requests it takes in how many seconds; None for no limit.
        concurrent: How many it takes at once; one more is refused without a word on when it could be taken.
    """

    latencies: Sequence[float]
    failing: frozenset[int] = frozenset()
    starts_in: float = 0.0
    window: tuple[int, float] | None = None
    concurrent: int | None = None


@frozen
class Report:
    """What was estimated at some moment of a run, and what turned out to be true.

    Args:
        finished: Requests that had their outcome by then.
        waiting: Requests that were still to be sent.
        seconds_left: The estimate.
        truth: Seconds until the end.
        is_held: Whether nothing was sent for the time being.
    """

    finished: int
    waiting: int
    seconds_left: float | None
    truth: float
    is_held: bool


@define
class SimulatedRun:
    """A run with so many requests, sent as `BatchRun` does."""

    schedule: Schedule
    requests: int
    in_flight: int
    rate_limit: tuple[int, float] | None = None
    clock: Clock = field(factory=Clock)
    taken_in_window: int = field(default=0, init=False)
    window_opened_at: float | None = field(default=None, init=False)

    def reports(self) -> list[Report]:
        """All estimates of the run."""
        clock, start = self.clock, self.clock.now
        limit = None if self.rate_limit is None else RateLimit(*self.rate_limit, clock=clock)
        throttle = Throttle(self.in_flight, clock, limit)
        time_left, waiting = TimeLeft(throttle), deque(range(self.requests))
        latencies = cycle(self.schedule.latencies)
        flying: list[tuple[float, int, float, str, float | None]] = []
        seen: list[tuple[int, int, float | None, float, bool]] = []
        finished = 0
        while waiting or flying:
            while waiting and throttle.pause <= 0 and throttle.allowed > len(flying):
                number = waiting.popleft()
                throttle.sent()
                kind, retry_after = self._kind(number, clock.now - start, len(flying))
                seconds = next(latencies) if kind == "image" else 0.05
                heapq.heappush(flying, (clock.now + seconds, number, clock.now, kind, retry_after))
            ages = [clock.now - sent_at for _, _, sent_at, _, _ in flying]
            left = time_left.seconds(waiting=len(waiting), ages=ages)
            seen.append((finished, len(waiting), left, clock.now, throttle.hold > 0))
            moments = [clock.now + COUNTDOWN_POLL, *(one[0] for one in flying[:1])]
            if waiting and throttle.allowed > len(flying):
                pause = throttle.pause
                moments.append(clock.now + pause + 1e-6)
            clock.now = max(clock.now, min(moments))
            while flying and flying[0][0] <= clock.now:
                _, number, sent_at, kind, retry_after = heapq.heappop(flying)
                if kind in ("image", "failure"):
                    finished += 1
                    time_left.finished(clock.now - sent_at, with_image=kind == "image")
                    if kind == "image":
                        throttle.accepted()
                    continue
                waiting.append(number)
                (throttle.rejected if kind == "429" else throttle.unavailable)(sent_at, retry_after)
        return [Report(done, rest, left, clock.now - at, held) for done, rest, left, at, held in seen]

    def _kind(self, number: int, elapsed: float, flying: int) -> tuple[str, float | None]:
        """What becomes of a request, and when the service takes it if that is not now."""
        if elapsed < self.schedule.starts_in:
            return "503", None
        if number in self.schedule.failing:
            return "failure", None
        if self.schedule.concurrent is not None and flying >= self.schedule.concurrent:
            return "429", None
        if self.schedule.window is not None:
            most, seconds = self.schedule.window
            if self.window_opened_at is None or self.clock.now >= self.window_opened_at + seconds:
                self.window_opened_at, self.taken_in_window = self.clock.now, 0
            if self.taken_in_window >= most:
                return "429", self.window_opened_at + seconds - self.clock.now
            self.taken_in_window += 1
        return "image", None
