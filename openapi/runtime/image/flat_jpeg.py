"""Whether a JPEG has a single colour, which is how some filters say no. Nothing is decoded.

In a flat image every block but the first of each component says "as the one before": a difference of 0, and nothing
else. The scan that says so is known to the bit from the Huffman tables, and a scan with content is longer: so most
images are passed by without a look. Arithmetic coding has no such codes: nothing is said of such an image.
"""

import re
from collections.abc import Sequence

from attrs import frozen

from .byte_source import Content
from .jpeg_parts import Frame, JpegStructure, Scan
from .tunables import FLAT_SCAN_BYTES

_AC_CLASS, _END_OF_BLOCK = 0x10, 0x00
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
# A unit has at most ten blocks, and a first block at most 16 bits of code, 16 of difference, 16 of its end.
_UNIT_BYTES = 60
# In a flat image a scan of AC coefficients has one code for each run of 32,767 blocks: 16 bits, 14 for its length, and
# perhaps a restart marker.
_LONGEST_RUN, _RUN_BYTES = 32_767, 6


def is_flat(content: Content, image: JpegStructure) -> bool:
    """Whether all pixels of an image are alike.

    Args:
        content: Its bytes.
        image: Its structure.
    """
    return image.frame.is_huffman and all(_is_flat(content, image.frame, scan) for scan in image.scans)


def _is_flat(content: Content, frame: Frame, scan: Scan) -> bool:
    length = scan.end - scan.start
    if scan.first > 0:
        count = sum(frame.blocks(one) for one in scan.components)
        return length <= _RUN_BYTES * (count // min(scan.restart or _LONGEST_RUN, _LONGEST_RUN) + 1)
    if scan.refines:
        # One bit for each block, whatever the image shows: an earlier scan has said it.
        return True
    blocks = _unit(frame, scan)
    units = frame.blocks(scan.components[0]) if len(scan.components) == 1 else frame.units()
    if blocks is None or length > FLAT_SCAN_BYTES or not _may_be_flat(length, blocks, units, scan.restart):
        return False
    data = bytes(content[scan.start : scan.end])
    # At a restart the first block of a component says its colour again.
    intervals = [one.replace(b"\xff\x00", b"\xff") for one in (_RESTART.split(data) if scan.restart else [data])]
    first = _first_unit(intervals[0], blocks)
    lengths = [min(scan.restart or units, units - at) for at in range(0, units, scan.restart or units)]
    if first is None or len(lengths) != len(intervals):
        return False
    flat = "".join(one.flat for one in blocks)
    return all(_is_packed(first + flat * (length - 1), one) for length, one in zip(lengths, intervals, strict=True))


@frozen
class _Block:
    """A block of a unit.

    Args:
        differences: The codes of its DC difference, as bits, by the number of bits that follow.
        end: The code of its end, as bits; empty in a scan without AC coefficients.
        is_first: Whether it is the first one of its component.
    """

    differences: dict[int, str]
    end: str
    is_first: bool

    @property
    def flat(self) -> str:
        """The bits of a block like the one before."""
        return self.differences[0] + self.end


def _unit(frame: Frame, scan: Scan) -> Sequence[_Block] | None:
    """The blocks of a coded unit; None if a table is missing, or cannot say what a flat image says."""
    blocks: list[_Block] = []
    for one, (dc, ac) in zip(scan.components, scan.tables, strict=True):
        differences = _codes(scan.huffman.get(dc, b""))
        ends = {_END_OF_BLOCK: ""} if frame.is_progressive else _codes(scan.huffman.get(_AC_CLASS | ac, b""))
        if 0 not in differences or _END_OF_BLOCK not in ends:
            return None
        count = one.across * one.down if len(scan.components) > 1 else 1
        blocks += [_Block(differences, ends[_END_OF_BLOCK], at == 0) for at in range(count)]
    return blocks


def _codes(table: bytes) -> dict[int, str]:
    """The codes of a Huffman table as bits, by their symbols."""
    found: dict[int, str] = {}
    code, at = 0, 16
    for length, count in enumerate(table[:16], start=1):
        for symbol in table[at : at + count]:
            found[symbol] = f"{code:0{length}b}"
            code += 1
        at += count
        code <<= 1
    return found


def _may_be_flat(length: int, blocks: Sequence[_Block], units: int, restart: int) -> bool:
    """Whether the scan of a flat image can have this length in bytes: each 0xFF in it is followed by a 0."""
    shortest = (units - 1) * sum(len(one.flat) for one in blocks) // 8
    intervals = -(-units // restart) if restart else 1
    return shortest <= length <= 2 * (shortest + intervals * _UNIT_BYTES)


def _first_unit(data: bytes, blocks: Sequence[_Block]) -> str | None:
    """The bits of the first unit; None if that has more than one colour."""
    start = "".join(f"{byte:08b}" for byte in data[:_UNIT_BYTES])
    position = 0
    for one in blocks:
        bits = _difference(start, position, one) if one.is_first else one.differences[0]
        if bits is None or not start.startswith(bits + one.end, position):
            return None
        position += len(bits) + len(one.end)
    return start[:position]


def _difference(bits: str, position: int, block: _Block) -> str | None:
    """The bits of the DC difference of a block."""
    for size, code in block.differences.items():
        if bits.startswith(code, position):
            return bits[position : position + len(code) + size]
    return None


def _is_packed(bits: str, data: bytes) -> bool:
    """Whether bytes are these bits, filled up to whole bytes with ones, or with zeros as some encoders do."""
    length = -(-len(bits) // 8)
    return any(data == int(bits.ljust(8 * length, fill), 2).to_bytes(length, "big") for fill in "10")
