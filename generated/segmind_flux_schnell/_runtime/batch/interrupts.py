# @generated from openapi/runtime/batch/interrupts.py by `make generate`. Do not edit: change that file.
"""Signals that end a run: Ctrl-C, SIGTERM and SIGHUP, once and twice."""

import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import Any

from .tunables import INTERRUPT_POLL, MISSED_SIGNAL_POLL, SIGNALS_TOGETHER

CTRL_C = "Ctrl-C"
TERMINATED = "SIGTERM"
HUNG_UP = "SIGHUP"

_NAMES = {"SIGINT": CTRL_C, "SIGTERM": TERMINATED, "SIGHUP": HUNG_UP}
"""What the signals are called, by their names in `signal`. Windows has no SIGHUP."""


_LAST_WORDS: ContextVar[Callable[[str], None] | None] = ContextVar("last_words", default=None)


@contextmanager
def last_words(say: Callable[[str], None]) -> Generator[None]:
    """While the context lasts, a second signal that ends a run at once calls `say` before, with its name."""
    token = _LAST_WORDS.set(say)
    try:
        yield
    finally:
        _LAST_WORDS.reset(token)


@contextmanager
def first_signal(
    act: Callable[[str], None],
    names: Sequence[str] = (CTRL_C, TERMINATED, HUNG_UP),
    *,
    again: Callable[[str], None] | None = None,
) -> Generator[None]:
    """While the context lasts, the first of these signals calls `act` and nothing else; the second works as usual.

    Signals within `SIGNALS_TOGETHER` of the first one, of whatever name, count as the same. A program that handles
    SIGTERM or SIGHUP itself, or ignores a signal, keeps to that. Without effect outside the main thread, which alone
    receives signals.

    Args:
        act: What to do, with the name of the signal. It runs in a signal handler, between any two steps of the main
            thread.
        names: Which signals.
        again: What to do before the second one works as usual, with its name. It may raise, to end the context instead.
            What `last_words` has set comes before.
    """
    say = _LAST_WORDS.get()
    before = _handlers(names) if threading.current_thread() is threading.main_thread() else {}

    first: float | None = None

    def received(number: int, frame: FrameType | None) -> None:
        nonlocal first
        now, name = time.monotonic(), _NAMES[signal.Signals(number).name]
        if first is None:
            first = now
            act(name)
        elif now - first >= SIGNALS_TOGETHER:
            for act_again in filter(None, (say, again)):
                act_again(name)
            restore()
            signal.raise_signal(number)

    def restore() -> None:
        for number, handler in before.items():
            if signal.getsignal(number) is received:
                signal.signal(number, handler)

    for number in before:
        signal.signal(number, received)
    try:
        yield
    finally:
        restore()


def _handlers(names: Sequence[str]) -> dict[signal.Signals, Any]:
    """The handlers of the signals that may be taken over."""
    found = {one: signal.getsignal(one) for one in signal.Signals if _NAMES.get(one.name) in names}
    return {
        one: handler
        for one, handler in found.items()
        if (handler is signal.SIG_DFL if one is not signal.SIGINT else handler not in (signal.SIG_IGN, None))
    }


def interruptible(seconds: float | None) -> float | None:
    """How many of the given seconds the main thread may wait for others at once; None is without end.

    The wait is divided into short ones. On Windows a Ctrl-C does not interrupt it. Elsewhere a signal does, but not if
    it arrives after the interpreter's last look for one and before the wait, or if another thread receives it.
    """
    longest = _LONGEST_WAITS.get(os.name, MISSED_SIGNAL_POLL)
    return longest if seconds is None else min(longest, seconds)


_LONGEST_WAITS = {"nt": INTERRUPT_POLL}
