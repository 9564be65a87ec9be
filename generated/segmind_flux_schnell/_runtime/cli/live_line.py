# @generated from openapi/runtime/cli/live_line.py by `make generate`. Do not edit: change that file.
"""What a person sees while images are waited for: on a terminal a line that counts the seconds, and disappears."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..base.wording import duration, one_line
from ..client.events import AttemptEnded, Event
from ..client.wait_notice import wait_notice
from .closed_terminal import outliving_terminal
from .output import console, say
from .tunables import LINES_A_SECOND, SHORTEST_NOTICE

if TYPE_CHECKING:
    from rich.console import RenderableType


@define
class Waiting:
    """What is waited for, in one line. Threads may change it while another one shows it.

    Args:
        what: What is waited for, such as `the image`.
        usual: How many seconds that usually takes; None if unknown.
        state: Gives the state of the job that is waited for, as the service says it; empty if there is none.
    """

    what: str
    usual: float | None = None
    state: Callable[[], str] = str
    _began: float = field(factory=time.monotonic, init=False)
    _wait: tuple[AttemptEnded, float] | None = field(default=None, init=False)
    _is_shown: bool = field(default=False, init=False)
    _live: Any = field(default=None, init=False)

    def __call__(self, event: Event) -> None:
        """Take an event of the client, of which this is a hook."""
        if isinstance(event, AttemptEnded) and event.wait_notice and (event.retry_in or 0) >= SHORTEST_NOTICE:
            self.announce(event)

    def announce(self, event: AttemptEnded) -> None:
        """Say why nothing is sent for now: in the line while it is shown, else in one of its own."""
        before, until = self._wait or (None, 0.0)
        is_known = before is not None and until > time.monotonic() and before.wait_notice == event.wait_notice
        self._wait = (event, time.monotonic() + (event.retry_in or 0))
        # Several calls may wait for the same.
        if not (self._is_shown or is_known):
            say(event.wait_notice or "")

    def __str__(self) -> str:
        seconds = f"{time.monotonic() - self._began:.0f} s"
        event, until = self._wait or (None, 0.0)
        left = until - time.monotonic()
        if event is not None and left > 0:
            # Short, so that the reason fits into a line.
            return f"Waiting {seconds}: {wait_notice(event.error, left)}"
        state = one_line(self.state())
        # What changes comes first: a narrow terminal shows the start of the line.
        return f"Waiting {seconds} for {self.what}{self._usually}{', ' if state else ''}{state}"

    @property
    def _usually(self) -> str:
        return f" (usually {duration(self.usual)})" if self.usual is not None else ""

    def __rich__(self) -> "RenderableType":
        from rich.text import Text

        return Text(str(self), no_wrap=True, overflow="ellipsis")

    @contextmanager
    def shown(self) -> Generator[None]:
        """The stretch in which the line is shown, if the standard error is a terminal.

        A terminal that cannot go back in a line gets it once.
        """
        self._began = time.monotonic()
        screen = console(stderr=True)
        if not screen.is_terminal:
            yield
        elif screen.is_dumb_terminal:
            say(f"Waiting for {self.what}{self._usually}")
            yield
        else:
            from rich.live import Live

            # What commands write to the standard output is none of its business.
            live = Live(self, console=screen, refresh_per_second=LINES_A_SECOND, transient=True, redirect_stdout=False)
            # The last thing that the line does is to disappear, for which it writes.
            with live, outliving_terminal():
                self._is_shown, self._live = True, live
                try:
                    yield
                finally:
                    self._is_shown, self._live = False, None

    @contextmanager
    def hidden(self) -> Generator[None]:
        """A stretch within `shown` in which the line is not there, so that results can be written."""
        live = self._live
        if live is None:
            yield
            return
        live.stop()
        try:
            yield
        finally:
            live.start()
