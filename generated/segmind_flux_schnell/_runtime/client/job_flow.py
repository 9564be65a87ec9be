# @generated from openapi/runtime/client/job_flow.py by `make generate`. Do not edit: change that file.
"""The flow of a job: its submit, the polls, and the download of its image.

Like that of a call, it neither sends nor sleeps: it yields what to do next. Only the submit can buy anything. What
follows are GETs, which are repeated at will, and whatever ends them leaves the id of the job in what is raised.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ..base.errors import APIError, JobExpiredError, JobFailedError, JobTimeoutError, ResponseError
from ..base.messages import Headers, Request, Response
from ..base.wording import one_line
from ..image.response_files import store_result
from ..transport.attempt import PreparedRequest
from .call_flow import Call, Flow, Pause
from .job_download import Download, download_of, fetched
from .job_handle import how_to_collect
from .job_patience import Repeating, poll_interval, wait_after_miss
from .job_record import JobRecord
from .job_responses import JobReading, job_id_of, link_request, reading, report_headers, reported
from .job_time import JobTime
from .results import finished
from .retrying import Backoff
from .tunables import LONGEST_ID

if TYPE_CHECKING:
    import os

    from ..base.spool import Spool
    from ..base.unset import Unset
    from ..spec.job import JobLink, JobSpec, JobState
    from ..spec.service import Settings
    from ..transport.options import Timeout
    from .call_flow import CallPolicy


class JobFlow:
    """What is sent for a job. Its time runs from here on, or from the turn of its submit if there is a rate limit.

    Args:
        spec: What the document says of such jobs.
        settings: How the client is set up.
        policy: The rules for its calls.
        timeout: Limit of the whole, as the caller gives it.
        default: Seconds that it may take if the caller does not say.

    Raises:
        ConfigurationError: The timeout is not usable.
    """

    def __init__(
        self,
        spec: JobSpec,
        settings: Settings,
        policy: CallPolicy,
        *,
        timeout: Timeout | Unset,
        default: float,
    ) -> None:
        self.spec = spec
        self.settings = settings
        self.policy = policy
        self._time = JobTime(timeout, default)
        # A batch waits for all of its jobs at once.
        self._repeats = policy.waits
        self._is_done = False
        self._state: JobState | None = None

    def submitted(self, request: Request) -> Flow[JobRecord]:
        """Order a job.

        Raises:
            APIError: As for any call: an outcome that is unknown is not tried again.
            InvalidResponseError: The job was ordered, and its id cannot be read.
        """
        spec = self.spec
        prepared = PreparedRequest(self.settings, spec.submit, request, self._time.limits)
        call = Call(prepared, self.policy, None, attempt_seconds=self._time.of_attempt(spec.submit))
        response = yield from call.flow()
        failure = spec.submit.failure(request, response)
        if failure is not None:
            raise failure
        if call.deadline.at is not None:
            self._time.deadline = call.deadline
        job_id = job_id_of(spec, self.settings.base_url, request, response)
        record = JobRecord(
            job_id=job_id,
            request=request,
            submitted_at=datetime.now(UTC),
            asked_at=time.monotonic(),
            was_reached=True,
        )
        with self.named(record):
            if self.policy.jobs is not None:
                self.policy.jobs.ordered(job_id)
            if self.policy.budget is not None and call.reservation is not None:
                self.policy.budget.expect(job_id, call.reservation)
            self.policy.dispatcher.log.info("%s: the id of the job is %s", request, one_line(job_id, LONGEST_ID))
        return record

    def state(self, record: JobRecord) -> Flow[JobState]:
        """The state of a job that has not failed, as the service says it.

        Raises:
            JobFailedError: The job has failed: the error has its state, and why.
            JobExpiredError: The service has no record of it.
            APIError: The state could not be learned; the error names the job.
        """
        with self.named(record):
            found = yield from self._asked(record, self.spec.status)
            return found.state

    def result(self, record: JobRecord, spool: Spool | None = None) -> Flow[Download]:
        """The image of a job that is done.

        Raises:
            JobFailedError: The job has failed.
            JobExpiredError: The service has no record of it.
            JobTimeoutError: It is still active.
            APIError: The image could not be fetched; the error names the job.
        """
        with self.named(record):
            found = yield from self._asked(record, self.spec.result or self.spec.status)
            if not found.is_done:
                raise JobTimeoutError(record.job_id, state=found.state, waited=0.0)
            return (yield from self._downloaded(record, found, spool))

    def waited(self, record: JobRecord, spool: Spool | None = None) -> Flow[Download]:
        """The image of a job, as soon as it is done. Raises what `result` raises."""
        with self.named(record):
            while True:
                yield from self._paced(record)
                found = yield from self._asked(record, self.spec.status)
                if found.is_done and self.spec.result is not None:
                    found = yield from self._asked(record, self.spec.result)
                if found.is_done:
                    return (yield from self._downloaded(record, found, spool))

    def bought(self, request: Request, spool: Spool | None = None) -> Flow[tuple[JobRecord, Download]]:
        """Order a job and wait for its image."""
        record = yield from self.submitted(request)
        return record, (yield from self.waited(record, spool))

    def finished(self, record: JobRecord, download: Download, refuses: bool) -> Any:
        """The image, judged like that of a direct call.

        Args:
            record: The job.
            download: What was received.
            refuses: Whether an image other than requested is an error.

        Raises:
            InvalidImageError: It is not whole.
            MismatchError: It is another one than requested.
        """
        with self.named(record):
            operation, request, response, report = download
            result = finished(operation, request, response, self._embeds(request), refuses)
            return evolve(result, report=report)

    def stored(self, record: JobRecord, download: Download, path: str | os.PathLike[str], refuses: bool) -> Any:
        """The image, judged and moved into place. Raises what `finished` raises, and `NotSavedError`."""
        kind, spec = self.spec.file_kind, self.spec.result_spec
        if kind is None:
            raise AssertionError("a job without a class for files has no method that writes them")
        with self.named(record):
            operation, request, response, _ = download
            return store_result(kind, spec, operation, request, response, path, self._embeds(request), refuses)

    def _embeds(self, request: Request) -> bool:
        # The request of a job of which only the id is known has no body.
        return self.settings.provenance and request.json is not None

    @contextmanager
    def named(self, record: JobRecord) -> Generator[None]:
        """Whatever is raised within names the job, so that it is not lost: a Ctrl-C or an error of a hook too."""
        try:
            yield
        except (JobFailedError, JobExpiredError):
            raise
        except APIError as error:
            error.job_id = record.job_id
            error.collecting = how_to_collect(self.spec, record.job_id, is_done=self._is_done)
            if not error.billed:
                # True of the request that failed, and not of the job.
                error.billed = self.spec.result_spec.billed if self._is_done else None
            raise
        except GeneratorExit:
            raise
        except BaseException as error:
            note = how_to_collect(self.spec, record.job_id, is_done=self._is_done)
            error.add_note(note[:1].upper() + note[1:])
            raise

    def _paced(self, record: JobRecord) -> Flow[None]:
        """Wait until the job may be asked for again.

        Raises:
            JobTimeoutError: That is after the deadline, or the caller no longer waits.
        """
        asked_at = None
        # Another thread may have asked meanwhile: then that counts.
        while record.asked_at is not None and record.asked_at != asked_at:
            asked_at = record.asked_at
            since = time.monotonic() - asked_at
            left = self._time.deadline.left
            shortest = max(0.0, self.spec.poll - since)
            wait = max(0.0, poll_interval(self.spec.poll, self._time.passed) - since)
            if left is not None and wait >= left:
                # So that a job which ends shortly before the deadline is not missed.
                wait = max(shortest, left / 2)
            delay = self.policy.rate_limit.delay if self.policy.rate_limit is not None else 0.0
            if not self._time.has_room(max(wait, delay)) or self._is_left:
                raise self._timed_out(record)
            if wait > 0:
                yield Pause(wait)

    def _asked(self, record: JobRecord, link: JobLink) -> Flow[JobReading]:
        """What the service says of a job now. A response that cannot be read is one that failed."""
        request, unread, misses = link_request(link, record.job_id), None, 0
        policy = self.policy._replace(dispatcher=self.policy.dispatcher.for_polls())
        prepared = PreparedRequest(self.settings, link.operation, request, self._time.limits)
        while True:
            record.asked_at = time.monotonic()
            policy = policy._replace(retry=self._repeating(None if record.was_reached else self._max_connect_wait))
            most = self._time.of_attempt(link.operation)
            call = Call(prepared, policy, None, deadline=self._time.deadline, attempt_seconds=most)
            try:
                response = yield from call.flow()
            except APIError as error:
                is_cut = self._time.deadline.is_over and not isinstance(error, ResponseError) and error.attempts == 1
                if is_cut:
                    # The job is still active, and nothing is wrong with the service.
                    raise unread or self._timed_out(record) from error
                raise
            record.was_reached = True
            try:
                found = self._read(record, link, request, response)
            except JobExpiredError:
                wait = wait_after_miss(self.spec, record, misses)
                if wait is None or not self._repeats or not self._time.has_room(wait):
                    raise
                misses += 1
                yield Pause(wait)
                continue
            if found.error is None:
                self._state = record.state = found.state
                return found
            if response.broke_off and self._time.deadline.is_over:
                raise unread or self._timed_out(record)
            unread = found.error
            if not self._repeats or not self._time.has_room(self.spec.poll):
                raise unread
            yield Pause(self.spec.poll)

    def _read(self, record: JobRecord, link: JobLink, request: Request, response: Response) -> JobReading:
        service = self.settings.service
        try:
            found = reading(self.spec, record.job_id, link.operation, request, response, service)
        except JobFailedError as error:
            self._correct(record, billed=error.billed is True, cost=error.cost, document=None)
            raise
        if found.is_done and link is (self.spec.result or self.spec.status):
            self._is_done = True
            cost = reported(self.spec, found.document, "cost", service.cost_header)
            self._correct(record, billed=True, cost=cost, document=found.document)
        return found

    def _downloaded(self, record: JobRecord, found: JobReading, spool: Spool | None) -> Flow[Download]:
        """Fetch the image from its own host."""
        spec = self.spec
        download = download_of(spec, self.settings, record.request or found.request, found)
        # The rate limit is that of the service, not that of the host of its images.
        policy = self.policy._replace(retry=self._repeating(), rate_limit=None)
        response = yield from fetched(download, spec, self.settings, policy, self._time, spool)
        own, names = report_headers(spec, record.job_id, found.document, self.settings.service)
        received = tuple(pair for pair in response.headers.received if pair[0].lower() not in names)
        response = response._replace(headers=Headers(received + own), request_id=record.job_id)
        return Download(download.operation, download.wanted, response, download.report)

    def _correct(self, record: JobRecord, *, billed: bool, cost: Any, document: object) -> None:
        if self.policy.budget is None:
            return
        header = self.settings.service.remaining_credits_header
        remaining = reported(self.spec, document, "remaining-credits", header)
        self.policy.budget.correct(record.job_id, billed=billed, cost=cost, remaining=remaining)

    def _timed_out(self, record: JobRecord) -> JobTimeoutError:
        return JobTimeoutError(record.job_id, state=self._state, waited=self._time.passed)

    @property
    def _is_left(self) -> bool:
        return self.policy.jobs is not None and self.policy.jobs.is_left

    def _repeating(self, max_connect_wait: float | None = None) -> Repeating | None:
        return Repeating(self.spec.poll, max_connect_wait) if self._repeats else None

    @property
    def _max_connect_wait(self) -> float:
        """Most seconds without a connection to a service that has never been reached.

        The cause may be a mistake in the settings: nobody should have to wait for it until the end of the job's time.
        """
        retry = self.policy.retry
        return (retry if isinstance(retry, Backoff) else Backoff()).max_connect_wait
