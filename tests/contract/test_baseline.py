"""Findings that a person has accepted: an alarm once, listed apart, until a day."""

import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from generator.document.document import Document
from segmind_flux_schnell._runtime.base.messages import Response
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract import CASSETTES, ROOT, python_path
from tests.contract import __main__ as command_line
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding, merged
from tests.contract.model.interactions import Interaction
from tests.contract.recording.recording import recorded_interactions
from tests.contract.reporting.baseline import Acceptance, Baseline, NotAcceptedError, Sorted, write_acceptance
from tests.contract.reporting.report import Report

FIELD = "/components/schemas/GenerateImageRequest/properties"
TODAY = date(2026, 11, 26)
STEPS = Finding(
    severity="breaking",
    pointer=f"{FIELD}/steps/maximum",
    expected="refused: 9 is greater than the maximum of 8",
    seen="accepted with 200",
    probe="rejected-steps-above-maximum",
    oracle="acceptance",
)


def entry(fingerprint: str, **changes: str) -> str:
    """An entry as YAML."""
    values = {"oracle": "acceptance", "reason": "the vendor confirmed it", "until": "2027-01-31", **changes}
    return "\n".join([f'- fingerprint: "{fingerprint}"', *(f"  {name}: {value}" for name, value in values.items()), ""])


