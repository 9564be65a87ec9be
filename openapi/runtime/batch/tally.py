"""What has become of the requests of a running batch, in numbers and lists."""

import time
from decimal import Decimal
from typing import Any, Generic, TypeVar

from attrs import define, evolve, field

from ..base.errors import APIError
from ..client.outcomes import FailedOutcome
from ..spec.operation import Operation
from .history import JournalEntry
from .item_results import ItemResult
from .jobs_in_flight import JobsInFlight
from .planning import BatchPlan, PlannedRequest
from .report import BatchSummary, ImageNote, Progress

Given = TypeVar("Given")


@define
class Tally(Generic[Given]):
    """The tally of a run.

    Args:
        plan: What it was to send.
        operation: What its requests call.
        jobs: Those that were submitted.

    Attributes:
        done: Images that it has bought or collected so far.
    """

    plan: BatchPlan[Given]
    operation: Operation[Any]
    jobs: JobsInFlight[Given]
    done: int = field(default=0, init=False)
    _started_at: float = field(factory=time.monotonic, init=False)
    _spent: Decimal = field(default=Decimal(0), init=False)
    _remaining: Decimal | None = field(default=None, init=False)
    _failures: list[FailedOutcome[Given]] = field(factory=list[FailedOutcome[Given]], init=False)
    _unknown: list[PlannedRequest[Given]] = field(factory=list[PlannedRequest[Given]], init=False)
    _notes: list[ImageNote] = field(factory=list[ImageNote], init=False)

    def submitted(self, planned: PlannedRequest[Given]) -> Decimal:
        """Count a job with its price until its cost is known, and return that price."""
        price = self.operation.images(planned.sending) * (self.operation.price or Decimal(0))
        self._spent += price
        return price

    def ended(self, result: ItemResult[Given]) -> None:
        """Count what a request cost, and its image."""
        job = result.job
        # What a job of an earlier run cost belongs to that run, and what an expired one cost is not known.
        if job is None or (job.is_own and result.billed is not None):
            self._spent += result.cost(self.operation) - (job.reserved if job is not None else 0)
        if result.remaining_credits is not None:
            self._remaining = result.remaining_credits
        if result.error is None and result.planned.index >= 0:
            self.done += 1
            index = result.planned.index
            self._notes += [ImageNote(index=index, code=one.code, message=one.message) for one in result.warnings]

    def failed(self, planned: PlannedRequest[Given], error: BaseException, billed: bool | None) -> None:
        """List a request that brought no image, unless it was one of an earlier run only."""
        if planned.index < 0:
            return
        if billed is None:
            self._unknown.append(evolve(planned, entry=_entry(planned, error)))
        elif isinstance(error, APIError):
            self._failures.append(FailedOutcome(index=planned.index, request=planned.request, error=error))

    def progress(
        self,
        *,
        in_flight: int,
        wait_notice: str | None = None,
        stopped: str | None = None,
        seconds_left: float | None = None,
    ) -> Progress:
        """How far the run is. The arguments are those of `Progress`."""
        plan = self.plan
        done_before = (plan.already_done, plan.unknown, plan.rejected, plan.missing, plan.expired)
        return Progress(
            total=sum(map(len, (plan.to_send, plan.submitted, *done_before))),
            done=self.done,
            from_disk=len(plan.already_done),
            failed=len(self._failures) + len(plan.rejected),
            unknown=len(plan.unknown) + len(self._unknown),
            missing=len(plan.missing),
            submitted=self.jobs.submitted if self.jobs.spec is not None else len(plan.submitted),
            expired=len(plan.expired) + len(self.jobs.expired),
            in_flight=in_flight,
            spent=self._spent,
            remaining_credits=self._remaining,
            seconds=round(time.monotonic() - self._started_at, 3),
            wait_notice=wait_notice,
            stopped=stopped,
            seconds_left=None if seconds_left is None else round(seconds_left, 1),
        )

    def summary(self, *, left: int, stopped: str | None) -> BatchSummary[Given]:
        """How the run ended.

        Args:
            left: How many requests were not sent.
            stopped: Why it ended early, or None.
        """
        plan, progress = self.plan, self.progress(in_flight=0)
        # A package without jobs leaves those of a journal alone.
        submitted = self.jobs.left if self.jobs.spec is not None else plan.submitted
        return BatchSummary(
            total=progress.total,
            done=progress.done,
            from_disk=progress.from_disk,
            failed=progress.failed,
            collected=self.jobs.collected,
            others=self.jobs.others,
            left=left,
            duplicates=len(plan.duplicates),
            spent=progress.spent,
            remaining_credits=progress.remaining_credits,
            seconds=progress.seconds,
            stopped=stopped,
            failures=tuple(sorted(self._failures, key=lambda outcome: outcome.index)),
            unknown=tuple(sorted((*plan.unknown, *self._unknown), key=lambda planned: planned.index)),
            rejected=plan.rejected,
            missing=plan.missing,
            submitted=tuple(sorted(submitted, key=lambda planned: planned.index)),
            expired=tuple(sorted((*plan.expired, *self.jobs.expired), key=lambda planned: planned.index)),
            warnings=tuple(sorted(self._notes, key=lambda note: note.index)),
        )


def _entry(planned: PlannedRequest[Any], error: BaseException) -> JournalEntry:
    """What the journal says of a request whose outcome is unknown."""
    body: Any = planned.sending.json
    name, message = type(error).__name__, str(error)
    return JournalEntry(key=planned.key, status="unknown", request=body, error=name, message=message)
