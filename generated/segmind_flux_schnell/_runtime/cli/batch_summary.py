# @generated from openapi/runtime/cli/batch_summary.py by `make generate`. Do not edit: change that file.
"""How a batch ended, in sentences, as JSON and as an exit code: what failed has one name, and what to do next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

from attrs import frozen

from ..base.errors import APIError
from ..base.wording import BILLING, duration, one_line
from ..batch.planning import PlannedRequest
from ..batch.report import BatchSummary, ImageNote
from ..client.outcomes import FailedOutcome
from .exit_codes import DONE, FAILED, GOES_ON, OF_SIGNALS, UNKNOWN
from .failures import described, details, more_of
from .output import counted
from .prompt_files import PromptFile
from .tunables import LINES_LISTED

Key = tuple[str, str]

Numbered = TypeVar("Numbered", PlannedRequest[Any], FailedOutcome[Any], ImageNote)
"""What is about a request."""


@frozen
class Report:
    """What is said of a batch at its end.

    Args:
        file: The file of its requests.
        summary: How it ended.
        record_seconds: How long the service keeps the record of a job; None if that is not known.
    """

    file: PromptFile
    summary: BatchSummary[Any]
    record_seconds: float | None = None

    def sentences(self) -> Iterator[str]:
        """What was bought and what was not, in numbers."""
        summary = self.summary
        counts = [
            f"{counted(summary.done - summary.collected, 'image')} bought",
            f"{summary.collected:,} collected" if summary.collected else "",
            f"{summary.others:,} collected for other requests" if summary.others else "",
            f"{summary.from_disk:,} on disk already" if summary.from_disk else "",
            counted(summary.duplicates, "duplicate") if summary.duplicates else "",
            f"{summary.failed:,} failed" if summary.failed else "",
            f"{len(summary.submitted):,} submitted" if summary.submitted else "",
            f"{len(summary.unknown):,} of unknown outcome" if summary.unknown else "",
            f"{len(summary.missing):,} no longer on disk" if summary.missing else "",
            f"{len(summary.expired):,} expired" if summary.expired else "",
            f"{summary.left:,} not sent" if summary.left else "",
        ]
        yield ", ".join(filter(None, counts))
        left = f", {summary.remaining_credits} left" if summary.remaining_credits is not None else ""
        yield f"{summary.spent} credits spent{left}, in {duration(max(1, round(summary.seconds)))}"

    def troubles(self) -> Iterator[str]:
        """Why it ended early, and for each kind of failure its lines, whether it was billed, and what to do."""
        summary = self.summary
        if summary.stopped:
            yield f"Stopped early: {self._stopped(summary.stopped)}"
        yield from self._failed()
        yield from self._failed_before()
        yield from self._unknown()
        if summary.submitted:
            many = len(summary.submitted)
            active = "1 job is still active" if many == 1 else f"{many:,} jobs are still active"
            within = f" within {duration(self.record_seconds)}" if self.record_seconds else ""
            where = f"{self.file.name}, {self._lines(summary.submitted)}"
            yield f"{active} ({where}): run again{within} to collect them{_first(summary.submitted)}"
        if summary.missing:
            what = "Images moved, changed or deleted"
            yield f"{what} in {self._place(summary.missing)}: paid for, --retry-missing buys them again"
        for name, alike in _by_failure(summary.expired):
            yield f"{name} in {self._place(alike)}: may have been billed, {_again(alike, '--retry-missing buys')}"
        if summary.left:
            yield f"{counted(summary.left, 'request')} not sent, so not billed: run the same command again to continue"
        yield from self._warned()

    def _stopped(self, why: str) -> str:
        """Why it ended early. The message of a failure that follows anyway is not said twice."""
        errors = [one.error for one in self.summary.failures]
        return next((_name(error) for error in errors if why == f"{_name(error)}: {one_line(str(error))}"), why)

    def _failed(self) -> Iterator[str]:
        """The requests that failed in this run."""
        for (name, _), failures in _grouped(
            self.summary.failures, lambda one: (_name(one.error), f"{one.error.billed}")
        ):
            error = failures[0].error
            then = _again(failures, "--retry-rejected sends" if error.billed else "the next run sends")
            head = f"{name} in {self._place(failures)}: {BILLING[error.billed]}, {then}"
            yield f"{head}; the first: {error}{more_of(error)}"
            yield from details(error)

    def _failed_before(self) -> Iterator[str]:
        """The requests that were billed in an earlier run."""
        for name, alike in _by_failure(self.summary.rejected):
            then = _again(alike, "--retry-rejected sends")
            yield f"{name} in {self._place(alike)}: billed in an earlier run, {then}{_first(alike)}"

    def _unknown(self) -> Iterator[str]:
        for name, alike in _by_failure(self.summary.unknown):
            then = _again(alike, "--retry-unknown sends")
            yield f"{name} in {self._place(alike)}: may have been billed, {then}{_first(alike)}"

    def _warned(self) -> Iterator[str]:
        for _, alike in _grouped(self.summary.warnings, lambda one: (one.code, "")):
            message = alike[0].message
            yield f"Warning: {counted(len(alike), 'image')} of {self._place(alike)}; the first: {message}"

    def as_json(self) -> dict[str, Any]:
        """All of it, as JSON."""
        summary, lines = self.summary, [entry.line for entry in self.file.entries]
        names = (
            *("total", "done", "collected", "others", "from_disk", "failed", "left", "duplicates"),
            *("spent", "remaining_credits", "stopped"),
        )
        return {
            **{name: getattr(summary, name) for name in names},
            "seconds": round(summary.seconds, 3),
            "failures": [{"line": lines[one.index], **described(one.error)} for one in summary.failures],
            "unknown": [self._listed(one, error=_failure(one), message=_message(one)) for one in summary.unknown],
            "rejected": [self._listed(one, error=_failure(one), message=_message(one)) for one in summary.rejected],
            "missing": [self._listed(one, file=one.entry and one.entry.file) for one in summary.missing],
            "submitted": [self._listed(one, job_id=one.entry and one.entry.job_id) for one in summary.submitted],
            "expired": [
                self._listed(one, job_id=one.entry and one.entry.job_id, error=_failure(one), message=_message(one))
                for one in summary.expired
            ],
            "warnings": [
                {"line": lines[one.index], "code": one.code, "message": one.message} for one in summary.warnings
            ],
        }

    def exit_code(self) -> int:
        """The exit code: that of a signal, or the worst of the outcomes."""
        summary = self.summary
        if summary.stopped in OF_SIGNALS:
            return OF_SIGNALS[summary.stopped]
        if summary.unknown or summary.expired:
            return UNKNOWN
        if summary.failed or summary.left or summary.missing:
            return FAILED
        return GOES_ON if summary.submitted else DONE

    def _listed(self, planned: PlannedRequest[Any], **known: Any) -> dict[str, Any]:
        line = self.file.entries[planned.index].line
        return {"line": line, **known, "request": planned.sending.json}

    def _place(self, found: Sequence[Any]) -> str:
        return f"{self.file.name}, {self._lines(found)}"

    def _lines(self, found: Sequence[Any]) -> str:
        return lines_of(self.file, found)


def lines_of(file: PromptFile, found: Iterable[Any], most: int = LINES_LISTED) -> str:
    """The lines of a file with requests, as `line 3` or `lines 3, 7-12`; after some of them only how many there are."""
    lines: list[int] = sorted(file.entries[int(one.index)].line for one in found)
    ranges = [f"{first}-{last}" if first != last else f"{first}" for first, last in _ranges(lines)]
    more = f", … ({len(lines):,} lines)" if len(ranges) > most else ""
    return f"{'line' if len(lines) == 1 else 'lines'} {', '.join(ranges[:most])}{more}"


def _ranges(lines: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of the lines that follow each other."""
    found: list[tuple[int, int]] = []
    for line in lines:
        if found and found[-1][1] in (line, line - 1):
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found


