# @generated from openapi/runtime/client/job_table.py by `make generate`. Do not edit: change that file.
"""The handle of a job as a table of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from ..base.html_table import Row, html_table
from ..base.wording import one_line
from .job_handle import command_to_collect, spec_of
from .jobs import AsyncJob
from .tunables import LONGEST_ID

if TYPE_CHECKING:
    from .job_handle import Job


def job_table(job: Job) -> str:
    """What is known of a job on this side, and how it is collected. Nothing is sent."""
    return html_table(type(job).__name__, _rows(job))


def _rows(job: Job) -> Iterator[Row]:
    spec = spec_of(type(job))
    yield "id", (one_line(job.request_id, LONGEST_ID),)
    description = spec.result_spec.semantics.description(job.request) if job.request is not None else None
    yield "prompt", (one_line(description),) if description else ()
    yield "submitted", _moment(job.submitted_at)
    yield "kept until", _moment(job.record_expires_at)
    awaits = "await " if isinstance(job, AsyncJob) else ""
    call = f"{awaits}client.{spec.method}({job.request_id!r}).wait()"
    yield "to collect it", tuple(filter(None, (call, command_to_collect(spec, job.request_id))))


def _moment(moment: datetime | None) -> tuple[str, ...]:
    return () if moment is None else (f"{moment:%Y-%m-%d %H:%M:%S} UTC",)
