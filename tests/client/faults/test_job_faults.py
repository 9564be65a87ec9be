"""Each fault of a queue, with each client: one typed error in time, nothing lost, nothing bought twice, by the books.

`make faults` prints the same as a table.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Kind
from tests.client.faults.enough_time import faults_found, in_enough_time
from tests.client.faults.job_fault import JobFault, Way
from tests.client.faults.job_matrix import DOWNLOADING, ENDING, JOB_FAULTS, SUBMITTING
from tests.client.faults.job_observing import JobObservation, observe_job, quick_sandbox

KINDS: list[Kind] = ["sync", "async", "aiohttp"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox for all tests of the module, whose jobs are done soon."""
    with quick_sandbox() as running:
        yield running


def flaws(fault: JobFault, kind: Kind, way: Way, folder: Path, sandbox: Sandbox) -> str:
    """What is wrong with an image that is bought one way under a fault."""

    def observed(row: JobFault, place: Path) -> JobObservation:
        return observe_job(row, kind, way, place, sandbox)

    return faults_found(in_enough_time(observed, fault, folder))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", JOB_FAULTS, ids=str)
def test_a_fault_comes_to_what_the_table_says(fault: JobFault, kind: Kind, sandbox: Sandbox, tmp_path: Path) -> None:
    """Error, bill and budget are those of the table; what was paid for is collected by another client afterwards."""
    assert flaws(fault, kind, "generate_image", tmp_path, sandbox) == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [*SUBMITTING, *ENDING], ids=str)
def test_a_fault_comes_to_the_same_for_a_handle(fault: JobFault, kind: Kind, sandbox: Sandbox, tmp_path: Path) -> None:
    """`submit_image` and `wait` are the same as a call by the queue."""
    assert flaws(fault, kind, "wait", tmp_path, sandbox) == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", DOWNLOADING, ids=str)
def test_a_fault_comes_to_the_same_for_a_file(fault: JobFault, kind: Kind, sandbox: Sandbox, tmp_path: Path) -> None:
    """The file is whole or absent, and nothing else is left in its folder."""
    assert flaws(fault, kind, "generate_image_to_file", tmp_path, sandbox) == ""


def test_each_fault_has_a_name_of_its_own() -> None:
    """A line of the table tells which fault it is."""
    assert len({fault.name for fault in JOB_FAULTS}) == len(JOB_FAULTS)
