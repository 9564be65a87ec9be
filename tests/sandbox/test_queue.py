"""The sandbox's queue: a submit, its job, and the public address of the image."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from attrs import evolve
from PIL import Image

from segmind_flux_schnell_sandbox import accounts
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.standing_clock import Clock

PlainClient = Callable[..., httpx.Client]
SUBMIT = "/v2/flux-schnell"
SMALL: dict[str, Any] = {"prompt": "a fox in the snow", "width": 512, "height": 512}
AT_ONCE = Queue(queued_seconds=0, processing_seconds=0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox whose jobs are complete at once."""
    with running_sandbox(create_app(evolve(DOCUMENTED, queue=AT_ONCE))) as running:
        yield running


def submitted(client: httpx.Client, fields: dict[str, Any] = SMALL, key: str = KEY) -> dict[str, Any]:
    """Submit a request, and return the answer."""
    response = client.post(SUBMIT, json=fields, headers={"x-api-key": key})
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document


def test_a_submit_is_answered_with_the_addresses_of_the_job(client: httpx.Client, sandbox: Sandbox) -> None:
    """It is queued under an id of its own, and its three addresses are full URLs."""
    job = submitted(client)
    request_id = job["request_id"]
    assert job == {
        "request_id": request_id,
        "status": "QUEUED",
        "poll_url": f"{sandbox.url}/v1/requests/{request_id}",
        "status_url": f"{sandbox.url}/v2/requests/{request_id}/status",
        "response_url": f"{sandbox.url}/v2/requests/{request_id}",
    }
    assert submitted(client)["request_id"] != request_id


def test_a_job_moves_on_with_time(plain_client: PlainClient, clock: Clock) -> None:
    """QUEUED, PROCESSING, COMPLETED, in this order, while the status has no output."""
    slow = Queue(queued_seconds=0.3, processing_seconds=0.3)
    seen: list[str] = []
    with (
        running_sandbox(create_app(evolve(DOCUMENTED, queue=slow))) as sandbox,
        plain_client(base_url=sandbox.url, headers={"x-api-key": KEY}) as client,
    ):
        job = submitted(client)
        status: dict[str, Any] = {}
        for moment in (0, 0.29, 0.3, 0.59, 0.61):
            clock.now = moment
            status = client.get(job["status_url"]).json()
            seen += [status["status"]]
            assert set(status) == {"status", "request_id", "metrics"}
        assert status["metrics"] == {"inference_time": 0.3}
    assert seen == ["QUEUED", "QUEUED", "PROCESSING", "PROCESSING", "COMPLETED"]


@pytest.mark.parametrize("address", ["response_url", "poll_url"])
def test_a_complete_job_says_where_its_image_is(
    client: httpx.Client, sandbox: Sandbox, address: str, plain_client: PlainClient
) -> None:
    """The image is that of version 1, at a public address on another host, with its size and its seed as texts."""
    job = submitted(client, {**SMALL, "seed": 7})
    result = client.get(job[address]).json()
    (image,) = result["images"]
    assert (result["status"], result["error"], result["seed"]) == ("COMPLETED", None, "7")
    assert result["output"] == image["url"]
    assert image["url"].startswith(sandbox.images_url)
    assert sandbox.images_url != sandbox.url
    with plain_client() as stranger:
        body = stranger.get(image["url"])
    assert (body.status_code, body.headers["content-type"]) == (200, image["content_type"])
    assert image["file_size"] == str(len(body.content))
    assert Image.open(io.BytesIO(body.content)).size == (512, 512)
    assert body.content == client.post("/v1/flux-schnell", json={**SMALL, "seed": 7}).content


def test_a_job_is_billed_once_and_says_what_it_cost(
    client: httpx.Client, sandbox: Sandbox, plain_client: PlainClient
) -> None:
    """The submit is billed; asking and downloading are free, however often."""
    before = sandbox.ledger.billed
    job = submitted(client)
    with plain_client() as stranger:
        results = [client.get(job["response_url"]).json() for _ in range(3)]
        assert all(stranger.get(result["output"]).status_code == 200 for result in results)
    assert sandbox.ledger.billed - before == DOCUMENTED.price
    assert results[-1]["metrics"]["cost"] == float(DOCUMENTED.price)
    assert results[-1]["metrics"]["remaining_credits"] == float(sandbox.ledger.balance(KEY))


