# @generated from openapi/runtime/client/many.py by `make generate`. Do not edit: change that file.
"""Many calls of one operation at once, their outcomes as they come."""

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define, frozen

from ..base.errors import APIError, ConfigurationError
from ..base.messages import Request
from ..base.unset import Unset
from ..base.wording import shown
from ..spec.operation import Operation

if TYPE_CHECKING:
    from ..transport.timeouts import Timeout
    from .clients import AsyncClient, SyncClient

Given = TypeVar("Given")
Got = TypeVar("Got")


@frozen(kw_only=True)
class Outcome(Generic[Given, Got]):
    """What came of one of many requests: a result or an error.

    Args:
        index: Which one it was; the first is 0.
        request: The request, as it was given.
        result: What the call gave back, or None where it failed.
        error: Why it failed, or None.
    """

    index: int
    request: Given
    result: Got | None = None
    error: APIError | None = None


@frozen(kw_only=True)
class Job(Generic[Given, Got]):
    """What many calls have in common.

    Args:
        operation: What is called.
        build: Checks the object that a call is made from, and makes its request. Raises `InvalidRequestError`.
    """

    operation: Operation[Got]
    build: Callable[[Given], Request]


def check_in_flight(in_flight: object) -> None:
    """Refuse a number of calls at once that is none.

    Raises:
        ConfigurationError: It is no whole number of at least 1.
    """
    if not isinstance(in_flight, int) or isinstance(in_flight, bool) or in_flight < 1:
        raise ConfigurationError(f"in_flight is {shown(in_flight)}, not a whole number from 1.")


def many(
    client: "SyncClient",
    job: Job[Given, Got],
    requests: Iterable[Given],
    *,
    in_flight: int,
    timeout: "Timeout | Unset",
) -> Generator[Outcome[Given, Got], None, None]:
    """The outcomes of many calls, in the order in which they come.

    Raises:
        ConfigurationError: `in_flight` is no whole number of at least 1.
    """
    check_in_flight(in_flight)

    def call(numbered: tuple[int, Given]) -> Outcome[Given, Got]:
        index, request = numbered
        try:
            result = client.call(job.operation, job.build(request), timeout=timeout)
        except APIError as error:
            return Outcome(index=index, request=request, error=error)
        return Outcome(index=index, request=request, result=result)

    return _outcomes(call, requests, in_flight)


def many_async(
    client: "AsyncClient",
    job: Job[Given, Got],
    requests: Iterable[Given],
    *,
    in_flight: int,
    timeout: "Timeout | Unset",
) -> AsyncGenerator[Outcome[Given, Got], None]:
    """`many` for an asynchronous client."""
    check_in_flight(in_flight)

    async def call(numbered: tuple[int, Given]) -> Outcome[Given, Got]:
        index, request = numbered
        try:
            result = await client.call(job.operation, job.build(request), timeout=timeout)
        except APIError as error:
            return Outcome(index=index, request=request, error=error)
        return Outcome(index=index, request=request, result=result)

    return _outcomes_async(call, requests, in_flight)


def _outcomes(
    call: Callable[[tuple[int, Given]], Outcome[Given, Got]], requests: Iterable[Given], in_flight: int
) -> Generator[Outcome[Given, Got], None, None]:
    from .workers import ThreadWorkers

    workers, drawn = ThreadWorkers(call), _Drawn(requests)
    try:
        for numbered in enumerate(drawn):
            workers.start(numbered)
            while workers.busy >= in_flight or workers.has_done:
                yield from workers.collect()
        while workers.busy:
            yield from workers.collect()
        drawn.finish()
    finally:
        # What is on its way may be bought already: the client, and so its budget, has to learn the outcome.
        workers.close()


@define
class _Drawn(Generic[Given]):
    """Requests up to the point where their iterable raises, which waits for `finish`: what was sent is paid for."""

    requests: Iterable[Given]
    defect: Exception | None = None

    def __iter__(self) -> Iterator[Given]:
        try:
            yield from self.requests
        except Exception as error:
            self.defect = error

    def finish(self) -> None:
        if self.defect is not None:
            raise self.defect


async def _outcomes_async(
    call: Callable[[tuple[int, Given]], Coroutine[Any, Any, Outcome[Given, Got]]],
    requests: Iterable[Given],
    in_flight: int,
) -> AsyncGenerator[Outcome[Given, Got], None]:
    from .workers import TaskWorkers

    workers, drawn = TaskWorkers(call), _Drawn(requests)
    try:
        for numbered in enumerate(drawn):
            workers.start(numbered)
            while workers.busy >= in_flight or workers.has_done:
                for outcome in await workers.collect():
                    yield outcome
        while workers.busy:
            for outcome in await workers.collect():
                yield outcome
        drawn.finish()
    except GeneratorExit:
        raise
    except BaseException:
        workers.cancel()
        raise
    finally:
        await workers.close()
