"""What a client makes of each thing that a test can arrange: the error, what it says of the money, and the retries."""

import asyncio
import inspect
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from typing import Any, get_type_hints

import httpx
import pytest

from segmind_flux_schnell import (
    APIError,
    AsyncClient,
    Backoff,
    Client,
    InvalidImageError,
    JobFailedError,
    OutcomeUnknownError,
    errors,
)
from segmind_flux_schnell._service import SERVICE
from segmind_flux_schnell_sandbox import FluxSchnellSandbox
from tests.client.conftest import Calling, Make
from tests.waiting import PATIENCE, until, with_time_enough

SMALL: dict[str, Any] = {"prompt": "a fox", "width": 512, "height": 512}
PRICE = Decimal("0.008")
QUICK = Backoff(first=0.05, longest=0.1)

FAILURES: dict[str, tuple[int, str | None, type[APIError]]] = {
    "400": (400, None, errors.BadRequestError),
    "401": (401, None, errors.KeyRefusedError),
    "403": (403, None, errors.ModelNotPermittedError),
    "404": (404, None, errors.NotFoundError),
    "405": (405, None, errors.MethodNotAllowedError),
    "406, credits": (406, None, errors.NotEnoughCreditsError),
    "406, a value": (406, "scheduler must be one of normal, karras", errors.ParameterRefusedError),
    "406, content type": (406, "Invalid content type", errors.InvalidContentTypeError),
    "410": (410, None, errors.ModelRetiredError),
    "429": (429, None, errors.RateLimitedError),
    "500": (500, None, errors.ServerError),
    "503": (503, None, errors.ServiceUnavailableError),
}


def test_the_environment_is_what_clients_read(flux_schnell_sandbox: FluxSchnellSandbox, make: Make) -> None:
    """The sandbox does not know the document, and yet sets the variables that the document names."""
    assert SERVICE.base_url_env == "SEGMIND_BASE_URL"
    assert [scheme.env for scheme in SERVICE.schemes] == ["SEGMIND_API_KEY"]
    assert make().base_url == flux_schnell_sandbox.url


