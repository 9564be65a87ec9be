"""Blocking clients, each as a function that makes one call."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx

from segmind_flux_schnell import Client
from tests.bench.peers import BODY, FIELDS, HEADERS, KEY, PATH, SECONDS, is_installed, loaded
from tests.bench.report import OURS

Fetch = Callable[[], bytes]


@contextmanager
def opened_blocking(base_url: str, *names: str) -> Iterator[dict[str, Fetch]]:
    """A call for each peer that is installed, or for the named ones of them, until the context ends."""
    with ExitStack() as stack:
        yield {name: BLOCKING[name](base_url, stack) for name in names or BLOCKING if is_installed(name)}


def _ours(base_url: str, stack: ExitStack) -> Fetch:
    client = stack.enter_context(Client(api_key=KEY, base_url=base_url))
    return lambda: client.generate_image(**FIELDS).content


def _httpx(base_url: str, stack: ExitStack) -> Fetch:
    client = stack.enter_context(httpx.Client(timeout=SECONDS))
    return lambda: client.post(base_url + PATH, content=BODY, headers=HEADERS).content


def _requests(base_url: str, stack: ExitStack) -> Fetch:
    session: Any = stack.enter_context(loaded("requests").Session())

    def call() -> bytes:
        content: bytes = session.post(base_url + PATH, data=BODY, headers=HEADERS, timeout=SECONDS).content
        return content

    return call


def _pyreqwest(base_url: str, stack: ExitStack) -> Fetch:
    client: Any = stack.enter_context(loaded("pyreqwest.client").SyncClientBuilder().build())
    headers = list(HEADERS.items())
    return lambda: bytes(client.post(base_url + PATH).headers(headers).body_bytes(BODY).build().send().bytes())


def _segmind(base_url: str, stack: ExitStack) -> Fetch:
    path, _, model = PATH.rpartition("/")
    client: Any = loaded("segmind").SegmindClient(api_key=KEY, base_url=base_url + path, timeout=SECONDS)
    # The SDK cannot be closed, so the client within it is.
    stack.enter_context(client._client)

    def call() -> bytes:
        content: bytes = client.run_sync(model, **FIELDS, steps=4).content
        return content

    return call


BLOCKING: dict[str, Callable[[str, ExitStack], Fetch]] = {
    OURS: _ours,
    "httpx": _httpx,
    "requests": _requests,
    "pyreqwest": _pyreqwest,
    "segmind": _segmind,
}
