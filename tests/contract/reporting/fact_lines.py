"""One line a fact: all findings at one place of the document, with what was expected and what was seen."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from generator.document.document import Document, tokens
from tests.contract.model.findings import Finding, Severity
from tests.contract.reporting.escaping import printable

_ORDER: tuple[Severity, ...] = ("breaking", "unknown", "addition")
_MOST = 4


@frozen(kw_only=True)
class FactLine:
    """The findings on one fact.

    Args:
        pointer: JSON pointer of the fact.
        findings: The findings, the most severe first.
        place: File and line of the fact.
        line: The line alone.
        evidence: The fact's grade of evidence.
        expected: What the document promises.
        seen: What the service did.
        right: The value that would make the document right; empty if it cannot be derived.
        fingerprints: What a person accepts the findings by.
        known: Whether the recordings show the same.
    """

    pointer: str
    findings: Sequence[Finding]
    place: str
    line: int
    evidence: str
    expected: str
    seen: str
    right: str
    fingerprints: Sequence[str]
    known: bool

    @property
    def severity(self) -> Severity:
        """The severity of the most severe finding."""
        return self.findings[0].severity

    @property
    def probes(self) -> list[str]:
        """All probes that show a finding."""
        return list(dict.fromkeys(probe for finding in self.findings for probe in finding.probes))

    @property
    def name(self) -> str:
        """The end of the pointer, which names the fact to people."""
        return short_name(self.pointer)


def fact_lines(
    document: Document, findings: Sequence[Finding], recorded: Sequence[Finding], right: Mapping[str, str]
) -> list[FactLine]:
    """The findings by fact, in their order.

    Args:
        document: The document.
        findings: The findings.
        recorded: Findings on the committed recordings.
        right: The value that would make the document right, by pointer, as far as known.
    """
    by_fact: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: _ORDER.index(one.severity)):
        by_fact.setdefault(finding.pointer, []).append(finding)
    before = {one.merged_by for one in recorded}
    return [
        FactLine(
            pointer=pointer,
            findings=same,
            place=f"{document.name}:{same[0].line(document)}",
            line=same[0].line(document),
            evidence=same[0].grade(document),
            expected=joined([one.expected for one in same]),
            seen=joined([one.seen for one in same]),
            right=printable(right.get(pointer, "")),
            fingerprints=list(dict.fromkeys(one.fingerprint(document) for one in same)),
            known=all(one.merged_by in before for one in same),
        )
        for pointer, same in by_fact.items()
    ]


def short_name(pointer: str) -> str:
    """The end of a pointer: a property with its keyword, a response with its part."""
    path = tokens(pointer)
    for container in ("properties", "responses", "headers", "schemas", "securitySchemes"):
        if container in path[:-1]:
            return "/".join(path[len(path) - path[::-1].index(container) :])
    return "/".join(path[-2:])


def joined(texts: Sequence[str]) -> str:
    """Several texts as one: those that begin alike, such as `accepted: …`, share their beginning."""
    heads: dict[str, list[str]] = {}
    for text in dict.fromkeys(map(printable, texts)):
        head, colon, rest = text.partition(": ")
        heads.setdefault(head + colon, []).append(rest)
    return "; ".join(f"{head}{', '.join(_few(rests))}" for head, rests in heads.items())


def _few(texts: list[str]) -> list[str]:
    left = len(texts) - _MOST
    return texts if left <= 0 else [*texts[:_MOST], f"… {left} more"]
