# @generated from openapi/runtime/batch/throttle.py by `make generate`. Do not edit: change that file.
"""How fast a batch sends: it halves at a refusal for now (429), and grows slowly again."""

import time
from collections.abc import Callable

from attrs import define, field

FIRST_PAUSE = 1.0
"""Seconds without a new request after the first refusal, where the service does not ask for longer; then doubled."""

LONGEST_PAUSE = 600.0
"""Most seconds without a new request, whatever the service asks for: a date far off is more likely a mistake."""


@define
class Throttle:
    """How many requests may be in flight: additive increase, multiplicative decrease.

    Args:
        most: Never more than this.
        clock: Tells the time in seconds.
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
        """Seconds until a new request may be sent; 0 for now."""
        return max(0.0, self._resume_at - self.clock())

    def accepted(self) -> None:
        """The service took a request: allow one more for each round of them."""
        self._allowed = min(float(self.most), self._allowed + 1 / self._allowed)
        self._pause = FIRST_PAUSE

    def refused(self, sent_at: float, asked: float | None) -> None:
        """The service refused a request for now.

        Args:
            sent_at: When it was sent. Those that were in flight together count as one refusal.
            asked: Seconds that the service asks to wait, or None where it does not say.
        """
        now = self.clock()
        if sent_at > self._slowed_at:
            self._allowed = max(1.0, self._allowed / 2)
            self._slowed_at = now
            self._resume_at = max(self._resume_at, now + self._pause)
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
        self._resume_at = max(self._resume_at, now + min(asked or 0.0, LONGEST_PAUSE))
