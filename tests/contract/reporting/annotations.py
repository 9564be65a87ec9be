"""Annotations of GitHub: workflow commands, which show a finding beside the line of the document that it is about."""

from collections.abc import Iterator, Sequence

from tests.contract import ROOT, SPEC
from tests.contract.reporting.escaping import printable
from tests.contract.reporting.fact_lines import FactLine

_LEVELS = {"breaking": "error", "unknown": "warning", "addition": "notice"}


def annotations(
    document: str, verdict: str, lines: Sequence[FactLine], notes: Sequence[str], warnings: Sequence[str]
) -> str:
    """The verdict, then a workflow command a line for each fact, each warning and each note.

    Args:
        document: Name of the document.
        verdict: The outcome in one line.
        lines: The facts with findings.
        notes: What else a reader has to know.
        warnings: What a reader has to do something about.
    """
    file = SPEC.relative_to(ROOT).as_posix() if document == SPEC.name else document
    return "\n".join(
        [
            _command("notice", verdict, title="contract"),
            *(_command("warning", text, title="contract") for text in warnings),
            *_of_facts(file, lines),
            *(_command("notice", text, title="contract") for text in notes),
        ]
    )


def _of_facts(file: str, lines: Sequence[FactLine]) -> Iterator[str]:
    for one in lines:
        right = f"; right would be {one.right}" if one.right else ""
        text = f"{one.pointer} ({one.evidence}): expected {one.expected}; seen {one.seen}{right}"
        shown = f"{text} [{', '.join(one.probes[:3])}] {' '.join(one.fingerprints)}"
        title = f"{one.severity}: {one.name}"
        yield _command(_LEVELS[one.severity], shown, file=file, line=str(one.line), title=title)


def _command(level: str, text: str, **properties: str) -> str:
    named = ",".join(f"{name}={_as_property(value)}" for name, value in properties.items())
    return f"::{level} {named}::{_as_data(text)}"


def _as_data(text: str) -> str:
    # What ends a line would begin a command of its own.
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _as_property(text: str) -> str:
    return _as_data(text).replace(":", "%3A").replace(",", "%2C")
