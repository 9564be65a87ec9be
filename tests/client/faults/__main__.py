"""Print the tables of faults as the clients fare with them, over each transport: `python -m tests.client.faults`.

For jobs, `books` is for how many images the service has charged, and `later` what another client collects afterwards.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Kind
from tests.client.faults.enough_time import Observed, faults_found, in_enough_time
from tests.client.faults.expectations import ExpectedResult
from tests.client.faults.fault import ServiceFault
from tests.client.faults.job_fault import JobFault
from tests.client.faults.job_matrix import JOB_FAULTS
from tests.client.faults.job_observing import JobObservation, observe_job, quick_sandbox
from tests.client.faults.matrix import FAULTS
from tests.client.faults.observing import Observation, observe

HEADINGS = ("fault", "client", "raised", "billed", "POSTs", "bought", "reserved", "seconds", "ok")
WIDTHS = (max(len(str(fault)) for fault in (*FAULTS, *JOB_FAULTS)), 7, 23, 6, 5, 6, 8, 7, 3)
JOB_HEADINGS = ("fault of a job", "client", "raised", "billed", "POSTs", "books", "reserved", "later", "ok")


def main() -> int:
    """Print a line for each fault and client as it ends, and return 1 if any is not as expected."""
    print(_line(HEADINGS))
    failed = 0
    for fault, kind, observation in _observations():
        failed += _told(_cells(fault, kind, observation), observation)
    print(_line(JOB_HEADINGS))
    for job_fault, kind, job in _job_observations():
        failed += _told(_job_cells(job_fault, kind, job), job)
    print(f"{len(FAULTS) + len(JOB_FAULTS)} faults, each over three transports: {failed} not as expected")
    return 1 if failed else 0


def _told(cells: Iterable[str], observation: Observed) -> bool:
    print(_line(cells), flush=True)
    flaws = faults_found(observation).splitlines()
    for flaw in flaws:
        print(f"    {flaw}", flush=True)
    return bool(flaws)


def _observed(kind: Kind, fault: ServiceFault, folder: Path) -> Observation:
    return observe(fault, kind, "generate_image", folder)


def _observed_job(sandbox: Sandbox, kind: Kind, fault: JobFault, folder: Path) -> JobObservation:
    return observe_job(fault, kind, "generate_image", folder, sandbox)


def _observations() -> Iterator[tuple[ServiceFault, Kind, Observation]]:
    for fault in FAULTS:
        for kind in get_args(Kind):
            with TemporaryDirectory() as folder:
                yield fault, kind, in_enough_time(partial(_observed, kind), fault, Path(folder))


def _job_observations() -> Iterator[tuple[JobFault, Kind, JobObservation]]:
    with quick_sandbox() as sandbox:
        for fault in JOB_FAULTS:
            for kind in get_args(Kind):
                with TemporaryDirectory() as folder:
                    yield fault, kind, in_enough_time(partial(_observed_job, sandbox, kind), fault, Path(folder))


def _job_cells(fault: JobFault, kind: Kind, observation: JobObservation) -> Sequence[str]:
    came_to = observation.came_to or fault.expected
    raised = type(observation.raised).__name__ if observation.raised is not None else "-"
    later = "" if observation.raised is None else "image" if came_to.is_there else "-"
    billed = {True: "yes", False: "no", None: "?"}[came_to.billed]
    money = (billed, str(came_to.submits), str(came_to.charged), str(came_to.reserved))
    return (fault.name, kind, raised, *money, later, "no" if faults_found(observation) else "yes")


def _cells(fault: ServiceFault, kind: Kind, observation: Observation) -> Sequence[str]:
    came_to = observation.came_to or fault.expected
    raised = type(observation.raised).__name__ if observation.raised is not None else "-"
    return (
        fault.name,
        kind,
        raised,
        *_money(came_to),
        f"{observation.seconds:.2f}",
        "no" if faults_found(observation) else "yes",
    )


def _money(came_to: ExpectedResult) -> Iterable[str]:
    billed = {True: "yes", False: "no", None: "?"}[came_to.billed]
    return billed, str(came_to.posts), str(came_to.bought), str(came_to.reserved)


def _line(cells: Iterable[str]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
