"""`generate_many`: the outcomes of many requests as they come."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, closing, suppress
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import (
    AsyncClient,
    Client,
    ConfigurationError,
    GenerateImageRequest,
    GenerateImageResult,
    InvalidRequestError,
    NotEnoughCreditsError,
    Outcome,
)
from segmind_flux_schnell._runtime.client.workers import TaskWorkers, ThreadWorkers
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import BRIEF, POOR, bought, prompts
from tests.client.batch.conftest import asynchronous_client, blocking_client
from tests.client.gate import Gate
from tests.waiting import until

Outcomes = list[Outcome[GenerateImageRequest, GenerateImageResult]]


def calling_threads() -> list[threading.Thread]:
    """The threads in which calls are made."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("call-")]


def broken(count: int) -> Iterator[GenerateImageRequest]:
    """Some requests, and then an exception."""
    yield from prompts(count)
    raise LookupError("no more prompts")


@pytest.fixture(params=["sync", "async"])
def many(request: pytest.FixtureRequest, sandbox: Sandbox) -> Any:
    """Gets all outcomes from a client of either kind."""

    def with_threads(requests: Any, key: str = KEY, **options: Any) -> Outcomes:
        with blocking_client(sandbox.url, key) as client:
            return list(client.generate_many(requests, **options))

    async def with_tasks(requests: Any, key: str = KEY, **options: Any) -> Outcomes:
        async with asynchronous_client(sandbox.url, key) as client:
            return [outcome async for outcome in client.generate_many(requests, **options)]

    if request.param == "sync":
        return with_threads
    return lambda *arguments, **options: asyncio.run(with_tasks(*arguments, **options))


def test_each_request_has_one_outcome(many: Any, sandbox: Sandbox) -> None:
    """Each outcome has the index and the request that it belongs to, and the image."""
    requests = prompts(10)
    outcomes = sorted(many(requests, in_flight=4), key=lambda outcome: outcome.index)
    assert [outcome.index for outcome in outcomes] == list(range(10))
    assert all(outcome.request is requests[outcome.index] for outcome in outcomes)
    assert all(outcome.error is None and outcome.result.width == 512 for outcome in outcomes)
    assert set(bought(sandbox).values()) == {1}


def test_as_many_are_in_flight_as_requested(many: Any, sandbox: Sandbox, gate: Gate) -> None:
    """Of ten images that wait for each other, five are in flight at once, and never more."""
    gate.close_until(lambda: sandbox.ledger.peak_in_flight >= 5)
    assert len(many(prompts(10), in_flight=5)) == 10
    assert sandbox.ledger.peak_in_flight == 5


def test_failures_are_outcomes_too(many: Any) -> None:
    """An account that can pay for three of five images: three results, two errors, and no exception."""
    outcomes = many(prompts(5), key=POOR, in_flight=1)
    assert [outcome.result is not None for outcome in outcomes] == [True, True, True, False, False]
    assert all(isinstance(outcome.error, NotEnoughCreditsError) for outcome in outcomes[3:])


def test_an_invalid_request_becomes_an_outcome(many: Any, sandbox: Sandbox) -> None:
    """Anything else in the iterable is an error of its own, under its index, and the others are sent."""
    spoilt = prompts(1)[0]
    spoilt.additional_properties = {"steps": 9}
    items: list[Any] = [*prompts(1), {"prompt": "a tiger"}, None, spoilt]
    outcomes = sorted(many(items), key=lambda outcome: outcome.index)
    assert [isinstance(outcome.error, InvalidRequestError) for outcome in outcomes] == [False, True, True, True]
    assert outcomes[1].request == {"prompt": "a tiger"}
    assert "dict" in str(outcomes[1].error)
    assert len(sandbox.ledger.posts) == 1


def test_no_requests_give_no_outcomes(many: Any) -> None:
    """An empty iterable ends at once."""
    assert many([]) == []


@pytest.mark.parametrize("in_flight", [0, -1, 2.5, True, "8", None])
def test_in_flight_is_checked_when_it_is_called(in_flight: Any, sandbox: Sandbox) -> None:
    """An invalid number of calls at once is refused before the first request is drawn."""
    with blocking_client(sandbox.url) as client, pytest.raises(ConfigurationError, match="in_flight is "):
        client.generate_many(iter(()), in_flight=in_flight)


