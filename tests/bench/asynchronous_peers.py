"""Asynchronous clients, each as a function that makes one call."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx

from segmind_flux_schnell import AsyncClient
from tests.bench.peers import BODY, FIELDS, HEADERS, KEY, PATH, SECONDS, is_installed, loaded
from tests.bench.report import OURS

AsyncFetch = Callable[[], Awaitable[bytes]]


@asynccontextmanager
async def opened_async(base_url: str, *names: str) -> AsyncIterator[dict[str, AsyncFetch]]:
    """A call for each peer that is installed, or for the named ones of them, until the context ends."""
    async with AsyncExitStack() as stack:
        chosen = [name for name in names or ASYNCHRONOUS if is_installed(name)]
        yield {name: await ASYNCHRONOUS[name](base_url, stack) for name in chosen}


async def _ours(base_url: str, stack: AsyncExitStack) -> AsyncFetch:
    client = await stack.enter_async_context(AsyncClient(api_key=KEY, base_url=base_url))

    async def call() -> bytes:
        return (await client.generate_image(**FIELDS)).content

    return call


async def _httpx(base_url: str, stack: AsyncExitStack) -> AsyncFetch:
    return _posting(await stack.enter_async_context(httpx.AsyncClient(timeout=SECONDS)), base_url)


async def _httpx_over_aiohttp(base_url: str, stack: AsyncExitStack) -> AsyncFetch:
    client = loaded("httpx_aiohttp").HttpxAiohttpClient(timeout=SECONDS, limits=_UNLIMITED)
    return _posting(await stack.enter_async_context(client), base_url)


def _posting(client: httpx.AsyncClient, base_url: str) -> AsyncFetch:
    async def call() -> bytes:
        return (await client.post(base_url + PATH, content=BODY, headers=HEADERS)).content

    return call


async def _aiohttp(base_url: str, stack: AsyncExitStack) -> AsyncFetch:
    aiohttp = loaded("aiohttp")
    session: Any = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))

    async def call() -> bytes:
        async with session.post(base_url + PATH, data=BODY, headers=HEADERS) as response:
            content: bytes = await response.read()
            return content

    return call


async def _pyreqwest(base_url: str, stack: AsyncExitStack) -> AsyncFetch:
    client: Any = await stack.enter_async_context(loaded("pyreqwest.client").ClientBuilder().build())
    headers = list(HEADERS.items())

    async def call() -> bytes:
        response = await client.post(base_url + PATH).headers(headers).body_bytes(BODY).build().send()
        return bytes(await response.bytes())

    return call


_UNLIMITED = httpx.Limits(max_connections=10_000, max_keepalive_connections=10_000)

ASYNCHRONOUS: dict[str, Callable[[str, AsyncExitStack], Awaitable[AsyncFetch]]] = {
    OURS: _ours,
    "httpx": _httpx,
    "httpx over aiohttp": _httpx_over_aiohttp,
    "aiohttp": _aiohttp,
    "pyreqwest": _pyreqwest,
}
