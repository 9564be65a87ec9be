"""How long the rest of a batch takes, by what has been measured."""

from bisect import bisect_right, insort
from collections import deque
from collections.abc import Sequence

from attrs import define, field

from .throttle import Throttle
from .tunables import CALLS_REMEMBERED, OVERDUE_SHARE, WAVES_REMEMBERED


@define
class TimeLeft:
    """An estimate from the calls that have finished, those in flight, and how fast the service takes requests.

    A call takes long, and many are in flight at once, so results come in bursts: the rate of the last seconds says
    little. What counts is how far the calls in flight are, and that the last of all takes a whole latency. Images from
    disk, and what earlier runs did, are no measure of speed.

    Args:
        throttle: How fast the batch sends.
    """

    throttle: Throttle
    _recent: deque[float] = field(factory=deque[float], init=False)
    _ordered: list[float] = field(factory=list[float], init=False)
    _finished: int = field(default=0, init=False)
    _has_image: bool = field(default=False, init=False)
    _seen_at: float | None = field(default=None, init=False)
    _was_held: bool = field(default=False, init=False)
    _progress: float = field(default=0.0, init=False)
    _working: float = field(default=0.0, init=False)
    _worked: float = field(default=0.0, init=False)
    _history: deque[tuple[float, float]] = field(factory=lambda: deque([(0.0, 0.0)]), init=False)

    def finished(self, seconds: float, *, with_image: bool) -> None:
        """A call has its outcome.

        Args:
            seconds: How long it took.
            with_image: Whether it brought an image: until one does, nothing is known.
        """
        self._finished += 1
        self._has_image = self._has_image or with_image
        self._recent.append(seconds)
        insort(self._ordered, seconds)
        if len(self._recent) > max(CALLS_REMEMBERED, 2 * self.throttle.most):
            self._ordered.pop(bisect_right(self._ordered, self._recent.popleft()) - 1)

    def seconds(self, *, waiting: int, ages: Sequence[float]) -> float | None:
        """Seconds until the last request has its outcome; None if no image has come yet.

        Args:
            waiting: How many requests are still to be sent.
            ages: How long ago each of those in flight was sent, in seconds.
        """
        rest = self._rest(ages)
        mean = self._mean(ages, rest)
        self._measure(sum(age / (age + left) if age + left > 0 else 0.0 for age, left in zip(ages, rest, strict=True)))
        if not waiting and not ages:
            return 0.0
        if not self._has_image:
            return None
        if not waiting:
            return max(rest)
        held = self._held(rest, mean)
        by_slots = self._by_slots(waiting, rest, mean, held)
        by_pace = max(held, self.throttle.pause) + (waiting - 1) * self.throttle.interval + mean
        return max(by_slots, by_pace, self._by_rate(waiting, ages, rest, mean, held))

    def _rest(self, ages: Sequence[float]) -> list[float]:
        """Seconds that each call in flight will still take: the mean of those that took longer than it has so far."""
        if not self._ordered:
            return [float("inf") for _ in ages]
        sums = [0.0]
        for seconds in reversed(self._ordered):
            sums.append(sums[-1] + seconds)
        return [self._rest_of(age, sums) for age in ages]

    def _rest_of(self, age: float, sums: Sequence[float]) -> float:
        longer = len(self._ordered) - bisect_right(self._ordered, age)
        if longer:
            return sums[longer] / longer - age
        # The longer it is overdue, and the fewer are known, the longer it may take.
        longest = self._ordered[-1]
        return age - longest + longest * max(OVERDUE_SHARE, 1 / (1 + len(self._ordered)))

    def _mean(self, ages: Sequence[float], rest: Sequence[float]) -> float:
        """Seconds of a call, those in flight included: the quick ones are the first to finish."""
        known = [*self._ordered, *map(sum, zip(ages, rest, strict=True))]
        return sum(known) / len(known) if known else 0.0

    def _measure(self, in_flight: float) -> None:
        """Take down what has been done since the last look, in calls: those in flight count for a part.

        Time in which the service takes nothing says nothing of its speed.
        """
        now, progress = self.throttle.clock(), self._finished + in_flight
        if self._seen_at is not None and not self._was_held:
            self._working += now - self._seen_at
            self._worked += progress - self._progress
            self._history.append((self._working, self._worked))
        self._seen_at, self._progress = now, progress
        self._was_held = self.throttle.is_closed
        longest = WAVES_REMEMBERED * (self._ordered[len(self._ordered) // 2] if self._ordered else 0.0)
        while len(self._history) > 2 and self._history[1][0] <= self._working - longest:
            self._history.popleft()

    def _held(self, rest: Sequence[float], mean: float) -> float:
        """Seconds until requests are sent again as before, if they are not."""
        if not self.throttle.is_unavailable:
            return self.throttle.hold
        # One is sent alone, and the others once it is taken.
        return max(rest) if rest else self.throttle.hold + mean

    def _by_slots(self, waiting: int, rest: Sequence[float], mean: float, held: float) -> float:
        """The time if as many as possible are in flight from now on: each slot takes one request after another."""
        slots = self.throttle.most
        free = sorted([*(max(one, held) for one in rest), *[held] * (slots - len(rest))])
        each, more = divmod(waiting, len(free))
        ends = free[-1] + each * mean
        return max(ends, free[more - 1] + (each + 1) * mean) if more else ends

    def _by_rate(self, waiting: int, ages: Sequence[float], rest: Sequence[float], mean: float, held: float) -> float:
        """The time at the rate of the last few waves, whatever has limited it."""
        since, before = self._history[0]
        # Within the first latency, calls are still getting under way.
        if self._working - since < mean or self._worked <= before:
            return 0.0
        rate = (self._worked - before) / (self._working - since)
        parts = sum(left / (age + left) for age, left in zip(ages, rest, strict=True) if left > 0)
        # At the end fewer and fewer are in flight, and the last one decides.
        last = max(rest) - sum(rest) / len(rest) if rest else 0.0
        return held + (waiting + parts) / rate + last
