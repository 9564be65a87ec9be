# @generated from openapi/runtime/image/image_format.py by `make generate`. Do not edit: change that file.
"""What the bytes of an image say about it: format, size, whether they are whole, what is odd. Nothing is decoded."""

from collections.abc import Callable
from typing import Final, NamedTuple

from .byte_source import Content
from .flat_jpeg import is_flat
from .jpeg_structure import MalformedJpegError, read_jpeg
from .other_formats import GIF, PNG, Outline, read_gif, read_png, read_webp

SIGNATURE_BYTES: Final = 12
"""Bytes at the beginning of an image that tell its format."""


class ImageFacts(NamedTuple):
    """What the bytes of an image say about it.

    Args:
        media_type: Such as `image/jpeg`.
        width: In pixels, or None if the header cannot be read.
        height: In pixels, or None if the header cannot be read.
        flaw: Why the image is not whole, in words; empty if it is.
        end: Where a whole image ends, in bytes from the beginning. What follows is not part of it.
        flat: Whether all pixels are known to be alike.
    """

    media_type: str
    width: int | None
    height: int | None
    flaw: str
    end: int
    flat: bool = False


def read_image(content: Content) -> ImageFacts | None:
    """Read the structure of an image in one pass; None for bytes that are not a JPEG, PNG, WebP or GIF."""
    read = _reader(content)
    return read(content) if read else None


def is_image(start: bytes) -> bool:
    """Whether bytes begin like an image. The first `SIGNATURE_BYTES` are enough."""
    return _reader(start) is not None


def trailing_kind(content: Content, end: int) -> str:
    """What the bytes behind an image look like."""
    behind = bytes(content[end : end + _LOOKED_AT])
    if not behind.strip(b"\0\xff\r\n\t "):
        return "padding"
    # A multi-picture file (CIPA DC-007) pads its images to a round number of bytes.
    return "another image" if is_image(behind.lstrip(b"\0\xff\r\n\t ")) or is_image(behind) else "not an image"


def _reader(content: Content) -> Callable[[Content], ImageFacts] | None:
    start = bytes(content[:SIGNATURE_BYTES])
    return next((read for is_such, read in _FORMATS if is_such(start)), None)


def _jpeg(content: Content) -> ImageFacts:
    try:
        found = read_jpeg(content)
    except MalformedJpegError as error:
        frame = error.frame
        width, height = (frame.width, frame.height or None) if frame else (None, None)
        return ImageFacts("image/jpeg", width, height, str(error), 0)
    size = found.frame.width, found.frame.height
    return ImageFacts("image/jpeg", *size, "", found.end, is_flat(content, found))


def _other(media_type: str, read: Callable[[Content], Outline]) -> Callable[[Content], ImageFacts]:
    def facts(content: Content) -> ImageFacts:
        found = read(content)
        return ImageFacts(media_type, found.width, found.height, found.flaw, found.end)

    return facts


_LOOKED_AT = 4096

_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[Content], ImageFacts]], ...] = (
    (lambda start: start.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda start: start.startswith(PNG), _other("image/png", read_png)),
    (lambda start: start.startswith(GIF), _other("image/gif", read_gif)),
    (lambda start: start.startswith(b"RIFF") and start[8:12] == b"WEBP", _other("image/webp", read_webp)),
)
