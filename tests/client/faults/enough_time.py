"""The end of a call that lasts until its deadline, on a busy machine too."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from attrs import evolve

from tests.client.faults.fault import ServiceFault
from tests.client.faults.job_fault import JobFault
from tests.client.faults.limits import AMPLE
from tests.waiting import LONGER


class Observed(Protocol):
    """What came of a call under a fault."""

    @property
    def differences(self) -> list[str]:
        """Where it differs from the row of the table, in words."""
        ...

    @property
    def flaws(self) -> list[str]:
        """What is wrong whatever the row says, in words."""
        ...


Row = TypeVar("Row", ServiceFault, JobFault)
Seen = TypeVar("Seen", bound=Observed)


def in_enough_time(observe: Callable[[Row, Path], Seen], fault: Row, folder: Path) -> Seen:
    """What comes of a call under a fault once it has the time to get as far as the fault.

    A fault that lasts until the deadline costs all of it, so the first one is short. A busy machine may not get as far
    before: then the same is observed with a longer deadline. A key, a file or a socket that is left is wrong however
    little time there was, and a call that ends without its deadline is observed once.
    """

    def observed(longer: int) -> Seen:
        place = folder / str(longer)
        place.mkdir()
        return observe(evolve(fault, deadline=longer * fault.deadline), place)

    first, *others = LONGER
    observation = observed(first)
    for longer in others:
        if fault.deadline >= AMPLE or observation.flaws or not observation.differences:
            break
        observation = observed(longer)
    return observation
