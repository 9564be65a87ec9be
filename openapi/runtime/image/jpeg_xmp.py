"""XMP properties of a JPEG, wherever in its packets they are: read, and added."""

from collections.abc import Mapping
from typing import BinaryIO

from attrs import frozen

from .jpeg_segments import (
    LONGEST_PACKET,
    JpegHead,
    copy_bytes,
    extended_packet,
    guid_of,
    read_head,
    replace_segments,
    standard_packet,
)
from .xmp_packet import EMPTY_EXTENDED, EMPTY_STANDARD, HAS_EXTENDED, Packet


def read_property(file: BinaryIO, name: str) -> str | None:
    """The text of a property, or None where there is none, or no JPEG whose XMP can be read."""
    head = read_head(file)
    standard, extended = _packets(file, head) if head else (None, None)
    for packet in (standard, extended):
        if packet and name in packet.properties:
            return packet.properties[name]
    return None


def copy_with_properties(
    source: BinaryIO, target: BinaryIO, properties: Mapping[str, str], movable: Mapping[str, str]
) -> None:
    """Copy a JPEG, and give it properties in place of those that this function gave it before.

    Properties of other programs stay, and none is added that they have. What is no JPEG with pixels, or whose own
    packets leave no room, is copied as it is.

    Args:
        source: The JPEG, which is read from its beginning.
        target: Where it is written.
        properties: For the standard packet, which all programs read.
        movable: Those that may move to the extended packet if they do not fit.
    """
    head = read_head(source)
    change = _change(*_packets(source, head), properties, movable) if head else None
    if head and change and len(change.standard) <= LONGEST_PACKET:
        replace_segments(source, target, head, change.standard, change.extended, change.replaced)
    else:
        source.seek(0)
        copy_bytes(source, target)


@frozen(kw_only=True)
class _Change:
    """What is written.

    Args:
        standard: The standard packet.
        extended: The extended packet, or None for none.
        replaced: Name of the extended packet that was there, or None.
    """

    standard: bytes
    extended: bytes | None
    replaced: str | None


def _packets(file: BinaryIO, head: JpegHead) -> tuple[Packet | None, Packet | None]:
    standard = Packet.read(standard_packet(file, head) or b"")
    guid = standard and standard.properties.get(HAS_EXTENDED)
    return standard, Packet.read(extended_packet(file, head, guid) or b"") if guid else None


def _change(
    standard: Packet | None, extended: Packet | None, properties: Mapping[str, str], movable: Mapping[str, str]
) -> _Change | None:
    kept, others = _of_others(standard, extended)
    short, long = (_without(some, others) for some in (properties, movable))
    written = kept.with_properties({**long, **short})
    body = others.content if others else None
    if len(written) > LONGEST_PACKET:
        if HAS_EXTENDED in kept.properties and not others:
            return None
        body = (others or EMPTY_EXTENDED).with_properties(long)
        written = kept.with_properties({**short, HAS_EXTENDED: guid_of(body)})
    replaced = guid_of(extended.content) if extended else None
    if others and body and replaced:
        written = written.replace(replaced.encode(), guid_of(body).encode())
    return _Change(standard=written, extended=body, replaced=replaced)


def _of_others(standard: Packet | None, extended: Packet | None) -> tuple[Packet, Packet | None]:
    kept = standard.without_ours() if standard else None
    kept_extended = extended.without_ours() if extended else None
    if not kept or (extended and not kept_extended):
        return EMPTY_STANDARD, None
    # Where the rest does not name the extended packet any more, that was ours alone.
    return kept, kept_extended if HAS_EXTENDED in kept.properties else None


def _without(properties: Mapping[str, str], packet: Packet | None) -> Mapping[str, str]:
    return {name: text for name, text in properties.items() if not packet or name not in packet.properties}
