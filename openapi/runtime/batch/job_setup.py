"""The jobs that a run begins with: those that earlier runs submitted and did not collect."""

import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from ..base.messages import Request
from ..client.client_access import handle_kind, timeout_of
from ..client.clients import AsyncClient, SyncClient
from ..client.job_handle import ordering, spec_of
from ..client.job_patience import poll_interval
from ..client.job_record import JobRecord
from ..spec.job import JobSpec
from ..spec.operation import Operation
from ..transport.timeouts import limits_of
from .history import JournalEntry
from .jobs_in_flight import JobsInFlight
from .planning import BatchPlan, PlannedRequest
from .polling import PollSchedule, RunningJob
from .run_options import RunOptions
from .throttle import throttle_of
from .tunables import ASKED_AT_ONCE

Given = TypeVar("Given")


def jobs_of(
    client: SyncClient | AsyncClient,
    operation: Operation[Any],
    plan: BatchPlan[Given],
    options: RunOptions,
) -> JobsInFlight[Given]:
    """The jobs of a run, whether it submits further ones or makes direct calls.

    Args:
        client: Its client.
        operation: The operation whose results it buys.
        plan: What it sends, and which jobs earlier runs left.
        options: How it sends.
    """
    kind = handle_kind(client, operation, "queue")
    throttle = throttle_of(client, min(options.in_flight, ASKED_AT_ONCE))
    if kind is None:
        return JobsInFlight(PollSchedule(lambda age: 0.0, throttle))
    spec, now = spec_of(kind), time.monotonic()
    limits = limits_of(timeout_of(client, options.timeout), spec.timeout)
    # Limits of phases are for each attempt, and a job that is waited for needs an end.
    longest = spec.timeout if limits.total is None and limits.phases["read"] is not None else limits.total
    earlier = [
        RunningJob(
            planned=planned,
            handle=kind(_record(planned.entry, planned.entry.job_id, ordering(kind, planned.sending), spec), client),
            since=now,
            ends=None if longest is None else now + longest,
            is_own=False,
        )
        for planned in (*plan.submitted, *_others(plan, operation))
        if planned.entry is not None and planned.entry.job_id is not None
    ]
    return JobsInFlight(PollSchedule(partial(poll_interval, spec.poll), throttle), spec, earlier, longest)


def _record(entry: JournalEntry, job_id: str, request: Request, spec: JobSpec) -> JobRecord:
    submitted_at = None
    if entry.record_expires_at is not None and spec.record_seconds is not None:
        submitted_at = entry.record_expires_at - timedelta(seconds=spec.record_seconds)
    return JobRecord(job_id=job_id, request=request, submitted_at=submitted_at)


def _others(plan: BatchPlan[Given], operation: Operation[Any]) -> Iterator[PlannedRequest[Any]]:
    """The jobs of requests that a run was not given, with their bodies as the journal has them."""
    for at, entry in enumerate(plan.others, start=1):
        sending = Request(operation=operation.name, method="POST", path="", json=dict(entry.request))
        yield PlannedRequest(index=-at, key=entry.key, request=None, sending=sending, entry=entry)
