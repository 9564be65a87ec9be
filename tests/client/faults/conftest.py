"""A service that does what the test says, and the two kinds of client."""

import gc
from collections.abc import Iterator

import pytest

from tests.client.calling import Kind
from tests.client.faults.servers import FaultServer, fault_server


@pytest.fixture(scope="module", params=["sync", "async", "aiohttp"])
def kind(request: pytest.FixtureRequest) -> Kind:
    """The kind of the client: each test runs once with each."""
    chosen: Kind = request.param
    return chosen


@pytest.fixture(scope="module", autouse=True)
def collected() -> Iterator[None]:
    """What `leaks` keeps from the collector is given back to it after a module."""
    yield
    gc.unfreeze()


@pytest.fixture(scope="module")
def service() -> Iterator[FaultServer]:
    """A service for all tests of a module, each of which gives it scripts."""
    with fault_server() as running:
        yield running
