"""Findings: which fact of the document does not hold, what was expected, and what was seen."""

from typing import Literal

from attrs import frozen

from generator.document.document import Document

Severity = Literal["breaking", "addition", "unknown"]


@frozen(kw_only=True)
class Finding:
    """One difference between the document and what was seen.

    Args:
        severity: `breaking` for what breaks a caller, `addition` for what the document does not have yet, `unknown` for
            a guess of the document's author that did not hold, or that could not be judged.
        pointer: JSON pointer of the fact.
        expected: What the document promises.
        seen: What the service did.
        probe: Name of the probe, and of its cassette.
        oracle: Name of the oracle.
    """

    severity: Severity
    pointer: str
    expected: str
    seen: str
    probe: str
    oracle: str

    def line(self, document: Document) -> int:
        """Line number of the fact in the document."""
        return document.line(self.pointer)

    def grade(self, document: Document) -> str:
        """The fact's grade of evidence."""
        return (document.grade(self.pointer) if document.has(self.pointer) else None) or "not graded"

    @property
    def merged_by(self) -> tuple[str, str, str, str]:
        """Two findings with the same value are reported as one."""
        return self.severity, self.pointer, self.oracle, self.expected


def merged(findings: list[Finding]) -> list[Finding]:
    """The findings without repeats, breaking ones first."""
    order = {"breaking": 0, "unknown": 1, "addition": 2}
    first: dict[tuple[str, str, str, str], Finding] = {}
    for finding in findings:
        first.setdefault(finding.merged_by, finding)
    return sorted(first.values(), key=lambda finding: order[finding.severity])
