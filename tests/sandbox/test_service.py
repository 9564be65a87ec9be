"""Every response of the sandbox: status, body, headers and cost."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from attrs import evolve

from segmind_flux_schnell_sandbox import accounts
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_COLD, Account
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app

PATH = "/v1/flux-schnell"
SMALL: dict[str, Any] = {"prompt": "a fox in the snow", "width": 512, "height": 512}


def test_an_image_has_its_headers(client: httpx.Client) -> None:
    """A 200 has the image, and headers for credits, cost, time, seed and metadata."""
    response = client.post(PATH, json=SMALL)
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/jpeg"
    assert response.content.startswith(b"\xff\xd8")
    assert response.content.endswith(b"\xff\xd9")
    assert Decimal(response.headers["x-cost"]) == DOCUMENTED.price
    assert float(response.headers["x-generation-time"]) >= 0
    assert response.headers["x-seed-value"] == "123456789"
    assert json.loads(response.headers["x-output-metadata"])["width"] == 512


def test_an_image_lowers_the_credits(client: httpx.Client, sandbox: Sandbox) -> None:
    """`x-remaining-credits` is the balance after the image has been billed."""
    before = sandbox.ledger.balance(KEY)
    response = client.post(PATH, json=SMALL)
    remaining = Decimal(response.headers["x-remaining-credits"])
    assert remaining == before - DOCUMENTED.price == sandbox.ledger.balance(KEY)


def test_every_sample_is_billed(client: httpx.Client) -> None:
    """Three samples are still one JPEG, at three times the price."""
    response = client.post(PATH, json={**SMALL, "samples": 3})
    assert response.headers["content-type"] == "image/jpeg"
    assert Decimal(response.headers["x-cost"]) == 3 * DOCUMENTED.price


@pytest.mark.parametrize("row", DOCUMENTED.attributes[1:], ids=lambda row: row.name)
def test_a_default_left_out_equals_the_default_sent(client: httpx.Client, row: Any) -> None:
    """Sending an attribute's default gives the same bytes as leaving it out."""
    fields = {**SMALL, "steps": 5}
    fields.pop(row.name, None)
    left_out = client.post(PATH, json=fields)
    sent = client.post(PATH, json={**fields, row.name: row.default})
    assert left_out.content == sent.content


def test_seed_minus_one_is_a_random_seed(client: httpx.Client) -> None:
    """Two images with a random seed differ, and each can be repeated with the seed that was reported."""
    first, second = (client.post(PATH, json={**SMALL, "seed": -1}) for _ in range(2))
    assert first.content != second.content
    seed = int(first.headers["x-seed-value"])
    assert client.post(PATH, json={**SMALL, "seed": seed}).content == first.content


def test_unknown_fields_are_ignored(client: httpx.Client) -> None:
    """A field of some other API changes nothing."""
    plain = client.post(PATH, json=SMALL)
    padded = client.post(PATH, json={**SMALL, "num_inference_steps": 25, "base64": True})
    assert padded.content == plain.content


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({}, "Missing Authorization or x-api-key in header"),
        ({"x-api-key": ""}, "Missing Authorization or x-api-key in header"),
        ({"authorization": "Basic x"}, "Missing Authorization or x-api-key in header"),
        ({"x-api-key": "wrong"}, "Unauthorized. API key is invalid or may have expired."),
        (
            {"authorization": "Bearer wrong"},
            "Unauthorized. API key is invalid or may have expired.",
        ),
    ],
)
def test_a_request_without_a_valid_key_is_unauthorized(
    anyone: httpx.Client, sandbox: Sandbox, headers: dict[str, str], text: str
) -> None:
    """Only the message of a 401 distinguishes a missing key from a wrong one."""
    response = anyone.post(sandbox.url + PATH, json=SMALL, headers=headers)
    assert (response.status_code, response.json()) == (401, {"error": text})


