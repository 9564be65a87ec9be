# @generated from openapi/runtime/batch/journal_lines.py by `make generate`. Do not edit: change that file.
"""What the journal says of a request that has its outcome."""

from asyncio import CancelledError
from typing import Any

from attrs import asdict

from ..base.errors import JobExpiredError, OutcomeUnknownError, response_text
from ..client.job_handle import Job
from .item_results import ItemResult
from .journal import MOMENT, Event
from .tunables import LONGEST_TEXT


def journal_line(result: ItemResult[Any]) -> tuple[Event, dict[str, Any]]:
    """The event and the facts of its line."""
    known = {"key": result.planned.key, "file": result.file, "seconds": result.seconds, **result.facts}
    if result.job is not None:
        known["job_id"] = result.job.job_id
    if result.warnings:
        known["warnings"] = [asdict(one) for one in result.warnings]
    # An image that is in the folder under another name is there.
    failure = result.error or (result.lost if result.file is None else None)
    if isinstance(failure, CancelledError):
        # Named as what a run leaves that was killed.
        failure = OutcomeUnknownError(result.planned.sending, "the run ended before a response was received")
    if failure is None:
        return "done", known
    known |= {"error": type(failure).__name__, "message": str(failure), "billed": result.billed}
    text = response_text(failure)
    if text:
        known["text"] = text[:LONGEST_TEXT]
    if isinstance(failure, JobExpiredError):
        return "expired", {**known, **({} if result.job is None else kept_until(result.job.handle))}
    return "unknown" if result.billed is None else "failed", known


def kept_until(handle: Job) -> dict[str, str]:
    """Until when the service keeps the record of a job."""
    expires_at = handle.record_expires_at
    return {} if expires_at is None else {"record_expires_at": expires_at.strftime(MOMENT)}
