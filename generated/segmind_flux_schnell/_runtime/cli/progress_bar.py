# @generated from openapi/runtime/cli/progress_bar.py by `make generate`. Do not edit: change that file.
"""How far a batch is, on a terminal: rate, credits spent, credits left, failures."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..batch.report import Progress
from .output import console

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


@contextmanager
def progress_bar() -> Generator[Callable[[Progress], None] | None]:
    """A bar on the standard error, or None if that is not a terminal."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    with _bar() as bar:
        task = bar.add_task("", total=None, facts="")

        def show(progress: Progress) -> None:
            bar.update(task, total=progress.total, completed=finished(progress), facts=facts(progress))

        yield show


def finished(progress: Progress) -> int:
    """How many requests are finished."""
    return progress.done + progress.from_disk + progress.failed + progress.unknown + progress.missing


def facts(progress: Progress) -> str:
    """Rate, credits and failures, in one line."""
    rate = progress.done / progress.seconds if progress.seconds else 0
    found = [f"{rate:.1f}/s", f"{progress.spent} spent"]
    found += [f"{progress.remaining_credits} left"] if progress.remaining_credits is not None else []
    found += [f"{progress.failed} failed"] if progress.failed else []
    found += [f"{progress.unknown} unknown"] if progress.unknown else []
    return ", ".join(found)


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
