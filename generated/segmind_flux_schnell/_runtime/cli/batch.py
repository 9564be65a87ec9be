# @generated from openapi/runtime/cli/batch.py by `make generate`. Do not edit: change that file.
"""`batch`: many images into a folder, none of which is bought twice."""

import asyncio
from functools import partial
from typing import Any

import click

from ..base.wording import reason, shown_path
from ..batch.interrupts import last_words
from ..batch.report import BatchSummary
from . import connecting, reading, spending, waiting
from .batch_stopping import BatchStopping
from .batch_summary import Report
from .closed_terminal import outliving_terminal
from .exit_codes import DONE, FAILED, WRONG_USE
from .failures import complain
from .file_names import refuse_standard_output
from .output import print_json, print_line, say
from .program import OperationOptions, Program
from .progress_bar import progress_bar
from .prompt_files import PromptFile, read_requests
from .suggesting import Command


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
        params={
            "Requests": reading.parameters(),
            "Output": [
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
            ],
            "Spending": spending.parameters(),
            "Service": [
                *connecting.image_parameters(program),
                *connecting.queue_parameters(program),
                *waiting.batch_parameters(),
            ],
        },
        examples=("prompts.txt -o foxes/ --max-cost 2.00", "prompts.csv --shard 2/8 --json"),
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
    folder = _folder(operation, options)
    stopping = BatchStopping(operation, file, folder, options)
    try:
        with outliving_terminal(), last_words(stopping.end):
            summary = asyncio.run(_run(program, folder, file, stopping, options))
    except KeyboardInterrupt:
        stopping.interrupted()
        raise
    report = Report(file, summary, program.job.record_seconds if program.job is not None else None)
    unwritten = _write(report, as_json=options["as_json"])
    if unwritten:
        where = f"what was bought is in {shown_path(folder.folder)}"
        say(f"Error: the standard output was not written: {unwritten}; {where}")
    for sentence in report.troubles():
        say(sentence)
    return report.exit_code() or (FAILED if unwritten else DONE)


def _write(report: Report, *, as_json: bool) -> str:
    """Write how it ended to the standard output, and return why that was not possible; empty if it was."""
    try:
        if as_json:
            print_json(report.as_json())
        else:
            for sentence in report.sentences():
                print_line(sentence)
    except OSError as error:
        return reason(error)
    return ""


def _folder(operation: OperationOptions, options: dict[str, Any]) -> Any:
    batch: Any = operation.batch
    return batch(options["output"], shard=options["shard"])


async def _run(
    program: Program, folder: Any, file: PromptFile, stopping: BatchStopping, options: dict[str, Any]
) -> BatchSummary[Any]:
    further = {"budget": spending.budget(options), "rate_limit": options["rate_limit"]}
    async with connecting.opened(program, program.async_client, options, **further) as client:
        connecting.name_destination(program, client, options)
        with progress_bar() as bar:
            stopping.bar = bar
            summary: BatchSummary[Any] = await folder.run_async(
                client,
                [entry.request for entry in file.entries],
                in_flight=options["in_flight"],
                progress=stopping.show,
                max_wait=options["max_wait"],
                grace_period=options["grace_period"],
                retry_unknown=options["retry_unknown"],
                retry_rejected=options["retry_rejected"],
                retry_missing=options["retry_missing"],
                **({"route": "queue"} if options.get("queue") else {}),
            )
    return summary
