"""What of a document is not generated, or not as the document says: on the terminal, and in left-out.md."""

import textwrap
from collections.abc import Iterator, Sequence

from ..document.document import Problem
from ..document.problems import printable
from ..document.selection import Selection
from .tables import cell, table

_MOST_SHOWN = 20
_NARROWEST, _WIDEST = 80, 120


def left_out_page(selection: Selection) -> str:
    """The text of left-out.md, without its head."""
    return "\n".join(_page(selection))


def _page(selection: Selection) -> Iterator[str]:
    yield "# What the client leaves out\n"
    yield f"{counted(selection)} of {selection.document.name}.\n"
    if selection.left_out:
        yield "## Left out\n"
        yield "What these operations use has a problem.\n"
        rows = [
            (cell(f"`{printable(one.name)}`"), _place(selection, problem), _described(problem))
            for one in selection.left_out
            for problem in one.problems
        ]
        yield from table(("operation", "place", "why"), rows)
    if selection.approximated:
        yield "## Approximated\n"
        yield "The client does something else here than the document says.\n"
        rows = [(_place(selection, one), _described(one), cell(one.instead or "")) for one in _approximated(selection)]
        yield from table(("place", "what", "what is done instead"), rows)


def summary(selection: Selection, width: int) -> str:
    """The same for a terminal: at most 20 entries of each kind, of which one stands for all that say the same.

    Args:
        selection: What is generated of a document.
        width: Columns of the terminal.
    """
    width = min(max(width, _NARROWEST), _WIDEST) - 1
    lines = [*_lost(selection, width), *_changed(selection, width)]
    return "".join(f"{line}\n" for line in lines)


def _lost(selection: Selection, width: int) -> Iterator[str]:
    if not selection.left_out:
        return
    yield f"Left out: {_number(len(selection.left_out), 'operation')}"
    for one in selection.left_out[:_MOST_SHOWN]:
        first, *others = one.problems
        more = f" (and {_number(len(others), 'further problem')})" if others else ""
        yield from _wrapped(one.name, width, 2, 4)
        yield from _wrapped(f"{_line(selection, first)}: {first.message}{more}", width, 6, 6)
    yield from _rest(selection.left_out)


def _changed(selection: Selection, width: int) -> Iterator[str]:
    if not selection.approximated:
        return
    alike: dict[tuple[str, str | None], list[Problem]] = {}
    for problem in _approximated(selection):
        alike.setdefault((problem.message, problem.instead), []).append(problem)
    yield f"Approximated: {_number(len(selection.approximated), 'place')}"
    for (message, instead), problems in [*alike.items()][:_MOST_SHOWN]:
        more = f" (and {_number(len(problems) - 1, 'further place')})" if problems[1:] else ""
        yield from _wrapped(f"{_line(selection, problems[0])} {problems[0].pointer}{more}", width, 2, 4)
        yield from _wrapped(f"{message}: {instead}", width, 6, 6)
    yield from _rest([*alike])


def counted(selection: Selection) -> str:
    """How many operations are generated."""
    made = len(selection.operations)
    return (
        f"{made} of {_number(made + len(selection.left_out), 'operation')}"
        if selection.left_out
        else _number(made, "operation")
    )


def _approximated(selection: Selection) -> list[Problem]:
    return selection.document.sorted(selection.approximated)


def _rest(entries: Sequence[object]) -> list[str]:
    hidden = len(entries) - _MOST_SHOWN
    return [*([f"  … and {hidden} more: see left-out.md"] if hidden > 0 else []), ""]


def _wrapped(text: str, width: int, indent: int, further: int) -> list[str]:
    """Lines of a terminal, indented by some columns, and by some after the first. What cannot be seen is escaped."""
    plain = printable(" ".join(text.split()))
    return textwrap.wrap(
        plain, width, initial_indent=" " * indent, subsequent_indent=" " * further, break_on_hyphens=False
    )


def _line(selection: Selection, problem: Problem) -> str:
    return str(selection.document.place_of(problem))


def _place(selection: Selection, problem: Problem) -> str:
    pointer = f" `{printable(problem.pointer)}`" if problem.pointer else ""
    return cell(f"{_line(selection, problem)}{pointer}")


def _described(problem: Problem) -> str:
    return cell(printable(problem.message))


def _number(count: int, what: str) -> str:
    return f"{count} {what}" + ("s" if count != 1 else "")
