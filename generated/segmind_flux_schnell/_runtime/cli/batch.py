# @generated from openapi/runtime/cli/batch.py by `make generate`. Do not edit: change that file.
"""`batch`: many images into a folder, none of which is bought twice."""

import asyncio
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

import click

from ..base.wording import duration
from ..batch.report import BatchSummary
from ..client.outcomes import FailedOutcome
from . import connecting, reading, spending, waiting
from .closed_terminal import outliving_terminal
from .exit_codes import DONE, FAILED, GOES_ON, OF_SIGNALS, UNKNOWN, WRONG_USE
from .failures import complain, described
from .file_names import refuse_standard_output
from .output import counted, print_json, print_line, say
from .program import OperationOptions, Program
from .progress_bar import progress_bar
from .prompt_files import PromptFile, read_requests
from .suggesting import Command
from .tunables import LINES_LISTED


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    return Command(
        operation,
        name="batch",
        help="Buy an image for each request of a file.\n\n"
        "The images go into a folder, named by their content, beside a journal. Run again, the same command buys only "
        "the images that are not there yet. Requests that were in flight when it was killed are listed, and sent again "
        "only with --retry-unknown.\n\nThe first Ctrl-C lets requests in flight finish, and so do SIGTERM and SIGHUP "
        "within --grace-period; a second one, a second later or more, ends it at once. While the service takes no "
        "requests, the batch waits and says so.",
        short_help="Buy an image for each request of a file.",
        epilog=reading.epilog(operation),
        params=[
            *reading.parameters(),
            click.Option(
                ["-o", "--output"],
                callback=refuse_standard_output("batch", "a folder, such as `-o out`"),
                default="out",
                show_default=True,
                metavar="FOLDER",
                type=click.Path(file_okay=False),
                help="Folder for the images and the journal.",
            ),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the summary to the output, as JSON."),
            *spending.parameters(),
            *connecting.image_parameters(program),
            *connecting.queue_parameters(program),
            *waiting.batch_parameters(),
        ],
        callback=partial(_batch, program, operation),
    )


def _batch(program: Program, operation: OperationOptions, *, path: str, form: str | None, **options: Any) -> int:
    file = read_requests(path, operation, form)
    if file.faults:
        if options["as_json"]:
            faults = [{"line": fault.line, "message": fault.message} for fault in file.faults]
            print_json({"error": "InvalidRequestError", "billed": False, "faults": faults})
        complain(file.messages)
        return WRONG_USE
    if file.skipped:
        say(f"{file.name}: {file.skipped}")
    with outliving_terminal():
        summary = asyncio.run(_run(program, operation, file, options))
    if options["as_json"]:
        print_json(_as_json(file, summary))
    else:
        for sentence in _sentences(summary):
            print_line(sentence)
    for sentence in (*_troubles(program, file, summary), *_warned(file, summary)):
        say(sentence)
    return _exit_code(summary)


async def _run(
    program: Program, operation: OperationOptions, file: PromptFile, options: dict[str, Any]
) -> BatchSummary[Any]:
    batch: Any = operation.batch
    folder = batch(options["output"], shard=options["shard"])
    further = {"budget": spending.budget(options), "rate_limit": options["rate_limit"]}
    async with connecting.opened(program, program.async_client, options, **further) as client:
        elsewhere = connecting.destination(program, client, options)
        if elsewhere:
            say(elsewhere)
        with progress_bar() as progress:
            summary: BatchSummary[Any] = await folder.run_async(
                client,
                [entry.request for entry in file.entries],
                in_flight=options["in_flight"],
                progress=progress,
                max_wait=options["max_wait"],
                grace_period=options["grace_period"],
                retry_unknown=options["retry_unknown"],
                retry_rejected=options["retry_rejected"],
                retry_missing=options["retry_missing"],
                **({"route": "queue"} if options.get("queue") else {}),
            )
    return summary


def _sentences(summary: BatchSummary[Any]) -> Iterator[str]:
    counts = [
        f"{counted(summary.done - summary.collected, 'image')} bought",
        f"{summary.collected} collected" if summary.collected else "",
        f"{summary.others} collected for other requests" if summary.others else "",
        f"{summary.from_disk} on disk already" if summary.from_disk else "",
        counted(summary.duplicates, "duplicate") if summary.duplicates else "",
        f"{summary.failed} failed" if summary.failed else "",
        f"{len(summary.submitted)} submitted" if summary.submitted else "",
        f"{len(summary.unknown)} of unknown outcome" if summary.unknown else "",
        f"{len(summary.missing)} no longer on disk" if summary.missing else "",
        f"{len(summary.expired)} expired" if summary.expired else "",
        f"{summary.left} not sent" if summary.left else "",
    ]
    yield ", ".join(filter(None, counts))
    left = f", {summary.remaining_credits} left" if summary.remaining_credits is not None else ""
    yield f"{summary.spent} credits spent{left}, in {duration(round(summary.seconds))}"