@pytest.mark.parametrize("path", [PATH, "/v1/get-user-credits"])
def test_a_bearer_token_is_refused(anyone: httpx.Client, sandbox: Sandbox, path: str) -> None:
    """A key in `Authorization` is a 401 on every endpoint, although the message of a missing key names that header."""
    method = "POST" if path == PATH else "GET"
    response = anyone.request(method, sandbox.url + path, headers={"authorization": f"Bearer {KEY}"})
    assert response.status_code == 401
    assert response.json()["error"].startswith("Unauthorized")


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/flux-schnell/", "/v1/flux-dev", "/v2/x"])
def test_an_unknown_path_is_not_found(client: httpx.Client, path: str) -> None:
    """A URL that does not exist is a 404, without a redirect, whatever the key."""
    response = client.post(path, json=SMALL, headers={"x-api-key": "wrong"})
    assert response.status_code == 404
    assert response.json() == {
        "error": "not_found",
        "error_description": "The requested URL does not exist",
        "status_code": 404,
    }


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
def test_another_method_gets_a_page(client: httpx.Client, method: str) -> None:
    """A 405 is an HTML page, not JSON, and is sent before the key is checked."""
    response = client.request(method, PATH, headers={"x-api-key": "wrong"})
    assert response.status_code == 405
    assert response.headers["content-type"].startswith("text/html")
    assert "<h1>Method Not Allowed</h1>" in response.text
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        (b"{", 400, "The body is not a JSON object"),
        (b"{}", 400, "prompt is required"),
        (b'{"prompt": 7}', 400, "prompt must be of type str"),
        (b'{"prompt": "a fox", "seed": null}', 400, "seed must be of type int"),
        (b'{"prompt": "a fox", "steps": 9}', 500, "steps must be at most 8"),
        (b'{"prompt": "a fox", "width": 1025}', 500, "width must be a multiple of 8"),
        (
            b'{"prompt": "a fox", "samples": 1000000}',
            406,
            "Insufficient credits. Balance: ",
        ),
    ],
)
def test_a_bad_body_is_refused_in_an_envelope(
    client: httpx.Client,
    body: bytes,
    status: int,
    text: str,
) -> None:
    """A body that the service cannot read is a 400, and a value that it does not accept is a 406 or a 500."""
    response = client.post(PATH, content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert response.json()["error"].startswith(text)


def test_another_content_type_is_not_acceptable(client: httpx.Client) -> None:
    """A form is refused with the same 406 as an empty account: only the message differs."""
    response = client.post(PATH, data={"prompt": "a fox"})
    assert response.status_code == 406
    assert response.json() == {"error": "Invalid content type"}


@pytest.mark.parametrize(
    ("key", "status", "error"),
    [
        (accounts.KEY_NO_CREDITS, 406, "Insufficient credits. Balance: 0.004, this request needs: 0.008"),
        (accounts.KEY_TEAM_LIMIT, 406, "The monthly spend limit of the team is reached"),
        (accounts.KEY_FORBIDDEN, 403, "model_not_permitted"),
        (accounts.KEY_RETIRED, 410, "model_retired"),
        (accounts.KEY_RATE_LIMITED, 429, "rate_limit_exceeded"),
        (accounts.KEY_CRASH, 500, "Traceback (most recent call last):"),
    ],
)
def test_a_key_provokes_each_other_status(
    client: httpx.Client,
    key: str,
    status: int,
    error: str,
) -> None:
    """The sandbox has a key for every status that a correct request can get."""
    response = client.post(PATH, json=SMALL, headers={"x-api-key": key})
    assert response.status_code == status
    assert response.json()["error"].startswith(error)


def test_platform_errors_repeat_the_status_in_the_body(client: httpx.Client) -> None:
    """403, 404, 410 and 429 have a body with a code, a description and the status."""
    headers = {"x-api-key": accounts.KEY_RETIRED}
    assert client.post(PATH, json=SMALL, headers=headers).json() == {
        "error": "model_retired",
        "error_description": "This model has been retired",
        "status_code": 410,
    }


def test_a_rate_limit_says_when_it_ends(client: httpx.Client) -> None:
    """A 429 has a header with a time in the near future, in UTC, and no `Retry-After`."""
    headers = {"x-api-key": accounts.KEY_RATE_LIMITED}
    response = client.post(PATH, json=SMALL, headers=headers)
    reset = datetime.fromisoformat(response.headers["x-rate-limit-reset-at-utc"])
    assert 50 < (reset - datetime.now(UTC)).total_seconds() <= 60
    assert "retry-after" not in response.headers


def test_a_cold_model_warms_up(anyone: httpx.Client) -> None:
    """The cold key gets a 503 with an HTML page twice, not billed, and images from then on."""
    with running_sandbox() as fresh:
        url, headers = fresh.url + PATH, {"x-api-key": KEY_COLD}
        responses = [anyone.post(url, json=SMALL, headers=headers) for _ in range(4)]
    assert [response.status_code for response in responses] == [503, 503, 200, 200]
    assert responses[0].headers["content-type"].startswith("text/html")
    assert fresh.ledger.billed == 2 * DOCUMENTED.price


def test_a_full_window_says_when_it_ends(anyone: httpx.Client) -> None:
    """The third request in a window for two gets a 429 that names its end, and costs nothing."""
    account = Account("limited", rate_limit=accounts.Window(2, 60.0))
    with running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,)))) as limited:
        responses = [anyone.post(limited.url + PATH, json=SMALL, headers={"x-api-key": "limited"}) for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    reset = datetime.fromisoformat(responses[2].headers["x-rate-limit-reset-at-utc"])
    assert 30 < (reset - datetime.now(UTC)).total_seconds() <= 60
    assert limited.ledger.billed == 2 * DOCUMENTED.price


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        (accounts.KEY_NO_CREDITS, SMALL),
        (accounts.KEY_FORBIDDEN, SMALL),
        (accounts.KEY_RETIRED, SMALL),
        (accounts.KEY_RATE_LIMITED, SMALL),
        (accounts.KEY_CRASH, SMALL),
        (KEY, {}),
        (KEY, {**SMALL, "steps": 9}),
    ],
)
def test_no_error_touches_the_credits(
    client: httpx.Client,
    sandbox: Sandbox,
    key: str,
    fields: dict[str, Any],
) -> None:
    """Whatever the error, the account keeps its credits, and the ledger says that nothing was billed."""
    before = sandbox.ledger.balance(key)
    assert client.post(PATH, json=fields, headers={"x-api-key": key}).is_error
    assert sandbox.ledger.balance(key) == before
    assert sandbox.ledger.posts[-1].billed == 0


