"""Ctrl-C and cancellation: they pass through at once, and what may have been bought stays reserved."""

import asyncio
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import AsyncClient, Budget, Client
from tests.client.calling import Kind
from tests.client.faults.actions import Action, Do, Read, Silence
from tests.client.faults.responses import ASKED, IMAGE, announced, rejecting, responding
from tests.client.faults.servers import FaultServer, fault_server, full_backlog
from tests.client.faults.sessions import session
from tests.client.faults.traces import leaks, pending_tasks
from tests.waiting import PATIENCE

NO_DEADLINE = 2 * PATIENCE


@pytest.fixture
def ctrl_c() -> Iterator[Action]:
    """A step that presses Ctrl-C: the main thread, which calls, gets SIGINT as from a terminal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield Do(lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT))
    finally:
        signal.signal(signal.SIGINT, before)


def released(budget: Budget) -> None:
    """Wait until the budget has nothing reserved: by then the client has read the response, and waits to send again."""
    latest = time.monotonic() + PATIENCE
    while budget.reserved_images and time.monotonic() < latest:
        time.sleep(0.01)


def interrupted(kind: Kind, service: FaultServer, budget: Budget, **options: Any) -> None:
    """Make a call that Ctrl-C ends, in time and without a trace."""
    started = time.monotonic()
    with (
        session(kind, api_key="k", base_url=service.url, timeout=NO_DEADLINE, budget=budget, **options) as generate,
        pytest.raises(KeyboardInterrupt),
    ):
        generate(**ASKED)
    assert time.monotonic() - started < PATIENCE


def test_ctrl_c_while_waiting_keeps_the_image_reserved(kind: Kind, ctrl_c: Action) -> None:
    """The request had been sent: KeyboardInterrupt comes out, it is not sent again, and it may have been billed."""
    budget = Budget()
    with leaks() as leaked, fault_server((Read(), ctrl_c, Silence())) as service:
        interrupted(kind, service, budget)
        assert service.posts == 1
    assert (budget.images, budget.reserved_images) == (0, 1)
    assert not leaked.found


def test_ctrl_c_inside_the_image_keeps_it_reserved_or_bought(kind: Kind, ctrl_c: Action) -> None:
    """The headers of a 200 had come: the image is accounted for, one way or the other."""
    budget = Budget()
    half = announced(len(IMAGE), IMAGE[:600])
    with leaks() as leaked, fault_server(responding(half, Do(lambda: time.sleep(0.2)), ctrl_c, Silence())) as service:
        interrupted(kind, service, budget)
        assert service.posts == 1
    assert budget.images + budget.reserved_images == 1
    assert not leaked.found


def test_ctrl_c_between_two_attempts_reserves_nothing(kind: Kind, ctrl_c: Action) -> None:
    """The service had turned the call away, so nothing can have been bought."""
    budget = Budget()
    *response, close = rejecting("429 ", "retry-after: 20")
    with leaks() as leaked, fault_server((*response, Do(lambda: released(budget)), ctrl_c, close)) as service:
        interrupted(kind, service, budget)
        assert service.posts == 1
    assert (budget.images, budget.reserved_images) == (0, 0)
    assert not leaked.found


def test_ctrl_c_while_a_file_is_written_leaves_none(kind: Kind, ctrl_c: Action, tmp_path: Path) -> None:
    """Neither the target nor a temporary file is there afterwards."""
    half = announced(len(IMAGE), IMAGE[:600])
    with fault_server(responding(half, Do(lambda: time.sleep(0.2)), ctrl_c, Silence())) as service:
        options: dict[str, Any] = {"api_key": "k", "base_url": service.url, "timeout": NO_DEADLINE}
        with pytest.raises(KeyboardInterrupt):
            _to_file(kind, options, tmp_path / "image.jpg")
    assert not list(tmp_path.iterdir())


def _to_file(kind: Kind, options: dict[str, Any], path: Path) -> None:
    if kind != "sync":
        asyncio.run(_to_file_async(options, path))
    else:
        with Client(**options) as client:
            client.generate_image_to_file(path, **ASKED)


async def _to_file_async(options: dict[str, Any], path: Path) -> None:
    async with AsyncClient(**options) as client:
        await client.generate_image_to_file(path, **ASKED)


async def cancelled(base_url: str, budget: Budget, sent: threading.Event | None, **options: Any) -> None:
    """Cancel a call once the service has its request, or after a moment where it never gets one."""
    async with AsyncClient(api_key="k", base_url=base_url, timeout=NO_DEADLINE, budget=budget, **options) as client:
        task = asyncio.create_task(client.generate_image(**ASKED))
        if sent is None:
            await asyncio.sleep(0.3)
        else:
            assert await asyncio.to_thread(sent.wait, NO_DEADLINE)
        task.cancel()
        started = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - started < PATIENCE
    assert not await pending_tasks()


def test_a_cancelled_call_keeps_its_image_reserved() -> None:
    """CancelledError comes out, nothing is sent again, and no task or socket is left."""
    budget, sent = Budget(), threading.Event()
    with leaks() as leaked, fault_server((Read(), Do(sent.set), Silence())) as service:
        asyncio.run(cancelled(service.url, budget, sent))
        assert service.posts == 1
    assert (budget.images, budget.reserved_images) == (0, 1)
    assert not leaked.found


def test_a_call_cancelled_between_two_attempts_reserves_nothing() -> None:
    """The service had turned it away."""
    budget, turned_away = Budget(), threading.Event()
    *response, close = rejecting("429 ", "retry-after: 20")
    steps = (*response, Do(lambda: released(budget)), Do(turned_away.set), close)
    with leaks() as leaked, fault_server(steps) as service:
        asyncio.run(cancelled(service.url, budget, turned_away))
        assert service.posts == 1
    assert (budget.images, budget.reserved_images) == (0, 0)
    assert not leaked.found


def test_a_call_cancelled_while_connecting_reserves_nothing() -> None:
    """Nothing had been sent."""
    budget = Budget()
    with leaks() as leaked, full_backlog() as origin:
        asyncio.run(cancelled(f"http://{origin}", budget, None))
    assert (budget.images, budget.reserved_images) == (0, 0)
    assert not leaked.found


def test_a_limit_of_the_caller_is_the_callers() -> None:
    """`asyncio.timeout` around a call raises TimeoutError as it does anywhere, not an error of this package."""
    budget, sent = Budget(), threading.Event()

    async def limited(url: str) -> None:
        async def time_is_up(limit: asyncio.Timeout) -> None:
            assert await asyncio.to_thread(sent.wait, NO_DEADLINE)
            limit.reschedule(asyncio.get_running_loop().time())

        async def call(client: AsyncClient) -> None:
            async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
                group.create_task(time_is_up(limit))
                await client.generate_image(**ASKED)

        async with AsyncClient(api_key="k", base_url=url, timeout=NO_DEADLINE, budget=budget) as client:
            with pytest.raises(TimeoutError) as raised:
                await call(client)
            assert type(raised.value) is TimeoutError

    with fault_server((Read(), Do(sent.set), Silence())) as service:
        asyncio.run(limited(service.url))
        assert service.posts == 1
    assert (budget.images, budget.reserved_images) == (0, 1)


def test_calls_at_once_share_one_budget() -> None:
    """Of five tasks with room for two, two are sent; with one cancelled and one refused, one stays reserved."""
    budget = Budget(max_images=2)
    both = threading.Barrier(3, timeout=PATIENCE)

    async def many(url: str) -> None:
        async with AsyncClient(api_key="k", base_url=url, timeout=NO_DEADLINE, budget=budget, retry=None) as client:
            tasks = [asyncio.create_task(client.generate_image(**ASKED)) for _ in range(5)]
            await asyncio.to_thread(both.wait, NO_DEADLINE)
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError, Exception):
                    await task
            assert not await pending_tasks()

    with fault_server((Read(), Do(both.wait), Silence())) as service:
        asyncio.run(many(service.url))
        assert service.posts == 2
    assert (budget.images, budget.reserved_images) == (0, 2)


def test_an_interruption_says_what_it_means_for_the_money(kind: Kind, ctrl_c: Action) -> None:
    """The request had been sent: whoever reads the traceback learns that it may have been billed."""
    with fault_server((Read(), ctrl_c, Silence())) as service:
        options: dict[str, Any] = {"api_key": "k", "base_url": service.url, "timeout": NO_DEADLINE}
        with session(kind, **options) as generate, pytest.raises(KeyboardInterrupt) as raised:
            generate(**ASKED)
    cause: BaseException | None = raised.value
    notes: list[str] = []
    while cause is not None:
        notes += getattr(cause, "__notes__", [])
        cause = cause.__context__
    assert notes == ["generate_image (POST /v1/flux-schnell): interrupted: it was sent, and may have been billed"]


def test_a_call_that_is_cancelled_while_connecting_says_that_it_is_free() -> None:
    """Nothing had been sent."""

    async def connecting(origin: str) -> None:
        async with AsyncClient(api_key="k", base_url=f"http://{origin}", timeout=NO_DEADLINE) as client:
            task = asyncio.create_task(client.generate_image(**ASKED))
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as raised:
                await task
            (note,) = raised.value.__notes__
            assert note.endswith("interrupted: nothing was sent and nothing was billed")

    with full_backlog() as origin:
        asyncio.run(connecting(origin))
