# @generated from openapi/runtime/cli/progress_bar.py by `make generate`. Do not edit: change that file.
"""How far a batch is: on a terminal a bar in one line; elsewhere a line now and then, and one for each wait."""

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from attrs import define, field

from ..batch.progress_facts import facts, finished, time_left
from ..batch.report import Progress
from .closed_terminal import outliving_terminal
from .output import console, say
from .tunables import BAR_MARGIN, BARS_A_SECOND, LEAST_BAR, LINE_EACH

if TYPE_CHECKING:
    from rich.console import Console


class Shown(Protocol):
    """What shows how far a batch is."""

    def __call__(self, progress: Progress) -> None:
        """Show it."""
        ...

    def close(self) -> None:
        """Show nothing any more, and leave nothing behind. Safe in a signal handler."""
        ...


@contextmanager
def progress_bar() -> Generator[Shown]:
    """What shows progress on the standard error: a bar, or lines where that is not a terminal with room for a bar."""
    screen = console(stderr=True)
    if not screen.is_terminal or screen.is_dumb_terminal or _width(screen) < LEAST_BAR:
        yield _Lines()
        return
    bar = _Bar(screen)
    try:
        # The last thing that the bar does is to write.
        with outliving_terminal():
            yield bar
    finally:
        bar.close()


@define
class _Lines:
    """A line each minute, and one for each wait: a log keeps what a bar would overwrite."""

    _shown_at: float = field(factory=time.monotonic, init=False)
    _is_waiting: bool = field(default=False, init=False)

    def __call__(self, progress: Progress) -> None:
        """Show how far a batch is, if it is time to."""
        now = time.monotonic()
        begins_to_wait = progress.wait_notice is not None and not self._is_waiting
        self._is_waiting = progress.wait_notice is not None
        if begins_to_wait:
            say(str(progress.wait_notice))
        elif progress.in_flight and now - self._shown_at >= LINE_EACH:
            self._shown_at = now
            parts = (f"{finished(progress):,} of {progress.total:,}", facts(progress), time_left(progress.seconds_left))
            say(", ".join(filter(None, parts)))

    def close(self) -> None:
        """Nothing is left behind."""


@define
class _Bar:
    """A bar that is drawn when there is something new, and disappears: the summary says the same.

    It is never wider than the terminal but for some columns, so that what the terminal itself writes behind it, such as
    `^C`, does not move it to the next line, where it could not be removed.

    Args:
        screen: Where it is shown.
    """

    screen: "Console"
    _live: "_Live | None" = field(default=None, init=False)
    _drawn_at: float = field(default=float("-inf"), init=False)
    _is_closed: bool = field(default=False, init=False)
    _waits: bool = field(default=False, init=False)

    def __call__(self, progress: Progress) -> None:
        """Show how far a batch is."""
        now = time.monotonic()
        if self._is_closed or (self._live is None and not progress.in_flight):
            return
        if self._live is None:
            self._live = _Live(self.screen)
        waits, self._waits = self._waits, progress.wait_notice is not None
        if waits != self._waits or now - self._drawn_at >= 1 / BARS_A_SECOND:
            self._drawn_at = now
            self._live.draw(progress)

    def close(self) -> None:
        """Remove it, for good."""
        live, self._live, self._is_closed = self._live, None, True
        if live is not None:
            with suppress(OSError):
                live.close()


class _Live:
    """A line of `rich` that stays the last one on the screen."""

    def __init__(self, screen: "Console") -> None:
        from rich.live import Live

        # Nothing draws it but `draw`: no thread can draw it again after its end.
        self._live = Live(console=screen, auto_refresh=False, transient=True, redirect_stdout=False)
        self._screen = screen
        self._cells = 0
        self._live.start()

    def draw(self, progress: Progress) -> None:
        """Draw it anew."""
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        room = _width(self._screen) - BAR_MARGIN
        words = [time_left(progress.seconds_left), facts(progress)]
        # What is waited for comes first, and fits into 80 columns.
        words = [f"{finished(progress):,}/{progress.total:,}", *(words[::-1] if progress.wait_notice else words)]
        text = Text(" " + ", ".join(filter(None, words)), no_wrap=True, overflow="ellipsis")
        # The words matter more than the bar.
        bar = max(10, min(40, room - text.cell_len))
        text.truncate(room - bar, overflow="ellipsis")
        line = Table.grid()
        line.add_column(width=bar)
        line.add_column(no_wrap=True)
        line.add_row(ProgressBar(total=max(1, progress.total), completed=finished(progress), width=bar), text)
        self._erase_broken_line()
        self._cells = bar + text.cell_len
        self._live.update(line, refresh=True)

    def close(self) -> None:
        """Remove it."""
        self._erase_broken_line()
        self._live.stop()

    def _erase_broken_line(self) -> None:
        """Erase all but the last of the lines into which a terminal that has become narrower has broken it."""
        from rich.control import Control
        from rich.segment import ControlType

        for _ in range((self._cells - 1) // _width(self._screen)):
            self._screen.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))
            self._screen.control(Control((ControlType.CURSOR_UP, 1)))
        self._cells = 0


def _width(screen: "Console") -> int:
    """Columns of the terminal now, whatever the environment says of them."""
    try:
        columns = os.get_terminal_size(sys.__stderr__.fileno()).columns if sys.__stderr__ else 0
    except (OSError, ValueError):
        columns = 0
    return max(1, min(columns or screen.width, screen.width))