def test_every_response_has_a_request_id_of_its_own(client: httpx.Client) -> None:
    """Images and errors alike have `x-request-id`, never the same twice."""
    responses = [
        client.post(PATH, json=SMALL),
        client.post(PATH, json={}),
        client.post("/nowhere"),
        client.get(PATH),
        client.get("/v1/get-user-credits"),
    ]
    assert len({response.headers["x-request-id"] for response in responses}) == len(responses)


def test_the_ledger_has_every_request(client: httpx.Client, sandbox: Sandbox) -> None:
    """Each POST is in the ledger before its response arrives: status, credits, key and body."""
    response = client.post(PATH, json={"prompt": "a fox", "steps": 9})
    entry = sandbox.ledger.posts[-1]
    assert (entry.method, entry.path, entry.status) == ("POST", PATH, 500)
    assert entry.billed == 0
    assert entry.request_id == response.headers["x-request-id"]
    assert entry.key == KEY
    assert json.loads(entry.body) == {"prompt": "a fox", "steps": 9}


def test_the_balance_is_free_of_charge(client: httpx.Client, sandbox: Sandbox) -> None:
    """`GET /v1/get-user-credits` returns the balance and bills nothing."""
    billed = sandbox.ledger.billed
    response = client.get("/v1/get-user-credits")
    assert response.json() == {"credits": float(sandbox.ledger.balance(KEY)), "free-credits": 0.0}
    assert sandbox.ledger.billed == billed


def test_requests_at_once_cannot_share_the_last_credits(anyone: httpx.Client) -> None:
    """Of ten concurrent requests with credits for three images, three get an image."""
    account = Account("poor", credits=3 * DOCUMENTED.price, latency=0.2)
    app = create_app(evolve(DOCUMENTED, accounts=(account,)))
    with running_sandbox(app) as sandbox, ThreadPoolExecutor(10) as pool:

        def status(_: int) -> int:
            headers = {"x-api-key": "poor"}
            return anyone.post(sandbox.url + PATH, json=SMALL, headers=headers).status_code

        assert sorted(pool.map(status, range(10))) == [200] * 3 + [406] * 7
    assert sandbox.ledger.balance("poor") == 0