def _by_failure(found: Sequence[PlannedRequest[Any]]) -> Iterator[tuple[str, list[PlannedRequest[Any]]]]:
    """Requests by the name of their failure."""
    for (name, _), alike in _grouped(found, lambda one: (_failure(one), "")):
        yield name, alike


def _grouped(found: Sequence[Numbered], key: Callable[[Numbered], Key]) -> Iterator[tuple[Key, list[Numbered]]]:
    """What has the same key, in the order of the requests."""
    in_order = sorted(found, key=lambda one: (key(one), one.index))
    yield from ((name, list(alike)) for name, alike in groupby(in_order, key=key))


def _failure(planned: PlannedRequest[Any]) -> str:
    """What a failure is called, in an earlier run as in this one: by the class of its error."""
    return (planned.entry and planned.entry.failure) or "Failure"


def _message(planned: PlannedRequest[Any]) -> str | None:
    return planned.entry.message if planned.entry is not None else None


def _first(alike: Sequence[PlannedRequest[Any]]) -> str:
    message = next(filter(None, map(_message, alike)), "")
    return f"; the first: {message}" if message else ""


def _name(error: APIError) -> str:
    return type(error).__name__


def _again(alike: Sequence[object], what: str) -> str:
    return f"{what} {'it' if len(alike) == 1 else 'them'} again"
