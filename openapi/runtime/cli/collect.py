"""`collect`: images of jobs that were submitted before, by their ids."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from attrs import define

from ..base.errors import APIError, InvalidImageError
from ..base.wording import duration, one_line, shown_path
from ..spec.job import JobSpec
from . import connecting
from .exit_codes import DONE, EXPLAINED, FAILED, GOES_ON, UNKNOWN
from .failures import described, report
from .file_names import target
from .output import print_json, print_line, say
from .program import OperationOptions, Program
from .rescue import keep_rejected
from .saved_images import as_json, saved, sentence, warnings_as_json
from .suggesting import Command

_WORST_FIRST = (UNKNOWN, FAILED, GOES_ON, DONE)


def command(program: Program, operation: OperationOptions, job: JobSpec) -> click.Command:
    """The command, for one kind of job."""
    lives = f" The service keeps the record of a job for {duration(job.record_seconds)}." if job.record_seconds else ""
    return Command(
        operation,
        name="collect",
        help="Collect images that were submitted to the queue, by the ids of their jobs.\n\nIt waits for jobs that go "
        f"on. Collecting is free of charge, and can be repeated.{lives}",
        short_help="Collect images by the ids of their jobs.",
        epilog=EXPLAINED,
        params=[
            click.Argument(["ids"], nargs=-1, required=True, metavar="ID..."),
            click.Option(
                ["-o", "--output"],
                metavar="FILE",
                help="File or folder to write to, for several ids a folder; by default files with the ids as names, in "
                "the current folder.",
            ),
            click.Option(["--force"], is_flag=True, help="Overwrite an existing file."),
            click.Option(["--json", "as_json"], is_flag=True, help="Write a list of results to the output, as JSON."),
            *connecting.image_parameters(program, f"Longest time to wait for a job; {job.timeout:g} by default."),
        ],
        callback=partial(_collect, program, operation, job),
    )


def _collect(
    program: Program, operation: OperationOptions, job: JobSpec, *, ids: Sequence[str], as_json: bool, **options: Any
) -> int:
    distinct = list(dict.fromkeys(ids))
    output: str | None = options["output"]
    if output and len(distinct) > 1 and not (output.endswith(("/", "\\")) or Path(output).is_dir()):
        raise click.UsageError(f"{shown_path(Path(output))} is not a folder: several images need one.")
    collecting = _Collecting(operation, job, output, force=options["force"], as_json=as_json)
    with connecting.opened(program, program.client, options) as client:
        elsewhere = connecting.destination(program, client, options)
        if elsewhere:
            say(elsewhere)
        try:
            results = [collecting.one(client, job_id) for job_id in distinct]
        except KeyboardInterrupt:
            say("Interrupted: nothing is lost, jobs go on and can be collected later.")
            raise
    if as_json:
        print_json([found for _, found in results])
    codes = {code for code, _ in results}
    return next(code for code in _WORST_FIRST if code in codes)


@define
class _Collecting:
    operation: OperationOptions
    job: JobSpec
    output: str | None
    force: bool
    as_json: bool

    def one(self, client: Any, job_id: str) -> tuple[int, dict[str, Any]]:
        """Collect one job, and say how that went.

        Returns:
            The exit code for it, and the result as JSON.
        """
        path = target(self.output, job_id, self.operation.media_type or "", force=self.force)
        try:
            image = getattr(client, self.job.method)(job_id).wait()
        except APIError as error:
            kept = None
            if isinstance(error, InvalidImageError) and error.content:
                kept = keep_rejected(error.content, path)
            code = report(error, self.operation, as_json=False, kept=kept)
            return code, {"job_id": job_id, **described(error), **({"file": kept} if kept else {})}
        written, trouble = saved(image, path)
        if trouble:
            say(trouble)
        if not self.as_json:
            print_line(shown_path(written))
            say(sentence(image))
        for warning in image.warnings:
            say(f"Warning: {one_line(str(warning))}")
        return DONE if written == path else FAILED, {
            "job_id": job_id,
            **as_json(image, written),
            "warnings": warnings_as_json(image),
        }
