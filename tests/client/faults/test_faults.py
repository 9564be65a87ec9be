"""Each fault of the table, with both clients: one typed error in time, the money accounted for, nothing left behind.

`make faults` prints the same as a table.
"""

from pathlib import Path

import pytest

from tests.client.calling import Kind
from tests.client.faults.enough_time import faults_found, in_enough_time
from tests.client.faults.fault import ServiceFault
from tests.client.faults.matrix import FAULTS
from tests.client.faults.observing import observe

KINDS: list[Kind] = ["sync", "async", "aiohttp"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_comes_to_what_the_table_says(fault: ServiceFault, kind: Kind, tmp_path: Path) -> None:
    """Error, bill, POSTs and budget are those of the table; no file, key, task or socket is left."""
    observation = in_enough_time(lambda row, folder: observe(row, kind, "generate_image", folder), fault, tmp_path)
    assert faults_found(observation) == ""


def test_each_fault_has_a_name_of_its_own() -> None:
    """A line of the table tells which fault it is."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
