"""The end of a call that lasts until its deadline, on a busy machine too."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from attrs import evolve

from tests.client.faults.fault import ServiceFault
from tests.client.faults.job_fault import JobFault
from tests.client.faults.limits import AMPLE
from tests.waiting import with_time_enough


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

    def observed(deadline: float) -> Seen:
        place = folder / f"{deadline:g}"
        place.mkdir()
        return observe(evolve(fault, deadline=deadline), place)

    def had_the_time(observation: Seen) -> bool:
        return fault.deadline >= AMPLE or bool(observation.flaws) or not observation.differences

    return with_time_enough(observed, had_the_time, fault.deadline)


def faults_found(observation: Observed) -> str:
    """All that is wrong, one a line."""
    return "\n".join([*observation.flaws, *observation.differences])