def sorted_by(contract: Contract, path: Path, text: str, findings: Sequence[Finding] = (STEPS,)) -> Sorted:
    """The findings of a run beside a baseline."""
    path.write_text(text)
    return Baseline.load(path).sorted(contract.document, findings, TODAY, finds=lambda _: True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a baseline can be written."""
    return tmp_path / "baseline.yaml"


def test_an_accepted_finding_is_apart(contract: Contract, path: Path) -> None:
    """Until its last day, that day included, it is not among the findings."""
    for until in ("2027-01-31", "2026-11-26"):
        found = sorted_by(contract, path, entry(STEPS.fingerprint(contract.document), until=until))
        assert found.findings == []
        assert [one.finding for one in found.accepted] == [STEPS]
        assert found.warnings == []


def test_an_entry_that_has_expired_is_named(contract: Contract, path: Path) -> None:
    """Its finding counts again; if nothing shows it any more, the entry can go."""
    fingerprint = STEPS.fingerprint(contract.document)
    text = entry(fingerprint, until="2026-11-25", fact=STEPS.pointer)
    found = sorted_by(contract, path, text)
    assert list(found.findings) == [STEPS]
    assert found.warnings == [
        f"baseline.yaml:1: {fingerprint} (steps/maximum) expired on 2026-11-25, and its finding counts again"
    ]
    (warning,) = sorted_by(contract, path, text, ()).warnings
    assert warning.endswith("expired on 2026-11-25, and nothing shows it any more: delete it")


def test_an_entry_that_accepts_nothing_is_named(contract: Contract, path: Path) -> None:
    """With its line."""
    found = sorted_by(contract, path, f"# A comment.\n{entry('0123456789ab')}")
    assert list(found.findings) == [STEPS]
    assert found.warnings == [
        "baseline.yaml:2: 0123456789ab accepts nothing: no finding of this run has this fingerprint"
    ]


def test_an_entry_of_another_kind_of_run_is_not_unused(contract: Contract, path: Path) -> None:
    """A run against the service says nothing of what was accepted of the vendor's page."""
    path.write_text(entry("0123456789ab", oracle="differs"))
    found = Baseline.load(path).sorted(contract.document, [STEPS], TODAY, finds=lambda oracle: oracle != "differs")
    assert found.warnings == []


MALFORMED = {
    "no reason": (entry("0123456789ab", reason=""), "baseline.yaml:1: reason missing"),
    "a day that is not one": (entry("0123456789ab", until="2027-02-30"), "until is '2027-02-30', not a day"),
    "no day": ('- fingerprint: "0123456789ab"\n  oracle: status\n  reason: why\n', "until missing"),
    "a fingerprint that is not one": (entry("steps/maximum"), "'steps/maximum' does not have 12 hexadecimal digits"),
    "an unknown key": (
        entry("0123456789ab", expires="2027-01-01"),
        "expires unknown; an entry has fingerprint, oracle",
    ),
    "a second entry": (
        entry("0123456789ab") + entry("0123456789ab"),
        "baseline.yaml:5: 0123456789ab has an entry already",
    ),
    "a text": ("- 0123456789ab is fine\n", "'0123456789ab is fine' is not a mapping with fingerprint, oracle"),
    "a map": ("accepted: []\n", "baseline.yaml:1: a list of entries is expected"),
    "not YAML": ("- [\n", "not YAML"),
}


@pytest.mark.parametrize(("text", "named"), MALFORMED.values(), ids=MALFORMED)
def test_an_entry_that_is_malformed_is_named(contract: Contract, path: Path, text: str, named: str) -> None:
    """It accepts nothing, and a run goes on without it."""
    found = sorted_by(contract, path, text)
    assert list(found.findings) == [STEPS]
    assert any(named in warning for warning in found.warnings), found.warnings


def test_the_committed_baseline_is_well_formed() -> None:
    """No entry of this repository is malformed."""
    assert Baseline.load().malformed == ()


def test_a_fingerprint_stays_the_same(contract: Contract) -> None:
    """Other lines, other values seen, another probe, a member of a list at another place: the same finding."""
    document = contract.document
    moved = Document(document.name, document.root, {pointer: line + 7 for pointer, line in document.lines.items()})
    same = evolve(STEPS, seen="accepted with 201", probe="another", expected="refused: 12 is greater than 8")
    assert same.fingerprint(moved) == STEPS.fingerprint(document)

    root: Any = copy.deepcopy(document.root)
    root["components"]["schemas"]["GenerateImageRequest"]["properties"]["sampler_name"]["enum"].insert(0, "new")
    members = [evolve(STEPS, pointer=f"{FIELD}/sampler_name/enum/{at}") for at in (20, 21)]
    assert members[1].fingerprint(Document(document.name, root, {"": 1})) == members[0].fingerprint(document)


def test_another_finding_has_another_fingerprint(contract: Contract) -> None:
    """Another fact, oracle, severity or direction, and another thing that the document lacks."""
    others = [
        STEPS,
        evolve(STEPS, pointer=f"{FIELD}/steps/minimum"),
        evolve(STEPS, oracle="status"),
        evolve(STEPS, severity="unknown"),
        evolve(STEPS, expected="accepted: steps=8", seen="refused with 500"),
        evolve(STEPS, severity="addition", seen="a header x-one"),
        evolve(STEPS, severity="addition", seen="a header x-two"),
        evolve(STEPS, expected="status 400, as the recordings show", seen="status 422, which is not documented"),
        evolve(STEPS, expected="status 406, as the recordings show", seen="status 422, which is not documented"),
        evolve(STEPS, expected="a 418 is free"),
        evolve(STEPS, expected="a 422 is free"),
        evolve(STEPS, pointer=f"{FIELD}/sampler_name/enum/1"),
        evolve(STEPS, pointer=f"{FIELD}/sampler_name/enum/2"),
    ]
    assert len({one.fingerprint(contract.document) for one in others}) == len(others)


def _altered(change: Callable[[Interaction], Response | None], contract: Contract) -> set[str]:
    """The fingerprints of the findings on the recordings, some responses of which are others."""
    recorded = recorded_interactions(CASSETTES)
    altered = [evolve(one, response=change(one) or one.response) for one in recorded]
    return {one.fingerprint(contract.document) for one in judge(contract, altered, with_client=False)}


def _status(status: int, *probes: str) -> Callable[[Interaction], Response | None]:
    return lambda one: _response(one, status, one.response.content) if one.probe in probes else None


def _response(one: Interaction, status: int, content: bytes) -> Response:
    return Response(status_code=status, headers=one.response.headers, content=content)


def _without(name: str) -> Callable[[Interaction], Response | None]:
    def changed(one: Interaction) -> Response | None:
        if one.probe != "submit-image-accepted-job":
            return None
        body = {key: value for key, value in one.response.json().items() if key != name}
        return _response(one, 200, json.dumps(body).encode())

    return changed


HIDDEN = {
    "a null that is accepted, a fraction": (
        _status(200, "rejected-steps-null"),
        _status(200, "rejected-steps-fraction"),
    ),
    "a field that is gone, another one": (_without("request_id"), _without("status")),
}


@pytest.mark.usefixtures("recorded_from_document")
@pytest.mark.parametrize(("accepted", "new"), HIDDEN.values(), ids=HIDDEN)
def test_an_accepted_finding_hides_no_other(
    accepted: Callable[[Interaction], Response | None],
    new: Callable[[Interaction], Response | None],
    contract: Contract,
) -> None:
    """Two changes at one fact are two findings: accepting the first leaves an alarm for the second."""
    before = _altered(accepted, contract)
    assert before
    assert _altered(new, contract) - before


def test_merged_findings_name_all_probes() -> None:
    """The first one stands for all, and knows the others."""
    (one,) = merged([STEPS, evolve(STEPS, probe="another"), STEPS])
    assert one.probes == ("rejected-steps-above-maximum", "another")


def _report(contract: Contract, findings: Sequence[Finding]) -> Report:
    return Report(
        contract=contract,
        title="A run",
        findings=findings,
        recorded=(),
        not_probed={},
        notes=[],
        probes=[STEPS.probe],
        images=0,
    )


def test_every_format_lists_it_apart(contract: Contract, path: Path) -> None:
    """With reason and last day; it is no failure, no error, and no drift."""
    path.write_text(entry(STEPS.fingerprint(contract.document)) + entry("0123456789ab"))
    report = _report(contract, [STEPS]).beside(Baseline.load(path), TODAY, finds=lambda _: True)
    assert report.breaking == []
    assert report.verdict.startswith("no drift: 0 breaking, 0 unknown, 0 additional, 1 accepted;")
    (line,) = (one for one in report.text().splitlines() if one.startswith("accepted  "))
    assert line.endswith("until 2027-01-31: the vendor confirmed it  " + STEPS.fingerprint(contract.document))
    assert "warning: baseline.yaml:5: 0123456789ab accepts nothing" in report.text()
    body = json.loads(report.json())
    assert (body["drift"], body["findings"]) == (False, [])
    assert [one["reason"] for one in body["accepted"]] == ["the vendor confirmed it"]
    assert "- accepted" in report.markdown()
    assert 'failures="0"' in report.junit()
    assert 'name="accepted"' in report.junit()
    assert "::error" not in report.annotations()
    assert "::warning title=contract::baseline.yaml%" not in report.annotations()
    assert "::warning title=contract::baseline.yaml:5: 0123456789ab" in report.annotations()


ACCEPTANCE = Acceptance(
    fingerprint="001234567890",
    oracle="acceptance",
    fact=STEPS.pointer,
    seen="accepted with 200",
    reason="confirmed: by mail",
    until=date(2027, 1, 31),
)


def test_an_entry_is_written_below_the_comments(path: Path) -> None:
    """What stands in the file stays; an entry is read as it was written, and one for the same finding replaces it."""
    path.write_text("# What this is.\n# More of it.\n")
    written = write_acceptance(ACCEPTANCE, TODAY, path)
    assert path.read_text() == f"# What this is.\n# More of it.\n{written}"
    assert Baseline.load(path).entries == [evolve(ACCEPTANCE, line=3)]
    write_acceptance(evolve(ACCEPTANCE, fingerprint="aaaaaaaaaaaa"), TODAY, path)
    write_acceptance(evolve(ACCEPTANCE, until=date(2027, 6, 30)), TODAY, path)
    assert path.read_text().startswith("# What this is.\n# More of it.\n")
    assert [(one.fingerprint, str(one.until)) for one in Baseline.load(path).entries] == [
        ("001234567890", "2027-06-30"),
        ("aaaaaaaaaaaa", "2027-01-31"),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": "  "}, "the reason is empty"),
        ({"until": date(2026, 11, 25)}, "2026-11-25 is past: give a day from 2026-11-26 on."),
    ],
)
def test_an_entry_without_sense_is_not_written(path: Path, changes: dict[str, Any], said: str) -> None:
    """One sentence says why, and the file is as it was."""
    with pytest.raises(NotAcceptedError, match=said):
        write_acceptance(evolve(ACCEPTANCE, **changes), TODAY, path)
    assert not path.exists()


