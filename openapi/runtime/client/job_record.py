"""What this side knows of a job."""

from __future__ import annotations

from datetime import datetime

from attrs import define, field

from ..base.messages import Request
from ..spec.job import JobState


@define(kw_only=True)
class JobRecord:
    """What this side knows of a job.

    Args:
        job_id: Its id.
        request: The request that ordered it, or None if only the id is known.
        submitted_at: When its submit was answered, in UTC, or None.
        asked_at: When it was last asked for, on the monotonic clock of this process, or None.
        state: Its state, as the service last said it, or None.
        was_reached: Whether this process has received a response about it.
    """

    job_id: str
    request: Request | None = None
    submitted_at: datetime | None = None
    asked_at: float | None = field(default=None, eq=False)
    state: JobState | None = field(default=None, eq=False)
    was_reached: bool = field(default=False, eq=False)
