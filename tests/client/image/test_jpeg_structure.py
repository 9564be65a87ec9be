"""What makes a JPEG whole: its structure, as real encoders write it, and not its last two bytes."""

import re
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from segmind_flux_schnell._runtime.base.spool import Spool
from segmind_flux_schnell._runtime.image.image_format import ImageFacts, read_image
from tests.client.image.encodings import ARITHMETIC, JPEGS, MULTI_PICTURE, SIZE, encoded, with_segment
from tests.client.images import at_thumbnail, flat_jpeg, jpeg, with_scan

thorough = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def facts(content: Any) -> ImageFacts:
    """What the bytes of an image say about it."""
    found = read_image(content)
    assert found is not None
    return found


@pytest.mark.parametrize("content", JPEGS.values(), ids=JPEGS)
def test_what_encoders_write_is_whole(content: bytes) -> None:
    """Each is whole up to its last byte, and its size is that which Pillow reads."""
    with Image.open(BytesIO(content)) as image:
        image.load()
        size = image.size
    assert facts(content) == ("image/jpeg", *size, "", len(content), False)


@pytest.mark.parametrize("content", JPEGS.values(), ids=JPEGS)
def test_an_image_that_is_cut_off_anywhere_is_not_whole(content: bytes) -> None:
    """At every byte: no part of an image passes for an image, whatever its thumbnail, comments or profile end with."""
    step = max(1, len(content) // 500)
    for end in (*range(12, len(content), step), len(content) - 1):
        found = facts(content[:end])
        assert found.flaw, f"the first {end} of {len(content)} bytes"


@thorough
@given(content=st.sampled_from(sorted(JPEGS.values())), behind=st.binary(max_size=64))
def test_bytes_behind_an_image_do_not_matter(content: bytes, behind: bytes) -> None:
    """Whatever follows the end marker, the image is whole, and ends where it did."""
    found = facts(content + behind)
    assert (found.flaw, found.end) == ("", len(content))


@thorough
@given(
    content=st.sampled_from(sorted([*JPEGS.values(), flat_jpeg(64, 64)])),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8),
)
def test_whatever_the_bytes_are_there_are_facts(content: bytes, changes: list[tuple[float, bytes]]) -> None:
    """Bytes that are changed anywhere raise nothing, and take no time or memory."""
    spoilt = bytearray(content)
    for place, piece in changes:
        at = 12 + round(place * (len(content) - 12))
        spoilt[at : at + len(piece)] = piece
    found = facts(bytes(spoilt))
    assert found.flaw or found.end <= len(spoilt)


def test_a_huge_frame_with_little_data_takes_no_memory() -> None:
    """A frame of 65535 x 65535 pixels, whose height comes behind the scan, is not compared with a flat one."""
    flat = flat_jpeg(64, 64)
    frame = flat.index(b"\xff\xc0")
    huge = flat[: frame + 5] + b"\0\0\xff\xff" + flat[frame + 9 : -2] + b"\xff\xdc\0\4\xff\xff\xff\xd9"
    assert facts(huge) == ("image/jpeg", 65535, 65535, "", len(huge), False)


def test_a_file_of_several_pictures_has_its_first() -> None:
    """The first image of a multi-picture file (MPO) is whole; the second one follows it."""
    found = facts(MULTI_PICTURE)
    assert (found.width, found.height, found.flaw) == (*SIZE, "")
    assert 0 < found.end < len(MULTI_PICTURE)
    assert facts(MULTI_PICTURE[found.end :].lstrip(b"\0")).flaw == ""


WHOLE = encoded()
NOT_WHOLE: dict[str, tuple[bytes, str]] = {
    "a head without a scan": (with_scan(WHOLE, b"")[: -2 - 14] + b"\xff\xd9", "it has a head, and no pixels"),
    "a scan without data": (with_scan(WHOLE, b""), "its scans are empty"),
    "a scan that is too short": (
        with_scan(jpeg(512, 512), b"\x28\xa2"),
        "a scan has 2 bytes, and a whole one of 512 x 512",
    ),
    "HTML in place of the scan": (
        with_scan(WHOLE, b"<html><h1>502 Bad Gateway</h1></html>"),
        "text in place of pixels: '<html><h1>502 Bad Ga'",
    ),
    "a long page in place of the scan": (
        with_scan(jpeg(), b"<!doctype html>" + b"<p>Sorry.</p>" * 5000),
        "text in place",
    ),
    "JSON in place of the scan": (with_scan(WHOLE, b'{"error": "out of memory", "status_code": 500}'), "text in place"),
    "HTML in place of the segments": (WHOLE[:20] + b"<html></html>\xff\xd9", "the bytes from 20 on are not a segment"),
    "cut off behind its thumbnail": (at_thumbnail(WHOLE), "is cut off: its [0-9]+ bytes have no scan"),
    "cut off, and another image": (WHOLE[:-2] + WHOLE, "another image starts before the end marker"),
    "a scan before the frame": (b"\xff\xd8\xff\xda\0\x08\x01\x01\0\0\x3f\0\x55\xff\xd9", "before the frame header"),
    "a scan without a component": (
        WHOLE.replace(b"\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11", b"\xff\xda\0\x08\x01\x01\0"),
        "do not have all of its components",
    ),
    "two frames": (
        WHOLE.replace(b"\xff\xda", WHOLE[WHOLE.index(b"\xff\xc0") :][:19] + b"\xff\xda", 1),
        "two frame headers",
    ),
    "a segment of no length": (with_segment(WHOLE, 0xE5, b"")[:4] + b"\0\1" + WHOLE[2:], "has a length of 1"),
    "an end marker alone": (b"\xff\xd8\xff\xd9", "it has a head, and no pixels"),
    "an arithmetic scan that is cut off": (ARITHMETIC[:-2], "no end marker behind the last scan"),
}


@pytest.mark.parametrize(("content", "reason"), NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_what_is_not_whole_says_why(content: bytes, reason: str) -> None:
    """The reason is true of the file: what it lacks, or where it stops being a JPEG."""
    assert re.search(reason, facts(content).flaw), facts(content).flaw


@pytest.mark.parametrize("content", [*JPEGS.values(), MULTI_PICTURE], ids=[*JPEGS, "multi-picture"])
def test_a_file_is_judged_like_bytes_in_memory(content: bytes) -> None:
    """An image that was written to disk is read in steps, and says the same."""
    with TemporaryFile(buffering=0) as file:
        file.write(content)
        assert facts(Spool(file).view()) == facts(content)


class _Slices:
    """The slices of bytes, as a spool gives them, and a count of how much was read."""

    def __init__(self, content: bytes) -> None:
        self.content, self.read, self.longest = content, 0, 0

    def __len__(self) -> int:
        return len(self.content)

    def __getitem__(self, at: slice) -> bytes:
        found = self.content[at]
        self.read += len(found)
        self.longest = max(self.longest, len(found))
        return found


def test_a_large_file_is_read_once_and_in_steps() -> None:
    """An image of some megabytes is read once, and never held in memory whole."""
    file = BytesIO()
    Image.effect_noise((2048, 2048), 90).save(file, "JPEG", quality=95)
    content = _Slices(file.getvalue())
    assert facts(content).flaw == ""
    assert len(content) > 2_000_000
    assert content.longest < 400_000
    assert content.read < 1.05 * len(content)
