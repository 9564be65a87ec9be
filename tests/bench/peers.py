"""What is asked of each peer: the same image, by the same JSON, with the same key."""

import importlib
import importlib.util
import json
from typing import Any

from tests.bench.report import OURS
from tests.bench.servers import SIDE

FIELDS: dict[str, Any] = {"prompt": "a bengal tiger in an astronaut suit", "seed": 7, "width": SIDE, "height": SIDE}

KEY = "a-key-for-loopback"

PATH = "/v1/flux-schnell"

BODY = json.dumps({**FIELDS, "steps": 4}).encode()

HEADERS = {"x-api-key": KEY, "content-type": "application/json", "accept-encoding": "identity"}

SECONDS = 300.0
"""How long all peers wait for a response."""

MODULES = {
    OURS: "segmind_flux_schnell",
    "httpx": "httpx",
    "requests": "requests",
    "aiohttp": "aiohttp",
    "httpx over aiohttp": "httpx_aiohttp",
    "pyreqwest": "pyreqwest",
    "segmind": "segmind",
    "openai": "openai",
    "replicate": "replicate",
    "fal-client": "fal_client",
}
"""What is imported for each peer."""


def is_installed(name: str) -> bool:
    """Whether a peer can be measured."""
    return importlib.util.find_spec(MODULES[name]) is not None


def loaded(module: str) -> Any:
    """A peer's module. Some have no types, and `make lint` runs without most of them."""
    return importlib.import_module(module)


def counted(content: bytes, length: int) -> bytes:
    """The content, if it is whole: a peer that is fast because it reads nothing would be no peer.

    Raises:
        ValueError: It is not.
    """
    if len(content) != length:
        raise ValueError(f"{len(content)} bytes came, not {length}")
    return content
