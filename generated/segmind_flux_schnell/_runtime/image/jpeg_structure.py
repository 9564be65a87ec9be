# @generated from openapi/runtime/image/jpeg_structure.py by `make generate`. Do not edit: change that file.
"""Whether a JPEG is whole, by its structure: segments, a frame, scans with entropy-coded data, and the end marker.

By ITU-T T.81, annex B. Nothing is decoded. An end marker inside a segment, such as that of a thumbnail, ends nothing;
bytes behind the end marker of the image itself are not part of it.
"""

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, field

from .byte_source import ByteSource, Content
from .jpeg_parts import Component, Frame, JpegStructure, Scan
from .tunables import TEXT_BYTES, TEXT_CHARACTERS

_START: Final = b"\xff\xd8"
_EOI, _SOS, _DHT, _DRI, _DNL, _TEM = 0xD9, 0xDA, 0xC4, 0xDD, 0xDC, 0x01
_SOI, _JPG, _DAC = 0xD8, 0xC8, 0xCC
_FRAMES = frozenset(range(0xC0, 0xD0)) - {_DHT, _JPG, _DAC}
_RESTARTS = range(0xD0, 0xD8)
# In entropy-coded data 0xFF is followed by 0, or by a restart marker, or by fill bytes and then by the next marker.
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class MalformedJpegError(ValueError):
    """The bytes are not those of a whole JPEG. The message says why.

    Attributes:
        frame: Its frame, or None if that was not reached.
    """

    frame: Frame | None = None


@define
class _Reading:
    """What has been read of a JPEG so far."""

    source: ByteSource
    frame: Frame | None = None
    scans: list[Scan] = field(factory=list[Scan])
    huffman: dict[int, bytes] = field(factory=dict[int, bytes])
    restart: int = 0
    late_height: bool = False

    def run(self) -> JpegStructure:
        while True:
            marker = self._marker()
            if marker == _EOI:
                return self._finished()
            if marker == _SOI:
                raise MalformedJpegError("another image starts before the end marker of the first")
            if marker == _TEM or marker in _RESTARTS:
                continue
            body = self._body(marker)
            if marker in _FRAMES:
                self._read_frame(marker, body)
            elif marker == _DHT:
                self._read_tables(body)
            elif marker == _DRI:
                self.restart = int.from_bytes(body[:2], "big")
            elif marker == _DNL:
                self._read_height(body)
            elif marker == _SOS:
                self._read_scan(body)

    def _marker(self) -> int:
        start = self.source.position
        first = self.source.take(1)
        while (code := self.source.take(1)) == b"\xff":
            pass
        if not code:
            raise MalformedJpegError(self._cut_off())
        if first != b"\xff" or code == b"\0":
            raise MalformedJpegError(f"the bytes from {start} on are not a segment of a JPEG")
        return code[0]

    def _cut_off(self) -> str:
        size = self.source.position
        if not self.scans:
            return f"the image is cut off: its {size} bytes have no scan"
        return f"the image is cut off: its {size} bytes have no end marker behind the last scan"

    def _body(self, marker: int) -> bytes:
        start = self.source.position - 2
        head = self.source.take(2)
        length = int.from_bytes(head, "big")
        if length < 2 and len(head) == 2:
            raise MalformedJpegError(f"the segment at byte {start} has a length of {length}")
        if len(head) < 2 or self.source.left < length - 2:
            self.source.position += self.source.left
            raise MalformedJpegError(self._cut_off())
        wanted = marker in _FRAMES or marker in (_DHT, _DRI, _DNL, _SOS)
        body = self.source.peek(length - 2) if wanted else b""
        self.source.position += length - 2
        return body

    def _read_frame(self, marker: int, body: bytes) -> None:
        if self.frame is not None:
            raise MalformedJpegError("the image has two frame headers")
        count = body[5] if len(body) > 5 else 0
        if not count or len(body) < 6 + 3 * count:
            raise MalformedJpegError("its frame header is too short")
        parts = [body[at : at + 3] for at in range(6, 6 + 3 * count, 3)]
        components = tuple(Component(key, factors >> 4, factors & 15) for key, factors, _ in parts)
        height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
        if not width or not all(one.across and one.down for one in components):
            raise MalformedJpegError("its frame header has a width or a sampling factor of 0")
        self.frame = Frame(marker=marker, width=width, height=height, components=components)
        self.late_height = height == 0

    def _read_tables(self, body: bytes) -> None:
        position = 0
        while position + 17 <= len(body):
            length = 17 + sum(body[position + 1 : position + 17])
            self.huffman = {**self.huffman, body[position]: body[position + 1 : position + length]}
            position += length

    def _read_height(self, body: bytes) -> None:
        if self.frame is not None and self.frame.height == 0:
            frame = self.frame
            height = int.from_bytes(body[:2], "big")
            self.frame = Frame(marker=frame.marker, width=frame.width, height=height, components=frame.components)

    def _read_scan(self, body: bytes) -> None:
        if self.frame is None:
            raise MalformedJpegError("a scan comes before the frame header")
        count = body[0] if body else 0
        if not 1 <= count <= 4 or len(body) < 4 + 2 * count:
            raise MalformedJpegError("a scan header is too short")
        known = {one.key: one for one in self.frame.components}
        pairs = [(body[at], body[at + 1]) for at in range(1, 1 + 2 * count, 2)]
        if any(key not in known for key, _ in pairs):
            raise MalformedJpegError("a scan has a component that the frame does not have")
        first, _, bits = body[1 + 2 * count : 4 + 2 * count]
        start = self.source.position
        _refuse_text(self.source.peek(TEXT_BYTES))
        self.source.find(_MARKER, 2)
        scan = Scan(
            components=tuple(known[key] for key, _ in pairs),
            tables=tuple((tables >> 4, tables & 15) for _, tables in pairs),
            first=first,
            refines=bool(bits >> 4),
            huffman=self.huffman,
            restart=self.restart,
            start=start,
            end=self.source.position,
        )
        self.scans.append(scan)

    def _finished(self) -> JpegStructure:
        frame = self.frame
        if frame is None or not self.scans:
            raise MalformedJpegError("the image ends before any scan: it has a head, and no pixels")
        if not frame.height:
            raise MalformedJpegError("the height of the image cannot be read")
        for fault in _missing(frame, self.scans, frame.is_huffman and not self.late_height):
            raise MalformedJpegError(fault)
        return JpegStructure(frame=frame, scans=tuple(self.scans), end=self.source.position)