FAILING: dict[str, tuple[dict[str, Any], str, str]] = {
    "a number out of range": ({**SMALL, "steps": 9}, KEY, "steps must be at most 8"),
    "a crash": (SMALL, accounts.KEY_CRASH, "Traceback"),
}


@pytest.mark.parametrize(("fields", "key", "error"), FAILING.values(), ids=FAILING)
def test_a_job_that_fails_is_a_422_and_costs_nothing(
    client: httpx.Client, sandbox: Sandbox, fields: dict[str, Any], key: str, error: str
) -> None:
    """The model fails after the submit was accepted: both GETs have the state, the reason, and no cost."""
    before = sandbox.ledger.balance(key)
    job = submitted(client, fields, key)
    for address in ("status_url", "response_url"):
        response = client.get(job[address], headers={"x-api-key": key})
        assert response.status_code == 422
        assert response.json()["status"] == "FAILED"
        assert response.json()["error"].startswith(error)
        assert "cost" not in response.json()["metrics"]
    assert sandbox.ledger.balance(key) == before


REFUSED: dict[str, tuple[dict[str, Any], str, int]] = {
    "no prompt": ({}, KEY, 400),
    "wrong key": (SMALL, "nobody", 401),
    "not in its list": ({**SMALL, "scheduler": "linear"}, KEY, 406),
    "credits": (SMALL, accounts.KEY_NO_CREDITS, 406),
    "rate limit": (SMALL, accounts.KEY_RATE_LIMITED, 429),
}


@pytest.mark.parametrize(("fields", "key", "status"), REFUSED.values(), ids=REFUSED)
def test_a_submit_is_refused_as_in_version_1(
    client: httpx.Client, fields: dict[str, Any], key: str, status: int
) -> None:
    """What is checked before the model runs is checked at the submit."""
    assert client.post(SUBMIT, json=fields, headers={"x-api-key": key}).status_code == status


@pytest.mark.parametrize("address", ["status_url", "response_url", "poll_url"])
def test_a_job_belongs_to_its_account(client: httpx.Client, address: str, plain_client: PlainClient) -> None:
    """Without a key it is a 401, with that of another account, or an unknown id, a 404."""
    job = submitted(client)
    with plain_client() as stranger:
        assert stranger.get(job[address]).status_code == 401
        assert stranger.get(job[address], headers={"x-api-key": accounts.KEY_SLOW}).status_code == 404
    assert client.get(job[address].replace(job["request_id"], "no-such-id")).status_code == 404


def test_a_record_expires_before_its_image(plain_client: PlainClient, clock: Clock) -> None:
    """Then all three addresses are a 404, while the file lives on."""
    brief = evolve(AT_ONCE, record_seconds=0.3)
    with (
        running_sandbox(create_app(evolve(DOCUMENTED, queue=brief))) as sandbox,
        plain_client(base_url=sandbox.url, headers={"x-api-key": KEY}) as client,
        plain_client() as stranger,
    ):
        job = submitted(client)
        output = client.get(job["response_url"]).json()["output"]
        clock.now += 0.4
        gone = [client.get(job[name]) for name in ("status_url", "response_url", "poll_url")]
        assert stranger.get(output).status_code == 200
    assert [response.status_code for response in gone] == [404, 404, 404]
    assert gone[0].json()["error_description"].startswith("Request id not found")


@pytest.mark.parametrize("headers", [{"x-api-key": KEY}, {"authorization": f"Bearer {KEY}"}])
def test_the_host_of_images_refuses_keys(
    client: httpx.Client, headers: dict[str, str], plain_client: PlainClient
) -> None:
    """A key that is sent there has left for a stranger: the sandbox refuses what the service would overlook."""
    output = client.get(submitted(client)["response_url"]).json()["output"]
    with plain_client() as stranger:
        assert stranger.get(output, headers=headers).status_code == 400
        assert stranger.post(output).status_code == 405
        assert stranger.get(f"{output}.png").status_code == 404


def test_the_host_of_images_is_not_the_service(
    client: httpx.Client, sandbox: Sandbox, plain_client: PlainClient
) -> None:
    """It knows no operation of the API."""
    with plain_client() as stranger:
        assert stranger.get(f"{sandbox.images_url}/v1/get-user-credits").status_code == 404
