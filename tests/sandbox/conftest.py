"""Fixtures: a running sandbox, and clients that talk to it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.sandbox.accounts import KEY
from tests.sandbox.server import Sandbox, running_sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Run one sandbox for all tests of a module."""
    with running_sandbox() as running:
        yield running


@pytest.fixture(scope="session")
def anyone() -> Iterator[httpx.Client]:
    """A client without a key, for any sandbox."""
    with plain_client() as client:
        yield client


@pytest.fixture(scope="module")
def client(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of the module's sandbox, with the key that has credits."""
    with plain_client(base_url=sandbox.url, headers={"x-api-key": KEY}) as client:
        yield client


def plain_client(**options: Any) -> httpx.Client:
    """Return a client that ignores proxies and loads no certificates, which would slow tests down."""
    return httpx.Client(trust_env=False, verify=False, **options)
