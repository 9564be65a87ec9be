"""SIGTERM and SIGHUP during one call: what was sent is waited for, and nothing new is sent."""

import contextvars
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from attrs import define, field

from ..batch.interrupts import HUNG_UP, TERMINATED, first_signal, interruptible
from ..client.events import AttemptStarted, Event
from .output import say
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
            f"{signal}: no response was received in the grace period: the request may have been billed"
            if was_sent
            else f"{signal}: no request was in flight, and nothing was billed"
        )


@define
class CallWatch:
    """A hook that knows whether a request is in flight, says when a call waits, and can keep it from being sent."""

    _is_in_flight: bool = field(default=False, init=False)
    _stopped_by: str | None = field(default=None, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __call__(self, event: Event) -> None:
        """Take an event of the call."""
        if isinstance(event, AttemptStarted):
            self._start()
            return
        with self._lock:
            # What is not sent again has brought its result, which is about to be returned.
            self._is_in_flight = event.retry_in is None
        if event.wait_notice and (event.retry_in or 0) >= SHORTEST_NOTICE:
            say(event.wait_notice)

    def stop(self, signal: str) -> bool:
        """Send nothing more, and return whether a request is in flight."""
        with self._lock:
            self._stopped_by = signal
            return self._is_in_flight

    def _start(self) -> None:
        with self._lock:
            if self._stopped_by is not None:
                raise Stopped(self._stopped_by, was_sent=False)
            self._is_in_flight = True


def finished(call: Callable[..., Any], watch: CallWatch, grace_period: float, /, **arguments: Any) -> Any:
    """The result of a call, which after the first SIGTERM or SIGHUP has as long as the grace period.

    Args:
        call: Makes the call, with `watch` among the hooks of its client.
        watch: Knows whether the request is in flight.
        grace_period: In seconds.
        arguments: Those of the call.

    Raises:
        Stopped: A signal ended it.
        BaseException: What the call raises.
    """
    news: queue.SimpleQueue[_Ended | str] = queue.SimpleQueue()
    context = contextvars.copy_context()
    # A daemon, so that the process can end without it.
    thread = threading.Thread(
        target=context.run, args=(_work, partial(call, **arguments), news), name="call", daemon=True
    )
    with first_signal(news.put, names=(TERMINATED, HUNG_UP)):
        thread.start()
        first = _next(news, None)
        if isinstance(first, str):
            was_sent = watch.stop(first)
            last = _next(news, grace_period if was_sent else 0)
            if not isinstance(last, _Ended):
                raise Stopped(first, was_sent=was_sent)
            return last.result()
        return first.result()


@define
class _Ended:
    value: Any = None
    error: BaseException | None = None

    def result(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


def _work(call: Callable[[], Any], news: "queue.SimpleQueue[_Ended | str]") -> None:
    try:
        news.put(_Ended(call()))
    except BaseException as error:
        news.put(_Ended(error=error))


def _next(news: "queue.SimpleQueue[_Ended | str]", seconds: float | None) -> "_Ended | str":
    """The next news, or an empty text after that many seconds; None is no limit."""
    while True:
        try:
            return news.get(timeout=interruptible(seconds))
        except queue.Empty:
            if seconds is not None:
                return ""
