"""What a test can arrange: failures, a model that starts, lost connections, slowness, limits and an empty account."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from segmind_flux_schnell_sandbox import FluxSchnellSandbox, running_sandbox
from segmind_flux_schnell_sandbox.accounts import KEY_CRASH
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.refusals import REFUSALS
from tests.waiting import PATIENCE, until, with_time_enough

SMALL = {"prompt": "a fox in the snow", "width": 512, "height": 512}
PRICE = DOCUMENTED.price
STATUSES = sorted({refusal.status for refusal in REFUSALS.values()})


@pytest.fixture
def sandbox() -> Iterator[FluxSchnellSandbox]:
    """A sandbox for one test."""
    with running_sandbox(grace=0) as running:
        yield running


@pytest.fixture
def client(sandbox: FluxSchnellSandbox, plain_client: Callable[..., httpx.Client]) -> Iterator[httpx.Client]:
    """A client of it, with its key."""
    with plain_client(base_url=sandbox.url, headers={"x-api-key": sandbox.key}) as client:
        yield client


def order(client: httpx.Client, **fields: Any) -> httpx.Response:
    """Order an image by a direct call."""
    return client.post("/v1/flux-schnell", json={**SMALL, **fields})


def submit(client: httpx.Client) -> httpx.Response:
    """Order an image over the queue."""
    return client.post("/v2/flux-schnell", json=SMALL)


def statuses(client: httpx.Client, count: int) -> list[int]:
    """The statuses of some orders, one after the other."""
    return [order(client).status_code for _ in range(count)]


def test_the_books_say_what_was_asked_billed_and_answered(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """An entry has the request as JSON, what was billed for it, and the bytes that were answered."""
    image, refused = order(client, seed=7), order(client, scheduler="linear")
    bought, failed = sandbox.requests
    assert (bought.method, bought.path, bought.status) == ("POST", "/v1/flux-schnell", 200)
    assert bought.json == {**SMALL, "seed": 7}
    assert (bought.billed, failed.billed) == (PRICE, Decimal(0))
    assert (bought.response_type, bought.response_body, bought.response_json) == ("image/jpeg", image.content, None)
    assert failed.response_json == refused.json()
    assert (sandbox.billed, sandbox.credits) == (PRICE, 1000 - PRICE)
    client.get("/v1/get-user-credits")
    assert sandbox.requests[-1].json is None


@pytest.mark.parametrize("status", STATUSES)
def test_every_documented_failure_can_be_had(sandbox: FluxSchnellSandbox, client: httpx.Client, status: int) -> None:
    """With the usual text of the status or another one, in the form that the service uses for it, and not billed."""
    sandbox.fails_with(status)
    usual = order(client)
    sandbox.fails_with(status, text="the cat is on the keyboard")
    special = order(client)
    assert (usual.status_code, special.status_code) == (status, status)
    assert usual.text
    assert "the cat is on the keyboard" in special.text
    assert usual.headers["content-type"] == special.headers["content-type"]
    assert sandbox.billed == 0


@pytest.mark.parametrize("status", [200, 204, 418, 502, "406", None])
def test_a_failure_that_is_not_documented_is_an_error(sandbox: FluxSchnellSandbox, status: Any) -> None:
    """The message says what is allowed."""
    with pytest.raises(ValueError, match=r"no failure of this status. Allowed: 400, 401, .* 500 or 503\.$"):
        sandbox.fails_with(status)


def test_a_failed_job_is_not_a_status_to_fail_with(sandbox: FluxSchnellSandbox) -> None:
    """422 is the state of a job: the message names the method for it."""
    with pytest.raises(ValueError, match=r"use jobs_fail\(\)"):
        sandbox.fails_with(422)


@pytest.mark.parametrize(
    ("arranged", "message"),
    [
        (lambda sandbox: sandbox.fails_with(406, times=0), "times is 0: it takes a number of requests, at least 1"),
        (lambda sandbox: sandbox.fails_with(406, times=True), "times is True"),
        (lambda sandbox: sandbox.fails_with(406, text=b"no"), "text is b'no': it takes a text"),
        (lambda sandbox: sandbox.jobs_fail({"error": "no"}), "text is {'error': 'no'}: it takes a text"),
        (lambda sandbox: sandbox.fails_with(406, at="image"), "at is 'image': it takes 'images', 'jobs', 'files' or"),
        (lambda sandbox: sandbox.fails_with(406, retry_after=1), "only a 429 says when to try again"),
        (lambda sandbox: sandbox.fails_with(429, retry_after=-1), "retry_after is -1: it takes a finite number"),
        (lambda sandbox: sandbox.drops_the_connection(mid_body=True, billed=False), "has been billed"),
        (lambda sandbox: sandbox.drops_the_connection(times=-1), "times is -1"),
        (lambda sandbox: sandbox.is_cold_for(float("nan")), "seconds is nan"),
        (lambda sandbox: sandbox.takes("3"), "seconds is '3'"),
        (lambda sandbox: sandbox.jobs_fail(times=1.5), "times is 1.5"),
        (lambda sandbox: sandbox.limits_the_rate_to(0), "requests is 0"),
        (lambda sandbox: sandbox.has_credits(float("inf")), "The amount is inf"),
        (lambda sandbox: sandbox.has_credits("much"), "The amount is 'much'"),
        (lambda sandbox: sandbox.has_credits(-1), "The amount is -1"),
    ],
)
def test_a_wrong_value_is_an_error(
    sandbox: FluxSchnellSandbox, client: httpx.Client, arranged: Callable[[Any], None], message: str
) -> None:
    """It is named, with what is allowed, and nothing is arranged."""
    with pytest.raises(ValueError, match=re.escape(message)):
        arranged(sandbox)
    assert order(client).status_code == 200


def test_failures_come_in_the_order_of_the_calls(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """Those with a number come first, and then the one without, until the sandbox recovers."""
    sandbox.fails_with(500)
    sandbox.fails_with(429, times=2)
    sandbox.fails_with(503, times=1)
    assert statuses(client, 5) == [429, 429, 503, 500, 500]
    sandbox.recovers()
    assert statuses(client, 1) == [200]
    assert len(sandbox.requests) == 6


def test_a_failure_meets_the_orders_of_images_alone(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """The direct call and the submit fail, but questions about jobs and credits do not, unless they are named."""
    job = submit(client).json()
    sandbox.fails_with(500)
    assert (order(client).status_code, submit(client).status_code) == (500, 500)
    assert client.get("/v1/get-user-credits").status_code == 200
    assert client.get(job["status_url"]).status_code == 200
    sandbox.recovers()
    sandbox.fails_with(503, at="jobs", times=1)
    sandbox.fails_with(403, at="credits", times=1)
    assert (order(client).status_code, client.get(job["status_url"]).status_code) == (200, 503)
    assert [client.get("/v1/get-user-credits").status_code for _ in range(2)] == [403, 200]


def test_a_rate_limit_names_its_end(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """By default it is a second away: a test that waits for it does not wait for long."""
    for wanted, seconds in ((None, 1), (30, 30)):
        sandbox.fails_with(429, times=1, retry_after=wanted)
        before = datetime.now(UTC)
        reset = datetime.fromisoformat(order(client).headers["x-rate-limit-reset-at-utc"])
        assert before - timedelta(milliseconds=1) <= reset - timedelta(seconds=seconds) <= datetime.now(UTC)


def test_a_model_starts_with_the_first_order(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """The seconds count from then on, and not from the call of the method; afterwards there are images."""
    sandbox.is_cold_for(0.3)
    time.sleep(0.4)
    first = order(client)
    assert first.status_code == 503
    assert "The model is starting" in first.text
    time.sleep(0.4)
    assert statuses(client, 1) == [200]
    sandbox.is_cold_for(60)
    assert statuses(client, 2) == [503, 503]
    sandbox.recovers()
    assert statuses(client, 1) == [200]


@pytest.mark.parametrize("ordered", [order, submit])
def test_a_dropped_connection_may_have_been_billed(
    sandbox: FluxSchnellSandbox, client: httpx.Client, ordered: Callable[[httpx.Client], httpx.Response]
) -> None:
    """The request has arrived, and the test says what became of it: the client gets nothing either way."""
    sandbox.drops_the_connection(times=1)
    sandbox.drops_the_connection(times=1, billed=False)
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
            ordered(client)
    assert [(entry.status, entry.billed, entry.dropped) for entry in sandbox.requests] == [
        (None, PRICE, True),
        (None, 0, True),
    ]
    assert (sandbox.requests[0].json, sandbox.credits) == (SMALL, 1000 - PRICE)
    assert ordered(client).status_code == 200


def test_a_connection_can_be_dropped_halfway_through_the_body(
    sandbox: FluxSchnellSandbox, client: httpx.Client
) -> None:
    """The client has the status, the headers and one half of an image, which is billed."""
    whole = order(client).content
    sandbox.drops_the_connection(mid_body=True)
    with client.stream("POST", "/v1/flux-schnell", json=SMALL) as response:
        received: list[bytes] = []
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
            received.extend(response.iter_raw())
    assert (response.status_code, response.headers["x-cost"]) == (200, f"{PRICE}")
    assert b"".join(received) == whole[: len(whole) // 2]
    entry = sandbox.requests[-1]
    assert (entry.status, entry.billed, entry.dropped, entry.response_body) == (200, PRICE, True, whole)


def test_the_download_of_a_job_can_break_off(
    sandbox: FluxSchnellSandbox, client: httpx.Client, plain_client: Callable[..., httpx.Client]
) -> None:
    """The host of the images is reached by `at`, too."""
    job = submit(client).json()
    until(lambda: client.get(job["response_url"]).json()["output"])
    output = client.get(job["response_url"]).json()["output"]
    sandbox.drops_the_connection(at="files", mid_body=True, times=1)
    with plain_client() as stranger:
        with pytest.raises(httpx.RemoteProtocolError):
            stranger.get(output)
        assert stranger.get(output).status_code == 200


def test_a_request_that_is_refused_is_dropped_too(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """What the response would have been does not matter: nothing arrives, and nothing is billed for a bad request."""
    sandbox.drops_the_connection(times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        order(client, scheduler="linear")
    assert sandbox.billed == 0


def test_an_image_can_take_long(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """A client that does not wait has paid all the same; the next image comes at once."""
    sandbox.takes(30, times=1)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/v1/flux-schnell", json=SMALL, timeout=httpx.Timeout(PATIENCE, read=0.2))
    until(lambda: sandbox.ledger.in_flight)
    assert statuses(client, 1) == [200]
    assert 1000 - sandbox.credits == 2 * PRICE


def test_a_job_can_take_long(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """It is in process for so much longer."""
    sandbox.takes(30, times=1)
    slow, quick = submit(client).json(), submit(client).json()
    until(lambda: client.get(quick["status_url"]).json()["status"] == "COMPLETED")
    assert client.get(slow["status_url"]).json()["status"] == "PROCESSING"


def test_a_rate_can_be_limited(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """So many orders are taken in a window, and as many in the next one."""
    sandbox.limits_the_rate_to(2, seconds=60)
    assert statuses(client, 3) == [200, 200, 429]
    sandbox.limits_the_rate_to(1, seconds=0.1)
    for _ in range(2):
        assert statuses(client, 1) == [200]
        time.sleep(0.2)


def test_an_account_can_run_out_of_credits(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """With credits for one image there is one image, and then the 406 that names the balance."""
    sandbox.has_credits(0.012)
    assert statuses(client, 1) == [200]
    refused = order(client)
    assert (refused.status_code, refused.json()["error"]) == (
        406,
        "Insufficient credits. Balance: 0.004, this request needs: 0.008",
    )
    sandbox.recovers()
    assert statuses(client, 1) == [200]
    assert sandbox.credits == 1000 - 2 * PRICE


def test_jobs_can_fail(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """The submit is accepted, the job fails with the text, and nothing is billed; the next one is an image."""
    sandbox.jobs_fail("out of memory", times=1)
    failing, fine = submit(client).json(), submit(client).json()
    until(lambda: client.get(fine["status_url"]).json()["status"] == "COMPLETED")
    failed = client.get(failing["response_url"])
    assert (failed.status_code, failed.json()["error"]) == (422, "out of memory")
    assert sandbox.billed == PRICE


def test_conditions_meet_every_account(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """They are about the service, not about a key; a wrong key is refused before them."""
    sandbox.fails_with(410)
    assert client.post("/v1/flux-schnell", json=SMALL, headers={"x-api-key": KEY_CRASH}).status_code == 410
    assert client.post("/v1/flux-schnell", json=SMALL, headers={"x-api-key": "nobody"}).status_code == 401


def test_reset_starts_anew(sandbox: FluxSchnellSandbox, client: httpx.Client) -> None:
    """Conditions, books, credits and jobs are those of a new sandbox at the same address."""
    job = submit(client).json()
    sandbox.fails_with(500)
    sandbox.has_credits(0)
    sandbox.reset()
    assert not sandbox.requests
    assert (sandbox.billed, sandbox.credits) == (Decimal(0), Decimal(1000))
    assert statuses(client, 1) == [200]
    assert client.get(job["status_url"]).status_code == 404


def test_what_was_in_flight_before_a_reset_is_not_in_the_new_books(
    sandbox: FluxSchnellSandbox, client: httpx.Client
) -> None:
    """A thread that is late gets its image, and nobody sees it."""
    late = threading.Thread()

    def is_reset_in_time(seconds: float) -> bool:
        nonlocal late
        sandbox.takes(seconds, times=1)
        late = threading.Thread(target=order, args=(client,))
        late.start()
        until(lambda: sandbox.ledger.in_flight or not late.is_alive())
        sandbox.reset()
        return late.is_alive()

    assert with_time_enough(is_reset_in_time, bool, 0.2)
    late.join()
    assert not sandbox.requests
    assert sandbox.credits == 1000


def test_a_sandbox_and_its_entries_show_themselves_without_the_key(
    sandbox: FluxSchnellSandbox, client: httpx.Client
) -> None:
    """A failing assertion shows where it is, what was asked and what was billed."""
    assert repr(sandbox) == f"<FluxSchnellSandbox at {sandbox.url}: 0 requests, 0 credits billed>"
    order(client)
    assert repr(sandbox) == f"<FluxSchnellSandbox at {sandbox.url}: 1 request, 0.008 credits billed>"
    assert "method='POST', path='/v1/flux-schnell', status=200, billed=Decimal('0.008')" in repr(sandbox.requests)
    assert sandbox.key not in repr(sandbox) + repr(sandbox.requests)


def test_it_ends_with_requests_in_flight(plain_client: Callable[..., httpx.Client]) -> None:
    """Without grace the connection is closed at once: nobody waits for an image that takes a minute."""
    caught: list[Exception] = []

    def call(url: str, key: str) -> None:
        with plain_client(base_url=url, headers={"x-api-key": key}, timeout=60) as client:
            try:
                order(client)
            except httpx.TransportError as error:
                caught.append(error)

    with running_sandbox(grace=0) as sandbox:
        sandbox.takes(60)
        thread = threading.Thread(target=call, args=(sandbox.url, sandbox.key))
        thread.start()
        until(lambda: sandbox.ledger.in_flight)
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert len(caught) == 1
