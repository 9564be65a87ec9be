"""How fast a service takes requests, as its rate limit shows it."""

import time
from collections.abc import Callable

from attrs import define, field

from .tunables import SPEED_UP


@define
class LearnedPace:
    """The time between two requests, learned from refusals that say when the window of the rate limit ends.

    Before the first such refusal nothing is known, and nothing is slowed down. Then the requests of a window are spread
    over it: as many as the service took in the last one. From there on it grows faster slowly, since the last window
    may have begun before this run.

    Args:
        clock: Gives the time in seconds.
    """

    clock: Callable[[], float] = time.monotonic
    _interval: float = field(default=0.0, init=False)
    _next: float = field(default=float("-inf"), init=False)
    _opened_at: float | None = field(default=None, init=False)
    _resets_at: float | None = field(default=None, init=False)
    _taken: int = field(default=0, init=False)
    _last_window: tuple[float, int] = field(default=(0.0, 0), init=False)

    @property
    def interval(self) -> float:
        """Seconds between two requests; 0 before anything is known."""
        return self._interval

    @property
    def delay(self) -> float:
        """Seconds until the next request may be sent."""
        return max(0.0, self._next - self.clock())

    @property
    def average(self) -> float:
        """Seconds between two requests on average, over the last window and this one; 0 before anything is known.

        Unlike `interval`, it includes the rest of a window that has no more room.
        """
        seconds, taken = self._last_window
        if self._opened_at is None or (not taken and self._resets_at is None):
            return 0.0
        seconds += max(self.clock(), self._resets_at or 0.0) - self._opened_at
        return seconds / max(1, taken + self._taken)

    @property
    def is_full(self) -> bool:
        """Whether the window has no more room: nothing is taken before it ends."""
        return self._resets_at is not None and self.clock() < self._resets_at

    def sent(self) -> None:
        """A request is sent."""
        now = self.clock()
        if self._resets_at is not None and now >= self._resets_at:
            self._open(self._resets_at)
        elif self._opened_at is None:
            self._opened_at = now
        self._taken += 1
        self._next = max(now, self._next) + self._interval

    def accepted(self) -> None:
        """The service took a request."""
        self._interval *= 1 - SPEED_UP

    def refused(self, resets_in: float) -> bool:
        """The service did not take a request.

        Args:
            resets_in: Seconds until the window ends, as it says.

        Returns:
            Whether this says how many requests a window has room for.
        """
        self._taken -= 1
        self._resets_at = max(self._resets_at or 0.0, self.clock() + resets_in)
        return self._taken > 0 or self._interval > 0

    def _open(self, start: float) -> None:
        """A new window starts: share the length of the last one among the requests that it took."""
        if self._taken > 0 and self._opened_at is not None:
            self._last_window = (start - self._opened_at, self._taken)
            self._interval = self._last_window[0] / self._taken
            self._next = start
        self._opened_at, self._resets_at, self._taken = start, None, 0
