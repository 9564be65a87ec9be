# @generated from openapi/runtime/image/jpeg_segments.py by `make generate`. Do not edit: change that file.
"""The XMP segment of a JPEG: found, read, and replaced. All other bytes stay as they are.

By part 3 of the XMP specification a JPEG has one standard packet, in one APP1 segment. A program that needs more room
adds an extended packet in further segments (ExtendedXMP). This client writes none, and copies those of other programs.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from attrs import frozen

from .tunables import COPIED_AT_ONCE

LONGEST_PACKET: Final = 65502
"""Bytes of the longest standard packet: what a segment holds, less the name of its kind."""

_STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF = b"Exif\0\0"

_SOI, _EOI, _SOS, _APP0, _APP1, _TEM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0x01
_RESTARTS = range(0xD0, 0xD8)


@frozen
class Segment:
    """The place of a segment in a file, in bytes from its beginning.

    Args:
        marker: Its kind.
        start: Where it starts, with the fill bytes before its marker.
        body: Where its content starts, behind its length.
        end: Where the next segment starts.
    """

    marker: int
    start: int
    body: int
    end: int


@frozen(kw_only=True)
class JpegHead:
    """What matters to XMP of the segments before the pixels.

    Args:
        insertion: Where an XMP segment is inserted: behind the JFIF and Exif segments, which have to come first.
        standard: The segment of the standard packet, or None if there is none.
    """

    insertion: int
    standard: Segment | None


def read_head(file: BinaryIO) -> JpegHead | None:
    """Look for XMP in a file; None if it is not a JPEG, or has no pixels."""
    standard: Segment | None = None
    insertion = 2
    for segment in _segments(file):
        if segment.marker == _SOS:
            return JpegHead(insertion=insertion, standard=standard)
        name = _name(file, segment)
        if segment.start == insertion and (segment.marker == _APP0 or name.startswith(_EXIF)):
            insertion = segment.end
        elif name == _STANDARD:
            standard = standard or segment
    return None


def standard_packet(file: BinaryIO, head: JpegHead) -> bytes | None:
    """The standard packet of a file, or None if there is none."""
    if head.standard is None:
        return None
    file.seek(head.standard.body + len(_STANDARD))
    return file.read(head.standard.end - file.tell())


def replace_packet(source: BinaryIO, target: BinaryIO, head: JpegHead, packet: bytes) -> None:
    """Copy a JPEG with another standard packet.

    Args:
        source: The JPEG.
        target: The copy.
        head: The head of the source.
        packet: The packet, of at most `LONGEST_PACKET` bytes. It replaces the one of the source.
    """
    body = _STANDARD + packet
    source.seek(0)
    copy_bytes(source, target, head.insertion)
    target.write(bytes((0xFF, _APP1)) + (len(body) + 2).to_bytes(2, "big") + body)
    if head.standard is not None:
        copy_bytes(source, target, head.standard.start - source.tell())
        source.seek(head.standard.end)
    copy_bytes(source, target)


def copy_bytes(source: BinaryIO, target: BinaryIO, length: int | None = None) -> None:
    """Copy that many bytes from the position of the source, by default all that are left."""
    while length != 0 and (chunk := source.read(min(length or COPIED_AT_ONCE, COPIED_AT_ONCE))):
        target.write(chunk)
        length = None if length is None else length - len(chunk)


def _segments(file: BinaryIO) -> Iterator[Segment]:
    """The segments of a JPEG up to its pixels, or up to where the file stops being a JPEG."""
    file.seek(0)
    if file.read(2) != bytes((0xFF, _SOI)):
        return
    start = 2
    while (marker := _marker(file)) is not None:
        body = file.tell()
        if marker != _TEM:
            length = int.from_bytes(file.read(2), "big")
            if length < 2:
                return
            body, end = body + 2, body + length
        else:
            end = body
        yield Segment(marker, start, body, end)
        start = file.seek(end)


def _marker(file: BinaryIO) -> int | None:
    if file.read(1) != b"\xff":
        return None
    # Any number of fill bytes can stand before a marker.
    while (code := file.read(1)) == b"\xff":
        pass
    marker = code[0] if code else 0
    return None if marker in (0, _SOI, _EOI) or marker in _RESTARTS else marker


def _name(file: BinaryIO, segment: Segment) -> bytes:
    """The first bytes of an APP1 segment, which say what it holds."""
    if segment.marker != _APP1:
        return b""
    file.seek(segment.body)
    return file.read(min(segment.end - segment.body, len(_STANDARD)))
