# @generated from openapi/runtime/batch/interrupts.py by `make generate`. Do not edit: change that file.
"""Ctrl-C, once and twice."""

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def first_interrupt(act: Callable[[], None]) -> Generator[None]:
    """While the context lasts, the first Ctrl-C (SIGINT) calls `act`, and does nothing else; the second is as ever.

    Without effect outside the main thread, which alone gets signals, and in a process that ignores them.

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
