"""What the judge says: each finding names the fact, what was expected of it, and what was seen."""

from typing import Literal

from attrs import frozen

from generator.document.document import Document

Severity = Literal["breaking", "addition", "unknown"]


@frozen(kw_only=True)
class Finding:
    """One thing that is not as the document says.

    Args:
        severity: `breaking` for what users will run into, `addition` for what the document does not have yet, `unknown`
            for a guess of ours that did not hold, or that could not be judged.
        pointer: JSON pointer of the fact.
        expected: What the document promises.
        seen: What the service did.
        probe: Name of the probe, which is the name of its cassette.
        oracle: The question that was asked.
    """

    severity: Severity
    pointer: str
    expected: str
    seen: str
    probe: str
    oracle: str

    def line(self, document: Document) -> int:
        """Line of the fact in the document."""
        return document.line(self.pointer)

    def grade(self, document: Document) -> str:
        """How well the fact is known."""
        return (document.grade(self.pointer) if document.has(self.pointer) else None) or "not graded"

    @property
    def merged_by(self) -> tuple[str, str, str, str]:
        """Findings that are the same in this are one."""
        return self.severity, self.pointer, self.oracle, self.expected


def merged(findings: list[Finding]) -> list[Finding]:
    """The findings without repeats, the breaking ones first."""
    order = {"breaking": 0, "unknown": 1, "addition": 2}
    first: dict[tuple[str, str, str, str], Finding] = {}
    for finding in findings:
        first.setdefault(finding.merged_by, finding)
    return sorted(first.values(), key=lambda finding: order[finding.severity])
