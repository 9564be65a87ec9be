"""Tools that replace the methods of httpx in tests, as vcrpy and pytest-httpx do, replace what a client sends with."""

import os
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import AsyncClient, Client
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.images import jpeg

FIELDS: dict[str, Any] = {"prompt": "a fox", "width": 512, "height": 512}
INVENTED = httpx.Response(200, content=jpeg(512, 512), headers={"content-type": "image/jpeg", "x-cost": "7"})


def test_a_replaced_blocking_transport_is_used(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented response comes back, and nothing reaches the service, which would charge for it."""
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: INVENTED)
    with Client(api_key=KEY, base_url=sandbox.url) as client:
        assert client.generate_image(**FIELDS).cost == 7
    assert not sandbox.ledger.posts


@pytest.mark.parametrize("transport", [None, "httpx", "aiohttp"])
async def test_a_replaced_asynchronous_transport_is_used(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, transport: Any
) -> None:
    """The same whichever of the client's own transports would have been used."""

    async def invent(*_: object) -> httpx.Response:
        return INVENTED

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", invent)
    async with AsyncClient(api_key=KEY, base_url=sandbox.url, transport=transport) as client:
        assert (await client.generate_image(**FIELDS)).cost == 7
    assert not sandbox.ledger.posts


def test_the_own_transport_is_used_again_afterwards(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that outlives the replacement sends to the service again."""
    with Client(api_key=KEY, base_url=sandbox.url) as client:
        with monkeypatch.context() as patched:
            patched.setattr(httpx.HTTPTransport, "handle_request", lambda *_: INVENTED)
            client.generate_image(**FIELDS)
        assert client.generate_image(**FIELDS).cost != 7
    assert len(sandbox.ledger.posts) == 1


def test_a_forked_process_has_a_stand_in_of_its_own(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool may record what goes over real connections: parent and child must not share those."""
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", passing_on(httpx.HTTPTransport.handle_request))
    with Client(api_key=KEY, base_url=sandbox.url) as client:
        client.generate_image(**FIELDS)
        held = client._connection._stand_in
        child = os.fork()
        if child == 0:
            try:
                client.generate_image(**FIELDS)
                os._exit(0 if client._connection._stand_in is not held else 1)
            except BaseException:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert client._connection._stand_in is held


def passing_on(handler: Callable[..., httpx.Response]) -> Callable[..., httpx.Response]:
    """A replacement that sends for real."""

    def handle(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return handler(transport, request)

    return handle
