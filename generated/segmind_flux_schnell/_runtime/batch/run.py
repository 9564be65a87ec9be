# @generated from openapi/runtime/batch/run.py by `make generate`. Do not edit: change that file.
"""A running batch: what is sent next, what is written down, and when it ends."""

import logging
import time
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from attrs import define, field

from ..base.errors import APIError, JobExpiredError, JournalError, NotSentError
from ..base.unset import UNSET, Unset
from ..base.wording import one_line, reason
from ..client.results import OnMismatch
from ..client.wait_notice import wait_notice
from ..spec.operation import Operation
from .defect import Defect
from .failures import NEVER_SENT, EarlyEnd, PutBacks, is_rate_limit, is_temporary, named
from .image_store import ImageStore
from .item_results import ItemResult, cut_off
from .jobs_in_flight import Asked, JobsInFlight, Submitted
from .journal import Journal
from .journal_lines import journal_line, kept_until
from .planning import BatchPlan, PlannedRequest
from .polling import RunningJob
from .report import BatchSummary, Progress
from .tally import Tally
from .throttle import Throttle
from .time_left import TimeLeft
from .tunables import COUNTDOWN_POLL, SHORTEST_LOGGED

Given = TypeVar("Given")


@define
class BatchRun(Generic[Given]):
    """One run. It decides and writes down; threads or tasks around it send.

    Args:
        operation: What its requests call: the operation itself, or the submit of its jobs.
        plan: What to send, and what not.
        journal: Where that is written down.
        store: Where the images go.
        throttle: How fast it sends.
        jobs: Those that were submitted, by this run or an earlier one, and when they are asked for.
        max_wait: Seconds without any request that the service takes, after which it ends.
        log: The log of the client.
        on_mismatch: What to do with an image that differs from the request, or UNSET for the client's choice.
    """

    operation: Operation[Any]
    plan: BatchPlan[Given]
    journal: Journal
    store: ImageStore
    throttle: Throttle
    jobs: JobsInFlight[Given]
    max_wait: float
    log: logging.Logger
    on_mismatch: OnMismatch | Unset = UNSET
    stopped: str | None = field(default=None, init=False)
    _waiting: deque[PlannedRequest[Given]] = field(init=False)
    _in_flight: dict[int, tuple[PlannedRequest[Given], float]] = field(
        factory=dict[int, tuple[PlannedRequest[Given], float]], init=False
    )
    _has_sent: bool = field(default=False, init=False)
    _cut_off_at: float | None = field(default=None, init=False)
    _last_rejection: APIError | None = field(default=None, init=False)
    _reports: bool = field(default=False, init=False)
    _tally: Tally[Given] = field(init=False)
    _time_left: TimeLeft = field(init=False)
    _early_end: EarlyEnd = field(init=False)
    _put_backs: PutBacks = field(factory=PutBacks, init=False)
    _defect: Defect = field(factory=Defect, init=False)

    def __attrs_post_init__(self) -> None:
        self._waiting = deque(self.plan.to_send)
        self._tally = Tally(self.plan, self.operation, self.jobs)
        self._time_left = TimeLeft(self.throttle)
        self._early_end = EarlyEnd(self.operation, self.throttle.most, self.max_wait)

    @property
    def is_active(self) -> bool:
        """Whether anything is in flight, or still to be sent."""
        return bool(self._in_flight or self.jobs or (self._waiting and self.stopped is None))

    @property
    def poll_timeout(self) -> float | None:
        """Seconds to wait for a result before the next call of `next_requests`; None is as long as it takes."""
        if not self.is_active:
            return 0.0
        waits = [COUNTDOWN_POLL] if self._reports else []
        if self._cut_off_at is not None:
            waits.append(max(0.0, self._cut_off_at - time.monotonic()))
        if self.stopped is None and self._waiting and not self.jobs.come_first and self._room > 0:
            waits.append(self._countdown(self.throttle.pause, self.throttle.hold))
        pause = self.jobs.schedule.pause
        if pause is not None:
            waits.append(self._countdown(pause, self.jobs.schedule.throttle.hold))
        return min(waits, default=None)

    @property
    def is_overdue(self) -> bool:
        """Whether requests are in flight although their grace period is over."""
        return self._cut_off_at is not None and time.monotonic() >= self._cut_off_at and self.is_active

    @property
    def _room(self) -> int:
        """How many more requests may be in flight. A job is in flight until it is collected."""
        return self.throttle.allowed - len(self._in_flight) - len(self.jobs)

    @staticmethod
    def _countdown(pause: float, hold: float) -> float:
        return min(pause, COUNTDOWN_POLL) if hold else pause

    def next_jobs(self) -> Sequence[RunningJob[Given]]:
        """The jobs to ask for now, and those to fetch."""
        if self.jobs and not self._has_room(len(self._in_flight) + self.jobs.schedule.asked + 1):
            return ()
        return self.jobs.take()

    def next_requests(self) -> Sequence[PlannedRequest[Given]]:
        """The requests to send now. They are in the journal already, and that is on disk."""
        if not self._waiting or not self._may_send(0):
            return ()
        if not self._has_room(len(self._in_flight) + len(self.jobs) + min(self._room, len(self._waiting))):
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

    def _has_room(self, images: int) -> bool:
        """Whether the disk takes so many images. If not, the run ends."""
        if self.store.has_room(images):
            return True
        full = f"the disk of {one_line(str(self.store.path))} is full: images would be paid for and lost"
        self.stop(full, leaves_jobs=True)
        return False

    def _may_send(self, further: int) -> bool:
        may_submit = self._room > further and not self.jobs.come_first
        return may_submit and self.stopped is None and self.throttle.pause <= 0

    def settle(self, results: Sequence[ItemResult[Given] | Submitted[Given] | Asked[Given]]) -> None:
        """Write down the results of requests and of questions about jobs, and draw the conclusions."""
        submitted = [result for result in results if isinstance(result, Submitted)]
        ended = [result for result in results if isinstance(result, ItemResult)]
        # First, since nothing of a job may follow before its id is on disk.
        if submitted:
            self._note_jobs(submitted)
        for asked in results:
            if isinstance(asked, Asked):
                self._conclude_asked(asked)
        for result in ended:
            self._in_flight.pop(result.planned.index, None)
            self._count(result)
            self._conclude(result)
        # Each on its own: a full disk that does not take one line may take the next.
        if any(result.file for result in ended):
            self._try(self.store.sync)
        for result in ended:
            self._try(partial(self._write, result))
        if ended:
            self._try(self.journal.sync)

    def stop(self, reason: str, grace_period: float | None = None, *, leaves_jobs: bool = False) -> None:
        """Send nothing new, and wait for what is in flight.

        Args:
            reason: Why, as the summary says it.
            grace_period: Seconds after which what is then in flight is given up; None for no limit.
            leaves_jobs: Whether jobs are not waited for: their ids are in the journal, and the next run collects them.
        """
        if leaves_jobs:
            self.jobs.leave()
        self.stopped = self.stopped or reason
        if grace_period is not None:
            self._cut_off_at = time.monotonic() + grace_period

    def cut_off(self) -> None:
        """Record that nothing waits for what is in flight: it may have been billed."""
        self.jobs.give_up()
        self.settle([cut_off(planned, at, f"{self.stopped}") for planned, at in list(self._in_flight.values())])

    @property
    def interrupted(self) -> str:
        """What happens to the requests in flight if nothing waits for them any longer."""
        count = len(self._in_flight)
        jobs = " The next run collects the active jobs." if self.jobs else ""
        if not count:
            return f"The batch was interrupted with no request in flight.{jobs}"
        requests = "1 request" if count == 1 else f"{count} requests"
        unknown = "which may have been billed: the next run lists them as unknown"
        return f"The batch was interrupted with {requests} in flight, {unknown}.{jobs}"

    def fail(self, defect: BaseException) -> None:
        """Send nothing new, and let the run end with this exception once what is in flight has been written down."""
        self._defect.add(defect)
        self.stop(named(defect), leaves_jobs=True)

    def report(self, progress: Callable[[Progress], object] | None) -> None:
        """Report to the caller how far the run is."""
        self._reports = progress is not None
        if progress is None or self._defect.error is not None:
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
        if self._defect.error is not None:
            raise self._defect.error
        return self._tally.summary(left=len(self._waiting), stopped=self.stopped)

    def _progress(self) -> Progress:
        return self._tally.progress(
            in_flight=len(self._in_flight) + len(self.jobs),
            wait_notice=self._wait_notice,
            stopped=self.stopped,
            seconds_left=self._seconds_left,
        )

    @property
    def _seconds_left(self) -> float | None:
        now = self.throttle.clock()
        ages = [now - sent_at for _, sent_at in self._in_flight.values()]
        ages += [now - job.since for job in self.jobs.schedule.jobs]
        return self._time_left.seconds(waiting=len(self._waiting) if self.stopped is None else 0, ages=ages)

    @property
    def _wait_notice(self) -> str | None:
        hold = self.throttle.hold if self._waiting and self.stopped is None else 0.0
        hold = max(hold, self.jobs.schedule.throttle.hold if self.jobs else 0.0)
        return wait_notice(self._last_rejection, hold) if hold > 0 else None

    def _note_jobs(self, submitted: Sequence[Submitted[Given]]) -> None:
        """Bring the ids of jobs to the disk, and wait for them from then on."""
        failure = None
        for one in submitted:
            try:
                job_id = str(one.handle.request_id)
                self.journal.write("submitted", key=one.planned.key, job_id=job_id, **kept_until(one.handle))
            except OSError as error:
                failure = error
        try:
            self.journal.sync()
        except OSError as error:
            failure = error
        if failure is not None:
            self._fail_writing(failure, [str(one.handle.request_id) for one in submitted])
        for one in submitted:
            del self._in_flight[one.planned.index]
            self._early_end.was_answered = True
            self.throttle.accepted()
            self.jobs.start(one, self._tally.submitted(one.planned))

    def _conclude_asked(self, asked: Asked[Given]) -> None:
        error, throttle = asked.error, self.jobs.schedule.throttle
        self._early_end.was_answered |= asked.was_answered
        if error is None:
            throttle.accepted()
        elif isinstance(error, APIError) and asked.slows_down:
            self._wait_for(error, asked.sent_at, throttle)
        is_waited_for = self.jobs.go_on(asked)
        if not is_waited_for and asked.job.is_done:
            # Its image is paid for and can be collected later; if no image can be had, no further one is bought.
            self._early_end.consecutive_failures += 1
        if error is not None and not isinstance(error, (APIError, CancelledError)):
            self.fail(error)
        elif error is not None and self.jobs.would_fail_all(error):
            self.stop(named(error), leaves_jobs=True)
        elif error is not None and not is_waited_for:
            self._stop_for(self._early_end.by_failures_in_a_row(error))

    def _count(self, result: ItemResult[Given]) -> None:
        self._tally.ended(result)
        # How long a job of an earlier run took is not known.
        if result.job is None or result.job.is_own:
            self._measure(result)
        if result.job is not None:
            self.jobs.settle(result.job, collected=result.error is None)
        if result.error is None:
            self._early_end.consecutive_failures = 0
            if result.job is None:
                self.throttle.accepted()

    def _measure(self, result: ItemResult[Given]) -> None:
        if result.error is None or not (isinstance(result.error, NEVER_SENT) or is_temporary(result.error)):
            self._time_left.finished(result.seconds, with_image=result.error is None)

    def _conclude(self, result: ItemResult[Given]) -> None:
        planned, error = result.planned, result.error
        if not isinstance(error, (NotSentError, *NEVER_SENT)):
            self._early_end.was_answered = True
        if result.lost is not None:
            self._defect.add_lost(result.lost)
            self.stop(named(result.lost), leaves_jobs=True)
        if error is None:
            return
        if isinstance(error, JobExpiredError) and result.job is not None:
            self.jobs.expire(result.job)
            return
        if isinstance(error, NEVER_SENT):
            self._waiting.appendleft(planned)
        elif is_temporary(error) and self._put_backs.allow(planned.key, self._tally.done):
            self._waiting.append(planned)
            self._wait_for(error, result.sent_at, self.throttle)
        else:
            self._count_failure(planned, error, result.billed)
        if not isinstance(error, APIError):
            self.fail(error)
        else:
            of_all = self._early_end.by_failure(error) if result.job is None else None
            self._stop_for(of_all or self._early_end.by_failures_in_a_row(error))

    def _stop_for(self, reason: str | None) -> None:
        if reason is not None:
            self.stop(reason)

    def _wait_for(self, error: APIError, sent_at: float, throttle: Throttle) -> None:
        """Slow down, or end the run if the service has taken nothing for too long."""
        self._last_rejection, held = error, throttle.hold
        slow_down = throttle.rejected if is_rate_limit(error) else throttle.unavailable
        slow_down(sent_at, getattr(error, "retry_after", None))
        if throttle.hold > held + SHORTEST_LOGGED:
            self.log.info("batch: %s", wait_notice(error, throttle.hold))
        stopped = self._early_end.by_outage(error, throttle.outage)
        if stopped is not None:
            # Jobs stay active even if the service takes no further ones.
            self.stop(stopped, leaves_jobs=throttle is not self.throttle)

    def _count_failure(self, planned: PlannedRequest[Given], error: BaseException, billed: bool | None) -> None:
        self._early_end.consecutive_failures += 1
        self._tally.failed(planned, error, billed)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            self._fail_writing(error)

    def _fail_writing(self, error: OSError, unnoted: Sequence[str] = ()) -> None:
        failure = JournalError(str(self.journal.path), reason(error), sent=self._has_sent)
        failure.job_ids = tuple(unnoted)
        self._defect.add_unwritten(failure)
        self.stop(named(failure), leaves_jobs=True)

    def _write(self, result: ItemResult[Given]) -> None:
        event, facts = journal_line(result)
        self.journal.write(event, **facts)
