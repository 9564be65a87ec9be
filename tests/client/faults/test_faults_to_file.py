"""The faults of the response again, with an image that goes to a file: it is whole or absent, and alone."""

from pathlib import Path

import pytest

from segmind_flux_schnell import InvalidImageError
from tests.client.calling import Kind
from tests.client.faults.enough_time import faults_found, in_enough_time
from tests.client.faults.fault import ServiceFault
from tests.client.faults.images import ANOTHER_IMAGE, ENCODED, INSIDE_THE_IMAGE, NOT_THE_IMAGE, STRICT, UNUSUAL
from tests.client.faults.observing import Observation, observe
from tests.client.faults.payloads import CONNECTING
from tests.client.faults.refusals import FAILED, REDIRECTED, REFUSED
from tests.client.faults.test_faults import KINDS

WITH_A_IMAGE = (*INSIDE_THE_IMAGE, *ENCODED, *NOT_THE_IMAGE, *ANOTHER_IMAGE, *STRICT, *UNUSUAL)
WITHOUT = (CONNECTING[0], *REDIRECTED[:1], *REFUSED, *FAILED)
SPOILT = [fault for fault in WITH_A_IMAGE if fault.expected.error is InvalidImageError]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [*WITH_A_IMAGE, *WITHOUT], ids=str)
def test_a_file_is_whole_or_absent(fault: ServiceFault, kind: Kind, tmp_path: Path) -> None:
    """A fault comes to the same as without a file; the folder has the image, or nothing."""

    def observed(row: ServiceFault, folder: Path) -> Observation:
        return observe(row, kind, "generate_image_to_file", folder)

    assert faults_found(in_enough_time(observed, fault, tmp_path)) == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", SPOILT[:4], ids=str)
def test_a_file_that_was_there_stays(fault: ServiceFault, kind: Kind, tmp_path: Path) -> None:
    """What the target held before a call that failed, it holds afterwards."""
    before = tmp_path / "image.jpg"
    before.write_bytes(b"of yesterday")
    observe(fault, kind, "generate_image_to_file", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["image.jpg"]
    assert before.read_bytes() == b"of yesterday"
