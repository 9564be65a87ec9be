# @generated from openapi/runtime/base/deadlines.py by `make generate`. Do not edit: change that file.
"""One time limit for a whole call: connecting, sending, waiting and reading, with all retries."""

import time
from contextvars import ContextVar, Token
from typing import NamedTuple


class Deadline(NamedTuple):
    """A moment on the monotonic clock.

    Args:
        at: The moment in seconds, or None for no limit.
    """

    at: float | None = None

    @classmethod
    def after(cls, seconds: float | None) -> "Deadline":
        """The deadline that many seconds from now; None gives one that never passes."""
        return cls(None if seconds is None else time.monotonic() + seconds)

    @property
    def left(self) -> float | None:
        """Seconds that are left, never below 0; None for no limit."""
        return None if self.at is None else max(0.0, self.at - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether the moment has passed."""
        return self.left == 0.0

    def within(self, seconds: float | None) -> float | None:
        """A limit in seconds, shortened to what is left; None for no limit."""
        left = self.left
        if left is None:
            return seconds
        return left if seconds is None else min(seconds, left)


def current() -> Deadline:
    """The deadline of the blocking call that this thread makes."""
    return _CURRENT.get()


class DeadlineScope:
    """Sets the deadline of this thread's blocking call, inside the context.

    Args:
        deadline: The deadline. Sockets look it up.
    """

    __slots__ = ("_deadline", "_token")

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def __enter__(self) -> None:
        self._token: Token[Deadline] = _CURRENT.set(self._deadline)

    def __exit__(self, *raised: object) -> None:
        _CURRENT.reset(self._token)


_NEVER = Deadline()
_CURRENT: ContextVar[Deadline] = ContextVar("deadline", default=_NEVER)
