"""Where the XMP packet lies in a PNG and in a WebP. A file can come from anywhere: no content raises."""

from typing import BinaryIO

from .tunables import LONGEST_XMP

_KEYWORD = b"XML:com.adobe.xmp\0"


def packet_in(file: BinaryIO) -> bytes | None:
    """The XMP packet of a PNG or a WebP, which is read from its beginning; None if there is none.

    Raises:
        OSError: The file cannot be read.
    """
    file.seek(0)
    head = file.read(12)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        file.seek(8)
        return _in_png(file)
    if head.startswith(b"RIFF") and head.endswith(b"WEBP"):
        return _in_webp(file)
    return None


def _in_png(file: BinaryIO) -> bytes | None:
    while len(header := file.read(8)) == 8 and header[4:] != b"IEND":
        length = int.from_bytes(header[:4], "big")
        if header[4:] != b"iTXt" or length > LONGEST_XMP:
            # Behind each chunk stands a checksum.
            file.seek(length + 4, 1)
            continue
        content = file.read(length)
        file.seek(4, 1)
        # Whether it is compressed, and how; a language; the keyword in that language.
        if content.startswith(_KEYWORD + b"\0"):
            parts = content[len(_KEYWORD) + 2 :].split(b"\0", 2)
            return parts[2] if len(parts) == 3 else None
    return None


def _in_webp(file: BinaryIO) -> bytes | None:
    while len(header := file.read(8)) == 8:
        length = int.from_bytes(header[4:], "little")
        if header[:4] == b"XMP " and length <= LONGEST_XMP:
            return file.read(length)
        # Chunks have an even length.
        file.seek(length + length % 2, 1)
    return None
