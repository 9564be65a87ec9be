"""What `progress=True` shows: a bar in a notebook, a line that is overwritten on a terminal, and lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from html import escape
from importlib import import_module
from shutil import get_terminal_size
from typing import Any, TextIO

from attrs import define, field

from ..base.errors import ConfigurationError
from ..base.notebook import notebook_shell
from ..base.wording import duration, shown
from .progress_facts import facts, finished, time_left
from .report import Progress
from .tunables import DISPLAY_INTERVAL, LOG_INTERVAL

ProgressOption = Callable[[Progress], object] | bool | None
"""What a caller of `run` says of progress."""


def check_progress(progress: object) -> None:
    """Check what a caller says of progress.

    Raises:
        ConfigurationError: It is neither a function nor True, False or None.
    """
    if not (progress is None or isinstance(progress, bool) or callable(progress)):
        raise ConfigurationError(f"progress is {shown(progress)}, neither True, False, None nor a function.")


@contextmanager
def displayed(progress: ProgressOption) -> Generator[Callable[[Progress], object] | None]:
    """What a run reports its progress to, until the context ends."""
    if not isinstance(progress, bool):
        yield progress
        return
    display = _display() if progress else None
    try:
        yield display
    finally:
        if display is not None:
            display.close()


def sentence(progress: Progress, *, is_over: bool) -> str:
    """How far a batch is, in one line.

    Args:
        progress: How far it is.
        is_over: Whether it has ended.
    """
    end = f"after {duration(round(progress.seconds))}" if is_over else time_left(progress.seconds_left)
    return ", ".join(filter(None, (f"{finished(progress)} of {progress.total}", facts(progress), end)))


@define
class _Display:
    """Shows how far a batch is, now and then.

    Args:
        show: Shows it, and whether it is over.
        interval: Least seconds between two looks of it.
    """

    show: Callable[[Progress, bool], None]
    interval: float = DISPLAY_INTERVAL
    _last: Progress | None = field(default=None, init=False)
    _shown_at: float = field(default=float("-inf"), init=False)
    _was_waiting: bool = field(default=False, init=False)

    def __call__(self, progress: Progress) -> None:
        """Show it, unless it was shown a moment ago. A wait is shown at once."""
        now, is_waiting = time.monotonic(), progress.wait_notice is not None
        if now - self._shown_at >= self.interval or (is_waiting and not self._was_waiting):
            self._show(progress, is_over=False)
            self._shown_at = now
        self._last, self._was_waiting = progress, is_waiting

    def close(self) -> None:
        """Show how it ended."""
        if self._last is not None:
            self._show(self._last, is_over=True)

    def _show(self, progress: Progress, *, is_over: bool) -> None:
        # Images are paid for: a frontend or a terminal that is gone does not end the batch.
        with suppress(Exception):
            self.show(progress, is_over)


def _display() -> _Display | None:
    if notebook_shell() is not None:
        return _Display(_Bar())
    # A program without a console has none.
    screen: TextIO | None = sys.stderr
    if screen is None:
        return None
    return _Display(_Line(screen)) if screen.isatty() else _Display(_Log(screen), LOG_INTERVAL)


class _Bar:
    """A bar in the output of a cell, and the same in words."""

    def __init__(self) -> None:
        self._handle: Any = None

    def __call__(self, progress: Progress, is_over: bool) -> None:
        """Show the bar, or bring it up to date."""
        text = sentence(progress, is_over=is_over)
        bundle = {"text/html": _html(progress, text), "text/plain": text}
        if self._handle is None:
            # Never declared: whoever has a notebook has it.
            ipython: Any = import_module("IPython.display")
            self._handle = ipython.display(bundle, raw=True, display_id=True)
        else:
            self._handle.update(bundle, raw=True)


def _html(progress: Progress, text: str) -> str:
    bar = f'<progress value="{finished(progress)}" max="{max(1, progress.total)}" aria-label="Images of the batch">'
    return f'<div>{bar}</progress> <span style="font-variant-numeric: tabular-nums">{escape(text)}</span></div>'


@define
class _Line:
    """A line of a terminal, which is overwritten."""

    screen: TextIO
    _width: int = field(default=0, init=False)

    def __call__(self, progress: Progress, is_over: bool) -> None:
        """Write the line. No longer than the terminal is wide: the cursor cannot go back over two lines."""
        text = sentence(progress, is_over=is_over)[: get_terminal_size().columns - 1]
        self.screen.write(f"\r{text.ljust(self._width)}{chr(10) if is_over else ''}")
        self.screen.flush()
        self._width = len(text)


@define
class _Log:
    """Lines, one below the other."""

    screen: TextIO

    def __call__(self, progress: Progress, is_over: bool) -> None:
        """Write a line."""
        print(sentence(progress, is_over=is_over), file=self.screen, flush=True)
