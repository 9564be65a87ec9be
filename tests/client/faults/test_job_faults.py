"""Each fault of a queue, with each client: one typed error in time, nothing lost, nothing bought twice, by the books.

`make faults` prints the same as a table.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Kind
from tests.client.faults.job_fault import JobFault
from tests.client.faults.job_matrix import DOWNLOADING, ENDING, JOB_FAULTS, SUBMITTING
from tests.client.faults.job_observing import observe_job, quick_sandbox
from tests.client.faults.lasting_flaws import lasting_flaws

KINDS: list[Kind] = ["sync", "async", "aiohttp"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox for all tests of the module, whose jobs are done soon."""
    with quick_sandbox() as running:
        yield running


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", JOB_FAULTS, ids=str)
def test_a_fault_comes_to_what_the_table_says(fault: JobFault, kind: Kind, sandbox: Sandbox, tmp_path: Path) -> None:
    """Error, bill and budget are those of the table; what was paid for is collected by another client afterwards."""
    assert (
        lasting_flaws(lambda row, folder: observe_job(row, kind, "generate_image", folder, sandbox), fault, tmp_path)
        == ""
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [*SUBMITTING, *ENDING], ids=str)
def test_a_fault_comes_to_the_same_for_a_handle(fault: JobFault, kind: Kind, sandbox: Sandbox, tmp_path: Path) -> None:
    """`submit_image` and `wait` are the same as a call by the queue."""
    assert lasting_flaws(lambda row, folder: observe_job(row, kind, "wait", folder, sandbox), fault, tmp_path) == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", DOWNLOADING, ids=str)
def test_a_fault_comes_to_the_same_for_a_file(fault: JobFault, kind: Kind, sandbox: Sandbox, tmp_path: Path) -> None:
    """The file is whole or absent, and nothing else is left in its folder."""
    assert (
        lasting_flaws(
            lambda row, folder: observe_job(row, kind, "generate_image_to_file", folder, sandbox), fault, tmp_path
        )
        == ""
    )


def test_each_fault_has_a_name_of_its_own() -> None:
    """A line of the table tells which fault it is."""
    assert len({fault.name for fault in JOB_FAULTS}) == len(JOB_FAULTS)
