# @generated from openapi/runtime/cli/stopping.py by `make generate`. Do not edit: change that file.
"""Signals while one image is bought and saved: what was sent is waited for, and what was paid for is saved."""

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Any

from attrs import define, field

from ..base.wording import duration
from ..batch.interrupts import CTRL_C, first_signal, interruptible
from ..client.events import AttemptEnded, AttemptStarted, Event
from .output import say
from .queued_call import QueuedCall
from .tunables import SHORTEST_NOTICE


class Stopped(Exception):
    """A signal ended a call before its response was received.

    Attributes:
        signal: Name of the signal.
        was_sent: Whether the request was in flight, and may have been billed.
    """

    def __init__(self, signal: str, *, was_sent: bool) -> None:
        self.signal = signal
        self.was_sent = was_sent
        super().__init__(
            f"{signal}: no response was waited for any longer: the request was sent, and may have been billed"
            if was_sent
            else f"{signal}: no request was in flight, and nothing was billed"
        )


def waits(signal: str, what: str, usual: float | None, limit: float | None) -> str:
    """What is said after a first signal: what is waited for, and for how long.

    Args:
        signal: Its name.
        what: What is waited for, such as `8 requests`.
        usual: How many seconds that probably takes; None if unknown.
        limit: Most seconds that it is waited for; None for no limit.
    """
    probably = f", probably {duration(usual)}" if usual and (limit is None or usual < limit) else ""
    most = f", at most {duration(limit)}" if limit is not None else ""
    again = f"{CTRL_C} again" if signal == CTRL_C else "a second signal"
    return f"{signal}: nothing more is sent, waiting for {what} in flight{probably}{most}; {again} ends at once"


@define
class CallWatch:
    """A hook that knows whether a request is in flight, says when a call waits, and can keep it from being sent.

    Args:
        announce: Says why a call waits, by the event that tells so.

    Attributes:
        is_in_flight: Whether a request is on its way, or was, that may be billed.
    """

    announce: Callable[[AttemptEnded], None]
    is_in_flight: bool = field(default=False, init=False)
    _stopped_by: str | None = field(default=None, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __call__(self, event: Event) -> None:
        """Take an event of the call."""
        if isinstance(event, AttemptStarted):
            self._start()
            return
        with self._lock:
            # What is not sent again has brought its result, which is about to be returned.
            self.is_in_flight = event.retry_in is None
        if event.wait_notice and (event.retry_in or 0) >= SHORTEST_NOTICE:
            self.announce(event)

    def stop(self, signal: str) -> bool:
        """Send nothing more, and return whether a request is in flight.

        Safe in the signal handler of the main thread, as long as only other threads make calls: they hold the lock.
        """
        with self._lock:
            self._stopped_by = signal
            return self.is_in_flight

    def _start(self) -> None:
        with self._lock:
            if self._stopped_by is not None:
                raise Stopped(self._stopped_by, was_sent=False)
            self.is_in_flight = True


class EndedBySignal(BaseException):
    """A signal that ends what a command does at once. Not an `Exception`, so that no handler of those takes it for a
    failure.

    Attributes:
        signal: Name of the signal.
    """

    def __init__(self, signal: str) -> None:
        self.signal = signal
        super().__init__(signal)


@define
class CallSignals:
    """What signals do to a command that buys one image and saves it.

    After the first one nothing more is sent, and a request in flight is waited for: after SIGTERM or SIGHUP for the
    grace period. A job stays active even if nothing waits for it. A second signal ends the wait, or the saving.

    Args:
        grace_period: In seconds, from the first SIGTERM or SIGHUP.
        timeout: Most seconds that the call may take.
        usual: How many seconds a call usually takes; None if unknown.

    Attributes:
        first: Name of the first signal; None if none arrived.
    """

    grace_period: float
    timeout: float | None = None
    usual: float | None = None
    first: str | None = field(default=None, init=False)
    _is_waiting: bool = field(default=False, init=False)
    _is_saving: bool = field(default=False, init=False)
    _news: "queue.SimpleQueue[_Ended | str]" = field(factory=lambda: queue.SimpleQueue(), init=False)

    @contextmanager
    def handled(self) -> Generator[None]:
        """The stretch in which signals do so.

        Raises:
            EndedBySignal: A second signal arrived during `saving`.
            Stopped: A second signal arrived while the call was waited for.
        """
        with first_signal(self._note, again=self._end):
            yield

    @contextmanager
    def saving(self) -> Generator[None]:
        """The stretch in which the image is saved, within `handled`."""
        self._is_saving = True
        try:
            yield
        finally:
            self._is_saving = False

    def finished(self, call: Callable[..., Any], watch: CallWatch, /, **arguments: Any) -> Any:
        """The result of a call, made within `handled`.

        Args:
            call: Makes the call, with `watch` among the hooks of its client.
            watch: Knows whether the request is in flight.
            arguments: Those of the call.

        Raises:
            Stopped: A signal ended it.
            BaseException: What the call raises.
        """
        context = contextvars.copy_context()
        # A daemon, so that the process can end without it.
        thread = threading.Thread(
            target=context.run, args=(self._work, partial(call, **arguments)), name="call", daemon=True
        )
        thread.start()
        first = _next(self._news, None)
        if isinstance(first, str):
            was_sent = watch.stop(first)
            last = self._last(first, is_waited_for=was_sent and not _has_job(call))
            if last is None:
                raise Stopped(first, was_sent=was_sent)
            return last.result()
        return first.result()

    def _last(self, signal: str, *, is_waited_for: bool) -> "_Ended | None":
        """The outcome of a call in flight after a first signal; None if it is not waited for, or has none in time."""
        if not is_waited_for:
            # It may be there by now.
            found = _next(self._news, 0)
        else:
            limit = None if signal == CTRL_C else self.grace_period
            say(waits(signal, "the request", self.usual, self.timeout if limit is None else limit))
            self._is_waiting = True
            found = _next(self._news, limit)
            self._is_waiting = False
        return found if isinstance(found, _Ended) else None

    def _work(self, call: Callable[[], Any]) -> None:
        try:
            ended = _Ended(call())
        except BaseException as error:
            ended = _Ended(error=error)
        self._news.put(ended)

    def _note(self, signal: str) -> None:
        self.first = signal
        self._news.put(signal)

    def _end(self, signal: str) -> None:
        if self._is_saving:
            # A third one works as usual.
            self._is_saving = False
            raise EndedBySignal(signal)
        if self._is_waiting:
            raise Stopped(signal, was_sent=True)


@define
class _Ended:
    value: Any = None
    error: BaseException | None = None

    def result(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


def _has_job(call: Callable[..., Any]) -> bool:
    """Whether a call has a job by now, which stays active whether the call waits for it or not."""
    return isinstance(call, QueuedCall) and bool(call.goes_on)


def _next(news: "queue.SimpleQueue[_Ended | str]", seconds: float | None) -> "_Ended | str":
    """The next news, or an empty text after that many seconds; None is no limit."""
    ends = None if seconds is None else time.monotonic() + seconds
    while True:
        left = None if ends is None else max(0.0, ends - time.monotonic())
        try:
            return news.get(timeout=interruptible(left))
        except queue.Empty:
            if left == 0:
                return ""
