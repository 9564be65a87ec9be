"""Clients and transports of httpx2, the successor of httpx, serve as those of httpx do."""

import asyncio
import subprocess
import sys
from importlib.metadata import version
from types import ModuleType
from typing import Any, Literal

import httpx
import httpx2
import pytest
from attrs import evolve
from packaging.version import Version

from segmind_flux_schnell import AsyncClient, Budget, Client, ConfigurationError
from tests.client.documented import KEY_HEADER
from tests.client.faults.expectations import ExpectedResult
from tests.client.faults.fault import ServiceFault
from tests.client.faults.matrix import FAULTS
from tests.client.faults.responses import ASKED, SIDE, WHOLE, responding
from tests.client.faults.servers import fault_server

Brought = Literal["http_client", "transport"]

LIBRARIES = [httpx, httpx2]

OF_EACH_KIND = [
    fault
    for fault in FAULTS
    if fault.name
    in (
        "refused",
        "TLS: the service has none",
        "reset before the response",
        "silence, by phase",
        "garbage for HTTP",
        "302 without a location",
        "body cut short",
        "reset inside the body",
        "gzip",
    )
]


def blocking(library: ModuleType, brought: Brought, options: dict[str, Any]) -> Any:
    """Make a call with what a caller brings; the result, or what was raised."""
    things = {"http_client": library.Client, "transport": library.HTTPTransport}
    with things[brought](verify=False) as thing, Client(**options, **{brought: thing}) as client:
        try:
            return client.generate_image(**ASKED)
        except Exception as error:
            return error


async def asynchronous(library: ModuleType, brought: Brought, options: dict[str, Any]) -> Any:
    """The same with what is awaited."""
    things = {"http_client": library.AsyncClient, "transport": library.AsyncHTTPTransport}
    async with things[brought](verify=False) as thing, AsyncClient(**options, **{brought: thing}) as client:
        try:
            return await client.generate_image(**ASKED)
        except Exception as error:
            return error


def called(library: ModuleType, brought: Brought, is_async: bool, options: dict[str, Any]) -> Any:
    """Either of them."""
    whole = {"api_key": "k", "timeout": 10, "retry": None, **options}
    if is_async:
        return asyncio.run(asynchronous(library, brought, whole))
    return blocking(library, brought, whole)


def way(library: ModuleType, brought: Brought, is_async: bool) -> Any:
    """One way to bring something. What httpx2 awaits with, the oldest libraries that this package takes lack."""
    lacks = library is httpx2 and is_async and Version(version("anyio")) < Version("4.10")
    name = f"{library.__name__}-{brought}-{'async' if is_async else 'sync'}"
    marks = pytest.mark.skipif(lacks, reason="httpx2 needs anyio 4.10")
    return pytest.param(library, brought, is_async, id=name, marks=marks)


every_way = pytest.mark.parametrize(
    ("library", "brought", "is_async"),
    [
        way(library, brought, is_async)
        for library in LIBRARIES
        for brought in ("http_client", "transport")
        for is_async in (False, True)
    ],
)


@every_way
def test_an_image_comes_through(library: ModuleType, brought: Brought, is_async: bool) -> None:
    """One request, with our own headers and key, and its image."""
    with fault_server(responding(WHOLE)) as service:
        assert called(library, brought, is_async, {"base_url": service.url}).width == SIDE
    (request,) = service.received
    assert request.headers[KEY_HEADER] == "k"
    assert request.headers["accept-encoding"] == "identity"


@every_way
@pytest.mark.parametrize("fault", OF_EACH_KIND, ids=str)
def test_a_fault_comes_to_the_same(library: ModuleType, brought: Brought, is_async: bool, fault: ServiceFault) -> None:
    """What the table says holds for what a caller brings, with one attempt."""
    budget = Budget()
    with fault.place(fault.scripts) as scene:
        options = {**fault.options, "base_url": scene.base_url, "budget": budget}
        result = called(library, brought, is_async, options)
    expected = evolve(fault.expected, attempts=1)
    if expected.error is None:
        assert result.width == SIDE
    else:
        found = ExpectedResult(
            error=type(result),
            billed=result.billed,
            outcome=result.outcome,
            attempts=result.attempts,
            posts=scene.posts,
            bought=budget.images,
            reserved=budget.reserved_images,
        )
        assert list(found.differences(expected)) == []


def test_the_two_kinds_are_not_mixed_up() -> None:
    """An asynchronous client of httpx2 cannot serve a blocking one, nor the other way round."""
    blocking_one: Any = httpx2.Client(verify=False)
    awaited: Any = httpx2.AsyncClient(verify=False)
    with pytest.raises(ConfigurationError, match=r"http_client is AsyncClient, not httpx\.Client"):
        Client(api_key="k", http_client=awaited)
    with pytest.raises(ConfigurationError, match=r"http_client is Client, not httpx\.AsyncClient"):
        AsyncClient(api_key="k", http_client=blocking_one)


def test_httpx2_is_not_imported_unasked() -> None:
    """Who does not use it does not load it, though it is installed."""
    code = "import sys; from segmind_flux_schnell import Client; Client(api_key='k'); print('httpx2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
