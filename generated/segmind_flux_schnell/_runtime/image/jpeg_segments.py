# @generated from openapi/runtime/image/jpeg_segments.py by `make generate`. Do not edit: change that file.
"""The XMP segments of a JPEG: found, read, and exchanged. All other bytes stay as they are.

By part 3 of the XMP specification a JPEG has one standard packet, in one APP1 segment. What does not fit into it is one
extended packet, cut into parts, each in an APP1 segment that says which packet it is of and where in it it belongs.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from attrs import field, frozen

LONGEST_PACKET = 65502
"""Bytes of the longest standard packet: what a segment holds, less the name of its kind."""

_STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_EXIF = b"Exif\0\0"
_GUID_LENGTH = 32
_PART_HEADER = len(_EXTENSION) + _GUID_LENGTH + 8
# Recommended by the specification, for readers that want some room.
_PART_LENGTH = 65400
# An extended packet of 64 MiB, more than any request: a file made of nothing but parts must not fill the memory.
_MOST_PARTS = 1026

_SOI, _EOI, _SOS, _APP0, _APP1, _TEM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0x01
_RESTARTS = range(0xD0, 0xD8)
_COPIED_AT_ONCE = 1 << 16


@frozen
class Segment:
    """Where a segment lies in a file.

    Args:
        marker: Its kind.
        start: Where it starts, with the bytes that fill the gap before it.
        body: Where that begins which follows its length.
        end: Where the next one starts.
    """

    marker: int
    start: int
    body: int
    end: int


@frozen
class ExtensionPart:
    """Where a part of an extended packet lies.

    Args:
        guid: Which packet: its MD5 in hexadecimal digits.
        offset: Where in the packet it belongs.
        segment: The segment that has it.
    """

    guid: bytes
    offset: int
    segment: Segment


@frozen(kw_only=True)
class JpegHead:
    """What comes before the pixels, as far as it matters to XMP.

    Args:
        insertion: Where an XMP segment is put in: behind the JFIF and Exif segments, which have to come first.
        standard: The standard packet, or None where there is none.
        parts: The parts of extended packets.
    """

    insertion: int
    standard: Segment | None
    parts: Sequence[ExtensionPart] = field(repr=False)


def read_head(file: BinaryIO) -> JpegHead | None:
    """Look for XMP in a file; None for one that is no JPEG, or ends or breaks off before its pixels."""
    standard: Segment | None = None
    parts: list[ExtensionPart] = []
    insertion = 2
    for segment in _segments(file):
        if segment.marker == _SOS:
            return JpegHead(insertion=insertion, standard=standard, parts=parts)
        name = _begin(file, segment)
        if segment.start == insertion and (segment.marker == _APP0 or name.startswith(_EXIF)):
            insertion = segment.end
        elif name.startswith(_STANDARD):
            standard = standard or segment
        elif len(name) == _PART_HEADER and name.startswith(_EXTENSION) and len(parts) < _MOST_PARTS:
            parts.append(_part(name, segment))
    return None


def standard_packet(file: BinaryIO, head: JpegHead) -> bytes | None:
    """The standard packet of a file, or None where there is none."""
    return _read(file, head.standard, len(_STANDARD)) if head.standard else None


def extended_packet(file: BinaryIO, head: JpegHead, guid: str) -> bytes | None:
    """The extended packet of that name, or None where it is not all there, as its name tells."""
    parts = sorted((part for part in head.parts if part.guid == guid.encode()), key=lambda part: part.offset)
    packet = b"".join(_read(file, part.segment, _PART_HEADER) for part in parts)
    return packet if parts and guid_of(packet) == guid else None


def guid_of(packet: bytes) -> str:
    """What an extended packet is called."""
    return hashlib.md5(packet, usedforsecurity=False).hexdigest().upper()


def replace_segments(
    source: BinaryIO, target: BinaryIO, head: JpegHead, standard: bytes, extended: bytes | None, replaced: str | None
) -> None:
    """Copy a JPEG with another standard packet.

    Args:
        source: The JPEG.
        target: Where it is written.
        head: That of the source.
        standard: The packet, of at most `LONGEST_PACKET` bytes, which takes the place of the one that is there.
        extended: An extended packet to be added, or None.
        replaced: Name of the extended packet to be left out, or None.
    """
    # One of the same name may be left of a standard packet that is lost.
    names = {name.encode() for name in (replaced, guid_of(extended) if extended else None) if name}
    left_out = [part.segment for part in head.parts if part.guid in names]
    left_out += [head.standard] if head.standard else []
    source.seek(0)
    copy_bytes(source, target, head.insertion)
    target.write(_app1(_STANDARD + standard))
    for part in _cut(extended or b""):
        target.write(_app1(part))
    for segment in sorted(left_out, key=lambda segment: segment.start):
        copy_bytes(source, target, segment.start - source.tell())
        source.seek(segment.end)
    copy_bytes(source, target)


def copy_bytes(source: BinaryIO, target: BinaryIO, length: int | None = None) -> None:
    """Copy so many bytes from where the source stands, by default all that are left."""
    while length != 0 and (chunk := source.read(min(length or _COPIED_AT_ONCE, _COPIED_AT_ONCE))):
        target.write(chunk)
        length = None if length is None else length - len(chunk)


def _segments(file: BinaryIO) -> Iterator[Segment]:
    """The segments of a JPEG up to where its pixels begin, or to where it is none any more."""
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
    # Any number of these may fill the gap before a marker.
    while (code := file.read(1)) == b"\xff":
        pass
    marker = code[0] if code else 0
    return None if marker in (0, _SOI, _EOI) or marker in _RESTARTS else marker


def _begin(file: BinaryIO, segment: Segment) -> bytes:
    return _read(file, segment, 0, _PART_HEADER) if segment.marker == _APP1 else b""


def _part(header: bytes, segment: Segment) -> ExtensionPart:
    guid = header[len(_EXTENSION) : -8]
    return ExtensionPart(guid, int.from_bytes(header[-4:], "big"), segment)


def _read(file: BinaryIO, segment: Segment, skipped: int, most: int | None = None) -> bytes:
    file.seek(segment.body + skipped)
    length = segment.end - file.tell()
    return file.read(length if most is None else min(length, most))


def _app1(body: bytes) -> bytes:
    return bytes((0xFF, _APP1)) + (len(body) + 2).to_bytes(2, "big") + body


def _cut(packet: bytes) -> Iterator[bytes]:
    guid, length = guid_of(packet).encode(), len(packet).to_bytes(4, "big")
    for offset in range(0, len(packet), _PART_LENGTH):
        part = packet[offset : offset + _PART_LENGTH]
        yield _EXTENSION + guid + length + offset.to_bytes(4, "big") + part
