"""The report of what a stranger's service says: text in every format, and never markup."""

import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from markdown_it import MarkdownIt

from tests.contract import CASSETTES, SPEC, reports
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.recording.provenance import OLD_AFTER_DAYS, RecordingProvenance
from tests.contract.reporting.fact_lines import joined, short_name
from tests.contract.reporting.report import Report
from tests.contract.reports import replay_report

HOSTILE = {
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "an entity": "&lt;b&gt; &#60;b&#62;",
    "a link": "[sign in](https://evil.example) <https://evil.example> https://evil.example www.evil.example",
    "an image": "![x](https://evil.example/x.png)",
    "a mention": "@everyone, mail a@evil.example",
    "a code span": "`a` ``b`` ```",
    "the end of a cell": "a | b \\| c \\\\| d",
    "the end of a line": "a\nb\r\n| breaking | x |\n\n# DRIFT\u2028c",
    "emphasis": "**no drift** _x_ ~~y~~ $z$",
    "a comment": "<!-- --> a <!--",
    "control characters": "\x1b]0;owned\x07\x1b[31m\x9b2J\x00",
    "a reversed line": "a \u202egnp.exe \u2066b\u2069",
}

TABLE = {"div", "h2", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "p", "strong", "code"}
"""Elements of the report."""

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def report(contract: Contract, text: str) -> Report:
    """A report with a finding in which a service says this."""
    finding = Finding(
        oracle="status", pointer="/info/version", severity="breaking", expected="a number", seen=text, probe="probe"
    )
    return Report(
        contract=contract,
        title=f"Contract of {text}",
        findings=[finding],
        recorded=[],
        not_probed={"other": text},
        notes=[],
        probes=["probe"],
        images=0,
    )


@hostile
def test_markdown_shows_it_as_text(contract: Contract, text: str) -> None:
    """One row of the table has it whole, in one cell; it becomes no element but those of a table."""
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(report(contract, text).markdown())
    page = ElementTree.fromstring(f"<div>{html}</div>")
    assert {element.tag for element in page.iter()} <= TABLE
    _, row = page.iter("tr")
    assert len(row) == 9
    shown = "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)
    assert row[5].text == shown


@hostile
def test_nothing_in_markdown_becomes_a_link_by_itself(contract: Contract, text: str) -> None:
    """GitHub makes links of addresses, and notifies whoever is mentioned."""
    markdown = report(contract, text).markdown()
    assert not [sign for sign in ("://", "www.", "@", "<", "![") if sign in markdown]


@hostile
def test_a_terminal_only_shows_it(contract: Contract, text: str) -> None:
    """Each finding has two lines, whatever the service says."""
    shown = report(contract, text).text()
    assert all(line.isprintable() for line in shown.split("\n"))
    assert sum(line.startswith("breaking") for line in shown.splitlines()) == 1


@hostile
def test_json_and_junit_can_be_read(contract: Contract, text: str) -> None:
    """XML cannot hold control characters."""
    made = report(contract, text)
    assert len(json.loads(made.json())["findings"]) == 1
    assert len(list(ElementTree.fromstring(made.junit()).iter("failure"))) == 1


@hostile
def test_an_annotation_is_one_command(contract: Contract, text: str) -> None:
    """What a service says ends no line and no property, so that it cannot give GitHub a command of its own."""
    made = evolve(report(contract, text), warnings=[text], notes=[text])
    lines = made.annotations().split("\n")
    assert len(lines) == 4
    assert all(one.isprintable() and re.match(r"::(error|warning|notice) [^:]*::", one) for one in lines)


WIDTH = "/components/schemas/GenerateImageRequest/properties/width/maximum"
REFUSED = 'refused with 500: {"error": "width must be at most 1536"}'


def finding(pointer: str, expected: str, seen: str, probe: str, *also: str, oracle: str = "acceptance") -> Finding:
    """A breaking finding."""
    return Finding(
        severity="breaking",
        pointer=pointer,
        expected=expected,
        seen=seen,
        probe=probe,
        oracle=oracle,
        also=also,
    )


