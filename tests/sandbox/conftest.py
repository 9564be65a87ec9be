"""Fixtures: a running sandbox, and clients that talk to it."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from tests.standing_clock import Clock, standing_clock


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Run one sandbox for all tests of a module."""
    with running_sandbox() as running:
        yield running


PlainClient = Callable[..., httpx.Client]


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock of the queues of all sandboxes, which stands still."""
    with standing_clock() as clock:
        yield clock


@pytest.fixture(scope="session")
def plain_client() -> PlainClient:
    """Makes a client that ignores proxies and loads no certificates, which would slow tests down."""

    def make(**options: Any) -> httpx.Client:
        return httpx.Client(trust_env=False, verify=False, **options)

    return make


@pytest.fixture(scope="session")
def anyone(plain_client: PlainClient) -> Iterator[httpx.Client]:
    """A client without a key, for any sandbox."""
    with plain_client() as client:
        yield client


@pytest.fixture(scope="module")
def client(sandbox: Sandbox, plain_client: PlainClient) -> Iterator[httpx.Client]:
    """A client of the module's sandbox, with the key that has credits."""
    with plain_client(base_url=sandbox.url, headers={"x-api-key": KEY}) as client:
        yield client
