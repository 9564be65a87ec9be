"""What a recording says of one fact, and the edits of the document that follow."""

from typing import Any, Literal

from attrs import frozen

Outcome = Literal["confirmed", "refuted", "undecided"]


@frozen
class SetValue:
    """Put a value at a place, which need not exist yet.

    Args:
        pointer: JSON pointer of the place.
        value: The value, as JSON.
    """

    pointer: str
    value: Any


@frozen
class Remove:
    """Take away what is at a place.

    Args:
        pointer: JSON pointer of the place.
    """

    pointer: str


Edit = SetValue | Remove


@frozen(kw_only=True)
class Verdict:
    """What a recording says of one fact.

    Args:
        outcome: Whether the fact holds.
        pointer: JSON pointer of the fact.
        expected: What the document says.
        seen: What the service did, or why nothing can be said.
        probe: Name of the probe that shows it; empty if there is none.
        edits: What to change in the document, besides grades.
        graded: Pointers that get the grade `recorded`, besides the fact itself.
        inferred: Pointers that get the grade `inferred` instead: an edit puts a value there that nothing proves.
    """

    outcome: Outcome
    pointer: str
    expected: str
    seen: str
    probe: str = ""
    edits: tuple[Edit, ...] = ()
    graded: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()


def confirmed(pointer: str, what: str, probe: str, *graded: str) -> Verdict:
    """The service does what the document says."""
    return Verdict(outcome="confirmed", pointer=pointer, expected=what, seen=what, probe=probe, graded=graded)


def refuted(pointer: str, expected: str, seen: str, probe: str, *edits: Edit, graded: tuple[str, ...] = ()) -> Verdict:
    """The service does something else."""
    return Verdict(
        outcome="refuted", pointer=pointer, expected=expected, seen=seen, probe=probe, edits=edits, graded=graded
    )


def undecided(pointer: str, what: str, why: str) -> Verdict:
    """The recording does not show it."""
    return Verdict(outcome="undecided", pointer=pointer, expected=what, seen=why)
