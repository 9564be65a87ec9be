"""Ctrl-C, once and twice."""

import os
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from .tunables import INTERRUPT_POLL


@contextmanager
def first_interrupt(act: Callable[[], None]) -> Generator[None]:
    """While the context lasts, the first Ctrl-C (SIGINT) calls `act` and nothing else; the second works as usual.

    Without effect outside the main thread, which alone receives signals, and in a process that ignores them.

    Args:
        act: What to do. It runs in a signal handler, between any two steps of the main thread.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before in (signal.SIG_IGN, None):
        yield
        return

    def interrupted(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        act()

    signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is interrupted:
            signal.signal(signal.SIGINT, before)


def interruptible(seconds: float | None) -> float | None:
    """How many of the given seconds the main thread may wait for others at once; None is without end.

    On Windows a Ctrl-C does not interrupt such a wait: there it is divided into short ones.
    """
    longest = _LONGEST_WAITS.get(os.name)
    return seconds if longest is None else min(longest, longest if seconds is None else seconds)


_LONGEST_WAITS = {"nt": INTERRUPT_POLL}
