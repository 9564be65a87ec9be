"""Which requests for an image are let in now: the rest are refused, and not billed."""

import time
from collections.abc import Callable
from threading import Lock

from attrs import define, field

from segmind_flux_schnell_sandbox.accounts import Account, Window
from segmind_flux_schnell_sandbox.refusals import Reason


@define
class _State:
    requests: int = 0
    starts_at: float = 0.0
    window_starts_at: float = 0.0
    in_window: int = 0


@define
class Admission:
    """Counts the requests of each account, and knows when its model has started and its window ends.

    `clock` gives the time in seconds.
    """

    clock: Callable[[], float] = time.monotonic
    _states: dict[str, _State] = field(factory=dict[str, _State], init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def refusal(self, account: Account) -> tuple[Reason, float | None] | None:
        """Return why one more request is refused, and after how many seconds it would not be if that is known."""
        with self._lock:
            now = self.clock()
            state = self._states.setdefault(account.key, _State(starts_at=now))
            state.requests += 1
            reason = account.refusal_of(state.requests)
            if reason is not None:
                return reason, None
            if now < state.starts_at + account.starts_in:
                return Reason.MODEL_COLD, None
            return self._over_limit(state, account.rate_limit, now) if account.rate_limit is not None else None

    def forget(self) -> None:
        """Start anew: no account has sent a request yet."""
        with self._lock:
            self._states.clear()

    def _over_limit(self, state: _State, window: Window, now: float) -> tuple[Reason, float] | None:
        end = state.window_starts_at + window.seconds
        if not state.in_window or now >= end:
            state.window_starts_at, state.in_window = now, 1
            return None
        if state.in_window >= window.requests:
            return Reason.RATE_LIMITED, end - now
        state.in_window += 1
        return None
