"""The commands behind `make record`, `make drift`, `make documentation` and the replay of `make test`."""

import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from attrs import frozen

from generator.output.folders import replacing_folder
from segmind_flux_schnell import APIError
from segmind_flux_schnell._runtime.base.saving import check_folder
from segmind_flux_schnell._runtime.base.wording import reason
from segmind_flux_schnell_sandbox.server import running_sandbox
from tests.contract import CASSETTES, ROOT
from tests.contract.accepting import accepting, found_in, found_in_recordings
from tests.contract.adoption.adopting import NotAdoptedError, apply_patch, proposed
from tests.contract.adoption.adoption import is_of_service
from tests.contract.documentation.comparing import documented_page
from tests.contract.documentation.loading import NotReadableError, page_text
from tests.contract.documentation.page import Page
from tests.contract.documentation.reading import NotUnderstoodError
from tests.contract.model.contract import Contract
from tests.contract.probing.measurement import CouldNotTellError
from tests.contract.probing.target import ENVIRONMENT, Target
from tests.contract.recording.consistency import package_mismatch
from tests.contract.recording.former import former_probes
from tests.contract.recording.keeping import keep_unchanged
from tests.contract.recording.recording import RecordingPlan, record_into
from tests.contract.reporting.baseline import BASELINE, NotAcceptedError, write_acceptance
from tests.contract.reports import COULD_NOT_TELL, DRIFT, NO_DRIFT, page_report, publish, run_report, today


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
        plan = _confirmed(RecordingPlan.of(contract, target, options.max_cost), options)
        with replacing_folder(CASSETTES) as folder:
            measurement = record_into(folder, contract, plan, keep=True, budget=plan.budget)
            changes = keep_unchanged(folder, CASSETTES, contract, exact=target.is_local)
    report = run_report(
        contract, f"Recorded from {target.name}", measurement, exact=target.is_local, source=target.name
    )
    code = publish(report, options.formats)
    is_service = options.rehearse or is_of_service(contract, target.base_url)
    print(f"\n{proposed(contract, measurement, is_service=is_service, exact=target.is_local)}")
    print(f"\n{changes.text()}")
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
        plan = _confirmed(RecordingPlan.of(contract, target, options.max_cost, former_probes(contract)), options)
        measurement = record_into(Path(folder), contract, plan, keep=False, budget=plan.budget)
    title = f"Contract of {target.name} at {target.base_url}"
    return publish(run_report(contract, title, measurement, exact=target.is_local, source=target.name), options.formats)


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
        report = page_report(contract, Page.of(source, page_text(source)))
    except (NotReadableError, NotUnderstoodError, NotStartedError) as error:
        print(f"could not tell: {error}", file=sys.stderr)
        return COULD_NOT_TELL
    return publish(report, formats)


def accept(finding: str, why: str, until: date, source: Path | None) -> int:
    """Write an entry for a finding to the baseline.

    Args:
        finding: Its fingerprint, or the end of the pointer of its fact.
        why: Why it is accepted.
        until: The last day on which it is.
        source: A report as JSON that has the finding; None for the findings on the committed recordings.

    Returns:
        0 if the entry was written, 2 if nothing was changed.
    """
    try:
        found = found_in(source) if source is not None else found_in_recordings(Contract.load())
        entries = accepting(found, finding, why, until)
        written = "".join(write_acceptance(one, today()) for one in entries)
    except NotAcceptedError as error:
        print(f"nothing was accepted: {error}", file=sys.stderr)
        return COULD_NOT_TELL
    count = "1 entry is" if len(entries) == 1 else f"{len(entries)} entries are"
    print(f"{written}{count} in {BASELINE.relative_to(ROOT)} now: commit it.")
    return NO_DRIFT


def guarded(command: Callable[[Options], int], options: Options) -> int:
    """Run a command; 2 if it could not tell whether the contract holds, be it for a fault of these tests."""
    try:
        return command(options)
    except (CouldNotTellError, APIError, NotStartedError) as error:
        print(f"could not tell: {error}", file=sys.stderr)
        return COULD_NOT_TELL
    except Exception:
        # Python would end with 1 then, which says: drift.
        traceback.print_exc()
        print("could not tell: the contract tests themselves have failed, see above", file=sys.stderr)
        return COULD_NOT_TELL


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


def _is_confirmed() -> bool:
    return sys.stdin.isatty() and input("Send these probes? [y/N] ").strip().lower() in ("y", "yes")