def read_jpeg(content: Content) -> JpegStructure:
    """Read the structure of a JPEG in one pass.

    Args:
        content: Its bytes, which begin with a start marker.

    Raises:
        MalformedJpegError: It is not a whole JPEG.
    """
    reading = _Reading(ByteSource(content, len(_START)))
    try:
        return reading.run()
    except MalformedJpegError as error:
        error.frame = reading.frame
        raise


def _missing(frame: Frame, scans: list[Scan], has_bounds: bool) -> Iterator[str]:
    """What the scans lack. The shortest code of a Huffman table is one bit: no scan can be shorter than its blocks."""
    # In a lossless scan, the number of the first coefficient is that of a predictor.
    covered = {one.key for scan in scans if scan.first == 0 or frame.is_lossless for one in scan.components}
    if any(one.key not in covered for one in frame.components):
        yield "the image is cut off: its scans do not have all of its components"
    if not any(scan.end > scan.start for scan in scans):
        yield "its scans are empty: it has a head, and no pixels"
    for scan in scans if has_bounds else ():
        bits = 1 if frame.is_progressive else 2
        least = sum(frame.blocks(one) for one in scan.components) * bits // 8 if scan.first == 0 else 0
        if scan.end - scan.start < least:
            size = f"{frame.width} x {frame.height}"
            yield f"a scan has {scan.end - scan.start} bytes, and a whole one of {size} pixels at least {least}"


def _refuse_text(start: bytes) -> None:
    words, _, marker = start.partition(b"\xff")
    is_all = len(words) == len(start) or marker.startswith(bytes((_EOI,)))
    if not is_all or not words.lstrip().startswith((b"<", b"{", b"[")) or len(set(words)) < TEXT_CHARACTERS:
        return
    if all(32 <= one < 127 or one in b"\t\r\n" for one in words):
        raise MalformedJpegError(f"a scan has text in place of pixels: {words[:20].decode('ascii').strip()!r}…")
