"""The calls of a batch: what a thread or a task does with each request, and with each job."""

import time
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import evolve, frozen

from ..base.errors import InvalidImageError, JobExpiredError, JobFailedError, MismatchError
from ..base.unset import Unset
from ..client.call_flow import CallPolicy
from ..client.client_access import call, call_async, policy_of, submit, submit_async
from ..client.job_handle import Job, ordering, record_of, spec_of
from ..client.job_patience import wait_after_miss
from ..client.jobs import collect, collect_async, state_of, state_of_async
from ..client.workers import in_thread
from ..spec.operation import Operation
from .item_results import ItemResult, failed, started, succeeded
from .jobs_in_flight import Asked, Submitted
from .planning import PlannedRequest
from .polling import RunningJob
from .run import BatchRun
from .tunables import MOST_TRIES

if TYPE_CHECKING:
    from ..transport.options import Timeout

Given = TypeVar("Given")

Work = PlannedRequest[Given] | RunningJob[Given]
"""A request to send, or a job to ask for or to fetch."""

Result = ItemResult[Given] | Submitted[Given] | Asked[Given]
"""The outcome of a request, a job that was submitted, or one that is still active."""


@frozen
class _Calls(Generic[Given]):
    """What the calls of a run have in common.

    Args:
        run: The run.
        client: Its client.
        operation: What a direct call calls.
        timeout: As in the methods of the client.
        kind: The class of the handles of its jobs, or None if it makes direct calls.
    """

    run: BatchRun[Given]
    client: Any
    operation: Operation[Any]
    timeout: "Timeout | Unset"
    kind: type[Job] | None

    @property
    def policy(self) -> CallPolicy:
        """The rules for the calls of a batch, which itself waits for all of them at once."""
        return policy_of(self.client)._replace(waits=False, rate_limit=None)

    def not_collected(self, job: RunningJob[Given], sent_at: float, error: BaseException) -> Result[Given]:
        """The outcome of a job that brought no image, or that it has none yet."""
        wait, comes_later = 0.0, False
        is_tried_again = job.tries + 1 < MOST_TRIES
        # An image can break off on its way, and a record can be there a moment later.
        if isinstance(error, JobExpiredError):
            handle: Job = job.handle
            found = wait_after_miss(spec_of(type(handle)), record_of(handle), job.tries)
            wait, comes_later = found or 0.0, found is not None or is_tried_again
        elif isinstance(error, InvalidImageError) and not isinstance(error, MismatchError):
            comes_later = error.broke_off or is_tried_again
        if comes_later:
            return Asked(job=evolve(job, tries=job.tries + 1), sent_at=sent_at, error=error, wait=wait)
        if isinstance(error, (JobFailedError, JobExpiredError, InvalidImageError)):
            return failed(started_job(job), error, self.run.store)
        return Asked(job=job, sent_at=sent_at, error=error)


def started_job(job: RunningJob[Given]) -> ItemResult[Given]:
    """A job that is being collected: it counts from its submit."""
    return evolve(started(job.planned), sent_at=job.since, job=job)


class BlockingCalls(_Calls[Given]):
    """The calls with a blocking client."""

    def work(self, item: Work[Given]) -> Result[Given]:
        """Send a request, or ask for a job or fetch it."""
        if isinstance(item, RunningJob):
            return self._fetched(item) if item.is_done else self._asked(item)
        return self._bought(item) if self.kind is None else self._submitted(item, self.kind)

    def _bought(self, planned: PlannedRequest[Given]) -> Result[Given]:
        item, run = started(planned), self.run
        try:
            result = call(
                self.client,
                self.operation,
                planned.sending,
                timeout=self.timeout,
                policy=self.policy,
                on_mismatch=run.on_mismatch,
                route="direct",
            )
        except BaseException as error:
            return failed(item, error, run.store)
        return succeeded(item, result, run.store)

    def _submitted(self, planned: PlannedRequest[Given], kind: type[Job]) -> Result[Given]:
        item = started(planned)
        try:
            request = ordering(kind, planned.sending)
            handle = submit(self.client, kind, request, timeout=self.timeout, policy=self.policy)
        except BaseException as error:
            return failed(item, error, self.run.store)
        return Submitted(planned=planned, sent_at=item.sent_at, handle=handle)

    def _asked(self, job: RunningJob[Given]) -> Result[Given]:
        sent_at = time.monotonic()
        try:
            state = state_of(self.client, job.handle, policy=self.policy)
        except BaseException as error:
            return self.not_collected(job, sent_at, error)
        return Asked(job=job, sent_at=sent_at, is_done=is_done(job, state))

    def _fetched(self, job: RunningJob[Given]) -> Result[Given]:
        sent_at, run = time.monotonic(), self.run
        try:
            result = collect(self.client, job.handle, policy=self.policy, on_mismatch=run.on_mismatch)
        except BaseException as error:
            return self.not_collected(job, sent_at, error)
        return succeeded(started_job(job), result, run.store)


class AsyncCalls(_Calls[Given]):
    """The calls with an asynchronous client."""

    async def work(self, item: Work[Given]) -> Result[Given]:
        """Send a request, or ask for a job or fetch it."""
        if isinstance(item, RunningJob):
            return await (self._fetched(item) if item.is_done else self._asked(item))
        return await (self._bought(item) if self.kind is None else self._submitted(item, self.kind))

    async def _bought(self, planned: PlannedRequest[Given]) -> Result[Given]:
        item, run = started(planned), self.run
        try:
            result = await call_async(
                self.client,
                self.operation,
                planned.sending,
                timeout=self.timeout,
                policy=self.policy,
                on_mismatch=run.on_mismatch,
                route="direct",
            )
        except BaseException as error:
            return await in_thread(failed, item, error, run.store)
        return await in_thread(succeeded, item, result, run.store)

    async def _submitted(self, planned: PlannedRequest[Given], kind: type[Job]) -> Result[Given]:
        item = started(planned)
        try:
            request = ordering(kind, planned.sending)
            handle = await submit_async(self.client, kind, request, timeout=self.timeout, policy=self.policy)
        except BaseException as error:
            return await in_thread(failed, item, error, self.run.store)
        return Submitted(planned=planned, sent_at=item.sent_at, handle=handle)

    async def _asked(self, job: RunningJob[Given]) -> Result[Given]:
        sent_at = time.monotonic()
        try:
            state = await state_of_async(self.client, job.handle, policy=self.policy)
        except BaseException as error:
            return await in_thread(self.not_collected, job, sent_at, error)
        return Asked(job=job, sent_at=sent_at, is_done=is_done(job, state))

    async def _fetched(self, job: RunningJob[Given]) -> Result[Given]:
        sent_at, run = time.monotonic(), self.run
        try:
            result = await collect_async(self.client, job.handle, policy=self.policy, on_mismatch=run.on_mismatch)
        except BaseException as error:
            return await in_thread(self.not_collected, job, sent_at, error)
        return await in_thread(succeeded, started_job(job), result, run.store)


def is_done(job: RunningJob[Any], state: object) -> bool:
    """Whether a job has a result to fetch."""
    handle: Job = job.handle
    return state in spec_of(type(handle)).done
