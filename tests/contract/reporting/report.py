"""The report of a run: text for the terminal, JSON, Markdown for a CI summary, JUnit, and annotations of GitHub."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Self

from attrs import evolve, field, frozen

from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.reporting.annotations import annotations
from tests.contract.reporting.baseline import Accepted, Baseline
from tests.contract.reporting.escaping import as_code, as_text, printable
from tests.contract.reporting.fact_lines import FactLine, fact_lines, short_name
from tests.contract.reporting.junit import junit


@frozen(kw_only=True, slots=False)
class Report:
    """The result of a run.

    Args:
        contract: The document that the interactions were judged against.
        title: What was judged.
        findings: The findings, breaking ones first, without those that a person has accepted.
        recorded: Findings on the committed recordings, for comparison.
        not_probed: Probes that could not be sent, each with the reason.
        notes: What else a reader has to know.
        probes: The probes that were sent.
        images: How many images were made.
        accepted: The findings that a person has accepted. They do not fail the run.
        warnings: What a reader has to do something about, besides the findings.
        right: The value that would make the document right, by pointer of the fact, where it can be derived.
        origin: Heading of the column that says where a finding comes from.
    """

    contract: Contract
    title: str
    findings: Sequence[Finding]
    recorded: Sequence[Finding]
    not_probed: Mapping[str, str]
    notes: Sequence[str]
    probes: Sequence[str]
    images: int
    accepted: Sequence[Accepted] = ()
    warnings: Sequence[str] = ()
    right: Mapping[str, str] = field(factory=dict[str, str])
    origin: str = "probe and cassette"

    def beside(self, baseline: Baseline, today: date, *, finds: Callable[[str], bool]) -> Self:
        """The report with the findings apart that a person has accepted.

        Args:
            baseline: What has been accepted.
            today: The day of the run.
            finds: Whether the run would have shown what an oracle of this name finds.
        """
        found = baseline.sorted(self.contract.document, self.findings, today, finds=finds)
        return evolve(
            self, findings=found.findings, accepted=found.accepted, warnings=[*self.warnings, *found.warnings]
        )

    @property
    def breaking(self) -> list[Finding]:
        """The findings that break a caller."""
        return [finding for finding in self.findings if finding.severity == "breaking"]

    @cached_property
    def lines(self) -> list[FactLine]:
        """The findings by fact."""
        return fact_lines(self.contract.document, self.findings, self.recorded, self.right)

    @property
    def verdict(self) -> str:
        """The outcome in one line, which counts facts."""
        count = Counter(one.severity for one in self.lines)
        outcome = "DRIFT" if self.breaking else "no drift"
        findings = f"{count['breaking']} breaking, {count['unknown']} unknown, {count['addition']} additional"
        accepted = f", {len(self.accepted)} accepted" if self.accepted else ""
        run = f"{len(self.probes)} probes, {self.images} images, {len(self.not_probed)} not probed"
        return f"{outcome}: {findings}{accepted}; {run}"

    def text(self) -> str:
        """For the terminal: the verdict, and for each fact the line of the document to look at."""
        warnings = [f"warning: {text}" for text in self.warnings]
        lists = [list(self._lines()), list(self._accepted()), list(self._skipped())]
        blocks = ["\n".join(lines) for lines in lists if lines]
        return "\n\n".join(["\n".join([self.verdict, printable(self.title), *self.notes, *warnings]), *blocks])

    def _lines(self) -> Iterator[str]:
        for one in self.lines:
            known = ", in the recordings too" if one.known else ""
            cassettes = self._origins(one)
            yield (
                f"{one.severity:<9} {one.place}  {one.pointer}  ({one.evidence}{known})\n"
                f"          expected {one.expected}; seen {one.seen}  [{cassettes}]  {' '.join(one.fingerprints)}"
            )
            if one.right:
                yield f"          right would be {one.right}"

    def _origins(self, line: FactLine) -> str:
        first, *others = [self._origin(probe) for probe in line.probes]
        return f"{first}, {len(others)} more" if others else first

    def _origin(self, probe: str) -> str:
        return f"{probe}.yaml"

    def _accepted(self) -> Iterator[str]:
        document = self.contract.document
        for one in self.accepted:
            found, entry = one.finding, one.acceptance
            place = f"{document.name}:{found.line(document)}"
            yield (
                f"accepted  {place}  {short_name(found.pointer)}: {found.severity}, seen {printable(found.seen)}; "
                f"until {entry.until}: {printable(entry.reason)}  {entry.fingerprint}"
            )

    def _skipped(self) -> Iterator[str]:
        for probe, reason in self.not_probed.items():
            yield f"not probed {probe}: {printable(reason)}"

    def json(self) -> str:
        """For programs: each finding on its own, and the facts that the lines of the other formats are about."""
        body = {
            "verdict": self.verdict,
            "drift": bool(self.breaking),
            "title": self.title,
            "notes": list(self.notes),
            "warnings": list(self.warnings),
            "facts": [
                {
                    "severity": one.severity,
                    "pointer": one.pointer,
                    "line": one.line,
                    "expected": one.expected,
                    "seen": one.seen,
                    "right": one.right or None,
                    "probes": one.probes,
                    "fingerprints": list(one.fingerprints),
                }
                for one in self.lines
            ],
            "findings": self._rows(),
            "accepted": [
                {**self._row(one.finding), "reason": one.acceptance.reason, "until": str(one.acceptance.until)}
                for one in self.accepted
            ],
            "not_probed": dict(self.not_probed),
            "probes": len(self.probes),
            "images": self.images,
        }
        return json.dumps(body, indent=2, ensure_ascii=False)

    def markdown(self) -> str:
        """For the summary of a CI job."""
        head = ["severity", "fact", "line", "evidence", "expected", "seen", "right would be"]
        head += [self.origin, "fingerprint"]
        rows = [[*self._cells(one)] for one in self.lines]
        table = [head, ["---"] * len(head), *rows] if rows else []
        lines = [f"| {' | '.join(row)} |" for row in table]
        accepted = [f"- {as_text(line)}" for line in self._accepted()]
        skipped = [f"- not probed: {as_code(probe)}: {as_text(reason)}" for probe, reason in self.not_probed.items()]
        notes = [f"> {' '.join(note.split())}" for note in self.notes]
        warnings = [f"> **warning:** {as_text(' '.join(text.split()))}" for text in self.warnings]
        head_lines = (f"**{self.verdict}**", f"## {as_text(self.title)}", *notes, *warnings)
        return "\n\n".join(
            part for part in (*head_lines, "\n".join(lines), "\n".join(accepted), "\n".join(skipped)) if part
        )

    def _cells(self, line: FactLine) -> Iterator[str]:
        yield line.severity
        yield as_code(line.pointer)
        yield from (as_text(text) for text in (line.place, line.evidence, line.expected, line.seen, line.right))
        yield as_code(self._origins(line))
        yield " ".join(map(as_code, line.fingerprints))

    def junit(self) -> str:
        """For CI systems that read test results: a case for each probe."""
        remarks = {
            "verdict": [self.verdict],
            "note": self.notes,
            "warning": self.warnings,
            "accepted": list(self._accepted()),
        }
        return junit(self.title, self.lines, self.probes, self.not_probed, remarks)

    def annotations(self) -> str:
        """For the log of a GitHub job: each fact beside its line of the document."""
        return annotations(self.contract.document.name, self.verdict, self.lines, self.notes, self.warnings)

    def _rows(self) -> list[dict[str, Any]]:
        return [self._row(finding) for finding in self.findings]

    def _row(self, finding: Finding) -> dict[str, Any]:
        document = self.contract.document
        before = {one.merged_by for one in self.recorded}
        return {
            "severity": finding.severity,
            "pointer": finding.pointer,
            "place": f"{document.name}:{finding.line(document)}",
            "line": finding.line(document),
            "evidence": finding.grade(document),
            "known": ", in the recordings too" if finding.merged_by in before else "",
            "expected": printable(finding.expected),
            "seen": printable(finding.seen),
            "probe": finding.probe,
            "cassette": self._origin(finding.probe),
            "oracle": finding.oracle,
            "fingerprint": finding.fingerprint(document),
        }
