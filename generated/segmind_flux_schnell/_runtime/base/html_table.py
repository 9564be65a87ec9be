# @generated from openapi/runtime/base/html_table.py by `make generate`. Do not edit: change that file.
"""Small tables of HTML for notebooks: escaped, and without colours, so that they suit light and dark themes."""

from collections.abc import Iterable, Sequence
from html import escape

Row = tuple[str, Sequence[str]]
"""What is said of something, and the lines that say it."""


def html_table(caption: str, rows: Iterable[Row]) -> str:
    """A table of two columns. Rows without lines are left out.

    Args:
        caption: What it shows.
        rows: The rows.
    """
    found = "".join(_row(name, lines) for name, lines in rows if lines)
    return f'<table><caption style="{_CAPTION}">{escape(caption)}</caption><tbody>{found}</tbody></table>'


def _row(name: str, lines: Sequence[str]) -> str:
    said = "<br>".join(map(escape, lines))
    return f'<tr><th scope="row" style="{_CELL}">{escape(name)}</th><td style="{_CELL}">{said}</td></tr>'


_CAPTION = "caption-side: top; text-align: left; font-weight: bold; color: inherit"
_CELL = "text-align: left; vertical-align: top; white-space: normal; overflow-wrap: anywhere"
"""On each element: a style sheet would also change other tables of the page."""
