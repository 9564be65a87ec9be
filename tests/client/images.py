"""Small images for responses."""

from functools import cache
from io import BytesIO

from PIL import Image

from segmind_flux_schnell._runtime.image.provenance import Provenance, embed
from tests.client.documented import DEFAULTS

WIDTH: int = DEFAULTS["width"]
HEIGHT: int = DEFAULTS["height"]
"""The size that an image has if its request does not say."""


@cache
def jpeg(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A whole JPEG, by default of the size that an image has if its request does not say."""
    return _encoded("JPEG", width, height)


@cache
def png() -> bytes:
    """A whole PNG."""
    return _encoded("PNG", 16, 8)


def embedded(content: bytes, provenance: Provenance, *, description: str | None = None) -> bytes:
    """An image with its provenance embedded, or as it is where that has no room."""
    target = BytesIO()
    embed(BytesIO(content), target, provenance, description=description)
    return target.getvalue()


def with_scan(image: bytes, scan: bytes) -> bytes:
    """A JPEG with other bytes in place of the data of its scan."""
    start = image.index(b"\xff\xda")
    return image[: start + 2 + int.from_bytes(image[start + 2 : start + 4], "big")] + scan + b"\xff\xd9"


def at_thumbnail(image: bytes) -> bytes:
    """The first bytes of a JPEG with a thumbnail, up to the end marker of the thumbnail."""
    exif = b"Exif\0\0" + jpeg(16, 16)
    return image[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif


@cache
def flat_jpeg(width: int = WIDTH, height: int = HEIGHT, colour: str = "black") -> bytes:
    """A whole JPEG of a single colour, as a filter may send it in place of an image."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


def _encoded(image_format: str, width: int, height: int) -> bytes:
    file = BytesIO()
    image = Image.new("RGB", (width, height), "orange")
    # Two colours: one alone would be worth a warning.
    image.paste("navy", (0, 0, width // 2, height))
    image.save(file, image_format)
    return file.getvalue()