def _run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.contract", *command],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": python_path(project)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("generated_from_document")
def test_a_weekly_run_alarms_once(tmp_path: Path) -> None:
    """`drift` alarms, a person accepts by the fact's name, and the next run lists it apart and ends with 0."""
    for name in ("openapi", "generated", "tests/contract", "tests/sandbox"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "tests/__init__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    with running_sandbox(create_app(DOCUMENTED.with_attribute("steps", maximum=9))) as sandbox:
        drift = ("drift", "--base-url", sandbox.url, "--json", "drift.json")
        assert _run(tmp_path, *drift).returncode == 1
        why = ("--reason", "the vendor says 9 in a mail", "--until", "2999-12-31", "--report", "drift.json")
        accepted = _run(tmp_path, "accept", "steps/maximum", *why)
        assert accepted.returncode == 0, accepted.stderr
        assert " in tests/contract/baseline.yaml now: commit it." in accepted.stdout
        again = _run(tmp_path, *drift)
    assert again.returncode == 0, again.stdout
    assert again.stdout.startswith("no drift: 0 breaking, 0 unknown, 0 additional, 2 accepted;")
    assert "until 2999-12-31: the vendor says 9 in a mail" in again.stdout


def test_a_finding_that_is_not_there_is_not_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message has what the report has; so do a report that is none, and a day that is none."""
    report = tmp_path / "drift.json"
    rows = [
        {"fingerprint": one * 12, "pointer": f"/{one}/steps/maximum", "oracle": "acceptance", "seen": f"seen {one}"}
        for one in "ab"
    ]
    report.write_text(json.dumps({"findings": rows, "accepted": []}))
    why = ["--reason", "why", "--until", "2999-12-31", "--report", str(report)]
    assert command_line.main(["accept", "nothing/here", *why], {}) == 2
    assert "no finding has the fingerprint or the fact 'nothing/here'; the report has aaaaaaaaaaaa, bbb" in (
        capsys.readouterr().err
    )
    assert command_line.main(["accept", "steps/maximum", *why], {}) == 2
    assert "steps/maximum names 2 facts; give more of one of them: /a/steps/maximum, /b/steps/maximum." in (
        capsys.readouterr().err
    )
    report.write_text("{}")
    assert command_line.main(["accept", "aaaaaaaaaaaa", *why], {}) == 2
    assert "is not a report as JSON" in capsys.readouterr().err