def made_of(
    contract: Contract, findings: Sequence[Finding], probes: Sequence[str] = (), right: Mapping[str, str] | None = None
) -> Report:
    """A report on findings of a run."""
    return Report(
        contract=contract,
        title="A run",
        findings=findings,
        recorded=(),
        not_probed={"status-403-account-forbidden": "no key for the account forbidden"},
        notes=[],
        probes=probes,
        images=0,
        right=right or {},
    )


def narrowed(contract: Contract) -> Report:
    """The report on a service whose maximum of the width is 1536."""
    findings = [
        finding(WIDTH, "accepted: width=2040", REFUSED, "accepted-row-02"),
        finding(WIDTH, "accepted: width=2048", REFUSED, "accepted-row-04"),
    ]
    return made_of(contract, findings, ["accepted-row-02", "accepted-row-04"], {WIDTH: "maximum: 1536"})


def test_the_verdict_comes_first(contract: Contract) -> None:
    """In every format that people read."""
    made = narrowed(contract)
    assert made.verdict == "DRIFT: 1 breaking, 0 unknown, 0 additional; 2 probes, 0 images, 1 not probed"
    assert made.text().startswith(made.verdict)
    assert made.markdown().startswith(f"**{made.verdict}**")
    assert made.annotations().startswith(f"::notice title=contract::{made.verdict}\n")
    assert next(iter(json.loads(made.json()))) == "verdict"


def test_a_fact_has_one_entry(contract: Contract) -> None:
    """All that was seen of it, with the value that would make the document right, in every format."""
    made = narrowed(contract)
    line = contract.document.line(WIDTH)
    entry = (
        f"breaking  flux-schnell.yaml:{line}  {WIDTH}  (page)\n"
        f"          expected accepted: width=2040, width=2048; seen {REFUSED}  "
        f"[accepted-row-02.yaml, 1 more]  {made.findings[0].fingerprint(contract.document)}\n"
        "          right would be maximum: 1536\n"
    )
    assert entry in made.text()
    assert made.text().count("breaking  ") == 1
    assert made.markdown().count("| breaking |") == 1
    assert "| maximum&#58; 1536 |" in made.markdown()
    assert made.annotations().count("::error") == 1
    (fact,) = json.loads(made.json())["facts"]
    assert (fact["pointer"], fact["right"]) == (WIDTH, "maximum: 1536")
    assert fact["probes"] == ["accepted-row-02", "accepted-row-04"]
    assert len(json.loads(made.json())["findings"]) == 2, "programs get each finding"


def test_an_annotation_names_file_and_line(contract: Contract) -> None:
    """In the syntax of GitHub's workflow commands: `:` and `,` in a property, and `%` anywhere, are escaped."""
    pointer = "/components/responses/NotAcceptable/x-causes/0/pattern"
    made = made_of(contract, [finding(pointer, "a, b: 100 %", "no", "probe")])
    line = contract.document.line(pointer)
    (command,) = (one for one in made.annotations().splitlines() if one.startswith("::error"))
    title = "breaking%3A NotAcceptable/x-causes/0/pattern"
    assert command.startswith(
        f"::error file=openapi/flux-schnell.yaml,line={line},title={title}::{pointer} (vendor-2026): "
    )
    assert "expected a, b: 100 %25; seen no [probe]" in command
    assert SPEC.read_text(encoding="utf-8").splitlines()[line - 1].strip().startswith("pattern:")


def cases(made: Report) -> dict[str, ElementTree.Element]:
    """The test cases of a report as JUnit, by name."""
    suite = ElementTree.fromstring(made.junit())
    assert suite.get("tests") == str(len(suite.findall("testcase")))
    assert suite.get("failures") == str(len([one for one in suite.iter("testcase") if one.find("failure") is not None]))
    assert suite.get("skipped") == str(len(list(suite.iter("skipped"))))
    return {str(one.get("name")): one for one in suite.iter("testcase")}


