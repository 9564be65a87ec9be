# @generated from openapi/runtime/cli/tables.py by `make generate`. Do not edit: change that file.
"""Tables: whole in a pipe, and on a terminal as wide as it is, without losing a column."""

import sys
from collections.abc import Sequence

from .output import console, print_line
from .tunables import COLUMN_PADDED, LEAST_CELLS, NAME_CELLS, PROMPT_CELLS

_BETWEEN = "  "

Row = tuple[str, ...]


def print_table(titles: Row, rows: Sequence[Row], *, elastic: int) -> None:
    """Write a table to the standard output.

    In a pipe each row is a line of its own, whole, its columns separated by at least two blanks. On a terminal that is
    too narrow the elastic column is shortened, and beyond that the last one wrapped.

    Args:
        titles: The names of the columns.
        rows: The texts of each row, without line ends.
        elastic: Position of the column that is shortened.
    """
    if sys.stdout.isatty():
        _print_fitting(titles, rows, elastic)
        return
    from rich.cells import cell_len

    widths = [min(COLUMN_PADDED, max(map(cell_len, column))) for column in zip(titles, *rows, strict=True)]
    for row in (titles, *rows):
        padded = [text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)]
        print_line(_BETWEEN.join(padded).rstrip())


def print_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Write names and values to the standard output, a line each, the values below each other."""
    width = max(NAME_CELLS, *(len(name) for name, _ in facts))
    for name, value in facts:
        print_line(f"{name:<{width}}{_BETWEEN}{value}")


def _print_fitting(titles: Row, rows: Sequence[Row], elastic: int) -> None:
    from rich.cells import cell_len
    from rich.table import Table

    screen = console()
    widths = [max(map(cell_len, column)) for column in zip(titles, *rows, strict=True)]
    excess = sum(widths) + len(_BETWEEN) * (len(widths) - 1) - screen.width
    for column, least in ((elastic, PROMPT_CELLS), (-1, PROMPT_CELLS), (elastic, LEAST_CELLS), (-1, LEAST_CELLS)):
        taken = max(0, min(excess, widths[column] - least))
        widths[column] -= taken
        excess -= taken
    # Columns of blanks, since Rich before 14 takes a padding behind the last column into account, and cuts the others.
    table = Table(box=None, padding=0)
    for number, (title, width) in enumerate(zip(titles, widths, strict=True)):
        if number:
            table.add_column(width=len(_BETWEEN))
        is_last = number == len(widths) - 1
        table.add_column(title, width=width, no_wrap=not is_last, overflow="fold" if is_last else "ellipsis")
    for row in rows:
        table.add_row(*[text for cell in row for text in ("", cell)][1:])
    screen.print(table)