def test_requests_are_drawn_lazily(sandbox: Sandbox) -> None:
    """An endless iterable can be used: no more requests are drawn than can be in flight."""
    drawn = []

    def endless() -> Iterator[GenerateImageRequest]:
        for request in prompts(1000):
            drawn.append(request)
            yield request

    with blocking_client(sandbox.url) as client, closing(client.generate_many(endless(), in_flight=3)) as outcomes:
        for taken, _ in enumerate(outcomes, start=1):
            assert len(drawn) <= taken + 3
            if taken == 6:
                break


def test_closed_early_it_leaves_no_thread_and_no_request(sandbox: Sandbox) -> None:
    """Leaving the loop waits for the calls in flight: what they cost is known when the generator is closed."""
    with blocking_client(sandbox.url, BRIEF) as client:
        with closing(client.generate_many(prompts(50), in_flight=4)) as outcomes:
            next(outcomes)
        assert not calling_threads()
        assert sandbox.ledger.in_flight == 0
        assert 4 <= len(sandbox.ledger.posts) <= 8


def test_closed_early_it_says_what_is_lost(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """What was in flight is paid for and reaches nobody: the log has how many, and nothing if there are none."""
    with blocking_client(sandbox.url, BRIEF) as client:
        with closing(client.generate_many(prompts(50), in_flight=4)) as outcomes:
            next(outcomes)
        lost = len(sandbox.ledger.posts) - 1
        assert lost
        assert caplog.messages == [f"generate_image: left early, with {lost} results paid for, and not yielded"]
        caplog.clear()
        assert len(list(client.generate_many(prompts(3)))) == 3
    assert not caplog.messages


def test_an_interruption_says_what_is_lost(sandbox: Sandbox) -> None:
    """Ctrl-C while it waits for a call: the note has what was paid for, once that is known."""
    with blocking_client(sandbox.url, BRIEF) as client:
        generator = client.generate_many(prompts(2), in_flight=2)
        next(generator)
        with pytest.raises(KeyboardInterrupt) as caught:
            generator.throw(KeyboardInterrupt())
    assert caught.value.__notes__ == ["generate_image: left early, with 1 result paid for, and not yielded"]


def test_an_exception_of_the_consumer_leaves_nothing_behind(sandbox: Sandbox) -> None:
    """The exception is raised, and no thread and no request is left."""

    def consume(client: Client) -> None:
        for _ in client.generate_many(prompts(50), in_flight=4):
            raise ZeroDivisionError

    with blocking_client(sandbox.url, BRIEF) as client, pytest.raises(ZeroDivisionError):
        consume(client)
    assert not calling_threads()
    assert sandbox.ledger.in_flight == 0


def test_an_exception_of_the_iterable_is_raised(many: Any, sandbox: Sandbox) -> None:
    """What the caller's own generator raises reaches the caller."""
    with pytest.raises(LookupError, match="no more prompts"):
        many(broken(2))


def test_calls_in_flight_are_delivered_before_an_exception_of_the_iterable(sandbox: Sandbox) -> None:
    """The images are paid for: each becomes an outcome, then the exception is raised, and no thread is left."""
    outcomes: Outcomes = []

    def consume(client: Client) -> None:
        for outcome in client.generate_many(broken(4)):
            outcomes.append(outcome)

    with blocking_client(sandbox.url, BRIEF) as client, pytest.raises(LookupError, match="no more prompts"):
        consume(client)
    assert sum(outcome.result is not None for outcome in outcomes) == len(sandbox.ledger.posts) == 4
    assert not calling_threads()


async def test_tasks_are_delivered_before_an_exception_of_the_iterable(sandbox: Sandbox) -> None:
    """The same, asynchronous: no call in flight is cancelled."""
    outcomes: Outcomes = []

    async def consume(client: AsyncClient) -> None:
        async for outcome in client.generate_many(broken(4)):
            outcomes.append(outcome)

    async with asynchronous_client(sandbox.url, BRIEF) as client:
        with pytest.raises(LookupError, match="no more prompts"):
            await consume(client)
    assert sum(outcome.result is not None for outcome in outcomes) == len(sandbox.ledger.posts) == 4


def work(number: int) -> int:
    """What workers do with an item: the first one fails."""
    if not number:
        raise ZeroDivisionError
    return number


def test_results_are_collected_before_a_defect() -> None:
    """Of items that are done at the same time, results are returned first, and then the defect is raised."""
    workers = ThreadWorkers(work)
    for number in range(4):
        workers.start(number)
    workers.close()
    assert sorted(workers.collect()) == [1, 2, 3]
    assert workers.busy == 1
    with pytest.raises(ZeroDivisionError):
        workers.collect()
    assert workers.busy == 0


async def test_results_of_tasks_are_collected_before_a_defect() -> None:
    """The same, asynchronous."""

    async def work_async(number: int) -> int:
        return work(number)

    workers = TaskWorkers(work_async)
    for number in range(4):
        workers.start(number)
    await asyncio.sleep(0.05)
    assert sorted(await workers.collect()) == [1, 2, 3]
    assert workers.busy == 1
    with pytest.raises(ZeroDivisionError):
        await workers.collect()
    assert workers.busy == 0
    await workers.close()


def test_a_defect_is_raised(sandbox: Sandbox) -> None:
    """An error that is not of this package, such as one of the caller's own transport, is not hidden in an outcome."""

    class Broken(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            raise KeyboardInterrupt

    with Client(api_key=KEY, transport=Broken(verify=False)) as client, pytest.raises(KeyboardInterrupt):
        list(client.generate_many(prompts(3)))
    assert not calling_threads()


async def test_closed_early_it_leaves_no_task(sandbox: Sandbox) -> None:
    """After `aclose` no task is pending, and the calls that were in flight have ended."""
    before = asyncio.all_tasks()
    async with asynchronous_client(sandbox.url, BRIEF) as client:
        async with aclosing(client.generate_many(prompts(50), in_flight=4)) as outcomes:
            await anext(outcomes)
        assert asyncio.all_tasks() == before
        assert sandbox.ledger.in_flight == 0
        assert 4 <= len(sandbox.ledger.posts) <= 8


async def test_cancelled_it_cancels_calls_in_flight(sandbox: Sandbox, gate: Gate) -> None:
    """A task that is cancelled ends without waiting for images, and leaves no other task behind."""
    gate.close()
    async with asynchronous_client(sandbox.url) as client:

        async def consume() -> None:
            async for _ in client.generate_many(prompts(50), in_flight=4):
                pass

        before = asyncio.all_tasks()
        consuming = asyncio.create_task(consume())
        await asyncio.to_thread(until, lambda: sandbox.ledger.in_flight == 4)
        consuming.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await consuming
        assert sandbox.ledger.in_flight == 4
        assert asyncio.all_tasks() == before
    (note,) = caught.value.__notes__
    assert re.fullmatch(r"generate_image: left early, with .*\d calls? in flight, which may have been billed", note)


class Stubborn(httpx.AsyncBaseTransport):
    """A transport whose clean-up takes a while, however often it is cancelled."""

    def __init__(self) -> None:
        self.has_begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait until it may end."""
        self.has_begun.set()
        while not self.may_end.is_set():
            with suppress(asyncio.CancelledError):
                await self.may_end.wait()
        raise httpx.ReadError("cancelled")


async def test_cancelled_again_and_again_it_waits_for_its_tasks(caplog: pytest.LogCaptureFixture) -> None:
    """As a cancel scope of anyio does: it ends with its calls, says what is lost, and raises nothing else."""
    transport = Stubborn()
    async with AsyncClient(api_key=KEY, retry=None, transport=transport) as client:

        async def consume() -> None:
            async for _ in client.generate_many(prompts(1)):
                pass

        before = asyncio.all_tasks()
        consuming = asyncio.create_task(consume())
        await transport.has_begun.wait()
        for _ in range(10):
            consuming.cancel()
            await asyncio.sleep(0)
        is_waiting = not consuming.done()
        transport.may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await consuming
        assert is_waiting
        assert asyncio.all_tasks() == before
    assert "generate_image: left early, with 1 call in flight, which may have been billed" in caplog.messages


async def test_forty_in_flight(sandbox: Sandbox, gate: Gate) -> None:
    """Tasks are cheap: forty at once are one round."""
    gate.close_until(lambda: sandbox.ledger.peak_in_flight == 40)

    async def outcomes() -> AsyncIterator[Outcome[GenerateImageRequest, GenerateImageResult]]:
        async with asynchronous_client(sandbox.url, BRIEF) as client:
            async for outcome in client.generate_many(prompts(40), in_flight=40):
                yield outcome

    assert len([outcome async for outcome in outcomes() if outcome.error is None]) == 40
    assert sandbox.ledger.peak_in_flight == 40
