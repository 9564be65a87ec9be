"""The jobs of a running batch: those that this run submitted, and those that an earlier one left."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Generic, TypeVar

from attrs import define, evolve, field, frozen

from ..base.errors import (
    ConfigurationError,
    NotSentError,
    OutcomeUnknownError,
    RedirectRefusedError,
    ResponseError,
    StatusError,
)
from ..client.job_download import fails_by_image_host
from ..spec.job import JobSpec
from .history import EntryStatus, JournalEntry
from .planning import PlannedRequest
from .polling import PollSchedule, RunningJob

Given = TypeVar("Given")


@frozen(kw_only=True)
class Submitted(Generic[Given]):
    """A submit that was answered.

    Args:
        planned: The request.
        sent_at: When it was sent, on the monotonic clock.
        handle: The client's handle of the job.
    """

    planned: PlannedRequest[Given]
    sent_at: float
    handle: Any


@frozen(kw_only=True)
class Asked(Generic[Given]):
    """The answer to a question about a job that has no outcome yet.

    Args:
        job: The job.
        sent_at: When the question was sent, on the monotonic clock.
        is_done: Whether the job has a result to fetch.
        error: Why there is no answer, or not the result, or None.
        wait: Seconds before it can be asked for again, at least.
    """

    job: RunningJob[Given]
    sent_at: float
    is_done: bool = False
    error: BaseException | None = None
    wait: float = 0.0

    @property
    def was_answered(self) -> bool:
        """Whether the service said something of the job, and not just "not now"."""
        return self.error is None or (isinstance(self.error, ResponseError) and not _is_refused(self.error))

    @property
    def slows_down(self) -> bool:
        """Whether the service takes no questions now. The host of the images says nothing of that."""
        is_unreachable = isinstance(self.error, (NotSentError, OutcomeUnknownError))
        return not self.job.is_done and (is_unreachable or _is_refused(self.error))


@define
class JobsInFlight(Generic[Given]):
    """The jobs that a run waits for, and those that it does not wait for any longer.

    Args:
        schedule: When each is asked for.
        spec: What the document says of them; None if it has no jobs.
        earlier: Those that earlier runs left. They are asked for before anything is submitted.
        longest: Seconds from its submit after which a job is no longer waited for; None for no limit.

    Attributes:
        collected: Images of requests of this run whose jobs an earlier one submitted.
        others: Images of other requests, which an earlier run had.
        expired: The requests whose jobs could not be had any more.
    """

    schedule: PollSchedule[Given]
    spec: JobSpec | None = None
    earlier: Sequence[RunningJob[Given]] = ()
    longest: float | None = None
    collected: int = field(default=0, init=False)
    others: int = field(default=0, init=False)
    expired: list[PlannedRequest[Given]] = field(factory=list[PlannedRequest[Given]], init=False)
    _unasked: set[int] = field(init=False)
    _unlisted: int = field(init=False)
    _left: list[PlannedRequest[Given]] = field(factory=list[PlannedRequest[Given]], init=False)
    _is_leaving: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        self._unasked = {job.planned.index for job in self.earlier}
        self._unlisted = sum(not job.is_listed for job in self.earlier)
        for job in self.earlier:
            self.schedule.add(job, 0.0)

    def __len__(self) -> int:
        return len(self.schedule)

    @property
    def submitted(self) -> int:
        """How many requests of this run have a job that is not collected, whether it is waited for or not."""
        return len(self.schedule) - self._unlisted + len(self._left)

    @property
    def come_first(self) -> bool:
        """Whether something has to be learned of earlier jobs before anything is submitted."""
        return bool(self._unasked)

    @property
    def left(self) -> list[PlannedRequest[Given]]:
        """The requests whose jobs were not collected, each with what a journal says of it."""
        return list(self._left)

    def leave(self) -> None:
        """Wait for no job any longer: their ids are in the journal. Safe in a signal handler."""
        self._is_leaving = True

    def take(self) -> list[RunningJob[Given]]:
        """The jobs to ask for now, and those to fetch."""
        if self._is_leaving:
            self._leave(self.schedule.drop_scheduled())
            return []
        return self.schedule.take()

    def start(self, submitted: Submitted[Given], price: Decimal) -> None:
        """Wait for a job that was just submitted, and that counts with a price until its cost is known."""
        ends = None if self.longest is None else submitted.sent_at + self.longest
        since = self.schedule.clock()
        job = RunningJob(planned=submitted.planned, handle=submitted.handle, since=since, ends=ends, reserved=price)
        self.schedule.add(job, self.schedule.wait(0.0))

    def go_on(self, asked: Asked[Given]) -> bool:
        """Draw the conclusions from an answer: fetch the job next, or ask again, or wait for it no longer.

        Returns:
            Whether it is still waited for.
        """
        if asked.was_answered:
            self._unasked.discard(asked.job.planned.index)
        if asked.is_done:
            self.schedule.is_done(asked.job)
            return True
        is_over = self.spec is not None and fails_by_image_host(self.spec, asked.error)
        if is_over:
            self.schedule.settled(asked.job)
        elif self.schedule.goes_on(asked.job, max(asked.wait, getattr(asked.error, "retry_after", None) or 0.0)):
            return True
        self._unasked.discard(asked.job.planned.index)
        self._leave([asked.job], asked.error)
        return False

    def give_up(self) -> None:
        """Wait for no job any longer, not even for the answers to questions that were asked."""
        self._leave(self.schedule.drop_all())

    def settle(self, job: RunningJob[Given], *, collected: bool) -> None:
        """A job has its outcome."""
        self.schedule.settled(job)
        self._unasked.discard(job.planned.index)
        self._unlisted -= not job.is_listed
        self.collected += collected and job.is_listed and not job.is_own
        self.others += collected and not job.is_listed

    def expire(self, job: RunningJob[Given]) -> None:
        """List a job that could not be had any more."""
        if job.is_listed:
            self.expired.append(_with_entry(job, "expired"))

    def would_fail_all(self, error: BaseException | None) -> bool:
        """Whether any further question would fail in the same way, about whatever job."""
        if self.spec is not None and fails_by_image_host(self.spec, error):
            return False
        if isinstance(error, NotSentError):
            return error.permanent
        if self.spec is not None and isinstance(error, StatusError):
            links = (self.spec.status, self.spec.result)
            return any(link is not None and link.operation.stops_batch(error) for link in links)
        return isinstance(error, (ConfigurationError, RedirectRefusedError))

    def _leave(self, jobs: Sequence[RunningJob[Given]], error: BaseException | None = None) -> None:
        self._left += [_with_entry(job, "submitted", error) for job in jobs if job.is_listed]
        self._unlisted -= sum(not job.is_listed for job in jobs)


def _is_refused(error: BaseException | None) -> bool:
    return isinstance(error, StatusError) and error.temporary


def _with_entry(
    job: RunningJob[Given], status: EntryStatus, error: BaseException | None = None
) -> PlannedRequest[Given]:
    """The request of a job, with what the journal says of it, and why its image could not be fetched."""
    body: Any = job.planned.sending.json
    entry = JournalEntry(key=job.planned.key, status=status, request=body, job_id=job.job_id)
    if error is not None and job.is_done:
        entry = evolve(entry, error=type(error).__name__, message=str(error))
    return evolve(job.planned, entry=entry)
