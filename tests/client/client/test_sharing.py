"""Clients that are used in another process or event loop than the one that they were made in."""

import asyncio
import os

import pytest

from segmind_flux_schnell import AsyncClient, Client, ConfigurationError
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox


def test_a_forked_process_has_connections_of_its_own(sandbox: Sandbox) -> None:
    """A child does not use the connections of its parent: both would read each other's images."""
    with Client(api_key=KEY, base_url=sandbox.url) as client:
        client.generate_image(prompt="warm", width=512, height=512)
        held = client._connection.transport
        child = os.fork()
        if child == 0:
            try:
                client._connection.settle_in()
                fresh = client._connection.transport is not held
                image = client.generate_image(prompt="child", width=512, height=512)
                os._exit(0 if fresh and image.width == 512 else 1)
            except BaseException:
                os._exit(2)
        image = client.generate_image(prompt="parent", width=512, height=512)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert client._connection.transport is held
        assert image.content == client.generate_image(prompt="parent", width=512, height=512).content


@pytest.mark.parametrize("transport", ["httpx", "aiohttp"])
def test_another_event_loop_is_refused_before_sending(sandbox: Sandbox, transport: str) -> None:
    """A connection of another loop would fail when the image is paid for already."""
    options = {"api_key": KEY, "base_url": sandbox.url, "transport": transport}
    client = AsyncClient(**options)  # type: ignore[arg-type]

    async def first() -> None:
        await client.generate_image(prompt="a tiger", width=512, height=512)
        await client.aclose()

    asyncio.run(first())
    client = AsyncClient(**options)  # type: ignore[arg-type]

    async def used() -> None:
        await client.generate_image(prompt="a tiger", width=512, height=512)

    async def closed() -> None:
        with pytest.raises(ConfigurationError, match="belongs to the event loop that it was first used in"):
            await client.generate_image(prompt="a tiger")

    with asyncio.Runner() as runner:
        runner.run(used())
        posts = len(sandbox.ledger.posts)
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(closed())).result()
        assert len(sandbox.ledger.posts) == posts
        runner.run(client.aclose())
