# @generated from openapi/runtime/cli/file_texts.py by `make generate`. Do not edit: change that file.
"""The text of a file, whatever program wrote it: encodings and line ends."""

import codecs
import re

from attrs import frozen

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark it starts with.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, and the encodings that they announce. Excel writes the first and the fourth."""

_ZIP = b"PK\x03\x04"
_SAVE_AS = "save it as UTF-8; Excel calls that 'CSV UTF-8'"
_LINE_END = re.compile(r"\r\n?")


@frozen
class UnreadableTextError(Exception):
    """A file that is not a text.

    Args:
        line: The line in which that shows, from 1.
        message: What it is, and what to do.
    """

    line: int
    message: str


def file_text(content: bytes) -> str:
    r"""The text of a file, its lines ended by `\n`: UTF-8, or what a byte order mark announces.

    Raises:
        UnreadableTextError: It is in another encoding, or not a text at all.
    """
    if content.startswith(_ZIP):
        raise UnreadableTextError(1, f"is a workbook or another ZIP file, not a text: {_SAVE_AS}")
    mark, encoding = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", "utf-8"))
    body = content[len(mark) :]
    if not mark and _looks_like_utf_16(content):
        raise UnreadableTextError(1, f"is UTF-16 without a byte order mark, it seems: {_SAVE_AS}")
    try:
        text = _LINE_END.sub("\n", body.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableTextError(*_undecodable(body, encoding, error.start)) from None
    nul = text.find("\0")
    if nul >= 0:
        raise UnreadableTextError(text.count("\n", 0, nul) + 1, "has a NUL character, so it is not a text")
    return text


def _looks_like_utf_16(content: bytes) -> bool:
    # Every other byte of a Latin text is zero.
    halves = (content[0:2000:2], content[1:2000:2])
    return any(half.count(0) * 2 > len(half) for half in halves)


def _undecodable(body: bytes, encoding: str, start: int) -> tuple[int, str]:
    """The line of the first byte that is not part of the encoding, and what to say of it."""
    before = _LINE_END.sub("\n", body[:start].decode(encoding, "replace"))
    line = before.count("\n") + 1
    if encoding != "utf-8":
        return line, f"is not the {encoding[:6].upper()} that its byte order mark announces: it is cut off or damaged"
    byte = body[start : start + 1]
    # What an editor on Windows writes is recognized by its characters.
    character = byte.decode("cp1252", "replace")
    seems = f" would be {character!r} in Windows-1252" if character != "\ufffd" else " cannot be part of it"
    return line, f"is not UTF-8: byte 0x{byte[0]:02X}{seems}; {_SAVE_AS}"
