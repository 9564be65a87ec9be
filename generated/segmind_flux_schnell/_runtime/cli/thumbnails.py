# @generated from openapi/runtime/cli/thumbnails.py by `make generate`. Do not edit: change that file.
"""Small images for an HTML file."""

import base64
import io
from pathlib import Path

from attrs import frozen

from ..base.regular_files import read_regular
from ..base.tunables import LARGEST_IMAGE
from ..image.image_format import read_image
from .tunables import THUMBNAIL_QUALITY, THUMBNAIL_SIDE


@frozen(kw_only=True)
class Thumbnail:
    """An image for an HTML file.

    Args:
        uri: The small image itself, as a `data:` URI.
        width: Width of the original in pixels; None if the file does not say.
        height: Height of the original in pixels; None if the file does not say.
    """

    uri: str
    width: int | None
    height: int | None

    @property
    def dimensions(self) -> str:
        """Width and height of the original, as people write them; empty if the file does not say."""
        return f"{self.width} \u00d7 {self.height}" if self.width and self.height else ""


def thumbnail(path: Path) -> Thumbnail | None:
    """The thumbnail of a file, without Pillow the image itself; None if it is not an image or cannot be read."""
    try:
        content = read_regular(path, LARGEST_IMAGE)
    except (OSError, ValueError):
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
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
            # A JPEG can be decoded at a fraction of its size.
            image.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            image.convert("RGB").save(target, "JPEG", quality=THUMBNAIL_QUALITY)
    except Exception:
        # Decoders raise many things for a file that was made to mislead them: that file alone has no thumbnail.
        return None
    return target.getvalue()
