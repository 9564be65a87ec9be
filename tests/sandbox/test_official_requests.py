"""What the vendor has published works against the sandbox unchanged."""

import importlib
import io
import json
from typing import Any

import httpx
import pytest
from PIL import Image

from segmind_flux_schnell_sandbox.accounts import KEY, KEY_NO_CREDITS
from segmind_flux_schnell_sandbox.server import Sandbox

# The vendor's SDK has no types.
segmind: Any = importlib.import_module("segmind")

# The `data` of the example on the vendor's API page of flux-schnell, copied verbatim.
PAGE_JSON = """{ "prompt": "a bengal tiger in an astronaut suit on mars, cubist style holding a \
sign saying 'awesome text gen'", "steps": 4, "seed": 123456789, "sampler_name": "euler", \
"scheduler": "normal", "samples": 1, "width": 1024, "height": 1024, "denoise": 1 }"""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def sdk_run(sandbox: Sandbox, key: str, **fields: Any) -> Any:
    """Call `run_sync` of the official client, pointed at the sandbox."""
    client = segmind.SegmindClient(api_key=key, base_url=sandbox.v1_url)
    # The SDK cannot be closed, but the client inside can.
    with client._client:
        return client.run_sync("flux-schnell", **fields)


def test_the_official_sdk_gets_an_image(sandbox: Sandbox) -> None:
    """`run_sync` of the official SDK returns a JPEG of the requested size."""
    response = sdk_run(sandbox, KEY, prompt="a fox in the snow", width=512, height=768)
    image = Image.open(io.BytesIO(response.content))
    assert (image.format, image.size) == ("JPEG", (512, 768))


def test_the_official_sdk_understands_a_refused_key(sandbox: Sandbox) -> None:
    """The SDK finds the status and the message of a 401 where it looks for them."""
    with pytest.raises(segmind.SegmindError) as caught:
        sdk_run(sandbox, "no-such-key", prompt="a fox")
    assert caught.value.status == 401
    assert caught.value.detail.startswith("Unauthorized. API key is invalid")


def test_the_official_sdk_understands_an_empty_account(sandbox: Sandbox) -> None:
    """The SDK finds the status and the message of a 406 where it looks for them."""
    with pytest.raises(segmind.SegmindError) as caught:
        sdk_run(sandbox, KEY_NO_CREDITS, prompt="a fox")
    assert caught.value.status == 406
    assert caught.value.detail.startswith("Insufficient credits")


def test_the_pages_own_request_gets_an_image(client: httpx.Client) -> None:
    """The page's JSON, sent as on the page, gets a JPEG and the remaining credits."""
    response = client.post("/v1/flux-schnell", json=json.loads(PAGE_JSON))
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/jpeg"
    assert float(response.headers["x-remaining-credits"]) > 0
    assert Image.open(io.BytesIO(response.content)).size == (1024, 1024)


def test_the_pages_values_are_the_defaults(client: httpx.Client) -> None:
    """The page's JSON and its prompt alone give the same image."""
    sent = json.loads(PAGE_JSON)
    complete = client.post("/v1/flux-schnell", json=sent)
    prompt_only = client.post("/v1/flux-schnell", json={"prompt": sent["prompt"]})
    assert complete.content == prompt_only.content
