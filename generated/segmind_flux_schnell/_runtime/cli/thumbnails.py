# @generated from openapi/runtime/cli/thumbnails.py by `make generate`. Do not edit: change that file.
"""Small images to look at, as they can stand in an HTML file."""

import base64
import io
from pathlib import Path

from attrs import frozen

from ..image.image_format import read_image

LONGEST_SIDE = 384
"""Of a thumbnail, in pixels: sharp enough, and a thousand of them are some 20 MB."""

_QUALITY = 70


@frozen(kw_only=True)
class Thumbnail:
    """An image for an HTML file.

    Args:
        uri: The image itself, as a `data:` URI.
        width: Of the image that it stands for, in pixels; None where the file does not say.
        height: Of the image that it stands for, in pixels; None where the file does not say.
    """

    uri: str
    width: int | None
    height: int | None

    @property
    def dimensions(self) -> str:
        """Width and height as one says them; empty where the file does not say."""
        return f"{self.width} \u00d7 {self.height}" if self.width and self.height else ""


def thumbnail(path: Path) -> Thumbnail | None:
    """The thumbnail of a file, without Pillow the image itself; None for what is no image or cannot be read."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    facts = read_image(content)
    if facts is None:
        return None
    small = _smaller(content)
    media_type, shown = ("image/jpeg", small) if small else (facts.media_type, content)
    encoded = base64.b64encode(shown).decode()
    return Thumbnail(uri=f"data:{media_type};base64,{encoded}", width=facts.width, height=facts.height)


def _smaller(content: bytes) -> bytes | None:
    try:
        from PIL import Image
    except ImportError:
        return None
    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content)) as image:
            # Lets a JPEG be decoded at a fraction of its size.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            image.convert("RGB").save(target, "JPEG", quality=_QUALITY)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return target.getvalue()
