"""What is wrong with the end of a call on a busy machine too."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from tests.client.faults.fault import ServiceFault
from tests.client.faults.job_fault import JobFault

LONGER = 6

Row = TypeVar("Row", ServiceFault, JobFault)


def lasting_flaws(observe: Callable[[Row, Path], Sequence[str]], fault: Row, folder: Path) -> str:
    """The flaws of a row of the table, one a line.

    Deadlines are short, since many faults last until then. Where a busy machine did not get as far as the fault in that
    time, the row is tried once more with a longer one: a flaw that is there again is not one of the machine.
    """
    flaws = observe(fault, folder)
    if flaws:
        again = folder / "again"
        again.mkdir()
        flaws = observe(evolve(fault, deadline=LONGER * fault.deadline), again)
    return "\n".join(flaws)