def _troubles(program: Program, file: PromptFile, summary: BatchSummary[Any]) -> Iterator[str]:
    lines = [entry.line for entry in file.entries]
    if summary.stopped:
        yield f"Stopped early: {summary.stopped}"
    for kind, failures in groupby(sorted(summary.failures, key=_kind), key=_kind):
        alike = list(failures)
        yield f"{kind} in {file.name}, {_listed([lines[one.index] for one in alike])}; the first: {alike[0].error}"
    if summary.submitted:
        goes_on = "1 job goes on" if len(summary.submitted) == 1 else f"{len(summary.submitted)} jobs go on"
        found = _listed([lines[one.index] for one in summary.submitted])
        lives = program.job.record_seconds if program.job is not None else None
        within = f" within {duration(lives)}" if lives else ""
        yield f"{goes_on} ({file.name}, {found}): run again{within} to collect them"
    if summary.unknown:
        found = _listed([lines[one.index] for one in summary.unknown])
        yield f"Unknown outcome in {file.name}, {found}: may have been billed, --retry-unknown sends them again"
    rejected = sorted({*(one.index for one in summary.rejected), *_billed(summary)})
    if rejected:
        found = _listed([lines[index] for index in rejected])
        yield f"Paid for without an image in {file.name}, {found}: --retry-rejected sends them again"
    if summary.missing:
        found = _listed([lines[one.index] for one in summary.missing])
        yield f"Images moved, changed or deleted in {file.name}, {found}: paid for, --retry-missing buys them again"
    if summary.expired:
        found = _listed([lines[one.index] for one in summary.expired])
        yield f"Not collected in time in {file.name}, {found}: may have been billed, --retry-missing buys them again"


def _warned(file: PromptFile, summary: BatchSummary[Any]) -> Iterator[str]:
    lines = [entry.line for entry in file.entries]
    for _, found in groupby(sorted(summary.warnings, key=lambda one: (one.code, one.index)), key=lambda one: one.code):
        alike = list(found)
        listed = _listed([lines[one.index] for one in alike])
        yield f"Warning: {counted(len(alike), 'image')} of {file.name}, {listed}; the first: {alike[0].message}"


def _billed(summary: BatchSummary[Any]) -> Iterator[int]:
    return (one.index for one in summary.failures if one.error.billed)


def _kind(failure: FailedOutcome[Any]) -> str:
    return type(failure.error).__name__


def _listed(lines: list[int]) -> str:
    more = f", … ({len(lines)} lines)" if len(lines) > LINES_LISTED else ""
    return f"line {', '.join(map(str, lines[:LINES_LISTED]))}{more}"


def _as_json(file: PromptFile, summary: BatchSummary[Any]) -> dict[str, Any]:
    lines = [entry.line for entry in file.entries]
    names = (
        *("total", "done", "collected", "others", "from_disk", "failed", "left", "duplicates"),
        *("spent", "remaining_credits", "stopped"),
    )
    failures = [{"line": lines[one.index], **described(one.error)} for one in summary.failures]
    unknown = [{"line": lines[one.index], "request": one.sending.json} for one in summary.unknown]
    rejected = [{"line": lines[one.index], "request": one.sending.json} for one in summary.rejected]
    missing = [
        {"line": lines[one.index], "file": one.entry and one.entry.file, "request": one.sending.json}
        for one in summary.missing
    ]
    submitted, expired = (
        [
            {"line": lines[one.index], "job_id": one.entry and one.entry.job_id, "request": one.sending.json}
            for one in found
        ]
        for found in (summary.submitted, summary.expired)
    )
    counts = {name: getattr(summary, name) for name in names}
    warnings = [{"line": lines[one.index], "code": one.code, "message": one.message} for one in summary.warnings]
    listed = {
        "failures": failures,
        "unknown": unknown,
        "rejected": rejected,
        "missing": missing,
        "submitted": submitted,
        "expired": expired,
        "warnings": warnings,
    }
    return {**counts, "seconds": round(summary.seconds, 3), **listed}


def _exit_code(summary: BatchSummary[Any]) -> int:
    if summary.stopped in OF_SIGNALS:
        return OF_SIGNALS[summary.stopped]
    if summary.unknown or summary.expired:
        return UNKNOWN
    if summary.failed or summary.left or summary.missing:
        return FAILED
    return GOES_ON if summary.submitted else DONE
