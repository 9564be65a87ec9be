"""Small images for responses."""

from functools import cache
from io import BytesIO

from PIL import Image

from segmind_flux_schnell._runtime.image.provenance import Provenance, embed


@cache
def jpeg(width: int = 1024, height: int = 1024) -> bytes:
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


def _encoded(image_format: str, width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "orange").save(file, image_format)
    return file.getvalue()