@pytest.mark.parametrize(("status", "text", "raised"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_an_error_of_its_own_class(
    flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling, status: int, text: str | None, raised: type[APIError]
) -> None:
    """It is not billed, and has the text that the test has chosen."""
    flux_schnell_sandbox.fails_with(status, text=text)
    with pytest.raises(raised, match=text) as caught:
        calling()(**SMALL)
    assert type(caught.value) is raised
    assert (caught.value.billed, flux_schnell_sandbox.billed) == (False, Decimal(0))


@pytest.mark.parametrize("status", [429, 503])
def test_not_now_is_tried_again(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling, status: int) -> None:
    """A failure for a number of requests passes, and the image is bought once."""
    flux_schnell_sandbox.fails_with(status, times=2, retry_after=0.05 if status == 429 else None)
    assert calling(retry=QUICK)(**SMALL).width == 512
    assert [entry.status for entry in flux_schnell_sandbox.requests] == [status, status, 200]
    assert flux_schnell_sandbox.billed == PRICE


def test_a_model_that_starts_is_waited_for(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling) -> None:
    """The call outlasts the cold start, and is billed once."""
    flux_schnell_sandbox.is_cold_for(0.4)
    calling(retry=QUICK)(**SMALL)
    *cold, bought = [entry.status for entry in flux_schnell_sandbox.requests]
    assert (set(cold), bought) == ({503}, 200)
    assert flux_schnell_sandbox.billed == PRICE


@pytest.mark.parametrize("billed", [True, False])
def test_a_dropped_connection_is_not_sent_again(
    flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling, billed: bool
) -> None:
    """The client cannot know what was billed, says so, and does not risk to pay twice."""
    flux_schnell_sandbox.drops_the_connection(billed=billed)
    with pytest.raises(OutcomeUnknownError) as caught:
        calling(retry=QUICK)(**SMALL)
    (entry,) = flux_schnell_sandbox.requests
    assert (caught.value.billed, entry.billed) == (None, PRICE if billed else 0)


def test_an_image_that_breaks_off_is_paid_for(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling) -> None:
    """The error says so, and has the half that arrived."""
    flux_schnell_sandbox.drops_the_connection(mid_body=True)
    with pytest.raises(InvalidImageError) as caught:
        calling(retry=QUICK)(**SMALL)
    (entry,) = flux_schnell_sandbox.requests
    assert caught.value.billed is True
    assert caught.value.content == entry.response_body[: len(entry.response_body) // 2]
    assert flux_schnell_sandbox.billed == PRICE


def test_a_slow_image_runs_into_the_timeout(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling) -> None:
    """The outcome is unknown, and the sandbox knows that it was billed."""
    flux_schnell_sandbox.takes(30)
    with pytest.raises(OutcomeUnknownError):
        calling(timeout=httpx.Timeout(PATIENCE, read=0.3))(**SMALL)
    assert flux_schnell_sandbox.credits == 1000 - PRICE


def test_a_rate_limit_is_waited_for(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling) -> None:
    """The client waits until the moment that the 429 names."""
    caller = calling(retry=QUICK)

    def statuses(seconds: float) -> list[int | None]:
        flux_schnell_sandbox.reset()
        flux_schnell_sandbox.limits_the_rate_to(1, seconds=seconds)
        caller(**SMALL)
        caller(**SMALL)
        return [entry.status for entry in flux_schnell_sandbox.requests]

    assert with_time_enough(statuses, lambda found: 429 in found, 0.3) == [200, 429, 200]


def test_an_empty_account_is_an_error_of_its_own(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling) -> None:
    """With credits for one image, the second call says what is missing."""
    flux_schnell_sandbox.has_credits(0.008)
    caller = calling()
    assert caller(**SMALL).remaining_credits == 0
    with pytest.raises(errors.NotEnoughCreditsError, match=r"Balance: 0\.000"):
        caller(**SMALL)
    assert flux_schnell_sandbox.billed == PRICE


def test_a_job_fails_after_its_submit(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling) -> None:
    """The error has the reason, and nothing was billed."""
    flux_schnell_sandbox.jobs_fail("out of memory")
    with pytest.raises(JobFailedError, match="out of memory") as caught:
        calling(route="queue")(**SMALL)
    assert (caught.value.billed, flux_schnell_sandbox.billed) == (False, Decimal(0))


def test_a_lost_poll_is_asked_again(flux_schnell_sandbox: FluxSchnellSandbox, calling: Calling) -> None:
    """Questions about a job buy nothing: a lost one costs nothing but time."""
    flux_schnell_sandbox.drops_the_connection(at="jobs", times=1)
    assert calling(route="queue", retry=QUICK)(**SMALL).width == 512
    assert [entry.path for entry in flux_schnell_sandbox.requests if entry.method == "POST"] == ["/v2/flux-schnell"]
    assert sum(entry.dropped for entry in flux_schnell_sandbox.requests) == 1


def test_threads_share_one_sandbox(flux_schnell_sandbox: FluxSchnellSandbox) -> None:
    """The books have each request of each thread, once."""
    with Client() as client, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda seed: client.generate_image(**SMALL, seed=seed), range(24)))
    assert sorted(entry.json["seed"] for entry in flux_schnell_sandbox.requests) == list(range(24))
    assert flux_schnell_sandbox.billed == 24 * PRICE


async def test_tasks_share_one_sandbox(flux_schnell_sandbox: FluxSchnellSandbox) -> None:
    """It serves from a thread of its own, whatever the test's event loop does."""
    async with AsyncClient() as client:
        await asyncio.gather(*(client.generate_image(**SMALL, seed=seed) for seed in range(12)))
    assert flux_schnell_sandbox.billed == 12 * PRICE


def test_what_is_public_is_documented() -> None:
    """Each public method and property has a docstring, and types that can be resolved."""
    public = {name: value for name, value in vars(FluxSchnellSandbox).items() if not name.startswith("_")}
    functions = [value.fget if isinstance(value, property) else value for value in public.values()]
    methods: list[Callable[..., Any]] = [value for value in functions if inspect.isfunction(value)]
    assert len(methods) >= 13
    for method in methods:
        assert method.__doc__
        assert "return" in get_type_hints(method)


@pytest.mark.parametrize("number", range(3))
def test_no_test_sees_another_one(flux_schnell_sandbox: FluxSchnellSandbox, number: int) -> None:
    """Conditions, books and credits are new in each test, and a call that the last one left in flight has ended."""
    for thread in _LEFT_BEHIND:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert not flux_schnell_sandbox.requests
    assert flux_schnell_sandbox.credits == 1000
    flux_schnell_sandbox.takes(60)
    _LEFT_BEHIND.append(threading.Thread(target=_call, args=(flux_schnell_sandbox,), daemon=True))
    _LEFT_BEHIND[-1].start()
    until(lambda: flux_schnell_sandbox.ledger.in_flight)


_LEFT_BEHIND: list[threading.Thread] = []


def _call(sandbox: FluxSchnellSandbox) -> None:
    with Client(base_url=sandbox.url, api_key=sandbox.key, retry=None) as client, suppress(APIError):
        client.generate_image(**SMALL)
