# @generated from openapi/runtime/cli/collect.py by `make generate`. Do not edit: change that file.
"""`collect`: images of jobs that were submitted before, by their ids."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
from attrs import define, field

from ..base.errors import APIError, ConfigurationError, InvalidImageError, JobTimeoutError
from ..base.wording import duration, one_line, shown_path
from ..batch.interrupts import first_signal
from ..client.events import Event
from ..client.tunables import LONGEST_ID
from ..spec.job import JobSpec
from . import connecting, opening
from .exit_codes import DONE, EXPLAINED, FAILED, OF_SIGNALS, worst
from .failures import described, report
from .file_names import refuse_standard_output, target
from .live_line import Waiting
from .output import counted, print_json, print_line, say
from .program import OperationOptions, Program
from .queued_call import state_of
from .rescue import keep_rejected
from .saved_images import as_json, saved, sentence
from .stopping import EndedBySignal
from .suggesting import Command


def command(program: Program, operation: OperationOptions, job: JobSpec) -> click.Command:
    """The command, for one kind of job."""
    lives = f" The service keeps the record of a job for {duration(job.record_seconds)}." if job.record_seconds else ""
    return Command(
        operation,
        name="collect",
        help="Collect images that were submitted to the queue, by the ids of their jobs.\n\nThe command waits for "
        f"active jobs. Collecting is free of charge, and can be repeated.{lives}",
        short_help="Collect images by the ids of their jobs.",
        epilog=EXPLAINED,
        params=[
            click.Argument(["ids"], nargs=-1, required=True, metavar="ID..."),
            click.Option(
                ["-o", "--output"],
                callback=refuse_standard_output("collect", "a file or a folder"),
                metavar="FILE",
                help="File or folder to write to, for several ids a folder; by default files with the ids as names, in "
                "the current folder.",
            ),
            click.Option(["--force"], is_flag=True, help="Overwrite an existing file."),
            opening.option(),
            click.Option(["--json", "as_json"], is_flag=True, help="Write a list of results to the output, as JSON."),
            *connecting.image_parameters(program, f"Time limit for a job; {job.timeout:g} by default."),
        ],
        callback=partial(_collect, program, operation, job),
    )


def _collect(
    program: Program, operation: OperationOptions, job: JobSpec, *, ids: Sequence[str], as_json: bool, **options: Any
) -> int:
    distinct = list(dict.fromkeys(ids))
    output: str | None = options["output"]
    if output and len(distinct) > 1 and not (output.endswith(("/", "\\")) or Path(output).is_dir()):
        raise ConfigurationError(f"{shown_path(Path(output))} is not a folder: several images need one.")
    # Found out before anything is sent: no image could be written there.
    target(output, distinct[0], operation.media_type or "", force=options["force"])
    collecting = _Collecting(operation, output, force=options["force"], as_json=as_json)
    with connecting.opened(program, program.client, options, hooks=[collecting.heed]) as client:
        connecting.name_destination(program, client, options)
        # All of them before anything is sent: one that is not an id is refused, and loses nothing.
        jobs = [getattr(client, job.method)(job_id) for job_id in distinct]
        signals = _Signals()
        try:
            with first_signal(signals.note):
                collecting.all(jobs, signals)
        except EndedBySignal as ended:
            left = len(jobs) - len(collecting.listed(jobs))
            later = f"nothing is lost, collect {'it' if left == 1 else 'them'} later"
            say(f"{ended.signal}: {counted(left, 'job')} not collected yet; {later}.")
            return OF_SIGNALS[ended.signal]
        finally:
            if as_json and collecting.codes:
                print_json(collecting.listed(jobs))
    if options["opens"]:
        opening.show(collecting.written)
    return worst(collecting.codes)


@define
class _Signals:
    """What a signal does: it ends the wait for a job at once, and the saving of an image not at all."""

    first: str | None = field(default=None, init=False)
    _is_saving: bool = field(default=False, init=False)

    def note(self, signal: str) -> None:
        """Take a signal, in its handler."""
        self.first = signal
        if not self._is_saving:
            raise EndedBySignal(signal)

    @contextmanager
    def saving(self) -> Generator[None]:
        """The stretch in which an image is saved. A signal that has come meanwhile ends the command behind it."""
        self._is_saving = True
        try:
            yield
        finally:
            self._is_saving = False

    def check(self) -> None:
        """End the command if a signal has come.

        Raises:
            EndedBySignal: One has.
        """
        if self.first is not None:
            raise EndedBySignal(self.first)


@define
class _Collecting:
    operation: OperationOptions
    output: str | None
    force: bool
    as_json: bool
    written: list[Path] = field(factory=list[Path], init=False)
    codes: set[int] = field(factory=set[int], init=False)
    _results: dict[str, dict[str, Any]] = field(factory=dict[str, dict[str, Any]], init=False)
    _signals: _Signals = field(factory=_Signals, init=False)
    _waiting: Waiting | None = field(default=None, init=False)

    def heed(self, event: Event) -> None:
        """Take an event of the client: it says why a job is not asked for at the moment."""
        if self._waiting is not None:
            self._waiting(event)

    def all(self, jobs: Sequence[Any], signals: _Signals) -> None:
        """Collect jobs: those that are done first, since their records expire while others are waited for."""
        self._signals = signals
        waiting = [job for job in jobs if len(jobs) == 1 or not self.one(job, job.result, waits=True)]
        for job in waiting:
            self.one(job, job.wait)

    def listed(self, jobs: Sequence[Any]) -> list[dict[str, Any]]:
        """What is known of jobs, as JSON, in their order."""
        return [self._results[job.request_id] for job in jobs if job.request_id in self._results]

    def one(self, job: Any, get: Callable[[], Any], *, waits: bool = False) -> bool:
        """Collect one job, and say how that went.

        Args:
            job: The handle.
            get: What gets its image.
            waits: Whether it is waited for later if it is still active.

        Returns:
            Whether it has its outcome: False if it is waited for.
        """
        job_id: str = job.request_id
        path = None
        try:
            path = target(self.output, job_id, self.operation.media_type or "", force=self.force)
            self._waiting = Waiting(f"the image of {one_line(job_id, LONGEST_ID)}", state=partial(state_of, job))
            with self._waiting.shown():
                image = get()
            with self._signals.saving():
                written, trouble = saved(image, path)
        except JobTimeoutError as error:
            if not waits:
                self._fail(job_id, error)
            return not waits
        except APIError as error:
            content = error.content if isinstance(error, InvalidImageError) else b""
            self._fail(job_id, error, keep_rejected(content, path) if content and path else None)
            return True
        if trouble:
            say(trouble)
        if not self.as_json:
            print_line(shown_path(written))
            say(sentence(image))
        for warning in image.warnings:
            say(f"Warning: {one_line(str(warning))}")
        self.written.append(written)
        self.codes.add(DONE if written == path else FAILED)
        self._results[job_id] = {"job_id": job_id, **as_json(image, written)}
        self._signals.check()
        return True

    def _fail(self, job_id: str, error: APIError, kept: Path | None = None) -> None:
        self.codes.add(report(error, self.operation, as_json=False, kept=kept))
        self._results[job_id] = {"job_id": job_id, **described(error), **({"file": kept} if kept else {})}
