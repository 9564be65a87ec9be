"""A sandbox with accounts for batches, and batches that run with either kind of client."""

import asyncio
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from attrs import define, evolve, field
from starlette.types import Receive, Scope, Send

from segmind_flux_schnell import AsyncClient, Batch, BatchSummary, Budget, Client, GenerateImageRequest
from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, KEY, Account
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.ledger import Ledger
from segmind_flux_schnell_sandbox.refusals import Reason
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import SandboxApp, create_app
from tests.client.batch import BRIEF, BUSY, POOR, PRICE
from tests.client.gate import GATE

ROOT = Path(__file__).parents[3]

Run = Callable[..., BatchSummary[GenerateImageRequest]]

OWN_ACCOUNTS = (
    Account(BRIEF, latency=0.2),
    Account(POOR, credits=3 * Decimal(PRICE)),
    Account(BUSY, refusal=Reason.RATE_LIMITED, refused_first=25),
)


BEHAVIOUR = evolve(DOCUMENTED, accounts=(*ACCOUNTS, *OWN_ACCOUNTS), rate_limit_seconds=0, draw=GATE.draw)
"""The documented behaviour, with further accounts, a rate limit that is over at once, and the gate."""


@define
class Renewed:
    """A sandbox that can start over while it is being served: serving another one takes longer than a test."""

    app: SandboxApp = field(factory=lambda: create_app(BEHAVIOUR))

    @property
    def ledger(self) -> Ledger:
        """What it has received, answered and billed since it started over."""
        return self.app.ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    """A sandbox for all tests of a module."""
    with running_sandbox(Renewed()) as running:
        yield running


@pytest.fixture
def sandbox(served: Sandbox) -> Sandbox:
    """The sandbox, with an empty ledger."""
    cast("Renewed", served.app).app = create_app(BEHAVIOUR)
    return served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the images go. It does not exist yet."""
    return tmp_path / "out"


@pytest.fixture(params=["sync", "async"])
def run(request: pytest.FixtureRequest, sandbox: Sandbox) -> Run:
    """Runs a batch, in one test with the blocking client, in another with the asynchronous one."""

    def run_sync(batch: Batch, requests: Any, *, key: str = KEY, budget: Budget | None = None, **options: Any) -> Any:
        with blocking_client(sandbox.url, key, budget) as client:
            return batch.run(client, requests, **options)

    async def run_async(
        batch: Batch, requests: Any, *, key: str = KEY, budget: Budget | None = None, **options: Any
    ) -> Any:
        async with asynchronous_client(sandbox.url, key, budget) as client:
            return await batch.run_async(client, requests, **options)

    if request.param == "sync":
        return run_sync
    return lambda *arguments, **options: asyncio.run(run_async(*arguments, **options))


def blocking_client(url: str, key: str = KEY, budget: Budget | None = None) -> Client:
    """A client that loads no certificates, and sends each request once."""
    transport = httpx.HTTPTransport(verify=False)
    return Client(api_key=key, base_url=url, transport=transport, retry=None, budget=budget)


def asynchronous_client(url: str, key: str = KEY, budget: Budget | None = None) -> AsyncClient:
    """The same, asynchronous."""
    transport = httpx.AsyncHTTPTransport(verify=False)
    return AsyncClient(api_key=key, base_url=url, transport=transport, retry=None, budget=budget)
