"""A queue whose jobs are done soon, and that is asked often."""

from collections.abc import Iterator

import pytest

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.faults.job_observing import quick_polls, quick_sandbox


@pytest.fixture(scope="module")
def queue() -> Iterator[Sandbox]:
    """A sandbox whose jobs are done in 60 ms, and clients that ask for them every 20 ms."""
    with quick_sandbox() as running, quick_polls():
        yield running
