"""Compares a run with the committed recordings, if they are of the same service and for the same facts."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tests.contract import CASSETTES
from tests.contract.judging.changes import changed_since, with_changes
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.recording.consistency import recordings_mismatch
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import recorded_interactions


def with_changes_since(
    contract: Contract,
    findings: Sequence[Finding],
    interactions: Sequence[Interaction],
    *,
    source: str,
    exact: bool,
    folder: Path = CASSETTES,
) -> list[Finding]:
    """The findings of a run, and what has changed in the service since it was recorded.

    Args:
        contract: The document.
        findings: The findings of the run.
        interactions: The interactions of the run.
        source: The service of the run, as a provenance names it. Recordings of another one show nothing about it.
        exact: Whether equal images have equal pixels.
        folder: The recordings.
    """
    found = _judged(contract, folder, source, exact)
    if found is None:
        return list(findings)
    recorded, recorded_findings = found
    changes = changed_since(
        contract, findings, interactions, recorded_findings=recorded_findings, recorded=recorded, exact=exact
    )
    return with_changes(findings, list(changes))


@lru_cache(maxsize=1)
def _judged(
    contract: Contract, folder: Path, source: str, exact: bool
) -> tuple[Sequence[Interaction], Sequence[Finding]] | None:
    """The recordings, and the findings on them; None if they are of another service, or for other facts."""
    if recordings_mismatch(contract, folder) is not None or RecordingProvenance.read(folder).source != source:
        return None
    recorded = recorded_interactions(folder)
    return recorded, judge(contract, recorded, exact=exact)
