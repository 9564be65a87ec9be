"""`client.generate_image`, against the sandbox."""

import asyncio
import inspect
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from segmind_flux_schnell import UNSET, AsyncClient, Client, NotEnoughCreditsError
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_NO_CREDITS
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.calling import Recorder
from tests.client.conftest import Calling
from tests.client.documented import fields, resolved, success

TIGER: dict[str, Any] = {
    "prompt": "a bengal tiger in an astronaut suit",
    "steps": 4,
    "seed": 7,
    "width": 1024,
    "height": 768,
}


def test_an_image_is_bought_saved_and_accounted_for(calling: Calling, sandbox: Sandbox, tmp_path: Path) -> None:
    """A call gives an image of the requested size, which can be saved, and the exact credits that are left."""
    before = sandbox.ledger.balance(KEY)
    image = calling(base_url=sandbox.url)(**TIGER)
    saved = image.save(tmp_path / "tiger.jpg")
    with Image.open(saved) as drawn:
        assert drawn.size == (image.width, image.height) == (1024, 768)
    assert image.remaining_credits == before - Decimal("0.008") == sandbox.ledger.balance(KEY)


def test_the_request_is_as_documented(calling: Calling, sandbox: Sandbox, document: dict[str, Any]) -> None:
    """Given parameters are sent as given, the others with their documented defaults, and the key in its header."""
    calling(base_url=sandbox.url)(**TIGER)
    entry = sandbox.ledger.posts[-1]
    assert (entry.method, entry.path, entry.key) == ("POST", "/v1/flux-schnell", KEY)
    defaults = {name: field["default"] for name, field in fields(document).items() if "default" in field}
    assert json.loads(entry.body) == {**defaults, **TIGER}


def test_unset_leaves_a_parameter_out(recorder: Recorder, calling: Calling) -> None:
    """UNSET leaves a parameter out of the request, so that the service uses its own default."""
    calling(transport=recorder.transport)(prompt="a tiger", steps=UNSET, seed=UNSET)
    assert {"steps", "seed"}.isdisjoint(recorder.body)


def test_the_headers_of_an_image_are_typed(calling: Calling, sandbox: Sandbox, document: dict[str, Any]) -> None:
    """Each documented header is an attribute with its type, or None if the service does not send it."""
    image = calling(base_url=sandbox.url)(**TIGER)
    types = {"number": Decimal, "integer": int, "string": str}
    for header, facts in success(document)["headers"].items():
        value = getattr(image, header.removeprefix("x-").replace("-", "_"))
        sent = header in image.headers
        assert isinstance(value, types[resolved(document, facts)["schema"]["type"]]) if sent else value is None
    assert image.cost == Decimal("0.008")
    assert image.request_id == sandbox.ledger.posts[-1].request_id
    assert image.seed_value == 7


def test_a_missing_header_is_none(calling: Calling) -> None:
    """What the service does not report is None: unknown credits are never zero."""
    silent = DOCUMENTED.with_headers(remaining_credits=None, cost=None, request_id=None, seed=None)
    with running_sandbox(create_app(silent)) as sandbox:
        image = calling(base_url=sandbox.url)(**TIGER)
    assert (image.remaining_credits, image.cost, image.request_id, image.seed_value) == (None, None, None, None)


def test_a_failure_is_an_exception_of_its_own(calling: Calling, sandbox: Sandbox) -> None:
    """Without credits the call raises an error that says so and has cost nothing."""
    with pytest.raises(NotEnoughCreditsError) as raised:
        calling(api_key=KEY_NO_CREDITS, base_url=sandbox.url)(**TIGER)
    assert (raised.value.message or "").startswith("Insufficient credits. Balance: 0.004")
    assert raised.value.billed is False
    assert raised.value.request_id == sandbox.ledger.posts[-1].request_id


def test_threads_share_a_client(sandbox: Sandbox) -> None:
    """A blocking client serves several threads at once."""
    with (
        Client(api_key=KEY, base_url=sandbox.url, transport=httpx.HTTPTransport(verify=False)) as client,
        ThreadPoolExecutor(8) as threads,
    ):
        calls = [threads.submit(client.generate_image, prompt="a tiger", seed=seed) for seed in range(16)]
        assert [call.result().seed_value for call in calls] == list(range(16))


async def test_tasks_share_a_client(sandbox: Sandbox) -> None:
    """An asynchronous client has many calls in flight at once."""
    transport = httpx.AsyncHTTPTransport(verify=False)
    async with AsyncClient(api_key=KEY, base_url=sandbox.url, transport=transport) as client:
        images = await asyncio.gather(*(client.generate_image(prompt="a tiger", seed=seed) for seed in range(16)))
    assert [image.seed_value for image in images] == list(range(16))


def test_both_clients_have_the_same_methods() -> None:
    """The blocking and the asynchronous method have the same parameters."""
    blocking, awaited = inspect.signature(Client.generate_image), inspect.signature(AsyncClient.generate_image)
    assert blocking == awaited
    assert inspect.iscoroutinefunction(AsyncClient.generate_image)
    assert not inspect.iscoroutinefunction(Client.generate_image)
