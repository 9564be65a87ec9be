# @generated from openapi/runtime/batch/throttle.py by `make generate`. Do not edit: change that file.
"""How fast a batch sends: half as fast after a rejection for now (429), and then slowly faster again."""

import time
from collections.abc import Callable

from attrs import define, field

from .tunables import FIRST_PAUSE, LONGEST_PAUSE


@define
class Throttle:
    """How many requests may be in flight: additive increase, multiplicative decrease.

    Args:
        most: The upper limit.
        clock: Gives the time in seconds.
    """

    most: int
    clock: Callable[[], float] = time.monotonic
    _allowed: float = field(init=False)
    _pause: float = field(default=FIRST_PAUSE, init=False)
    _slowed_at: float = field(default=float("-inf"), init=False)
    _resume_at: float = field(default=float("-inf"), init=False)

    def __attrs_post_init__(self) -> None:
        self._allowed = float(self.most)

    @property
    def allowed(self) -> int:
        """How many requests may be in flight, at least 1."""
        return int(self._allowed)

    @property
    def pause(self) -> float:
        """Seconds until a new request may be sent; 0 if one may be sent now."""
        return max(0.0, self._resume_at - self.clock())

    def accepted(self) -> None:
        """The service accepted a request: allow one more in flight for each round of them."""
        self._allowed = min(float(self.most), self._allowed + 1 / self._allowed)
        self._pause = FIRST_PAUSE

    def rejected(self, sent_at: float, retry_after: float | None) -> None:
        """The service rejected a request for now.

        Args:
            sent_at: When it was sent. Rejections of requests that were in flight together count as one.
            retry_after: Seconds that the service asks to wait, or None if it does not say.
        """
        now = self.clock()
        if sent_at > self._slowed_at:
            self._allowed = max(1.0, self._allowed / 2)
            self._slowed_at = now
            self._resume_at = max(self._resume_at, now + self._pause)
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
        self._resume_at = max(self._resume_at, now + min(retry_after or 0.0, LONGEST_PAUSE))
