# @generated from openapi/runtime/image/jpeg_xmp.py by `make generate`. Do not edit: change that file.
"""XMP properties of a JPEG: read, and added."""

from collections.abc import Mapping
from typing import BinaryIO

from .jpeg_segments import LONGEST_PACKET, copy_bytes, read_head, replace_packet, standard_packet
from .xmp_packet import EMPTY, Packet


def read_property(file: BinaryIO, name: str) -> str | None:
    """The text of a property; None if there is none, or the file is not a JPEG whose XMP can be read."""
    head = read_head(file)
    packet = Packet.read(standard_packet(file, head) or b"") if head else None
    return packet.properties.get(name) if packet else None


def copy_with_properties(source: BinaryIO, target: BinaryIO, properties: Mapping[str, str]) -> bool:
    """Copy a JPEG and give the copy properties, in place of those that this function gave the source before.

    Properties of other programs stay, and no property is added that they have. A file that is not a JPEG with pixels is
    copied as it is, and so is one whose packet would become longer than a segment can be.

    Args:
        source: The JPEG, which is read from its beginning.
        target: The copy.
        properties: Names and texts of the properties.

    Returns:
        False if the packet would become too long, else True.
    """
    head = read_head(source)
    packet = _without_ours(standard_packet(source, head)).with_properties(properties) if head else b""
    fits = len(packet) <= LONGEST_PACKET
    if head and fits:
        replace_packet(source, target, head, packet)
    else:
        source.seek(0)
        copy_bytes(source, target)
    return fits


def _without_ours(content: bytes | None) -> Packet:
    packet = Packet.read(content or b"")
    return (packet and packet.without_ours()) or EMPTY
