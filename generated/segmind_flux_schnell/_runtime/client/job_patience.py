# @generated from openapi/runtime/client/job_patience.py by `make generate`. Do not edit: change that file.
"""How long a job is waited for: how often it is asked for, and which failures of a GET are repeated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from ..base.errors import APIError, NotSentError, OutcomeUnknownError, ResponseError, StatusError
from .tunables import LARGEST_EXPONENT, LONGEST_POLL, LONGEST_REPEAT, MOST_MISSES, POLL_GROWTH

if TYPE_CHECKING:
    from ..spec.job import JobSpec
    from .job_record import JobRecord

PASSING = (408, 425, 429)
"""Statuses that the document need not mention to mean that the same request may succeed later."""


def poll_interval(seconds: float, waited: float) -> float:
    """Seconds between two polls: as many as the document says at first, and up to five times as many after a minute.

    Args:
        seconds: What the document says.
        waited: Seconds that the job has been waited for.
    """
    return seconds * min(LONGEST_POLL, 1.0 + (LONGEST_POLL - 1.0) * waited / POLL_GROWTH)


def wait_after_miss(spec: JobSpec, record: JobRecord, misses: int) -> float | None:
    """Seconds until a record that the service does not have is asked for again, or None to believe that it is gone.

    A record that by the document has to be there still can be missing for a moment: a machine of the service may not
    know yet what another one has taken.

    Args:
        spec: What the document says of such jobs.
        record: The job.
        misses: How often in a row it was missing before.
    """
    if record.submitted_at is None or spec.record_seconds is None or misses >= MOST_MISSES:
        return None
    if datetime.now(UTC) >= record.submitted_at + timedelta(seconds=spec.record_seconds):
        return None
    return spec.poll * 2.0**misses


@frozen
class Repeating:
    """The retry policy of GETs, which cost nothing: they are repeated until the deadline, however the last one ended.

    What would come back each time is not repeated: a refusal, a redirect, a host that does not exist or is not trusted.

    Args:
        first: Seconds before the first repetition; each further wait is twice as long.
        max_connect_wait: Most seconds without a connection, attempts and waits together; None for no limit but the
            deadline.
    """

    first: float
    max_connect_wait: float | None = None

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Seconds to wait before the GET is sent again, or None to give up."""
        if not is_passing(error):
            return None
        wait = min(self.first * 2.0 ** min(attempt - 1, LARGEST_EXPONENT), max(self.first, LONGEST_REPEAT))
        return max(wait, retry_after or 0.0)


def is_passing(error: APIError) -> bool:
    """Whether a GET that failed with this may succeed later."""
    if isinstance(error, NotSentError):
        return not error.permanent
    if isinstance(error, OutcomeUnknownError):
        return True
    if isinstance(error, StatusError) and error.temporary:
        return True
    return isinstance(error, ResponseError) and (error.status_code >= 500 or error.status_code in PASSING)
