# @generated from openapi/runtime/client/many.py by `make generate`. Do not edit: change that file.
"""Many calls of one operation at once, with their outcomes as they end."""

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define, field, frozen

from ..base.errors import APIError, ConfigurationError
from ..base.messages import Request
from ..base.unset import Unset
from ..base.wording import shown
from ..spec.operation import Operation
from .client_access import call, call_async, handle_kind, policy_of
from .clients import AsyncClient, SyncClient
from .outcomes import FailedOutcome, Outcome, SuccessfulOutcome

if TYPE_CHECKING:
    from logging import Logger

    from ..transport.options import Timeout
    from .open_jobs import OpenJobs

RequestT = TypeVar("RequestT")
ResultT = TypeVar("ResultT")


@frozen(kw_only=True)
class CallTemplate(Generic[RequestT, ResultT]):
    """What many calls have in common.

    Args:
        operation: The operation that is called.
        build: Checks the object of a call and makes its request. It raises `InvalidRequestError`.
    """

    operation: Operation[ResultT]
    build: Callable[[RequestT], Request]


def check_in_flight(in_flight: object) -> None:
    """Check a number of calls at once.

    Raises:
        ConfigurationError: It is not a whole number from 1.
    """
    if not isinstance(in_flight, int) or isinstance(in_flight, bool) or in_flight < 1:
        raise ConfigurationError(f"in_flight is {shown(in_flight)}, not a whole number from 1.")


def many(
    client: SyncClient,
    template: CallTemplate[RequestT, ResultT],
    requests: Iterable[RequestT],
    *,
    in_flight: int,
    timeout: "Timeout | Unset",
) -> Generator[Outcome[RequestT, ResultT], None, None]:
    """The outcomes of many calls, in the order in which these end.

    Raises:
        ConfigurationError: `in_flight` is not a whole number from 1.
    """
    check_in_flight(in_flight)
    jobs = _open_jobs(client, template.operation)
    policy = policy_of(client)._replace(jobs=jobs)

    def outcome(numbered: tuple[int, RequestT]) -> Outcome[RequestT, ResultT]:
        index, request = numbered
        try:
            result = call(client, template.operation, template.build(request), timeout=timeout, policy=policy)
        except APIError as error:
            return FailedOutcome(index=index, request=request, error=error)
        return SuccessfulOutcome(index=index, request=request, result=result)

    return _outcomes(outcome, requests, in_flight, _Jobs(jobs, policy.dispatcher.log))


def many_async(
    client: AsyncClient,
    template: CallTemplate[RequestT, ResultT],
    requests: Iterable[RequestT],
    *,
    in_flight: int,
    timeout: "Timeout | Unset",
) -> AsyncGenerator[Outcome[RequestT, ResultT], None]:
    """`many` for an asynchronous client."""
    check_in_flight(in_flight)
    jobs = _open_jobs(client, template.operation)
    policy = policy_of(client)._replace(jobs=jobs)

    async def outcome(numbered: tuple[int, RequestT]) -> Outcome[RequestT, ResultT]:
        index, request = numbered
        try:
            whole = template.build(request)
            result = await call_async(client, template.operation, whole, timeout=timeout, policy=policy)
        except APIError as error:
            return FailedOutcome(index=index, request=request, error=error)
        return SuccessfulOutcome(index=index, request=request, result=result)

    return _outcomes_async(outcome, requests, in_flight, _Jobs(jobs, policy.dispatcher.log))


def _outcomes(
    call: Callable[[tuple[int, RequestT]], Outcome[RequestT, ResultT]],
    requests: Iterable[RequestT],
    in_flight: int,
    jobs: "_Jobs",
) -> Generator[Outcome[RequestT, ResultT], None, None]:
    from .workers import ThreadWorkers

    workers, source = ThreadWorkers(call), _Source(requests)
    try:
        for numbered in enumerate(source):
            workers.start(numbered)
            while workers.busy >= in_flight or workers.has_done:
                yield from jobs.taken(workers.collect())
        while workers.busy:
            yield from jobs.taken(workers.collect())
        source.finish()
    except BaseException as cause:
        jobs.leave(cause)
        raise
    finally:
        # A request that is on its way may be billed: the client, and with it the budget, has to learn its outcome.
        with jobs.named():
            workers.close()


@define
class _Source(Generic[RequestT]):
    """Requests up to an error of their iterable, which `finish` raises: the requests before it are paid for."""

    requests: Iterable[RequestT]
    error: Exception | None = None

    def __iter__(self) -> Iterator[RequestT]:
        try:
            yield from self.requests
        except Exception as error:
            self.error = error

    def finish(self) -> None:
        if self.error is not None:
            raise self.error


@define
class _Jobs:
    """The jobs of many calls, if they are made over the queue.

    Args:
        jobs: Those that were ordered; None for direct calls.
        log: Where jobs are named whose outcomes were not taken.
    """

    jobs: "OpenJobs | None"
    log: "Logger"
    _cause: BaseException | None = field(default=None, init=False)

    def taken(self, outcomes: Iterable[Outcome[RequestT, ResultT]]) -> Iterator[Outcome[RequestT, ResultT]]:
        """The outcomes, one after another: the caller has those that it was given."""
        for outcome in outcomes:
            if self.jobs is not None:
                found: Any = outcome.result
                self.jobs.taken(found.request_id if outcome.error is None else outcome.error.job_id)
            yield outcome

    def leave(self, cause: BaseException) -> None:
        """Wait for no job any longer."""
        self._cause = cause
        if self.jobs is not None:
            self.jobs.leave()

    @contextmanager
    def named(self) -> Generator[None]:
        """Name the jobs whose outcomes were not taken, once the last is ordered: they can be collected."""
        try:
            yield
        finally:
            left = str(self.jobs or "")
            if left and self._cause is not None:
                self.log.warning("%s", left)
                self._cause.add_note(left)


def _open_jobs(client: SyncClient | AsyncClient, operation: Operation[Any]) -> "OpenJobs | None":
    kind = handle_kind(client, operation)
    if kind is None:
        return None
    from .job_handle import spec_of
    from .open_jobs import OpenJobs

    return OpenJobs(spec_of(kind))


async def _outcomes_async(
    call: Callable[[tuple[int, RequestT]], Coroutine[Any, Any, Outcome[RequestT, ResultT]]],
    requests: Iterable[RequestT],
    in_flight: int,
    jobs: "_Jobs",
) -> AsyncGenerator[Outcome[RequestT, ResultT], None]:
    from .workers import TaskWorkers

    workers, source = TaskWorkers(call), _Source(requests)
    try:
        for numbered in enumerate(source):
            workers.start(numbered)
            while workers.busy >= in_flight or workers.has_done:
                for outcome in jobs.taken(await workers.collect()):
                    yield outcome
        while workers.busy:
            for outcome in jobs.taken(await workers.collect()):
                yield outcome
        source.finish()
    except GeneratorExit as cause:
        jobs.leave(cause)
        raise
    except BaseException as cause:
        jobs.leave(cause)
        workers.cancel()
        raise
    finally:
        with jobs.named():
            await workers.close()
