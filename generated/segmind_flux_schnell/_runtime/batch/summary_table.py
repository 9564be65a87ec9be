# @generated from openapi/runtime/batch/summary_table.py by `make generate`. Do not edit: change that file.
"""The summary of a batch as a table of HTML: failures grouped by kind, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..base.html_table import Row, html_table
from ..base.wording import duration, one_line
from .tunables import INDICES_SHOWN

if TYPE_CHECKING:
    from ..client.outcomes import FailedOutcome
    from .planning import PlannedRequest
    from .report import BatchSummary, ImageNote


def summary_table(summary: BatchSummary[Any]) -> str:
    """The table. It has no image, no prompt but those that errors quote, and no key."""
    return html_table(f"Batch: {summary.done + summary.from_disk} of {summary.total} images", _rows(summary))


def _rows(summary: BatchSummary[Any]) -> Iterator[Row]:
    yield "stopped early", (one_line(summary.stopped),) if summary.stopped else ()
    yield "images", (_images(summary),)
    left = f", {summary.remaining_credits} left" if summary.remaining_credits is not None else ""
    yield "credits", (f"{summary.spent} spent{left}",)
    yield "time", (duration(round(summary.seconds)),)
    yield "not sent", (f"{summary.left}: run it again to continue",) if summary.left else ()
    yield "failed", tuple(_failures(summary.failures))
    yield "unknown outcome", _listed(summary.unknown, "may have been billed, retry_unknown=True sends them again")
    yield "billed before", _listed(summary.rejected, "brought no image, retry_rejected=True sends them again")
    yield "no longer on disk", _listed(summary.missing, "were bought, retry_missing=True buys them again")
    yield "jobs that go on", _listed(summary.submitted, "run it again to collect them")
    yield "expired jobs", _listed(summary.expired, "may have been billed, retry_missing=True buys them again")
    yield "warnings", tuple(_warnings(summary.warnings))


def _images(summary: BatchSummary[Any]) -> str:
    counts = (
        (summary.done - summary.collected, "bought"),
        (summary.collected, "collected"),
        (summary.others, "collected for other requests"),
        (summary.from_disk, "on disk already"),
        (summary.duplicates, "duplicates"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "none"


def _failures(failures: Sequence[FailedOutcome[Any]]) -> Iterator[str]:
    for (kind, billed), found in groupby(sorted(failures, key=_kind), key=_kind):
        alike = list(found)
        paid = {"True": "billed", "False": "not billed"}.get(billed, "may have been billed")
        yield f"{len(alike)} {kind} ({paid}): {_indices([one.index for one in alike])}"
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
