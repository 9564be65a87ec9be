"""How far a batch is: on a terminal a bar with rate, credits and failures; elsewhere a line when it has to wait."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import define, field

from ..batch.progress_facts import facts, finished
from ..batch.report import Progress
from .closed_terminal import outliving_terminal
from .output import console, say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


@contextmanager
def progress_bar() -> Generator[Callable[[Progress], None]]:
    """What shows progress on the standard error: a bar, or lines if that is not a terminal."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield _Lines()
        return
    # The last thing that the bar does is to write.
    with _bar() as bar, outliving_terminal():
        task = bar.add_task("", total=None, facts="")

        def show(progress: Progress) -> None:
            bar.update(task, total=progress.total, completed=finished(progress), facts=facts(progress))

        yield show


@define
class _Lines:
    """A line for each wait, since a log keeps what a bar would overwrite."""

    _is_waiting: bool = field(default=False, init=False)

    def __call__(self, progress: Progress) -> None:
        """Show how far a batch is."""
        if progress.wait_notice and not self._is_waiting:
            say(progress.wait_notice)
        self._is_waiting = progress.wait_notice is not None


def _bar() -> "Bar":
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[facts]}", markup=False),
        TimeRemainingColumn(),
    )
    # It disappears at the end: the summary says the same.
    return Bar(*columns, console=console(stderr=True), transient=True)
