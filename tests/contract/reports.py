"""The reports of runs and of the recordings, and how they are published."""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

from segmind_flux_schnell._runtime.base.wording import reason
from tests.contract import CASSETTES
from tests.contract.adoption.corrections import corrections
from tests.contract.documentation.comparing import documentation_report
from tests.contract.documentation.comparison import Result
from tests.contract.documentation.page import Page
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.probing.measurement import Measurement
from tests.contract.recording.comparison import with_changes_since
from tests.contract.recording.consistency import recordings_mismatch
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import recorded_interactions
from tests.contract.reporting.baseline import Baseline
from tests.contract.reporting.report import Report

NO_DRIFT, DRIFT, COULD_NOT_TELL = 0, 1, 2
FORMATS = ("json", "markdown", "junit", "annotations")
"""Names of the formats that a report can be written to a file in."""

_RESULTS_OF_PAGES = get_args(Result)


def replay_report(contract: Contract, folder: Path = CASSETTES) -> Report:
    """The report on recordings. If they were made for other facts, the report says so first.

    Raises:
        FileNotFoundError: There are no recordings.
    """
    provenance = RecordingProvenance.read(folder)
    interactions = recorded_interactions(folder)
    exact = provenance.source == "sandbox"
    findings = judge(contract, interactions, exact=exact)
    notes = (recordings_mismatch(contract, folder), provenance.caveat, provenance.dated(today()))
    outdated = provenance.outdated(today())
    report = Report(
        contract=contract,
        title=f"Recordings of {provenance.recorded_at} from {provenance.source}",
        findings=findings,
        recorded=(),
        not_probed=provenance.not_probed,
        notes=[note for note in notes if note],
        probes=[one.probe for one in interactions],
        images=provenance.images,
        warnings=[outdated] if outdated else [],
        right=corrections(contract, interactions, findings, provenance.not_probed, exact=exact),
    )
    # What was accepted of another service, or of a later day, need not be in the recordings.
    return accepted_apart(report, finds_anything=False)


def run_report(contract: Contract, title: str, measurement: Measurement, *, exact: bool, source: str = "") -> Report:
    """The report of a run, compared with the committed recordings, and beside what a person has accepted.

    Args:
        contract: The document.
        title: What was judged.
        measurement: The interactions of the run.
        exact: Whether equal images have equal pixels.
        source: The service, as a provenance names it: only recordings of the same one show what has changed.
    """
    found = judge(contract, measurement.all, exact=exact)
    findings = with_changes_since(contract, found, measurement.all, source=source, exact=exact)
    recorded, notes, warnings = _committed(contract)
    report = Report(
        contract=contract,
        title=title,
        findings=findings,
        recorded=recorded,
        not_probed=measurement.not_probed,
        notes=[*notes, *_changed(contract, measurement)],
        probes=[one.probe for one in measurement.all],
        images=measurement.images,
        warnings=warnings,
        right=corrections(contract, measurement.all, findings, measurement.not_probed, exact=exact),
    )
    return accepted_apart(report)


def page_report(contract: Contract, page: Page) -> Report:
    """The report of comparing a page with the document, beside what a person has accepted.

    Raises:
        NotUnderstoodError: The page has no fields that can be read, or those of another API.
    """
    baseline = Baseline.load()
    report = documentation_report(contract, page, *_ages())
    return report.beside(baseline, today(), finds=lambda oracle: oracle in _RESULTS_OF_PAGES)


def accepted_apart(report: Report, *, finds_anything: bool = True) -> Report:
    """A report on a service with the findings apart that the committed baseline accepts.

    Args:
        report: The report.
        finds_anything: Whether it would have shown all that was accepted, so that entries without a finding are named.
    """
    baseline = Baseline.load()
    return report.beside(baseline, today(), finds=lambda oracle: finds_anything and oracle not in _RESULTS_OF_PAGES)


def publish(report: Report, formats: Mapping[str, Path]) -> int:
    """Print a report and write it to the files; one that cannot be written is printed too, since it was paid for.

    Returns:
        The exit code of the report; 2 if a file could not be written.
    """
    print(report.text())
    code = DRIFT if report.breaking else NO_DRIFT
    for name, path in formats.items():
        text: str = getattr(report, name)()
        try:
            path.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            print(text)
            print(f"{path} cannot be written: {reason(error)}. The report was printed instead.", file=sys.stderr)
            code = COULD_NOT_TELL
    return code


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def _ages() -> tuple[list[str], list[str]]:
    """A note on how old the committed recordings are, and a warning if they are too old; nothing without recordings."""
    try:
        provenance = RecordingProvenance.read(CASSETTES)
    except (FileNotFoundError, ValueError):
        return [], []
    outdated = provenance.outdated(today())
    return [provenance.dated(today())], [outdated] if outdated else []


def _committed(contract: Contract) -> tuple[tuple[Finding, ...], list[str], list[str]]:
    """Findings on the committed recordings, notes and warnings about them; no findings on those of another document."""
    mismatch = recordings_mismatch(contract)
    if mismatch is not None:
        notes, warnings = _ages()
        return (), [f"Not compared with the committed recordings: {mismatch}", *notes], warnings
    report = replay_report(contract)
    accepted = [one.finding for one in report.accepted]
    return (*report.findings, *accepted), list(report.notes), _ages()[1]


def _changed(contract: Contract, measurement: Measurement) -> Iterator[str]:
    """A note on responses whose status differs from the recorded one, even if both are within the contract."""
    if recordings_mismatch(contract) is not None:
        return
    before = {one.probe: one.response.status_code for one in recorded_interactions(CASSETTES)}
    changed = [
        one
        for one in measurement.interactions
        if before.get(one.probe, one.response.status_code) != one.response.status_code
    ]
    if changed:
        listed = ", ".join(f"{one.probe} {before[one.probe]} → {one.response.status_code}" for one in changed)
        yield f"The status differs from the recorded one: {listed}."
