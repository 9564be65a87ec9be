"""A clock for the sandbox's queue that stands still: a job advances when the test says so."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import segmind_flux_schnell_sandbox.jobs
import segmind_flux_schnell_sandbox.queueing


class Clock:
    """Takes the place of the module `time`."""

    now = 0.0

    def monotonic(self) -> float:
        """Return the seconds that the test has let pass."""
        return self.now


@contextmanager
def standing_clock() -> Iterator[Clock]:
    """Have the jobs of all sandboxes go by this clock while the context lasts."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        for module in (segmind_flux_schnell_sandbox.jobs, segmind_flux_schnell_sandbox.queueing):
            patch.setattr(module, "time", clock)
        yield clock
