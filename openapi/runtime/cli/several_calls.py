"""Several calls at once, and what signals do to them: what was sent is waited for, and what arrived is kept."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

from ..base.errors import APIError
from ..batch.interrupts import CTRL_C, first_signal, interruptible
from ..batch.tunables import MAX_CONSECUTIVE_FAILURES
from ..client.workers import ThreadWorkers
from .queued_call import QueuedCall
from .stopping import CallWatch, EndedBySignal, Stopped
from .tunables import IN_FLIGHT, SIGNAL_POLL


@define(eq=False)
class Call:
    """One of several calls.

    Args:
        number: Its number, from 1.
        request: Its request.
        values: What the client is given.
        path: Where its image goes.
        watch: Has to be the hook of the client that makes the call.

    Attributes:
        buy: What makes the call; None before it starts.
        image: Its image, as soon as it is there.
        error: Why there is none.
        written: The file of the image, once it is saved.
        kept: The file of bytes that were paid for and are not such an image.
        seconds: How long it took.
        is_taken: Whether its outcome was taken.
        is_abandoned: Whether nothing waits for it any more. From then on it has no outcome, whatever arrives.
    """

    number: int
    request: Any
    values: dict[str, Any]
    path: Path
    watch: CallWatch
    buy: Any = field(default=None, init=False)
    image: Any = field(default=None, init=False)
    error: APIError | Stopped | None = field(default=None, init=False)
    written: Path | None = field(default=None, init=False)
    kept: Path | None = field(default=None, init=False)
    seconds: float = field(default=0.0, init=False)
    is_taken: bool = field(default=False, init=False)
    is_abandoned: bool = field(default=False, init=False)

    @property
    def has_ended(self) -> bool:
        """Whether it has its outcome."""
        return self.image is not None or self.error is not None

    @property
    def goes_on(self) -> str:
        """How to collect its job, as the end of a sentence; empty if none is active."""
        is_open = self.image is None and not isinstance(self.error, APIError)
        return self.buy.goes_on if isinstance(self.buy, QueuedCall) and is_open else ""

    @property
    def is_unbought(self) -> bool:
        """Whether it ended, or never began, without a request that may be billed."""
        return not (self.image is not None or isinstance(self.error, APIError) or self.is_unknown or self.goes_on)

    @property
    def is_unknown(self) -> bool:
        """Whether it was sent, and its outcome is not known yet."""
        return self.watch.is_in_flight and not self.has_ended and not self.goes_on


@define
class Calls:
    """Calls that are made at once, as many as the service usually takes.

    After the first signal nothing more is sent, and what is in flight is waited for: after SIGTERM and SIGHUP for the
    grace period. A second signal ends the wait.

    Args:
        calls: The calls.
        timeout: Most seconds that a call may take; None for no limit.
        grace_period: In seconds, from the first SIGTERM or SIGHUP.
        take: Takes a call that has ended, in the main thread.
        stopping: Says that calls in flight are waited for: it gets the name of the signal, and the most seconds.

    Attributes:
        first: Name of the first signal; None if none arrived.
        ended_by: Name of the second signal; None if none arrived.
    """

    calls: Sequence[Call]
    timeout: float | None
    grace_period: float
    take: Callable[[Call], None]
    stopping: Callable[[str, float | None], None]
    first: str | None = field(default=None, init=False)
    ended_by: str | None = field(default=None, init=False)
    _until: float | None = field(default=None, init=False)
    _is_said: bool = field(default=False, init=False)
    _failed_in_a_row: int = field(default=0, init=False)
    _outcomes: threading.Lock = field(factory=threading.Lock, init=False)
    _workers: ThreadWorkers[Call, Call] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._workers = ThreadWorkers(self._made)

    def make(self, method: Callable[[CallWatch], Any]) -> None:
        """Make the calls, and take their outcomes as they end.

        Args:
            method: Gives what makes one call, with such a hook.
        """
        try:
            with first_signal(self._note, again=self._end):
                for call in self.calls:
                    while self._workers.busy >= IN_FLIGHT and self.first is None:
                        self._collect(None)
                    if self.first is not None or self._failed_in_a_row >= MAX_CONSECUTIVE_FAILURES:
                        break
                    call.buy = method(call.watch)
                    self._workers.start(call)
                while self._waits:
                    self._collect(self._longest_wait)
        except EndedBySignal as ended:
            self.ended_by = ended.signal
        self._abandon()
        if not self._workers.busy:
            self._workers.close()

    def _abandon(self) -> None:
        """Leave the calls that have no outcome yet. What arrives while they are reported would be neither saved nor
        reported as unknown."""
        with self._outcomes:
            for call in self.calls:
                call.is_abandoned = not call.has_ended

    @property
    def _waits(self) -> bool:
        pending = [call for call in self.calls if call.buy is not None and not call.is_taken]
        if self.first is None:
            return bool(pending)
        if any(call.has_ended for call in pending):
            return True
        # Jobs stay active without us, and what waits to be sent again is not sent any more.
        unknown = any(call.is_unknown for call in pending)
        if unknown and not self._is_said:
            self._is_said = True
            self.stopping(self.first, self.timeout if self._until is None else self.grace_period)
        return unknown and (self._until is None or time.monotonic() < self._until)

    @property
    def _longest_wait(self) -> float | None:
        if self.first is None:
            return None
        left = SIGNAL_POLL if self._until is None else max(0.0, self._until - time.monotonic())
        return min(left, SIGNAL_POLL)

    def _collect(self, seconds: float | None) -> None:
        for call in self._workers.collect(interruptible(seconds)):
            self._failed_in_a_row = 0 if call.image is not None else self._failed_in_a_row + 1
            call.is_taken = True
            self.take(call)

    def _made(self, call: Call) -> Call:
        began = time.monotonic()
        image, error = None, None
        try:
            image = call.buy(**call.values)
        except (APIError, Stopped) as raised:
            error = raised
        with self._outcomes:
            if not call.is_abandoned:
                call.seconds = time.monotonic() - began
                call.image, call.error = image, error
        return call

    def _note(self, signal: str) -> None:
        self.first = signal
        self._until = None if signal == CTRL_C else time.monotonic() + self.grace_period
        for call in self.calls:
            call.watch.stop(signal)
        self._workers.wake()

    def _end(self, signal: str) -> None:
        raise EndedBySignal(signal)
