# @generated from openapi/runtime/batch/run.py by `make generate`. Do not edit: change that file.
"""A running batch: what is sent next, what is written down, and when it ends."""

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from http import HTTPStatus
from typing import Generic, TypeVar

from attrs import asdict, define, field

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
from ..base.unset import UNSET, Unset
from ..base.wording import duration, one_line, reason
from ..client.many import CallTemplate, Outcome
from ..client.results import OnMismatch
from ..client.wait_notice import wait_notice
from .image_store import ImageStore
from .item_results import ItemResult, cut_off
from .journal import Journal
from .planning import BatchPlan, PlannedRequest
from .report import BatchSummary, ImageNote, Progress
from .throttle import Throttle
from .tunables import COUNTDOWN_POLL, MAX_CONNECT_WAIT, MAX_CONSECUTIVE_FAILURES, MAX_PUT_BACKS, SHORTEST_LOGGED

Given = TypeVar("Given")
Got = TypeVar("Got")


@define
class BatchRun(Generic[Given, Got]):
    """One run. It decides and writes down; threads or tasks around it send.

    Args:
        template: What is called.
        plan: What to send, and what not.
        journal: Where that is written down.
        store: Where the images go.
        throttle: How fast it sends.
        max_wait: Seconds without any request that the service takes, after which it ends.
        log: The log of the client.
        on_mismatch: What becomes of an image other than requested, or UNSET for what the client does.
    """

    template: CallTemplate[Given, Got]
    plan: BatchPlan[Given]
    journal: Journal
    store: ImageStore
    throttle: Throttle
    max_wait: float
    log: logging.Logger
    on_mismatch: OnMismatch | Unset = UNSET
    stopped: str | None = field(default=None, init=False)
    defect: BaseException | None = field(default=None, init=False)
    _started_at: float = field(factory=time.monotonic, init=False)
    _waiting: deque[PlannedRequest[Given]] = field(init=False)
    _put_back: Counter[str] = field(factory=Counter[str], init=False)
    _done_at_put_back: dict[str, int] = field(factory=dict[str, int], init=False)
    _in_flight: dict[int, tuple[PlannedRequest[Given], float]] = field(
        factory=dict[int, tuple[PlannedRequest[Given], float]], init=False
    )
    _has_sent: bool = field(default=False, init=False)
    _cut_off_at: float | None = field(default=None, init=False)
    _was_answered: bool = field(default=False, init=False)
    _last_rejection: APIError | None = field(default=None, init=False)
    _consecutive_failures: int = field(default=0, init=False)
    _done: int = field(default=0, init=False)
    _spent: Decimal = field(default=Decimal(0), init=False)
    _remaining: Decimal | None = field(default=None, init=False)
    _failures: list[Outcome[Given, Got]] = field(factory=list[Outcome[Given, Got]], init=False)
    _unknown: list[PlannedRequest[Given]] = field(init=False)
    _notes: list[ImageNote] = field(factory=list[ImageNote], init=False)

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
        if self.stopped is not None:
            return None if self._cut_off_at is None else max(0.0, self._cut_off_at - time.monotonic())
        if not self._waiting or len(self._in_flight) >= self.throttle.allowed:
            return None
        return min(self.throttle.pause, COUNTDOWN_POLL) if self.throttle.hold else self.throttle.pause

    @property
    def is_overdue(self) -> bool:
        """Whether requests are in flight although their grace period is over."""
        return self._cut_off_at is not None and time.monotonic() >= self._cut_off_at and self.is_active

    def next_requests(self) -> Sequence[PlannedRequest[Given]]:
        """The requests to send now. They are in the journal already, and that is on disk."""
        if not self._waiting or not self._may_send(0):
            return ()
        room = min(self.throttle.allowed - len(self._in_flight), len(self._waiting))
        if not self.store.has_room(len(self._in_flight) + room):
            self.stop(f"the disk of {one_line(str(self.store.path))} is full: images would be paid for and lost")
            return ()
        chosen: list[PlannedRequest[Given]] = []
        while self._waiting and self._may_send(len(chosen)):
            chosen.append(self._waiting.popleft())
            self.throttle.sent()
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
        now = time.monotonic()
        self._in_flight |= {planned.index: (planned, now) for planned in chosen}
        self._has_sent = self._has_sent or bool(chosen)
        return chosen

    def _may_send(self, further: int) -> bool:
        has_room = len(self._in_flight) + further < self.throttle.allowed
        return has_room and self.stopped is None and self.throttle.pause <= 0

    def settle(self, results: Sequence[ItemResult[Given]]) -> None:
        """Write down the results of requests, and draw the conclusions."""
        for result in results:
            self._in_flight.pop(result.planned.index, None)
            self._count(result)
            self._conclude(result)
        # Each on its own: a full disk that does not take one line may take the next.
        if any(result.file for result in results):
            self._try(self.store.sync)
        for result in results:
            self._try(partial(self._write, result))
        if results:
            self._try(self.journal.sync)

    def stop(self, reason: str, grace_period: float | None = None) -> None:
        """Send nothing new, and wait for what is in flight.

        Args:
            reason: Why, as the summary says it.
            grace_period: Seconds after which what is then in flight is given up; None for no limit.
        """
        self.stopped = self.stopped or reason
        if grace_period is not None:
            self._cut_off_at = time.monotonic() + grace_period

    def cut_off(self) -> None:
        """Write down that nobody waits for what is in flight: it may have been billed."""
        self.settle([cut_off(planned, at, f"{self.stopped}") for planned, at in list(self._in_flight.values())])

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
            warnings=tuple(sorted(self._notes, key=lambda note: note.index)),
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
            in_flight=len(self._in_flight),
            spent=self._spent,
            remaining_credits=self._remaining,
            seconds=round(time.monotonic() - self._started_at, 3),
            wait_notice=self._wait_notice,
        )

    @property
    def _wait_notice(self) -> str | None:
        hold = self.throttle.hold
        is_waiting = hold > 0 and self._waiting and self.stopped is None
        return wait_notice(self._last_rejection, hold) if is_waiting else None

    def _count(self, result: ItemResult[Given]) -> None:
        self._spent += result.cost(self.template.operation)
        if result.remaining_credits is not None:
            self._remaining = result.remaining_credits
        if result.error is None:
            self._done += 1
            index = result.planned.index
            self._notes += [ImageNote(index=index, code=one.code, message=one.message) for one in result.warnings]
            self._consecutive_failures = 0
            self.throttle.accepted()

    def _conclude(self, result: ItemResult[Given]) -> None:
        planned, error = result.planned, result.error
        self._was_answered = self._was_answered or not isinstance(error, (NotSentError, *_NEVER_SENT))
        if result.lost is not None:
            self._lose(result.lost)
        if error is None:
            return
        if isinstance(error, _NEVER_SENT):
            self._waiting.appendleft(planned)
        elif isinstance(error, APIError) and _is_temporary(error) and self._can_put_back(planned.key):
            self._waiting.append(planned)
            self._wait_for(error, result.sent_at)
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

    def _can_put_back(self, key: str) -> bool:
        # While none is taken, that says nothing about a single one.
        if self._done_at_put_back.get(key) != self._done:
            self._put_back[key] += 1
            self._done_at_put_back[key] = self._done
        return self._put_back[key] <= MAX_PUT_BACKS

    def _wait_for(self, error: APIError, sent_at: float) -> None:
        """Slow down, or end the run if the service has taken nothing for too long."""
        self._last_rejection, held = error, self.throttle.hold
        slow_down = self.throttle.rejected if _is_rate_limit(error) else self.throttle.unavailable
        slow_down(sent_at, getattr(error, "retry_after", None))
        if self.throttle.hold > held + SHORTEST_LOGGED:
            self.log.info("batch: %s", wait_notice(error, self.throttle.hold))
        limit = self.max_wait if self._was_answered else min(self.max_wait, MAX_CONNECT_WAIT)
        if self.throttle.outage >= limit:
            self.stop(f"no request was taken for {duration(limit)}, the last one: {one_line(str(error))}")

    def _count_failure(self, planned: PlannedRequest[Given], error: BaseException, billed: bool | None) -> None:
        self._consecutive_failures += 1
        if billed is None:
            self._unknown.append(planned)
        elif isinstance(error, APIError):
            self._failures.append(Outcome(index=planned.index, request=planned.request, error=error))

    def _would_fail_all(self, error: APIError) -> bool:
        """Whether any further request would fail in the same way."""
        if isinstance(error, ResponseError) and self.template.operation.stops_batch(error):
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
        if result.warnings:
            known["warnings"] = [asdict(one) for one in result.warnings]
        if failure is None:
            self.journal.write("done", **known)
            return
        reported = {"error": type(failure).__name__, "message": str(failure), "billed": result.billed}
        self.journal.write("unknown" if result.billed is None else "failed", **known, **reported)


def _is_temporary(error: APIError) -> bool:
    """Whether nothing was bought, and the same request may be taken in a moment."""
    return error.outcome == "retryable" or (isinstance(error, NotSentError) and not error.permanent)


def _is_rate_limit(error: APIError) -> bool:
    return isinstance(error, ResponseError) and error.status_code == HTTPStatus.TOO_MANY_REQUESTS


_NEVER_SENT = (BudgetExhaustedError, ConfigurationError)
