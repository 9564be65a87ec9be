"""Tables and lines of Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from ..document.problems import visible


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, without the columns that no row fills."""
    listed = list(rows)
    used = [at for at in range(len(head)) if any(row[at] for row in listed)]
    yield _row([head[at] for at in used])
    yield _row(["---"] * len(used))
    yield from (_row([row[at] for at in used]) for row in listed)
    yield ""


def cell(text: str) -> str:
    """A text as it can stand in a cell."""
    return one_line(text).replace("|", "\\|")


def one_line(text: str) -> str:
    """A text without line ends."""
    return " ".join(visible(text).split())


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
