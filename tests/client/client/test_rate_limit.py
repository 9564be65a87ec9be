"""A limit on how fast a client sends."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from attrs import evolve

from segmind_flux_schnell import APIError, AsyncClient, Client, ConfigurationError, RateLimit, RateLimitedError
from segmind_flux_schnell._runtime.client.rate_limit import usable_rate_limit
from segmind_flux_schnell_sandbox.accounts import KEY, Account, Window
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.batch import prompts
from tests.client.calling import Recorder
from tests.client.conftest import Calling, Make
from tests.client.responding_server import RespondingServer, http_response
from tests.waiting import with_time_enough


class Clock:
    """A clock that stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now


def test_requests_are_spaced_evenly() -> None:
    """With 60 a minute one leaves each second; after a break the next one leaves at once, and no more than one."""
    clock = Clock()
    limit = RateLimit(60, clock=clock)
    assert [limit.reserve() for _ in range(3)] == [0, 1, 2]
    clock.now += 10
    assert (limit.delay, limit.reserve(), limit.reserve()) == (0, 0, 1)


@pytest.mark.parametrize(
    ("text", "requests", "per"),
    [
        ("60 a minute", 60, 60),
        ("60/minute", 60, 60),
        ("60 requests per minute", 60, 60),
        ("2 / s", 2, 1),
        ("1 per second", 1, 1),
        (" 1000 AN HOUR ", 1000, 3600),
    ],
)
def test_a_rate_can_be_written_as_text(text: str, requests: int, per: float) -> None:
    """A number, and the unit that it is for."""
    limit = usable_rate_limit(text)
    assert limit is not None
    assert (limit.requests, limit.per) == (requests, per)


@pytest.mark.parametrize("rate", ["sixty a minute", "60", "60 a fortnight", "-1 a minute", 60, True, object], ids=str)
def test_a_rate_that_is_not_one_is_refused(make: Make, rate: Any) -> None:
    """When the client is made, with what is allowed."""
    with pytest.raises(ConfigurationError, match="it takes a RateLimit, or a text such as '60 a minute'"):
        make(api_key=KEY, rate_limit=rate)


@pytest.mark.parametrize(("requests", "per"), [(0, 60), (1.5, 60), (60, 0), (60, float("nan")), (60, True), (60, -1)])
def test_a_rate_of_nothing_is_refused(requests: Any, per: Any) -> None:
    """Numbers above 0 only."""
    with pytest.raises(ConfigurationError, match="RateLimit takes"):
        RateLimit(requests, per=per)


def test_threads_share_the_limit_of_a_client(recorder: Recorder) -> None:
    """Eight threads at once are spread, so that the last is sent seven intervals after the first."""
    started = time.monotonic()
    limit = RateLimit(8, per=0.8)
    with Client(api_key=KEY, transport=recorder.transport, rate_limit=limit) as client, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: client.generate_image(prompt=f"tiger {number}"), range(8)))
    assert time.monotonic() - started >= 0.7
    assert len(recorder.requests) == 8


def test_tasks_and_clients_share_a_limit(recorder: Recorder) -> None:
    """As they can share a budget."""
    limit = RateLimit(10, per=1.0)

    async def calls() -> None:
        async with (
            AsyncClient(api_key=KEY, transport=recorder.transport, rate_limit=limit) as first,
            AsyncClient(api_key=KEY, transport=recorder.transport, rate_limit=limit) as second,
        ):
            await asyncio.gather(*(one.generate_image(prompt="a tiger") for one in (first, second) * 3))

    started = time.monotonic()
    asyncio.run(calls())
    assert time.monotonic() - started >= 0.5


def test_the_timeout_of_a_call_starts_with_its_turn(recorder: Recorder) -> None:
    """A call that waits longer for its turn than its timeout is long is sent all the same."""

    def errors(timeout: float) -> list[APIError | None]:
        options: dict[str, Any] = {"rate_limit": RateLimit(1, per=1.25 * timeout), "timeout": timeout}
        with Client(api_key=KEY, transport=recorder.transport, **options) as client:
            return [outcome.error for outcome in client.generate_many(prompts(3), in_flight=3)]

    assert with_time_enough(errors, lambda found: not any(found), 0.4) == [None] * 3


def test_a_retry_that_has_no_turn_in_time_is_not_sent(calling: Calling, server: RespondingServer) -> None:
    """Retries take turns too, and the error says that it is the limit of the client that comes too late."""
    server.response = http_response("429 ", b"{}")
    with pytest.raises(RateLimitedError, match="its next turn by `rate_limit` is after `timeout`"):
        calling(base_url=server.url, rate_limit="1 a minute", retry=_AT_ONCE, timeout=5)(prompt="a tiger")
    assert len(server.received) == 1


class _AtOnce:
    def wait(self, attempt: int, error: object, retry_after: float | None) -> float | None:
        return 0.0


_AT_ONCE = _AtOnce()


def test_many_calls_within_the_limit_are_never_refused() -> None:
    """A service that takes ten in a window refuses none of twelve that are sent more slowly than that."""
    before = threading.active_count()

    def errors(seconds: float) -> list[APIError | None]:
        app = create_app(evolve(DOCUMENTED, accounts=(Account("limited", rate_limit=Window(10, seconds)),)))
        with running_sandbox(app) as sandbox:
            # Half as fast, since requests do not all take the same time to arrive.
            limit = RateLimit(10, per=2 * seconds)
            with Client(api_key="limited", base_url=sandbox.url, rate_limit=limit, retry=None) as client:
                return [outcome.error for outcome in client.generate_many(prompts(12), in_flight=20)]

    # What a busy machine has held up leaves all at once: the longer the window, the less that is.
    assert with_time_enough(errors, lambda found: not any(found), 1.0) == [None] * 12
    assert threading.active_count() == before
