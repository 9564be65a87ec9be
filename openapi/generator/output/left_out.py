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
    """The same for a terminal: at most 20 lines of each kind.

    Args:
        selection: What is generated of a document.
        width: Columns of the terminal.
    """
    width = min(max(width, _NARROWEST), _WIDEST) - 1
    lines: list[str] = []
    if selection.left_out:
        lines += [f"Left out: {_number(len(selection.left_out), 'operation')}"]
        for one in selection.left_out[:_MOST_SHOWN]:
            first, *others = one.problems
            more = f" (and {_number(len(others), 'further problem')})" if others else ""
            lines += [f"  {one.name}", *_wrapped(f"{_line(selection, first)}: {first.message}{more}", width)]
        lines += [*_rest(selection.left_out), ""]
    if selection.approximated:
        lines += [f"Approximated: {_number(len(selection.approximated), 'place')}"]
        for problem in _approximated(selection)[:_MOST_SHOWN]:
            where = f"{_line(selection, problem)} {problem.pointer}".rstrip()
            lines += [
                *textwrap.wrap(where, width, initial_indent="  ", subsequent_indent="    "),
                *_wrapped(f"{problem.message}: {problem.instead}", width),
            ]
        lines += [*_rest(selection.approximated), ""]
    return "".join(f"{printable(line)}\n" for line in lines)


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


def _rest(shown: Sequence[object]) -> list[str]:
    return [f"  … and {len(shown) - _MOST_SHOWN} more: see left-out.md"] if len(shown) > _MOST_SHOWN else []


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width, initial_indent="      ", subsequent_indent="      ")


def _line(selection: Selection, problem: Problem) -> str:
    return str(selection.document.place_of(problem))


def _place(selection: Selection, problem: Problem) -> str:
    pointer = f" `{printable(problem.pointer)}`" if problem.pointer else ""
    return cell(f"{_line(selection, problem)}{pointer}")


def _described(problem: Problem) -> str:
    return cell(printable(problem.message))


def _number(count: int, what: str) -> str:
    return f"{count} {what}" + ("s" if count != 1 else "")
