"""A running batch: what is sent next, what is written down, and when it ends."""

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Generic, TypeVar

from attrs import define, field

from ..base.errors import (
    APIError,
    BudgetExhaustedError,
    ConfigurationError,
    JournalError,
    NotSavedError,
    NotSentError,
    RedirectRefusedError,
    ResponseError,
)
from ..base.wording import one_line, reason
from ..client.many import Job, Outcome
from .image_store import ImageStore
from .item_results import ItemResult
from .journal import Journal
from .planning import BatchPlan, PlannedRequest
from .report import BatchSummary, Progress
from .throttle import Throttle
from .tunables import MAX_CONSECUTIVE_FAILURES, MAX_PUT_BACKS

Given = TypeVar("Given")
Got = TypeVar("Got")


@define
class BatchRun(Generic[Given, Got]):
    """One run. It decides and writes down; threads or tasks around it send.

    Args:
        job: What is called.
        plan: What to send, and what not.
        journal: Where that is written down.
        store: Where the images go.
        throttle: How fast it sends.
    """

    job: Job[Given, Got]
    plan: BatchPlan[Given]
    journal: Journal
    store: ImageStore
    throttle: Throttle
    stopped: str | None = field(default=None, init=False)
    defect: BaseException | None = field(default=None, init=False)
    _started_at: float = field(factory=time.monotonic, init=False)
    _waiting: deque[PlannedRequest[Given]] = field(init=False)
    _put_back: Counter[str] = field(factory=Counter[str], init=False)
    _in_flight: int = field(default=0, init=False)
    _has_sent: bool = field(default=False, init=False)
    _consecutive_failures: int = field(default=0, init=False)
    _done: int = field(default=0, init=False)
    _spent: Decimal = field(default=Decimal(0), init=False)
    _remaining: Decimal | None = field(default=None, init=False)
    _failures: list[Outcome[Given, Got]] = field(factory=list[Outcome[Given, Got]], init=False)
    _unknown: list[PlannedRequest[Given]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._waiting = deque(self.plan.to_send)
        self._unknown = list(self.plan.unknown)

    @property
    def is_active(self) -> bool:
        """Whether anything is in flight, or still to be sent."""
        return bool(self._in_flight or (self._waiting and self.stopped is None))

    @property
    def poll_timeout(self) -> float | None:
        """Seconds to wait for a result before the next call of `next_requests`; None is as long as it takes."""
        if not self.is_active:
            return 0.0
        is_full = self._in_flight >= self.throttle.allowed
        return None if is_full or self.stopped is not None or not self._waiting else self.throttle.pause

    def next_requests(self) -> Sequence[PlannedRequest[Given]]:
        """The requests to send now. They are in the journal already, and that is on disk."""
        if self.stopped is not None or self.throttle.pause > 0:
            return ()
        room = min(max(0, self.throttle.allowed - self._in_flight), len(self._waiting))
        if room and not self.store.has_room(self._in_flight + room):
            self.stop(f"the disk of {one_line(str(self.store.path))} is full: images would be paid for and lost")
            return ()
        chosen = [self._waiting.popleft() for _ in range(room)]
        try:
            for planned in chosen:
                self.journal.write("sending", key=planned.key, request=planned.sending.json)
            if chosen:
                self.journal.sync()
        except OSError as error:
            # Requests that are in the journal and were not sent are listed as unknown from now on: on the safe side.
            self._waiting.extendleft(reversed(chosen))
            self._fail_writing(error)
            return ()
        self._in_flight += len(chosen)
        self._has_sent = self._has_sent or bool(chosen)
        return chosen

    def settle(self, results: Sequence[ItemResult[Given]]) -> None:
        """Write down the results of requests, and draw the conclusions."""
        self._in_flight -= len(results)
        for result in results:
            self._count(result)
            self._conclude(result)
        # Each on its own: a full disk that does not take one line may take the next.
        if any(result.file for result in results):
            self._try(self.store.sync)
        for result in results:
            self._try(partial(self._write, result))
        if results:
            self._try(self.journal.sync)

    def stop(self, reason: str) -> None:
        """Send nothing new, and wait for what is in flight."""
        self.stopped = self.stopped or reason

    def fail(self, defect: BaseException) -> None:
        """Send nothing new, and let the run end with this exception once what is in flight has been written down."""
        self.defect = self.defect or defect
        self.stop(f"{type(defect).__name__}: {one_line(str(defect))}")

    def report(self, progress: Callable[[Progress], object] | None) -> None:
        """Report to the caller how far the run is."""
        if progress is None or self.defect is not None:
            return
        try:
            progress(self._progress())
        except Exception as error:
            self.fail(error)

    def summary(self) -> BatchSummary[Given]:
        """How it ended.

        Raises:
            NotSavedError: Images were paid for that are not in the folder. The error has the bytes of all of them.
            JournalError: The journal could not be written.
            BaseException: What else made it fail: a defect.
        """
        if self.defect is not None:
            raise self.defect
        progress = self._progress()
        return BatchSummary(
            total=progress.total,
            done=progress.done,
            from_disk=progress.from_disk,
            failed=progress.failed,
            left=len(self._waiting),
            duplicates=len(self.plan.duplicates),
            spent=progress.spent,
            remaining_credits=progress.remaining_credits,
            seconds=progress.seconds,
            stopped=self.stopped,
            failures=tuple(sorted(self._failures, key=lambda outcome: outcome.index)),
            unknown=tuple(sorted(self._unknown, key=lambda planned: planned.index)),
            rejected=self.plan.rejected,
            missing=self.plan.missing,
        )

    def _progress(self) -> Progress:
        plan = self.plan
        return Progress(
            total=sum(map(len, (plan.to_send, plan.already_done, plan.unknown, plan.rejected, plan.missing))),
            done=self._done,
            from_disk=len(plan.already_done),
            failed=len(self._failures) + len(plan.rejected),
            unknown=len(self._unknown),
            missing=len(plan.missing),
            in_flight=self._in_flight,
            spent=self._spent,
            remaining_credits=self._remaining,
            seconds=round(time.monotonic() - self._started_at, 3),
        )

    def _count(self, result: ItemResult[Given]) -> None:
        self._spent += result.cost(self.job.operation)
        if result.remaining_credits is not None:
            self._remaining = result.remaining_credits
        if result.error is None:
            self._done += 1
            self._consecutive_failures = 0
            self.throttle.accepted()

    def _conclude(self, result: ItemResult[Given]) -> None:
        planned, error = result.planned, result.error
        if result.lost is not None:
            self._lose(result.lost)
        if error is None:
            return
        if isinstance(error, _NEVER_SENT):
            self._waiting.appendleft(planned)
        elif _is_retryable(error) and self._put_back[planned.key] < MAX_PUT_BACKS:
            self._put_back[planned.key] += 1
            self._waiting.append(planned)
            self.throttle.rejected(result.sent_at, getattr(error, "retry_after", None))
        else:
            self._count_failure(planned, error, result.billed)
        if not isinstance(error, APIError):
            self.fail(error)
        elif self._would_fail_all(error):
            self.stop(f"{type(error).__name__}: {one_line(str(error))}")
        elif self._consecutive_failures >= max(MAX_CONSECUTIVE_FAILURES, self.throttle.most):
            self.stop(
                f"{self._consecutive_failures} requests in a row without an image, the last one: {type(error).__name__}"
            )

    def _count_failure(self, planned: PlannedRequest[Given], error: BaseException, billed: bool | None) -> None:
        self._consecutive_failures += 1
        if billed is None:
            self._unknown.append(planned)
        elif isinstance(error, APIError):
            self._failures.append(Outcome(index=planned.index, request=planned.request, error=error))

    def _would_fail_all(self, error: APIError) -> bool:
        """Whether any further request would fail in the same way."""
        if isinstance(error, ResponseError) and self.job.operation.stops_batch(error):
            return True
        if isinstance(error, NotSentError) and error.permanent:
            return True
        return isinstance(error, (*_NEVER_SENT, RedirectRefusedError))

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            self._fail_writing(error)

    def _fail_writing(self, error: OSError) -> None:
        self.fail(JournalError(str(self.journal.path), reason(error), sent=self._has_sent))

    def _lose(self, lost: NotSavedError) -> None:
        """End the run with the errors of all images that were lost: each has bytes that were paid for."""
        if isinstance(self.defect, NotSavedError):
            self.defect.others += (lost,)
            return
        lost.__cause__, self.defect = self.defect, None
        self.fail(lost)

    def _write(self, result: ItemResult[Given]) -> None:
        # An image that is in the folder under another name is there.
        failure = result.error or (result.lost if result.file is None else None)
        known = {"key": result.planned.key, "file": result.file, "seconds": result.seconds, **result.facts}
        if failure is None:
            self.journal.write("done", **known)
            return
        reported = {"error": type(failure).__name__, "message": str(failure), "billed": result.billed}
        self.journal.write("unknown" if result.billed is None else "failed", **known, **reported)


def _is_retryable(error: BaseException) -> bool:
    return isinstance(error, APIError) and error.outcome == "retryable"


_NEVER_SENT = (BudgetExhaustedError, ConfigurationError)
