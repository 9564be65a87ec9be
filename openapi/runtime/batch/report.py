"""What a batch reports: how far it is, and how it ended."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import field, frozen

from ..base.wording import BILLING, duration, one_line
from .tunables import INDICES_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..base.html_table import Row
    from ..client.outcomes import FailedOutcome
    from .planning import PlannedRequest

Given = TypeVar("Given")


@frozen(kw_only=True)
class Progress:
    """The progress of a batch.

    Args:
        total: Requests of this shard, without duplicates.
        done: Images bought in this run, or collected from jobs that an earlier run submitted.
        from_disk: Images that were already on disk.
        failed: Requests without an image, including requests of earlier runs that are not sent again.
        unknown: Requests whose outcome is unknown, including requests of earlier runs that are not sent again.
        missing: Requests whose image was bought in an earlier run, and is no longer on disk.
        submitted: Requests whose job was submitted, in this run or an earlier one, and is not collected yet.
        expired: Requests whose job can no longer be collected, including requests of earlier runs.
        in_flight: Requests in flight. A job is in flight until it is collected.
        spent: Credits spent in this run; by the price in the document if the service did not report a cost.
        remaining_credits: Credits left in the account, as the service last reported; None until it does.
        seconds: How long the run has taken so far.
        wait_notice: Why nothing is sent at the moment, and for how long: `the model may be starting, next try in 12 s`;
            else None.
        stopped: Why nothing more is sent while the run waits for requests in flight, such as `Ctrl-C`; else None.
        seconds_left: How long the rest will take, waits included, as far as this run has measured; None until the first
            image.
    """

    total: int
    done: int
    from_disk: int
    failed: int
    unknown: int
    missing: int
    submitted: int
    expired: int
    in_flight: int
    spent: Decimal
    remaining_credits: Decimal | None
    seconds: float
    wait_notice: str | None = None
    stopped: str | None = None
    seconds_left: float | None = None


@frozen(kw_only=True)
class ImageNote:
    """A warning about an image of a run.

    Args:
        index: Position of its request, from 0.
        code: Identifier of the warning's class, such as `size-mismatch`.
        message: The same in words.
    """

    index: int
    code: str
    message: str


def _count(found: tuple[object, ...]) -> str:
    """How many: a list of a thousand requests is not for people."""
    return f"<{len(found)}>"


@frozen(kw_only=True)
class BatchSummary(Generic[Given]):
    """How a run of a batch ended.

    Args:
        total: Requests of this shard, without duplicates.
        done: Images bought in this run, or collected from jobs that an earlier run submitted.
        from_disk: Images that were already on disk.
        failed: Requests without an image, including requests of earlier runs that were not sent again.
        collected: How many of the `done` images an earlier run submitted. Their cost is not in `spent`.
        others: Images that this run collected for requests of an earlier run which are not among its own.
        left: Requests that were not sent, because the run ended early.
        duplicates: Requests that repeat others of this run.
        spent: Credits spent in this run, including active jobs; by the price in the document if the service did not
            report a cost.
        remaining_credits: Credits left in the account, as the service last reported; None if it never did.
        seconds: How long the run took.
        stopped: Why it ended early, or None.
        failures: The requests that failed in this run, each with its error.
        unknown: The requests whose outcome is unknown, including requests of earlier runs that were not sent again.
            Each has an `entry`, with the name of its failure and its message if they are known.
        rejected: The requests that were billed in an earlier run without an image. They were not sent again, and count
            as failed.
        missing: The requests whose image was bought in an earlier run, and is no longer on disk, or has changed. They
            were not sent again.
        submitted: The requests whose jobs are still active, or were no longer polled. The next run collects them. Each
            has an `entry` with the id of its job.
        expired: The requests whose job can no longer be collected: it may have been billed. They include requests of
            earlier runs, and were not sent again.
        warnings: What is odd about images of this run, such as a size that was not requested. They count as done.
    """

    total: int
    done: int
    from_disk: int
    failed: int
    collected: int
    others: int
    left: int
    duplicates: int
    spent: Decimal
    remaining_credits: Decimal | None
    seconds: float
    stopped: str | None
    failures: tuple[FailedOutcome[Given], ...] = field(repr=_count)
    unknown: tuple[PlannedRequest[Given], ...] = field(repr=_count)
    rejected: tuple[PlannedRequest[Given], ...] = field(repr=_count)
    missing: tuple[PlannedRequest[Given], ...] = field(repr=_count)
    submitted: tuple[PlannedRequest[Given], ...] = field(repr=_count)
    expired: tuple[PlannedRequest[Given], ...] = field(repr=_count)
    warnings: tuple[ImageNote, ...] = field(default=(), repr=_count)

    def _repr_html_(self) -> str:
        """What a notebook shows: a small table, with failures grouped by kind."""
        from ..base.html_table import html_table

        return html_table(f"Batch: {self.done + self.from_disk} of {self.total} images", _rows(self))


def _rows(summary: BatchSummary[Any]) -> Iterator[Row]:
    yield "stopped early", (one_line(summary.stopped),) if summary.stopped else ()
    yield "images", (_images(summary),)
    left = f", {summary.remaining_credits} left" if summary.remaining_credits is not None else ""
    yield "credits", (f"{summary.spent} spent{left}",)
    yield "time", (duration(max(1, round(summary.seconds))),)
    yield "not sent", (f"{summary.left}: run it again to continue",) if summary.left else ()
    yield "failed", tuple(_failures(summary.failures))
    yield "unknown outcome", _listed(summary.unknown, "may have been billed, retry_unknown=True sends them again")
    yield "billed before", _listed(summary.rejected, "brought no image, retry_rejected=True sends them again")
    yield "no longer on disk", _listed(summary.missing, "were bought, retry_missing=True buys them again")
    yield "active jobs", _listed(summary.submitted, "run it again to collect them")
    yield "expired jobs", _listed(summary.expired, "may have been billed, retry_missing=True buys them again")
    yield "warnings", tuple(_warnings(summary.warnings))


def _images(summary: BatchSummary[Any]) -> str:
    counts = (
        (summary.done - summary.collected, "bought"),
        (summary.collected, "collected"),
        (summary.others, "collected for other requests"),
        (summary.from_disk, "on disk already"),
        (summary.duplicates, "duplicate" if summary.duplicates == 1 else "duplicates"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "none"


def _failures(failures: Sequence[FailedOutcome[Any]]) -> Iterator[str]:
    for (kind, _), found in groupby(sorted(failures, key=_kind), key=_kind):
        alike = list(found)
        yield f"{len(alike)} {kind} ({BILLING[alike[0].error.billed]}): {_indices([one.index for one in alike])}"
        yield one_line(str(alike[0].error))


def _kind(failure: FailedOutcome[Any]) -> tuple[str, str]:
    return type(failure.error).__name__, str(failure.error.billed)


def _warnings(warnings: Sequence[ImageNote]) -> Iterator[str]:
    for code, found in groupby(sorted(warnings, key=lambda one: (one.code, one.index)), key=lambda one: one.code):
        alike = list(found)
        yield f"{len(alike)} {one_line(code)}: {_indices([one.index for one in alike])}"
        yield one_line(alike[0].message)


def _listed(requests: Sequence[PlannedRequest[Any]], what_next: str) -> Sequence[str]:
    return (f"{len(requests)}: {_indices([one.index for one in requests])}", what_next) if requests else ()


def _indices(indices: Sequence[int]) -> str:
    """Where the requests stand in the list that the batch was given: as a cell selects them."""
    more = ", …" if len(indices) > INDICES_SHOWN else ""
    word = "index" if len(indices) == 1 else "indices"
    return f"{word} {', '.join(map(str, indices[:INDICES_SHOWN]))}{more}"
