# @generated from openapi/runtime/image/other_formats.py by `make generate`. Do not edit: change that file.
"""Whether a PNG, a GIF or a WebP is whole, by the structure of its file. Nothing is decoded."""

import zlib
from typing import Final

from attrs import frozen

from .byte_source import ByteSource, Content
from .tunables import READ_AT_ONCE

PNG: Final = b"\x89PNG\r\n\x1a\n"
GIF: Final = (b"GIF87a", b"GIF89a")
_GIF_HEAD, _GIF_DESCRIPTOR = 13, 9
_WEBP_HEAD = 12


@frozen(kw_only=True)
class Outline:
    """What the structure of a file says.

    Args:
        width: In pixels, or None if it cannot be read.
        height: In pixels, or None if it cannot be read.
        flaw: Why the image is not whole, in words; empty if it is.
        end: Where the image ends, in bytes from the beginning.
    """

    width: int | None
    height: int | None
    flaw: str
    end: int


def read_png(content: Content) -> Outline:
    """Read the chunks of a PNG, with their checksums."""
    source, has_pixels = ByteSource(content, len(PNG)), False
    size: tuple[int | None, int | None] = (None, None)
    while True:
        start, head = source.position, source.take(8)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if len(head) < 8 or source.left < length + 4:
            return _outline(size, _cut_off(content), start)
        if start == len(PNG):
            if kind != b"IHDR" or length != 13:
                return _outline(size, "its first chunk is not IHDR", start)
            body = source.peek(8)
            size = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:], "big")
        if _checksum(source, kind, length) != source.take(4) and kind[:1].isupper():
            return _outline(size, f"the checksum of the chunk {kind!r} at byte {start} is wrong", start)
        has_pixels = has_pixels or (kind == b"IDAT" and length > 0)
        if kind == b"IEND":
            return _outline(size, "" if has_pixels else "it has no IDAT chunk, and so no pixels", source.position)


def read_gif(content: Content) -> Outline:
    """Read the blocks of a GIF."""
    source, has_pixels = ByteSource(content), False
    head = source.take(_GIF_HEAD)
    if len(head) < _GIF_HEAD:
        return _outline((None, None), _cut_off(content), 0)
    size = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    source.position += _colours(head[10])
    while source.left:
        start, kind = source.position, source.take(1)
        if kind == b";":
            return _outline(size, "" if has_pixels else "it has no image block, and so no pixels", source.position)
        if kind == b",":
            descriptor = source.take(_GIF_DESCRIPTOR)
            source.position += _colours(descriptor[8]) if len(descriptor) == _GIF_DESCRIPTOR else 0
            has_pixels = True
        elif kind != b"!":
            return _outline(size, f"the byte {start} does not begin a block of a GIF", start)
        # The size of the codes, or the kind of the extension.
        source.position += 1
        while (length := source.take(1)) not in (b"\0", b""):
            source.position += length[0]
    return _outline(size, _cut_off(content), source.position)


def read_webp(content: Content) -> Outline:
    """Read the chunks of a WebP."""
    source = ByteSource(content, _WEBP_HEAD)
    end = int.from_bytes(content[4:8], "little") + 8
    size: tuple[int | None, int | None] = (None, None)
    has_pixels = False
    while source.position + 8 <= min(end, len(content)):
        head = source.take(8)
        kind, length = head[:4], int.from_bytes(head[4:], "little")
        if size == (None, None):
            size = _webp_size(kind, source.peek(10))
        has_pixels = has_pixels or (kind in (b"VP8 ", b"VP8L", b"ANMF") and length > 0)
        source.position += length + length % 2
    if len(content) < end or source.position > end:
        return _outline(size, _cut_off(content), end)
    return _outline(size, "" if has_pixels else "it has no chunk with pixels", end)


def _checksum(source: ByteSource, kind: bytes, length: int) -> bytes:
    checksum = zlib.crc32(kind)
    while length:
        piece = source.take(min(length, READ_AT_ONCE))
        checksum, length = zlib.crc32(piece, checksum), length - len(piece)
    return checksum.to_bytes(4, "big")


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp_size(kind: bytes, body: bytes) -> tuple[int | None, int | None]:
    if len(body) < 10:
        return None, None
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None, None


def _cut_off(content: Content) -> str:
    return f"the image is cut off: its {len(content)} bytes have no end"


def _outline(size: tuple[int | None, int | None], flaw: str, end: int) -> Outline:
    return Outline(width=size[0] or None, height=size[1] or None, flaw=flaw, end=end)
