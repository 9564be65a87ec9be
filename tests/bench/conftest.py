"""The loopback service."""

from collections.abc import Iterator

import pytest

from tests.bench.servers import Service, running_service


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A running service, one for all tests of a module."""
    with running_service() as service:
        yield service
