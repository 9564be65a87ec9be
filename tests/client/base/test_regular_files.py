"""The content of a regular file: what is asked for is what it takes."""

import tracemalloc
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.base.regular_files import read_regular
from segmind_flux_schnell._runtime.base.tunables import LARGEST_IMAGE


def test_a_short_file_takes_little_memory(tmp_path: Path) -> None:
    """The limit is that of an image, a gigabyte, and a container may have less: the file decides what is used."""
    path = tmp_path / "x"
    path.write_bytes(b"1234")
    tracemalloc.start()
    try:
        assert read_regular(path, LARGEST_IMAGE) == b"1234"
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_file_that_is_too_long_is_refused(tmp_path: Path) -> None:
    """One of just the limit is read whole."""
    path = tmp_path / "x"
    path.write_bytes(b"1234")
    assert read_regular(path, 4) == b"1234"
    with pytest.raises(OSError, match="longer than 3 bytes"):
        read_regular(path, 3)
