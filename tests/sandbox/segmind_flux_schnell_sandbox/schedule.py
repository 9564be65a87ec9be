"""What the next requests meet: some a number of them, some all of them from now on."""

from collections import deque
from threading import Lock
from typing import Generic, TypeVar

Met = TypeVar("Met")


class Schedule(Generic[Met]):
    """Things that requests meet one after the other; safe to use from any thread.

    What is for a number of requests comes first, in the order in which it was added. Then the last thing that was added
    without a number is met by every further request, until the schedule is cleared.
    """

    def __init__(self) -> None:
        """Start empty: a request meets nothing."""
        self._lock = Lock()
        self._counted: deque[Met] = deque()
        self._lasting: Met | None = None

    def add(self, met: Met, times: int | None) -> None:
        """Let the next `times` requests meet something, or, for None, all requests that find nothing else to meet."""
        with self._lock:
            if times is None:
                self._lasting = met
            else:
                self._counted.extend([met] * times)

    def next(self) -> Met | None:
        """Return what one more request meets, or None."""
        with self._lock:
            return self._counted.popleft() if self._counted else self._lasting

    def clear(self) -> None:
        """Let requests meet nothing from now on."""
        with self._lock:
            self._counted.clear()
            self._lasting = None