def test_junit_has_a_case_for_each_probe(contract: Contract) -> None:
    """A finding fails the case of its probe; the other probes pass, and one that was not sent is skipped."""
    steps = finding("/components/schemas/GenerateImageRequest/properties/steps/maximum", "refused: 9", "200", "nine")
    found = cases(made_of(contract, [steps], ["nine", "ten"]))
    assert list(found) == ["nine", "ten", "status-403-account-forbidden"]
    failure, skipped = found["nine"].find("failure"), found["status-403-account-forbidden"].find("skipped")
    assert failure is not None
    assert "expected refused: 9; seen 200" in (failure.text or "")
    assert list(found["ten"]) == []
    assert skipped is not None
    assert skipped.get("message") == "no key for the account forbidden"


@pytest.mark.parametrize(
    "shared",
    [
        finding("/components/headers/Cost", "a header x-cost", "none", "one", "two", oracle="headers"),
        finding("/components/headers/Cost", "an image is free", "credits fell", "two", oracle="billing"),
    ],
    ids=["of several probes", "of a cross-oracle"],
)
def test_a_finding_that_is_not_of_one_probe_has_a_case_of_its_own(contract: Contract, shared: Finding) -> None:
    """It fails that case, and none of the probes."""
    found = cases(made_of(contract, [shared], ["one", "two"]))
    assert [name for name, one in found.items() if one.find("failure") is not None] == ["Cost"]


def test_what_is_only_noted_fails_no_case(contract: Contract) -> None:
    """An addition is in the output of its probe."""
    new = evolve(
        finding("/components/responses/Image/headers", "no such header", "a header x-new", "one"), severity="addition"
    )
    found = cases(made_of(contract, [new], ["one"]))
    assert found["one"].find("failure") is None
    assert "a header x-new" in (found["one"].findtext("system-out") or "")


def test_names_and_lists_are_short() -> None:
    """The end of a pointer names a fact; what begins alike is said once, and long lists are cut."""
    assert short_name(WIDTH) == "width/maximum"
    assert short_name("/paths/~1v1~1flux-schnell/post") == "/v1/flux-schnell/post"
    assert joined(["accepted: a=1", "accepted: a=2", "a number"]) == "accepted: a=1, a=2; a number"
    assert joined([f"x: {at}" for at in range(9)]) == "x: 0, 1, 2, 3, … 5 more"


def _aged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int) -> Report:
    """The report on the committed recordings, so many days after they were confirmed."""
    folder = Path(shutil.copytree(CASSETTES, tmp_path / "cassettes"))
    confirmed = date.fromisoformat(RecordingProvenance.read(folder).confirmed_at)
    monkeypatch.setattr(reports, "today", lambda: confirmed + timedelta(days=days))
    return replay_report(Contract.load(), folder)


@pytest.mark.parametrize("days", [0, 1, OLD_AFTER_DAYS])
def test_the_age_of_the_recordings_is_in_every_format(
    days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted from the day on which they were last confirmed."""
    made = _aged(tmp_path, monkeypatch, days)
    for text in (made.text(), made.json(), made.markdown(), made.junit(), made.annotations()):
        assert f"{days} day{'' if days == 1 else 's'} old." in text
    assert made.warnings == []


def test_old_recordings_come_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After 90 days, in every format."""
    made = _aged(tmp_path, monkeypatch, 91)
    said = "the recordings have not been confirmed for 91 days: run `make record`"
    assert f"warning: {said}" in made.text()
    assert json.loads(made.json())["warnings"] == [said]
    assert "> **warning:** the recordings have not been confirmed for 91 days" in made.markdown()
    assert 'name="warning"' in made.junit()
    assert f"::warning title=contract::{said}" in made.annotations()
