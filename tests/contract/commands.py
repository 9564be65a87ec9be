"""The commands behind `make record`, `make drift`, `make documentation` and the replay of `make test`."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from attrs import frozen

from generator.output.folders import replacing_folder
from segmind_flux_schnell import APIError, Budget
from segmind_flux_schnell._runtime.base.saving import check_folder
from segmind_flux_schnell._runtime.base.wording import reason
from tests.contract import CASSETTES
from tests.contract.adoption.adopting import NotAdoptedError, apply_patch, proposed
from tests.contract.adoption.adoption import is_of_service
from tests.contract.documentation.comparing import documentation_report, documented_page
from tests.contract.documentation.loading import NotReadableError, page_text
from tests.contract.documentation.page import Page
from tests.contract.documentation.reading import NotUnderstoodError
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.probing.measurement import CouldNotTellError, Measurement
from tests.contract.probing.target import ENVIRONMENT, Target
from tests.contract.recording.comparison import with_changes_since
from tests.contract.recording.consistency import package_mismatch, recordings_mismatch
from tests.contract.recording.former import former_probes
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import RecordingPlan, record_into, recorded_interactions
from tests.contract.report import Report
from tests.sandbox.server import running_sandbox

NO_DRIFT, DRIFT, COULD_NOT_TELL = 0, 1, 2


class NotStartedError(Exception):
    """The run was not started: the package is outdated, the run costs too much, or nobody agreed to it."""


@frozen(kw_only=True)
class Options:
    """Options of a run.

    Args:
        base_url: URL of the service; None for this repository's sandbox, which is started for the run.
        max_cost: Upper limit for the cost, in US dollars.
        yes: Whether a run that costs money may start without asking.
        formats: File to write a report to, by format.
        rehearse: Whether a recording of any service counts as one of the real service. For tests.
    """

    base_url: str | None
    max_cost: Decimal
    yes: bool
    formats: dict[str, Path]
    rehearse: bool = False


def record(options: Options) -> int:
    """Send all probes and replace the committed recordings."""
    _refuse_outdated_package()
    contract = Contract.load()
    with _target(options) as target:
        plan = _confirmed(RecordingPlan.of(contract, target), options)
        with replacing_folder(CASSETTES) as folder:
            measurement = record_into(folder, contract, plan, keep=True, budget=_budget(contract, options))
    report = _report(contract, f"Recorded from {target.name}", measurement, target)
    code = _publish(report, options.formats)
    is_service = options.rehearse or is_of_service(contract, target.base_url)
    print(f"\n{proposed(contract, measurement, is_service=is_service, exact=target.is_local)}")
    return code


def adopt() -> int:
    """Apply the edits of the last recording to the document, and generate the package anew.

    Returns:
        0 if the edited document agrees with the recordings, 1 if something is left, 2 if nothing was changed.
    """
    try:
        adopted = apply_patch()
    except NotAdoptedError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_TELL
    print(adopted)
    return DRIFT if adopted.left else NO_DRIFT


def drift(options: Options) -> int:
    """Send all probes, judge the responses against the document, compare with the recordings; change nothing."""
    _refuse_outdated_package()
    contract = Contract.load()
    with _target(options) as target, tempfile.TemporaryDirectory(prefix="drift-") as folder:
        plan = _confirmed(RecordingPlan.of(contract, target, former_probes(contract)), options)
        measurement = record_into(Path(folder), contract, plan, keep=False, budget=_budget(contract, options))
    report = _report(contract, f"Contract of {target.name} at {target.base_url}", measurement, target)
    return _publish(report, options.formats)


def documentation(source: str | None, formats: Mapping[str, Path]) -> int:
    """Compare the vendor's page with the document, fact by fact. Sends no key, and costs nothing.

    Args:
        source: File or URL of the page; None for the one that the document names.
        formats: File to write a report to, by format.
    """
    contract = Contract.load()
    try:
        for path in formats.values():
            _refuse_unwritable(path)
        source = source or documented_page(contract)
        report = documentation_report(contract, Page.of(source, page_text(source)))
    except (NotReadableError, NotUnderstoodError, NotStartedError) as error:
        print(f"could not tell: {error}", file=sys.stderr)
        return COULD_NOT_TELL
    return _publish(report, formats)


def guarded(command: Callable[[Options], int], options: Options) -> int:
    """Run a command; 2 if it could not tell whether the contract holds."""
    try:
        return command(options)
    except (CouldNotTellError, APIError, NotStartedError) as error:
        print(f"could not tell: {error}", file=sys.stderr)
        return COULD_NOT_TELL


def replay_report(contract: Contract, folder: Path = CASSETTES) -> Report:
    """The report on recordings. If they were made for other facts, the report says so first.

    Raises:
        FileNotFoundError: There are no recordings.
    """
    provenance = RecordingProvenance.read(folder)
    interactions = recorded_interactions(folder)
    exact = provenance.source == "sandbox"
    notes = (recordings_mismatch(contract, folder), provenance.caveat)
    return Report(
        contract=contract,
        title=f"Recordings of {provenance.recorded_at} from {provenance.source}",
        findings=judge(contract, interactions, exact=exact),
        recorded=(),
        not_probed=provenance.not_probed,
        notes=[note for note in notes if note],
        probes=len(interactions),
        images=provenance.images,
    )


def _report(contract: Contract, title: str, measurement: Measurement, target: Target) -> Report:
    recorded_findings, notes = _committed(contract)
    found = judge(contract, measurement.all, exact=target.is_local)
    return Report(
        contract=contract,
        title=title,
        findings=with_changes_since(contract, found, measurement.all, source=target.name, exact=target.is_local),
        recorded=recorded_findings,
        not_probed=measurement.not_probed,
        notes=[*notes, *_changed(contract, measurement)],
        probes=len(measurement.all),
        images=measurement.images,
    )


def _committed(contract: Contract) -> tuple[tuple[Finding, ...], list[str]]:
    """Findings on the committed recordings and notes about them; none on recordings of another document."""
    mismatch = recordings_mismatch(contract)
    if mismatch is not None:
        return (), [f"Not compared with the committed recordings: {mismatch}"]
    report = replay_report(contract)
    return tuple(report.findings), list(report.notes)


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


def _refuse_outdated_package() -> None:
    """Stop unless the package was generated from the document.

    Raises:
        NotStartedError: It was not.
    """
    mismatch = package_mismatch()
    if mismatch is not None:
        raise NotStartedError(f"{mismatch} Nothing was sent.")


@contextmanager
def _target(options: Options) -> Iterator[Target]:
    if options.base_url:
        yield Target.of(options.base_url)
    else:
        with running_sandbox() as sandbox:
            yield Target.sandbox(sandbox.url)


def _confirmed(plan: RecordingPlan, options: Options) -> RecordingPlan:
    """Show the plan and have it confirmed.

    Raises:
        NotStartedError: There is no key, the plan costs too much, or nobody confirmed it.
    """
    if "main" not in plan.target.keys:
        raise NotStartedError(f"there is no key for {plan.target.name}: set {ENVIRONMENT}. Nothing was sent.")
    print(plan, file=sys.stderr)
    for path in options.formats.values():
        _refuse_unwritable(path)
    if plan.cost > options.max_cost:
        raise NotStartedError(
            f"the plan costs ${plan.cost:.2f}, but MAX_COST is ${options.max_cost:.2f}. Nothing was sent."
        )
    if not plan.target.is_local and not options.yes and not _is_confirmed():
        raise NotStartedError("nobody confirmed the run (YES=1 or --yes does). Nothing was sent.")
    return plan


def _refuse_unwritable(path: Path) -> None:
    """Stop before anything is paid for if a report could not be written afterwards.

    Raises:
        NotStartedError: It could not.
    """
    try:
        check_folder(path.parent, images=0)
    except OSError as error:
        raise NotStartedError(f"{path} cannot be written: {reason(error)}. Nothing was sent.") from error
    if path.is_dir():
        raise NotStartedError(f"{path} cannot be written: it is a folder. Nothing was sent.")


def _budget(contract: Contract, options: Options) -> Budget:
    """What a run may spend. Follow-ups, and refusals that a service forgets, are not in the plan."""
    return Budget(max_credits=options.max_cost, image_credits=contract.price)


def _is_confirmed() -> bool:
    return sys.stdin.isatty() and input("Send these probes? [y/N] ").strip().lower() in ("y", "yes")


def _publish(report: Report, formats: Mapping[str, Path]) -> int:
    """Print a report and write it to the files; one that cannot be written is printed too, since it was paid for.

    Returns:
        The exit code of the report; 2 if a file could not be written.
    """
    print(report.text())
    code = DRIFT if report.breaking else NO_DRIFT
    writers = {"json": report.json, "markdown": report.markdown, "junit": report.junit}
    for name, path in formats.items():
        text = writers[name]()
        try:
            path.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            print(text)
            print(f"{path} cannot be written: {reason(error)}. The report was printed instead.", file=sys.stderr)
            code = COULD_NOT_TELL
    return code
