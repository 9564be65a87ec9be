"""Fixtures: a running sandbox, and clients that talk to it."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

import segmind_flux_schnell_sandbox.jobs
import segmind_flux_schnell_sandbox.queueing
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Run one sandbox for all tests of a module."""
    with running_sandbox() as running:
        yield running


PlainClient = Callable[..., httpx.Client]


class Clock:
    """The clock of a queue. It stands still, so that a job gets on when a test says so."""

    now = 0.0

    def monotonic(self) -> float:
        """Return the seconds that the test has let pass."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the queues of all sandboxes."""
    clock = Clock()
    for module in (segmind_flux_schnell_sandbox.jobs, segmind_flux_schnell_sandbox.queueing):
        monkeypatch.setattr(module, "time", clock)
    return clock


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
