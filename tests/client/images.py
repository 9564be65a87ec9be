"""Small images for responses."""

from functools import cache
from io import BytesIO

from PIL import Image


@cache
def jpeg(width: int = 1024, height: int = 1024) -> bytes:
    """A whole JPEG, by default of the size that a request gets which says nothing of it."""
    return _encoded("JPEG", width, height)


@cache
def png() -> bytes:
    """A whole PNG."""
    return _encoded("PNG", 16, 8)


def _encoded(image_format: str, width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "orange").save(file, image_format)
    return file.getvalue()
