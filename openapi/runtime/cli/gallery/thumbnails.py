"""Small images for an HTML file, smaller the more of them there are."""

import base64
import io
import math
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ...base.regular_files import read_regular
from ...base.tunables import LARGEST_IMAGE
from ...image.image_format import read_image
from ..tunables import (
    ENCODINGS,
    LEAST_QUALITY,
    THUMBNAIL_BYTES,
    THUMBNAIL_DENSITY,
    THUMBNAIL_QUALITY,
    THUMBNAIL_SIDE,
    THUMBNAILS_BYTES,
)

if TYPE_CHECKING:
    from PIL import Image


@frozen(kw_only=True)
class Thumbnail:
    """An image for an HTML file.

    Args:
        uri: The small image itself, as a `data:` URI.
        digest: What tells the original from any other file, whatever it is called: a part of its SHA-256.
        width: Width of the original in pixels; None if the file does not say.
        height: Height of the original in pixels; None if the file does not say.
    """

    uri: str
    digest: str
    width: int | None
    height: int | None

    @property
    def dimensions(self) -> str:
        """Width and height of the original, as people write them; empty if the file does not say."""
        return f"{self.width} \u00d7 {self.height}" if self.width and self.height else ""

    @property
    def ratio(self) -> float:
        """Width of the original by its height; 1 if the file does not say."""
        return self.width / self.height if self.width and self.height else 1.0


@frozen(kw_only=True)
class ThumbnailSize:
    """How large a thumbnail may be.

    Args:
        side: Side of a square in pixels: no thumbnail has more pixels than that.
        content: Its bytes, before they are written as text.
    """

    side: int
    content: int

    @classmethod
    def of(cls, count: int, texts: int = 0) -> "ThumbnailSize":
        """The size of each of that many, so that all of them fit in one file, beside so many bytes of texts."""
        room = max(THUMBNAILS_BYTES // 4, THUMBNAILS_BYTES - texts)
        content = min(THUMBNAIL_BYTES, room * 3 // 4 // max(1, count))
        return cls(side=min(THUMBNAIL_SIDE, round(math.sqrt(content / THUMBNAIL_DENSITY))), content=content)


def thumbnail(path: Path, size: ThumbnailSize) -> Thumbnail | None:
    """The thumbnail of a file, without Pillow the image itself; None if it is not an image or cannot be read."""
    try:
        content = read_regular(path, LARGEST_IMAGE)
    except (OSError, ValueError):
        return None
    facts = read_image(content)
    if facts is None:
        return None
    media_type, shown = _smaller(content, size) or (facts.media_type, content)
    encoded = base64.b64encode(shown).decode()
    uri, digest = f"data:{media_type};base64,{encoded}", sha256(content).hexdigest()[:_DIGITS]
    return Thumbnail(uri=uri, digest=digest, width=facts.width, height=facts.height)


_DIGITS = 20
"""Of a digest, in hexadecimal: a browser that keeps a million of them has no two alike."""


def _smaller(content: bytes, size: ThumbnailSize) -> tuple[str, bytes] | None:
    """The media type and the bytes of a smaller image; None without Pillow, or if it cannot read the image."""
    try:
        from PIL import Image
    except ImportError:
        return None
    kind = _kind()
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
            target = _scaled(image.size, size.side)
            # A JPEG can be decoded at a fraction of its size.
            image.draft("RGB", target)
            image.thumbnail(target)
            return f"image/{kind.lower()}", _encoded(image.convert("RGB"), kind, size.content)
    except Exception:
        # Decoders raise many things for a file that was made to mislead them: that file alone has no thumbnail.
        return None


@cache
def _kind() -> str:
    from PIL import features

    return "WEBP" if features.check("webp") else "JPEG"


def _scaled(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size at which an image has no more pixels than a square of that side."""
    width, height = size
    scale = min(1.0, side / math.sqrt(width * height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _encoded(image: "Image.Image", kind: str, most: int) -> bytes:
    """An image in at most that many bytes, scaled down if it has to be."""
    quality = THUMBNAIL_QUALITY
    encoded = b""
    for _ in range(ENCODINGS):
        target = io.BytesIO()
        image.save(target, kind, quality=quality, method=2)
        encoded = target.getvalue()
        if len(encoded) <= most:
            break
        # Bytes go with pixels, but slower: the last tries make sure.
        scale = 0.95 * math.sqrt(most / len(encoded))
        image = image.resize((max(1, int(image.width * scale)), max(1, int(image.height * scale))))
        quality = max(LEAST_QUALITY, quality - 10)
    return encoded
