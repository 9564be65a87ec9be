"""The commands behind `make record`, `make drift` and the replay of `make test`."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from segmind_flux_schnell import APIError
from tests.contract import CASSETTES
from tests.contract.judging.judge import judge
from tests.contract.judging.report import Report
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.probing.measurement import CouldNotTellError, Measurement
from tests.contract.probing.target import ENVIRONMENT, Target
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import RecordingPlan, record_into, recorded, replacing
from tests.sandbox.server import running_sandbox

NO_DRIFT, DRIFT, COULD_NOT_TELL = 0, 1, 2


class RefusedError(Exception):
    """The run was not begun: it would cost more than it may, or nobody said yes."""


@frozen(kw_only=True)
class Options:
    """How a run is to be made.

    Args:
        base_url: Where the service lives; None for this repository's sandbox, started for the run.
        max_cost: The most that a run may cost, in US dollars.
        yes: Whether a run that costs money may begin without asking.
        formats: File to write a report to, by its format.
    """

    base_url: str | None
    max_cost: float
    yes: bool
    formats: dict[str, Path]


def record(options: Options) -> int:
    """Record all probes, in place of the committed recordings."""
    contract = Contract.load()
    with _target(options) as target:
        plan = _agreed(RecordingPlan.of(contract, target), options)
        with replacing(CASSETTES) as folder:
            measurement = record_into(folder, contract, plan, keep=True)
    report = _report(contract, f"Recorded from {target.name}", measurement, target)
    _publish(report, options)
    return NO_DRIFT if not report.breaking else DRIFT


def drift(options: Options) -> int:
    """Record aside, judge against the document, compare with the committed recordings; change nothing."""
    contract = Contract.load()
    with _target(options) as target, tempfile.TemporaryDirectory(prefix="drift-") as folder:
        plan = _agreed(RecordingPlan.of(contract, target), options)
        measurement = record_into(Path(folder), contract, plan, keep=False)
    report = _report(contract, f"Contract of {target.name} at {target.base_url}", measurement, target)
    _publish(report, options)
    return DRIFT if report.breaking else NO_DRIFT


def guarded(command: Callable[[Options], int], options: Options) -> int:
    """Run a command; 2 where it could not tell anything of the contract."""
    try:
        return command(options)
    except (CouldNotTellError, APIError, RefusedError) as error:
        print(f"could not tell: {error}", file=sys.stderr)
        return COULD_NOT_TELL


def replayed(contract: Contract, folder: Path = CASSETTES) -> Report:
    """The report on the committed recordings."""
    provenance = RecordingProvenance.read(folder)
    interactions = recorded(folder)
    exact = provenance.source == "sandbox"
    return Report(
        contract=contract,
        title=f"Recordings of {provenance.recorded_at} from {provenance.source}",
        findings=judge(contract, interactions, exact=exact),
        recorded=(),
        not_probed=provenance.not_probed,
        notes=[provenance.caveat] if provenance.caveat else [],
        probes=len(interactions),
        images=provenance.images,
    )


def _report(contract: Contract, title: str, measurement: Measurement, target: Target) -> Report:
    recorded_findings, notes = _committed(contract)
    return Report(
        contract=contract,
        title=title,
        findings=judge(contract, measurement.all, exact=target.is_local),
        recorded=recorded_findings,
        not_probed=measurement.not_probed,
        notes=[*notes, *_changed(contract, measurement)],
        probes=len(measurement.all),
        images=sum(one.accepted for one in measurement.all),
    )


def _committed(contract: Contract) -> tuple[tuple[Finding, ...], list[str]]:
    try:
        report = replayed(contract)
    except FileNotFoundError:
        return (), ["There are no committed recordings to compare with."]
    return tuple(report.findings), list(report.notes)


def _changed(contract: Contract, measurement: Measurement) -> Iterator[str]:
    """Responses that differ from the recorded ones within the contract: which error it was that refused."""
    try:
        before = {one.probe: one.response.status_code for one in recorded(CASSETTES)}
    except FileNotFoundError:
        return
    changed = [
        one
        for one in measurement.interactions
        if before.get(one.probe, one.response.status_code) != one.response.status_code
    ]
    if changed:
        listed = ", ".join(f"{one.probe} {before[one.probe]} → {one.response.status_code}" for one in changed)
        yield f"Responded with another status than in the recordings: {listed}."


@contextmanager
def _target(options: Options) -> Iterator[Target]:
    if options.base_url:
        yield Target.of(options.base_url)
    else:
        with running_sandbox() as sandbox:
            yield Target.sandbox(sandbox.url)


def _agreed(plan: RecordingPlan, options: Options) -> RecordingPlan:
    """The plan, shown and agreed to.

    Raises:
        RefusedError: It costs too much, or nobody said yes.
    """
    if "main" not in plan.target.keys:
        raise RefusedError(f"there is no key for {plan.target.name}: set {ENVIRONMENT}. Nothing was sent.")
    print(plan, file=sys.stderr)
    if plan.cost > options.max_cost:
        raise RefusedError(
            f"the plan costs ${plan.cost:.2f}, and MAX_COST is ${options.max_cost:.2f}. Nothing was sent."
        )
    if not plan.target.is_local and not options.yes and not _asked():
        raise RefusedError("nobody said yes (YES=1, or --yes). Nothing was sent.")
    return plan


def _asked() -> bool:
    return sys.stdin.isatty() and input("Send them? [y/N] ").strip().lower() in ("y", "yes")


def _publish(report: Report, options: Options) -> None:
    print(report.text())
    writers = {"json": report.json, "markdown": report.markdown, "junit": report.junit}
    for name, path in options.formats.items():
        path.write_text(writers[name]() + "\n", encoding="utf-8")
