"""JPEGs of any length in bytes: small images, padded by comments that a reader skips."""

from functools import cache
from io import BytesIO

from attrs import frozen
from PIL import Image

_LONGEST = 65533
"""What one comment can hold."""

_SMALLEST = 4
"""Bytes of a comment that holds nothing: marker and length."""

_SCAN, _TABLE, _END = b"\xff\xda", b"\xff\xc4", b"\xff\xd9"


@frozen
class Padded:
    """A JPEG in parts, most of which are the same object, so that a long one takes little memory."""

    parts: list[bytes]

    @property
    def length(self) -> int:
        """Of all parts together, in bytes."""
        return sum(map(len, self.parts))


def padded(width: int, height: int, length: int) -> Padded:
    """A JPEG of exactly that many bytes; one of less than a few hundred kB is one part.

    Raises:
        ValueError: The image alone is longer.
    """
    image = _image(width, height)
    missing = length - len(image)
    if missing < 0 or 0 < missing < _SMALLEST:
        raise ValueError(f"a JPEG of {width} x {height} takes {len(image)} bytes, and {length} are asked for")
    comments = _comments(missing)
    # Right behind the start marker, where every reader passes over them.
    parts = [image[:2], *comments, image[2:]]
    return Padded([b"".join(parts)] if length < 1_000_000 else parts)


def _comments(length: int) -> list[bytes]:
    whole, rest = divmod(length, _LONGEST + 2)
    full = _comment(_LONGEST + 2)
    if 0 < rest < _SMALLEST:
        return [*[full] * (whole - 1), _comment(_LONGEST + 2 - _SMALLEST), _comment(rest + _SMALLEST)]
    return [full] * whole + ([_comment(rest)] if rest else [])


def _comment(length: int) -> bytes:
    return b"\xff\xfe" + (length - 2).to_bytes(2, "big") + bytes(length - 4)


@cache
def _image(width: int, height: int) -> bytes:
    file = BytesIO()
    image = Image.new("L", (width, height))
    # Of two colours: the client warns of an image of one.
    image.paste(128, (0, 0, width, height // 2))
    image.save(file, "JPEG", progressive=True, optimize=True, quality=1)
    whole = file.getvalue()
    # The first scan alone is an image already, of a bit a block: 512 x 512 pixels are less than 1 kB.
    return whole[: whole.index(_TABLE, whole.index(_SCAN))] + _END
