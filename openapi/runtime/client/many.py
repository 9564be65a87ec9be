"""Many calls of one operation at once, with their outcomes as they end."""

from collections import deque
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

    return _outcomes(outcome, requests, in_flight, _Untaken(template.operation, jobs, policy.dispatcher.log))


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

    return _outcomes_async(outcome, requests, in_flight, _Untaken(template.operation, jobs, policy.dispatcher.log))


def _outcomes(
    call: Callable[[tuple[int, RequestT]], Outcome[RequestT, ResultT]],
    requests: Iterable[RequestT],
    in_flight: int,
    untaken: "_Untaken",
) -> Generator[Outcome[RequestT, ResultT], None, None]:
    from .workers import ThreadWorkers

    workers, source = ThreadWorkers(call), _Source(requests)
    try:
        for numbered in enumerate(source):
            workers.start(numbered)
            while workers.busy >= in_flight or workers.has_done:
                yield from untaken.taken(workers.collect())
        while workers.busy:
            yield from untaken.taken(workers.collect())
        source.finish()
    except BaseException as cause:
        untaken.leave(cause)
        raise
    finally:
        # A request that is on its way may be billed: the client, and with it the budget, has to learn its outcome.
        with untaken.named(workers.left):
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


Left = Callable[[], tuple[list[Outcome[Any, Any]], int]]
"""Returns the outcomes that were not collected, and the number of calls without one."""


@define
class _Untaken:
    """What many calls have bought, and the caller has not been given.

    Args:
        operation: The operation that is called.
        jobs: The jobs that were ordered; None for direct calls.
        log: Where it is named.
    """

    operation: Operation[Any]
    jobs: "OpenJobs | None"
    log: "Logger"
    _held: deque[Outcome[Any, Any]] = field(factory=deque[Outcome[Any, Any]], init=False)
    _cause: BaseException | None = field(default=None, init=False)

    def taken(self, outcomes: Iterable[Outcome[RequestT, ResultT]]) -> Iterator[Outcome[RequestT, ResultT]]:
        """The outcomes, one after another: the caller has those that it was given."""
        self._held.extend(outcomes)
        while self._held:
            outcome = self._held.popleft()
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
    def named(self, left: Left) -> Generator[None]:
        """Name it once the last call has ended: jobs can be collected, and what else was bought is lost."""
        try:
            yield
        finally:
            if self._cause is not None:
                named = str(self.jobs) if self.jobs is not None else self._lost(*left())
                if named:
                    self.log.warning("%s", named)
                    self._cause.add_note(named)

    def _lost(self, outcomes: list[Outcome[Any, Any]], cut_off: int) -> str:
        """What direct calls may have bought, in words; empty if that is nothing."""
        if not self.operation.buys:
            return ""
        errors = [outcome.error for outcome in (*self._held, *outcomes)]
        billed = [error is None or error.billed for error in errors]
        paid, unknown = billed.count(True), billed.count(None) + cut_off
        parts = (
            f"{paid} result{'s' * (paid > 1)} paid for, and not yielded" if paid else "",
            f"{unknown} call{'s' * (unknown > 1)} in flight, which may have been billed" if unknown else "",
        )
        lost = "; ".join(part for part in parts if part)
        return f"{self.operation.name}: left early, with {lost}" if lost else ""


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
    untaken: "_Untaken",
) -> AsyncGenerator[Outcome[RequestT, ResultT], None]:
    from .workers import TaskWorkers

    workers, source = TaskWorkers(call), _Source(requests)
    try:
        for numbered in enumerate(source):
            workers.start(numbered)
            while workers.busy >= in_flight or workers.has_done:
                for outcome in untaken.taken(await workers.collect()):
                    yield outcome
        while workers.busy:
            for outcome in untaken.taken(await workers.collect()):
                yield outcome
        source.finish()
    except GeneratorExit as cause:
        untaken.leave(cause)
        raise
    except BaseException as cause:
        untaken.leave(cause)
        workers.cancel()
        raise
    finally:
        with untaken.named(workers.left):
            await workers.close()
