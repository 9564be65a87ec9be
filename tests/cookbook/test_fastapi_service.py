"""The service of `fastapi_service.py` against the sandbox: what its callers get, and what that costs."""

import contextlib
import json
import socket
from collections.abc import Iterator
from decimal import Decimal

import httpx
import pytest

from segmind_flux_schnell_sandbox.accounts import KEY_COLD, KEY_CRASH, KEY_NO_CREDITS, KEY_RATE_LIMITED
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.cookbook.conftest import Recipes, wait_until

ORDER = {"prompt": "a red fox", "seed": 7, "width": 512, "height": 512}


@contextlib.contextmanager
def serving(recipes: Recipes, **environment: str) -> Iterator[httpx.Client]:
    """Serve the copied recipe with uvicorn, and call it."""
    recipes.copy("fastapi_service.py")
    recipes.environment.update(environment)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    process = recipes.start("-m", "uvicorn", "fastapi_service:app", "--port", str(port), "--log-level", "warning")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as caller:

        def is_up() -> bool:
            with contextlib.suppress(httpx.TransportError):
                return caller.get("/openapi.json").status_code == 200
            return False

        wait_until(is_up, process)
        yield caller
    process.terminate()
    process.communicate(timeout=60)


@pytest.fixture
def caller(recipes: Recipes) -> Iterator[httpx.Client]:
    """A caller of the service."""
    with serving(recipes) as caller:
        yield caller


def test_an_image_comes_back(caller: httpx.Client, sandbox: Sandbox) -> None:
    """It is the JPEG that was bought, and can be fetched again for nothing."""
    response = caller.post("/images", json=ORDER)
    assert (response.status_code, response.headers["content-type"]) == (200, "image/jpeg")
    assert (response.content[:2], response.headers["x-cost"]) == (b"\xff\xd8", "0.008")
    assert caller.get(response.headers["content-location"]).content == response.content
    assert json.loads(sandbox.ledger.posts[0].body)["seed"] == 7
    assert sandbox.ledger.billed == Decimal("0.008")


def test_a_mistake_of_the_caller_is_a_422(caller: httpx.Client, sandbox: Sandbox) -> None:
    """All faults are named, and nothing is sent."""
    response = caller.post("/images", json={"prompt": "", "width": 513})
    assert response.status_code == 422
    assert all(name in response.json()["error"] for name in ("prompt", "width"))
    assert caller.post("/images", json={"promt": "a red fox"}).status_code == 422
    assert sandbox.ledger.posts == ()


@pytest.mark.parametrize(("key", "name"), [(KEY_NO_CREDITS, "NotEnoughCreditsError"), (KEY_CRASH, "ServerError")])
def test_what_the_caller_cannot_mend_is_named_without_details(recipes: Recipes, key: str, name: str) -> None:
    """Only the class of the error, and whether it was billed: its text may say something of the account."""
    with serving(recipes, SEGMIND_API_KEY=key) as caller:
        response = caller.post("/images", json=ORDER)
    assert (response.status_code, response.json()) == (502, {"error": name, "billed": False})


def test_a_starting_model_is_waited_for(recipes: Recipes, sandbox: Sandbox) -> None:
    """The client waits for it and sends again; the caller sees an image, which is paid for once."""
    with serving(recipes, SEGMIND_API_KEY=KEY_COLD) as caller:
        assert caller.post("/images", json=ORDER).status_code == 200
    assert sandbox.ledger.billed == Decimal("0.008")


def test_a_rate_limit_is_passed_on(recipes: Recipes) -> None:
    """503, and when to come again: nobody waits a minute for a web page."""
    with serving(recipes, SEGMIND_API_KEY=KEY_RATE_LIMITED) as caller:
        response = caller.post("/images", json=ORDER)
    assert (response.status_code, response.json()) == (503, {"error": "RateLimitedError", "billed": False})
    assert int(response.headers["retry-after"]) > 0


def test_a_budget_ends_the_spending_of_a_process(recipes: Recipes, sandbox: Sandbox) -> None:
    """The second image would pass MAX_CREDITS: 503, and nothing is sent."""
    with serving(recipes, MAX_CREDITS="0.01") as caller:
        statuses = [caller.post("/images", json=ORDER).status_code for _ in range(2)]
    assert statuses == [200, 503]
    assert sandbox.ledger.billed == Decimal("0.008")


def test_a_caller_that_hangs_up_loses_nothing(recipes: Recipes, sandbox: Sandbox) -> None:
    """The image that was paid for is on disk."""
    with serving(recipes, SEGMIND_API_KEY="sandbox-key-slow") as caller:
        with pytest.raises(httpx.ReadTimeout):
            caller.post("/images", json=ORDER, timeout=1)
        images = recipes.folder / "images"
        process = recipes.latest
        wait_until(lambda: list(images.glob("*.jpg")), process)
        (image,) = images.glob("*.jpg")
        assert caller.get(f"/images/{image.stem}").content == image.read_bytes()
    assert sandbox.ledger.billed == Decimal("0.008")


def test_the_tests_to_copy_pass(recipes: Recipes) -> None:
    """They run in a folder with the service and nothing else, and fail if the service buys twice."""
    service = recipes.copy("fastapi_service.py")
    tests = recipes.copy("fastapi_service_test.py").name
    del recipes.environment["SEGMIND_API_KEY"], recipes.environment["SEGMIND_BASE_URL"]
    assert "3 passed" in recipes.run("-m", "pytest", "-p", "no:cacheprovider", tests)
    service.write_text(service.read_text("utf-8").replace("Backoff(max_wait=20)", "'unknown-too'"), "utf-8")
    assert "test_a_lost_connection_is_not_tried_again" in recipes.run("-m", "pytest", tests, code=1)
