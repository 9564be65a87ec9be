"""`plan`: what a batch would send, without sending anything."""

import tempfile
from collections.abc import Iterator
from functools import partial
from typing import Any

import click

from ..base.wording import duration
from ..batch.planning import BatchPlan
from . import reading
from .batch_summary import lines_of
from .estimates import Estimate
from .exit_codes import DONE, WRONG_USE
from .failures import complain
from .output import counted, print_json, print_line
from .program import OperationOptions, Program
from .prompt_files import PromptFile, read_requests
from .suggesting import Command
from .tables import print_table
from .tunables import REQUESTS_PLANNED


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    del program
    return Command(
        operation,
        name="plan",
        help="Show what a batch would send, its duplicates and faults, what it would cost and how long it would "
        "take.\n\nNothing is sent or written. A fault is named with its line.",
        short_help="Show what a batch would send and cost.",
        epilog=reading.epilog(operation),
        params=[
            *reading.parameters(),
            click.Option(
                ["-o", "--output"],
                metavar="FOLDER",
                help="Folder of the batch: requests whose images are there are not sent again.",
            ),
            click.Option(["--all", "shows_all"], is_flag=True, help=f"Show all requests, not only {REQUESTS_PLANNED}."),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the plan to the output, as JSON."),
        ],
        examples=("prompts.txt -o foxes/", "prompts.csv --all"),
        callback=partial(_plan, operation),
    )


def _plan(
    operation: OperationOptions, *, path: str, form: str | None, as_json: bool, shows_all: bool, **options: Any
) -> int:
    file = read_requests(path, operation, form)
    plan = _planned(operation, file, **options)
    estimate = Estimate.of(operation, [one.sending for one in plan.to_send], options["in_flight"])
    if as_json:
        print_json(_as_json(file, plan, estimate))
    elif not file.faults:
        _show(operation, file, plan, estimate, shows_all=shows_all)
    if file.faults:
        complain(file.messages)
        return WRONG_USE
    return DONE


def _planned(
    operation: OperationOptions,
    file: PromptFile,
    *,
    output: str | None,
    shard: tuple[int, int],
    retry_unknown: bool,
    retry_rejected: bool,
    retry_missing: bool,
    in_flight: int,
) -> BatchPlan[Any]:
    del in_flight
    batch: Any = operation.batch
    requests = [entry.request for entry in file.entries]
    with tempfile.TemporaryDirectory() as empty:
        folder = batch(output or empty, shard=shard)
        plan: BatchPlan[Any] = folder.plan(
            requests, retry_unknown=retry_unknown, retry_rejected=retry_rejected, retry_missing=retry_missing
        )
    return plan


def _as_json(file: PromptFile, plan: BatchPlan[Any], estimate: Estimate) -> dict[str, Any]:
    lines = [entry.line for entry in file.entries]
    return {
        "file": file.name,
        "to_send": [{"line": lines[one.index], "request": one.sending.json} for one in plan.to_send],
        "duplicates": [{"line": lines[one.index], "first": lines[one.first or 0]} for one in plan.duplicates],
        "already_done": [{"line": lines[one.index], "file": one.entry and one.entry.file} for one in plan.already_done],
        "unknown": [{"line": lines[one.index], "request": one.sending.json} for one in plan.unknown],
        "rejected": [{"line": lines[one.index], "request": one.sending.json} for one in plan.rejected],
        "missing": [{"line": lines[one.index], "file": one.entry and one.entry.file} for one in plan.missing],
        "submitted": [{"line": lines[one.index], "job_id": one.entry and one.entry.job_id} for one in plan.submitted],
        "others": [{"job_id": one.job_id, "request": one.request} for one in plan.others],
        "expired": [{"line": lines[one.index], "job_id": one.entry and one.entry.job_id} for one in plan.expired],
        "in_other_shards": len(plan.other_shards),
        "comments": file.comments,
        "blank_lines": file.blank,
        "faults": [{"line": fault.line, "message": fault.message} for fault in file.faults],
        "estimated_cost": estimate.cost,
        "estimated_seconds": estimate.seconds,
    }


def _show(
    operation: OperationOptions, file: PromptFile, plan: BatchPlan[Any], estimate: Estimate, *, shows_all: bool
) -> None:
    most = len(file.entries) if shows_all else REQUESTS_PLANNED
    shown = plan.to_send[:most]
    if shown:
        rows = [(str(file.entries[one.index].line), *reading.summary_of(operation, one.sending.json)) for one in shown]
        left = len(plan.to_send) - len(shown)
        further = [("…", f"and {left:,} more, which --all shows", "")] if left else []
        print_table(("line", operation.prompt or "", "parameters"), [*rows, *further], elastic=1)
    for sentence in (*_sentences(file, plan, most), *_estimates(operation, estimate)):
        print_line(sentence)


def _sentences(file: PromptFile, plan: BatchPlan[Any], most: int) -> Iterator[str]:
    lines = [entry.line for entry in file.entries]
    skipped = f"; {file.skipped}" if file.skipped else ""
    yield f"{file.name}: {counted(len(lines), 'request')}, {len(plan.to_send):,} to send{skipped}"
    if plan.duplicates:
        repeats = [f"{lines[one.index]} (as {lines[one.first or 0]})" for one in plan.duplicates]
        more = ", …" if len(repeats) > most else ""
        name = "line" if len(repeats) == 1 else "lines"
        yield f"duplicates, not sent again ({len(repeats):,}): {name} {', '.join(repeats[:most])}{more}"
    for found, what in (
        (plan.already_done, "done already"),
        (plan.submitted, "submitted before, collected first"),
        (plan.missing, "bought before and no longer on disk, not bought again without --retry-missing"),
        (plan.expired, "submitted before and not collected in time, not bought again without --retry-missing"),
        (plan.unknown, "of unknown outcome, not sent again without --retry-unknown"),
        (plan.rejected, "paid for without an image, not sent again without --retry-rejected"),
        (plan.other_shards, "in other shards"),
    ):
        if found:
            yield f"{what} ({len(found):,}): {lines_of(file, found, most)}"
    if plan.others:
        yield f"submitted before for other requests, collected first ({len(plan.others)})"


def _estimates(operation: OperationOptions, estimate: Estimate) -> Iterator[str]:
    if not estimate.images:
        return
    if estimate.cost is not None:
        yield f"estimated cost: {estimate.cost} credits ({estimate.images:,} x {operation.operation.price})"
    if estimate.seconds is not None:
        yield f"estimated time: {duration(round(estimate.seconds))}, {estimate.in_flight} in flight"
