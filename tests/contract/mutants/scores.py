"""Two scores: how many drifting services are noticed, and how many changes of the document the recordings reveal."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from attrs import evolve, frozen

from segmind_flux_schnell import APIError
from segmind_flux_schnell_sandbox.server import running_sandbox
from tests.contract import CASSETTES
from tests.contract.judging.coverage import too_loose, unproved
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.mutants.schemathesis_rival import Rival, rival
from tests.contract.mutants.service import COMPATIBLE, DRIFTING, ServiceMutant
from tests.contract.mutants.spec import SpecMutant, spec_mutants
from tests.contract.probing.measurement import CouldNotTellError, measure
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.recording.comparison import with_changes_since
from tests.contract.recording.consistency import package_mismatch, recordings_mismatch
from tests.contract.recording.recording import recorded_interactions

WORKERS = 2
ALARMED = ("attributed", "misattributed")
"""The outcomes of a run that ends with drift."""


@frozen(kw_only=True)
class MutantResult:
    """The result of a run against a service mutant.

    Args:
        name: The mutant.
        kind: Its kind of change.
        outcome: `attributed`, `misattributed`, `only noted` (no breaking finding), `could not tell` or `missed`.
        images: How many images the run bought.
        finding: The finding that decided the outcome, or the error message of a run that could not tell.
        without_recordings: The outcome if the service had not been recorded before its change.
    """

    name: str
    kind: str
    outcome: str
    images: int
    finding: str
    without_recordings: str


def mutants(*, quick: bool) -> int:
    """Measure and print both scores.

    Returns:
        0 if all drift was noticed and no compatible change raised an alarm, 1 if not, 2 if nothing could be measured.
    """
    mismatch = package_mismatch() or recordings_mismatch(Contract.load())
    if mismatch is not None:
        print(f"could not tell: {mismatch}", file=sys.stderr)
        return 2
    services = measured_services()
    print(service_table(services))
    print(spec_table(list(measured_specs())))
    if not quick:
        print(rival_table(rival([*DRIFTING, *COMPATIBLE]), services))
    wrong = [one for one in services if (one.kind == "compatible") != (one.outcome in ("missed", "only noted"))]
    return 1 if wrong else 0


def measured_services() -> list[MutantResult]:
    """The result of each service mutant."""
    with ProcessPoolExecutor(WORKERS) as pool:
        return list(pool.map(_measured, range(len(DRIFTING) + len(COMPATIBLE))))


def _measured(index: int) -> MutantResult:
    # Mutants contain functions, which cannot be pickled, so only their number crosses to another process.
    return run_against([*DRIFTING, *COMPATIBLE][index])


def run_against(mutant: ServiceMutant) -> MutantResult:
    """Send all probes to one service mutant, and judge the responses."""
    contract = _contract()
    with running_sandbox(mutant.make()) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        try:
            interactions = measure(contract, derived_probes(contract), sender, sender.send, exact=True).all
        except (CouldNotTellError, APIError) as error:
            return _result(mutant, "could not tell", sender.images, str(error))
        images = sender.images
    findings = judge(contract, interactions)
    # The committed recordings are of the sandbox, before its change.
    changed = with_changes_since(contract, findings, interactions, source="sandbox", exact=True)
    without = _attributed(mutant, findings, images).outcome
    return evolve(_attributed(mutant, changed, images), without_recordings=without)


@cache
def _contract() -> Contract:
    """The document, read once for all mutants."""
    return Contract.load()


def _attributed(mutant: ServiceMutant, findings: Sequence[Finding], images: int) -> MutantResult:
    breaking = [finding for finding in findings if finding.severity == "breaking"]
    right = [one for one in findings if _is_at(one.pointer, mutant.pointers)]
    if breaking and right:
        return _result(mutant, "attributed", images, f"{right[0].pointer}: {right[0].seen}")
    if breaking:
        return _result(mutant, "misattributed", images, f"{breaking[0].pointer}: {breaking[0].seen}")
    if findings:
        return _result(
            mutant, "only noted", images, f"{findings[0].severity} {findings[0].pointer}: {findings[0].seen}"
        )
    return _result(mutant, "missed", images, "")


def _result(mutant: ServiceMutant, outcome: str, images: int, finding: str) -> MutantResult:
    return MutantResult(
        name=mutant.name,
        kind=mutant.kind,
        outcome=outcome,
        images=images,
        finding=finding,
        without_recordings=outcome,
    )


def _is_at(pointer: str, places: Iterable[str]) -> bool:
    return any(pointer == place or pointer.startswith(f"{place}/") for place in places)


@frozen(kw_only=True)
class SpecMutantResult:
    """The result of a spec mutant.

    Args:
        mutant: The changed document.
        killed: Whether the recordings contradict it.
    """

    mutant: SpecMutant
    killed: bool


def measured_specs() -> Iterator[SpecMutantResult]:
    """Judge the committed recordings against each changed document, without a request."""
    contract, interactions = Contract.load(), recorded_interactions(CASSETTES)
    usual = {finding.merged_by for finding in _all_findings(contract, interactions)}
    for mutant in spec_mutants(contract):
        found = _all_findings(Contract.of(mutant.document), interactions)
        yield SpecMutantResult(mutant=mutant, killed=any(finding.merged_by not in usual for finding in found))


def _all_findings(contract: Contract, interactions: Sequence[Interaction]) -> list[Finding]:
    judged = judge(contract, interactions, with_client=False)
    return [*judged, *unproved(contract, interactions), *too_loose(contract, interactions)]


def service_table(services: Sequence[MutantResult]) -> str:
    """The score of the service mutants."""
    drifting = [one for one in services if one.kind != "compatible"]
    harmless = [one for one in services if one.kind == "compatible"]
    rows = [
        _kind_row(kind, [one for one in drifting if one.kind == kind])
        for kind in dict.fromkeys(one.kind for one in drifting)
    ]
    alarms = [one for one in harmless if one.outcome in ("attributed", "misattributed", "could not tell")]
    lines = [
        "Service mutants: drifting variants of the sandbox, one change each",
        f"{'kind':<14}{'of':>4}{'alarm':>7}{'unrecorded':>12}{'right fact':>12}{'noted only':>12}{'missed':>8}",
        *rows,
        _kind_row("all", drifting),
        f"compatible variants: {len(harmless)}, false alarms: {len(alarms)}",
        f"images bought in a run: {_range([one.images for one in services])}",
        *(f"  {one.name}: {one.outcome}: {one.finding}" for one in drifting if one.outcome != "attributed"),
        *(f"  false alarm: {one.name}: {one.finding}" for one in alarms),
    ]
    return "\n".join([*lines, ""])


def _kind_row(kind: str, services: Sequence[MutantResult]) -> str:
    counts = Counter(one.outcome for one in services)
    alarms = sum(one.outcome in ALARMED for one in services)
    unrecorded = sum(one.without_recordings in ALARMED for one in services)
    missed = counts["missed"] + counts["could not tell"]
    return (
        f"{kind:<14}{len(services):>4}{alarms:>7}{unrecorded:>12}"
        f"{counts['attributed']:>12}{counts['only noted']:>12}{missed:>8}"
    )


def _range(counts: Sequence[int]) -> str:
    return f"{min(counts)} to {max(counts)}, usually {Counter(counts).most_common(1)[0][0]}"


def spec_table(killed: Sequence[SpecMutantResult]) -> str:
    """The score of the spec mutants."""
    count = sum(one.killed for one in killed)
    refutable = [one for one in killed if one.killed or not one.mutant.invisible]
    return "\n".join(
        [
            "Spec mutants: the document with one fact changed, judged on the committed recordings",
            f"killed {count} of {len(killed)} ({100 * count / len(killed):.1f} %)",
            f"of those that a recording could contradict: {count} of {len(refutable)} "
            f"({100 * count / len(refutable):.1f} %)",
            *(
                f"  survived {one.mutant.pointer}, {one.mutant.change}: {one.mutant.invisible or 'NO REASON KNOWN'}"
                for one in killed
                if not one.killed
            ),
            "",
        ]
    )


def rival_table(rivals: Sequence[Rival], services: Sequence[MutantResult]) -> str:
    """This suite and Schemathesis, side by side."""
    ours = {one.name: one for one in services}
    drifting = [one for one in rivals if ours[one.name].kind != "compatible"]
    harmless = [one for one in rivals if ours[one.name].kind == "compatible"]
    rows = (
        (
            "this suite",
            sum(ours[one.name].outcome in ALARMED for one in drifting),
            sum(ours[one.name].outcome in ALARMED for one in harmless),
            _range([ours[one.name].images for one in rivals]),
        ),
        (
            "Schemathesis",
            sum(one.noticed for one in drifting),
            sum(one.noticed for one in harmless),
            _range([one.images for one in rivals]),
        ),
    )
    return "\n".join(
        [
            "Side by side, on the same services (Schemathesis 4.32.5, phases examples and coverage)",
            f"{'tool':<14}{f'of {len(drifting)}':>8}{f'false, of {len(harmless)}':>15}  images a run",
            *(f"{tool:<14}{seen:>8}{false:>15}  {images}" for tool, seen, false, images in rows),
            "",
        ]
    )
