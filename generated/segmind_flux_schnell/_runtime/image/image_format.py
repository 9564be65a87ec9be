# @generated from openapi/runtime/image/image_format.py by `make generate`. Do not edit: change that file.
"""What the bytes of an image say about it: format, size, and whether they are whole. Nothing is decoded."""

from collections.abc import Callable
from typing import Any, NamedTuple

from .tunables import ZEROS_AT_ONCE


class ImageFacts(NamedTuple):
    """What the bytes of an image say about it.

    Args:
        media_type: Such as `image/jpeg`.
        width: In pixels, or None if the header cannot be read.
        height: In pixels, or None if the header cannot be read.
        whole: Whether the bytes reach to the end that the format has: a marker, or for WebP a length.
    """

    media_type: str
    width: int | None
    height: int | None
    whole: bool


Content = Any
"""Bytes, or an object with the length, the slices and the members of bytes."""


def read_image(content: Content) -> ImageFacts | None:
    """Look at the first and last bytes of an image; None for bytes that are not a JPEG, PNG, WebP or GIF."""
    start = bytes(content[:12])
    for is_such, read in _FORMATS:
        if is_such(start):
            return read(content)
    return None


def _jpeg(content: Content) -> ImageFacts:
    width, height = _jpeg_size(content) or (None, None)
    # Some programs pad a file with zeros behind the end marker.
    end = _end_without_zeros(content)
    whole = content[max(0, end - 2) : end] == b"\xff\xd9"
    return ImageFacts(media_type="image/jpeg", width=width, height=height, whole=whole)


def _end_without_zeros(content: Content) -> int:
    end = len(content)
    while end:
        block = content[max(0, end - ZEROS_AT_ONCE) : end]
        if block.rstrip(b"\0"):
            return end - len(block) + len(block.rstrip(b"\0"))
        end -= len(block)
    return 0


def _jpeg_size(content: Content) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            position += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(content[at : at + 2], "big") for at in (position + 5, position + 7))
            return width, height
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None


def _png(content: Content) -> ImageFacts:
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    whole = content[-8:-4] == b"IEND"
    return ImageFacts(media_type="image/png", width=width or None, height=height or None, whole=whole)


def _gif(content: Content) -> ImageFacts:
    width, height = (int.from_bytes(content[at : at + 2], "little") for at in (6, 8))
    whole = content[-1:] == b";"
    return ImageFacts(media_type="image/gif", width=width or None, height=height or None, whole=whole)


def _webp(content: Content) -> ImageFacts:
    size = int.from_bytes(content[4:8], "little") + 8
    return ImageFacts(media_type="image/webp", width=None, height=None, whole=len(content) >= size)


_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[Content], ImageFacts]], ...] = (
    (lambda start: start.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda start: start.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    (lambda start: start.startswith((b"GIF87a", b"GIF89a")), _gif),
    (lambda start: start.startswith(b"RIFF") and start[8:12] == b"WEBP", _webp),
)
