"""The report of a run: text for the terminal, JSON, Markdown for a CI summary, and JUnit."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding


@frozen(kw_only=True)
class Report:
    """The result of a run.

    Args:
        contract: The document that the interactions were judged against.
        title: What was judged.
        findings: The findings, breaking ones first.
        recorded: Findings on the committed recordings, for comparison.
        not_probed: Probes that could not be sent, each with the reason.
        notes: What else a reader has to know.
        probes: How many probes were sent.
        images: How many images were made.
        origin: Heading of the column that says where a finding comes from.
    """

    contract: Contract
    title: str
    findings: Sequence[Finding]
    recorded: Sequence[Finding]
    not_probed: Mapping[str, str]
    notes: Sequence[str]
    probes: int
    images: int
    origin: str = "probe and cassette"

    @property
    def breaking(self) -> list[Finding]:
        """The findings that break a caller."""
        return [finding for finding in self.findings if finding.severity == "breaking"]

    @property
    def verdict(self) -> str:
        """The outcome in one line."""
        count = Counter(finding.severity for finding in self.findings)
        outcome = "DRIFT" if self.breaking else "no drift"
        findings = f"{count['breaking']} breaking, {count['unknown']} unknown, {count['addition']} additional"
        return f"{outcome}: {findings}; {self.probes} probes, {self.images} images, {len(self.not_probed)} not probed"

    def text(self) -> str:
        """For the terminal: each finding names the line of the document to look at."""
        return "\n".join([_printable(self.title), *self.notes, "", *self._lines(), *self._skipped(), "", self.verdict])

    def _lines(self) -> Iterator[str]:
        for row in self._rows():
            yield (
                f"{row['severity']:<9} {row['place']}  {row['pointer']}  ({row['evidence']}{row['known']})\n"
                f"          expected {row['expected']}; seen {row['seen']}  [{row['cassette']}]"
            )

    def _skipped(self) -> Iterator[str]:
        for probe, reason in self.not_probed.items():
            yield f"not probed {probe}: {_printable(reason)}"

    def json(self) -> str:
        """For programs."""
        body = {
            "title": self.title,
            "verdict": self.verdict,
            "drift": bool(self.breaking),
            "notes": list(self.notes),
            "findings": self._rows(),
            "not_probed": dict(self.not_probed),
            "probes": self.probes,
            "images": self.images,
        }
        return json.dumps(body, indent=2, ensure_ascii=False)

    def markdown(self) -> str:
        """For the summary of a CI job."""
        columns = ("place", "evidence", "expected", "seen")
        head = ["severity", "fact", "line", "evidence", "expected", "seen", self.origin]
        rows = [
            [row["severity"], _code(row["pointer"]), *(_as_text(row[name]) for name in columns), _code(row["cassette"])]
            for row in self._rows()
        ]
        table = [head, ["---"] * len(head), *rows] if rows else []
        lines = [f"| {' | '.join(row)} |" for row in table]
        skipped = [f"- not probed: {_code(probe)}: {_as_text(reason)}" for probe, reason in self.not_probed.items()]
        notes = [f"> {' '.join(note.split())}" for note in self.notes]
        title = f"## {_as_text(self.title)}"
        return "\n\n".join(
            part for part in (title, *notes, "\n".join(lines), "\n".join(skipped), f"**{self.verdict}**") if part
        )

    def junit(self) -> str:
        """For CI systems that read test results: a case for each finding and for each probe that was not sent."""
        suite = ElementTree.Element("testsuite", name=_printable(self.title), tests=str(max(1, len(self.findings))))
        suite.set("failures", str(len(self.breaking)))
        suite.set("skipped", str(len(self.not_probed)))
        for row in self._rows():
            case = ElementTree.SubElement(suite, "testcase", classname=row["pointer"], name=row["probe"])
            kind = "failure" if row["severity"] == "breaking" else "system-out"
            text = (
                f"{row['severity']}: expected {row['expected']}; seen {row['seen']} ({row['place']}, {row['evidence']})"
            )
            ElementTree.SubElement(case, kind).text = text
        for probe, reason in self.not_probed.items():
            case = ElementTree.SubElement(suite, "testcase", classname="not probed", name=probe)
            ElementTree.SubElement(case, "skipped", message=_printable(reason))
        if not self.findings:
            ElementTree.SubElement(suite, "testcase", classname="contract", name="no drift")
        return ElementTree.tostring(suite, encoding="unicode")

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
            "expected": _printable(finding.expected),
            "seen": _printable(finding.seen),
            "probe": finding.probe,
            "cassette": f"{finding.probe}.yaml",
            "oracle": finding.oracle,
        }


def _printable(text: str) -> str:
    """A text in one line, without characters that a terminal or XML would act upon."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def _code(text: str) -> str:
    return f"`{text}`" if _PLAIN.fullmatch(text) else _as_text(text)


def _as_text(text: Any) -> str:
    """A text that Markdown shows as it is: no HTML, no link, no mention, no end of a cell."""
    # As numbers, characters have no meaning in Markdown.
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", _printable(str(text)))


_PLAIN = re.compile(r"[\w/~{}.:$#-]+", re.ASCII)
_MARKUP = re.compile(r"[&<>|`*_~\[\]()!\\@$^:]|(?<=www)\.", re.IGNORECASE)
