"""The clock of the sandbox's queue, which stands still: a job gets on when a test says so."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import segmind_flux_schnell_sandbox.jobs
import segmind_flux_schnell_sandbox.queueing


class Clock:
    """What takes the place of the module `time`."""

    now = 0.0

    def monotonic(self) -> float:
        """Return the seconds that the test has let pass."""
        return self.now


@contextmanager
def standing_clock() -> Iterator[Clock]:
    """While the context lasts, the jobs of all sandboxes go by this clock."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        for module in (segmind_flux_schnell_sandbox.jobs, segmind_flux_schnell_sandbox.queueing):
            patch.setattr(module, "time", clock)
        yield clock
