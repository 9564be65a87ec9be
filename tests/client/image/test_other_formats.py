"""A PNG, a GIF and a WebP are judged by their structure too."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from segmind_flux_schnell._runtime.image.image_format import read_image
from tests.client.image.encodings import SIZE, encoded, picture


def _animated(image_format: str) -> bytes:
    file = BytesIO()
    picture("RGB").save(file, image_format, save_all=True, append_images=[picture("RGB").rotate(90)])
    return file.getvalue()


IMAGES: dict[str, tuple[bytes, str]] = {
    "PNG": (encoded(image_format="PNG"), "image/png"),
    "grey PNG with alpha": (encoded("LA", "PNG"), "image/png"),
    "PNG with a palette": (encoded("P", "PNG"), "image/png"),
    "GIF": (encoded("P", "GIF"), "image/gif"),
    "animated GIF": (_animated("GIF"), "image/gif"),
    "WebP": (encoded(image_format="WEBP"), "image/webp"),
    "lossless WebP": (encoded(image_format="WEBP", lossless=True), "image/webp"),
    "WebP with alpha": (encoded("RGBA", "WEBP"), "image/webp"),
    "animated WebP": (_animated("WEBP"), "image/webp"),
}


@pytest.mark.parametrize(("content", "media_type"), IMAGES.values(), ids=IMAGES)
def test_what_encoders_write_is_whole(content: bytes, media_type: str) -> None:
    """Each is whole up to its last byte, and its size is read."""
    assert read_image(content) == (media_type, *SIZE, "", len(content), False)


@pytest.mark.parametrize(("content", "media_type"), IMAGES.values(), ids=IMAGES)
def test_an_image_that_is_cut_off_anywhere_is_not_whole(content: bytes, media_type: str) -> None:
    """At every byte behind the signature; and bytes behind the image do not matter."""
    for end in range(12, len(content)):
        found = read_image(content[:end])
        assert found is not None
        assert found.flaw, f"the first {end} of {len(content)} bytes"
    longer = read_image(content + b"trailer")
    assert longer is not None
    assert (longer.media_type, longer.flaw, longer.end) == (media_type, "", len(content))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    content=st.sampled_from([content for content, _ in IMAGES.values()]),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8),
)
def test_whatever_the_bytes_are_there_are_facts(content: bytes, changes: list[tuple[float, bytes]]) -> None:
    """Bytes that are changed anywhere raise nothing."""
    spoilt = bytearray(content)
    for place, piece in changes:
        at = 12 + round(place * (len(content) - 12))
        spoilt[at : at + len(piece)] = piece
    found = read_image(bytes(spoilt))
    assert found is not None
    assert found.flaw or found.end <= len(spoilt)


PNG = IMAGES["PNG"][0]
GIF = IMAGES["GIF"][0]
WEBP = IMAGES["WebP"][0]
PIXELS = PNG.index(b"IDAT")
NOT_WHOLE: dict[str, tuple[bytes, str]] = {
    "PNG without pixels": (PNG[: PIXELS - 4] + PNG[-12:], "it has no IDAT chunk, and so no pixels"),
    "PNG with a changed byte": (
        PNG[: PIXELS + 9] + bytes([PNG[PIXELS + 9] ^ 1]) + PNG[PIXELS + 10 :],
        f"the checksum of the chunk b'IDAT' at byte {PIXELS - 4} is wrong",
    ),
    "PNG without a header": (PNG[:8] + PNG[PIXELS - 4 :], "its first chunk is not IHDR"),
    "GIF without pixels": (GIF[:6] + b"\1\0\1\0\0\0\0;", "it has no image block, and so no pixels"),
    "GIF with HTML": (GIF[:6] + b"\1\0\1\0\0\0\0<html>;", "the byte 13 does not begin a block of a GIF"),
    "WebP without pixels": (b"RIFF\x0e\0\0\0WEBPEXIF\2\0\0\0ab", "it has no chunk with pixels"),
    "WebP with HTML": (b"RIFF\x12\0\0\0WEBPVP8 \x06\1\0\0<html>", "the image is cut off: its 26 bytes have no end"),
}


@pytest.mark.parametrize(("content", "reason"), NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_what_is_not_whole_says_why(content: bytes, reason: str) -> None:
    """The reason is true of the file."""
    found = read_image(content)
    assert found is not None
    assert found.flaw == reason


def test_other_bytes_are_not_an_image() -> None:
    """Text, other formats, and too few bytes have no facts."""
    bitmap = BytesIO()
    Image.new("RGB", (8, 8)).save(bitmap, "BMP")
    for content in (b"", b"\xff\xd8", b"<html>", b"RIFF\0\0\0\0WAVE", bitmap.getvalue(), b"\0" * 100):
        assert read_image(content) is None
