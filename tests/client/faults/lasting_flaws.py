"""What is wrong with the end of a call on a busy machine too."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from tests.client.faults.fault import ServiceFault
from tests.client.faults.job_fault import JobFault
from tests.client.faults.job_observing import JobObservation
from tests.client.faults.observing import Observation

LONGER = 6

Row = TypeVar("Row", ServiceFault, JobFault)
Seen = TypeVar("Seen", Observation, JobObservation)


def lasting_flaws(observe: Callable[[Row, Path], Seen], fault: Row, folder: Path) -> str:
    """The flaws of a row of the table that are no flaws of a busy machine, one a line."""
    return "\n".join(lasting_observation(observe, fault, folder).flaws)


def lasting_observation(observe: Callable[[Row, Path], Seen], fault: Row, folder: Path) -> Seen:
    """What a row of the table came to.

    Deadlines are short, since many faults last until then. Where a busy machine did not get as far as the fault in that
    time, the row is tried once more with a longer one: a flaw that is there again is not one of the machine.
    """
    observation = observe(fault, folder)
    if observation.flaws:
        again = folder / "again"
        again.mkdir()
        observation = observe(evolve(fault, deadline=LONGER * fault.deadline), again)
    return observation
