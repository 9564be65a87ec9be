"""What can be read from the bytes of an image: format, size, whether it is whole, what it looks like."""

import io
from functools import cached_property, lru_cache

from attrs import define
from PIL import Image, UnidentifiedImageError

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}

_END_MARKERS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82", "GIF": b";"}
# Of 64 bits: two images of one subject differ in far more, two runs of one request on different GPUs in fewer.
_SAME_WITHIN_BITS = 6


@lru_cache(maxsize=128)
def image_of(content: bytes) -> "ImageAttributes":
    """The image in a body. Cached, since decoding is slow and each image is compared many times."""
    return ImageAttributes(content)


@define(slots=False)
class ImageAttributes:
    """A body that may be an image.

    Args:
        content: The bytes.
    """

    content: bytes

    @cached_property
    def opened(self) -> Image.Image | None:
        """The decoded image, or None if the bytes cannot be decoded."""
        try:
            image = Image.open(io.BytesIO(self.content))
            image.load()
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        return image

    @cached_property
    def format(self) -> str | None:
        """Pillow's name of the format, even if the image is cut off; None if the bytes are not an image."""
        try:
            with Image.open(io.BytesIO(self.content)) as image:
                return image.format
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            return None

    @property
    def media_type(self) -> str | None:
        """The content type that fits the bytes, or None."""
        return MEDIA_TYPES.get(self.format or "")

    @property
    def whole(self) -> bool:
        """Whether the bytes reach to the end marker of their format."""
        marker = _END_MARKERS.get(self.format or "", b"")
        return self.content.rstrip(b"\0").endswith(marker)

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels, or None if the image cannot be decoded."""
        return self.opened.size if self.opened else None

    @cached_property
    def pixels(self) -> bytes:
        """All pixels, for exact comparison."""
        return self.opened.convert("RGB").tobytes() if self.opened else self.content

    @cached_property
    def fingerprint(self) -> int:
        """A perceptual hash of 64 bits, for comparison that tolerates noise."""
        if self.opened is None:
            return 0
        small = self.opened.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
        levels = small.tobytes()
        bits = [levels[row * 9 + at] > levels[row * 9 + at + 1] for row in range(8) for at in range(8)]
        return sum(bit << at for at, bit in enumerate(bits))

    def same_as(self, other: "ImageAttributes", *, exact: bool) -> bool:
        """Whether two images are the same, pixel by pixel if `exact`, otherwise to the eye."""
        if self.content == other.content:
            return True
        if exact:
            return self.size == other.size and self.pixels == other.pixels
        return self.size == other.size and (self.fingerprint ^ other.fingerprint).bit_count() <= _SAME_WITHIN_BITS
