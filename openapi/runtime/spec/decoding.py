"""What bytes say once they are decoded: to find a key that a service repeats in an encoding.

Each step takes time in proportion to the bytes, and all steps together decode a bounded number of them.
"""

import re
import zlib
from binascii import a2b_base64, a2b_qp, unhexlify
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from .tunables import COMPRESSED_PARTS, DECODED_BYTES, DECODING_ROUNDS, SHORTEST_SECRET


class UndecodableError(Exception):
    """The bytes hold more than is decoded, or are in an encoding that cannot be decoded."""


def decodings(content: bytes, content_encoding: str = "") -> Iterator[bytes]:
    """The bytes themselves, and what they say as base64, hexadecimal, gzip, percent-encoding and other escapes.

    Encodings may lie within each other, and beside bytes that are not text.

    Args:
        content: The bytes.
        content_encoding: The header of this name that came with them.

    Raises:
        UndecodableError: They hold more than `DECODED_BYTES`, or `content_encoding` names another one than gzip,
            deflate and identity.
    """
    work = _Work()
    yield from work.decodings(content)
    for encoding in reversed(content_encoding.lower().split(",")):
        name = encoding.strip()
        if name in ("", "identity"):
            continue
        if name not in _WINDOW_BITS:
            raise UndecodableError(f"the encoding {name!r} cannot be decoded")
        content = work.inflated(content, _WINDOW_BITS[name]) or work.inflated(content, -zlib.MAX_WBITS)
        yield from work.decodings(content)


class _Work:
    """Decodes, and counts what it has decoded."""

    def __init__(self) -> None:
        self._bytes_left = DECODED_BYTES
        self._parts_left = COMPRESSED_PARTS

    def decodings(self, content: bytes, rounds: int = DECODING_ROUNDS) -> Iterator[bytes]:
        texts = dict.fromkeys((content, *self._unescaped(content)))
        yield from texts
        if rounds and (inner := b"\n".join(part for text in texts for part in self._parts(text))):
            yield from self.decodings(inner, rounds - 1)

    def inflated(self, packed: bytes, window_bits: int, start: int = 0) -> bytes:
        """What compressed bytes hold, from `start` up to a fault in them."""
        found, unpack = bytearray(), zlib.decompressobj(window_bits)
        # Most that look compressed are not, which their first bytes show.
        size = _FIRST_PIECE
        while start < len(packed) and not unpack.eof:
            piece, before = packed[start : start + size], unpack.copy() if size > _FIRST_PIECE else None
            try:
                found += unpack.decompress(piece, self._bytes_left + 1 - len(found))
            except zlib.error:
                found += _up_to_fault(piece, before or zlib.decompressobj(window_bits))
                break
            # What is read counts too: the parts may overlap.
            self._counted(piece)
            self._check(len(found))
            start, size = start + size, _PIECE
        return self._counted(bytes(found))

    def _unescaped(self, content: bytes) -> Iterator[bytes]:
        """The bytes without one kind of escape, for each kind; then without one kind after another."""
        for mark, unescape in _UNESCAPE:
            if mark in content:
                yield self._counted(unescape(content))
        for _ in range(DECODING_ROUNDS):
            before = content
            for mark, unescape in _UNESCAPE:
                if mark in content and (further := unescape(content)) != content:
                    content = self._counted(further)
                    yield content
            if content == before:
                return

    def _parts(self, content: bytes) -> Iterator[bytes]:
        """What stands in the bytes as base64, hexadecimal, or compressed."""
        # Mail and YAML divide base64 into lines.
        for text in dict.fromkeys((content, content.translate(None, _BLANKS))):
            for run in _BASE64.findall(text):
                yield from map(self._counted, _from_base64(run))
        for run in _HEXADECIMAL.findall(content.translate(None, _SEPARATORS).replace(b"0x", b"")):
            yield from (self._counted(unhexlify(run[at : at + (len(run) - at) // 2 * 2])) for at in (0, 1))
        for start in _COMPRESSED.finditer(content):
            self._parts_left -= 1
            if self._parts_left < 0:
                raise UndecodableError("there are more compressed parts than are decoded")
            yield self.inflated(content, _WINDOW_BITS["gzip" if start["gzip"] else "deflate"], start.start())

    def _counted(self, decoded: bytes) -> bytes:
        self._check(len(decoded))
        self._bytes_left -= len(decoded)
        return decoded

    def _check(self, count: int) -> None:
        if count > self._bytes_left:
            raise UndecodableError(f"there is more to decode than {DECODED_BYTES} bytes")


def _up_to_fault(piece: bytes, unpack: Any) -> bytes:
    found = bytearray()
    for at in range(len(piece)):
        try:
            found += unpack.decompress(piece[at : at + 1])
        except zlib.error:
            break
    return bytes(found)


def _from_base64(run: bytes) -> Iterator[bytes]:
    plain = run.translate(_FROM_URLSAFE)
    # The run may begin with letters that do not belong to it.
    for start in range(4):
        part = plain[start:]
        yield a2b_base64(part + b"A" * (-len(part) % 4))


def _without_backslashes(content: bytes) -> bytes:
    return _ESCAPE.sub(_escaped, content)


def _without_entities(content: bytes) -> bytes:
    return _ENTITY.sub(_entity, content)


def _without_zeros(content: bytes) -> bytes:
    # UTF-16 and UTF-32.
    return content.translate(None, b"\0")


def _escaped(match: re.Match[bytes]) -> bytes:
    hexadecimal, octal, single = match.groups()
    if single:
        return _CONTROL.get(single, single)
    return bytes([int(hexadecimal, 16) if hexadecimal else int(octal, 8)])


def _entity(match: re.Match[bytes]) -> bytes:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name.lower(), match[0])
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return bytes([number]) if number < 256 else match[0]


# Each repetition has a bound, so that a run of backslashes or zeros is not searched anew from each of its bytes.
_ESCAPE = re.compile(rb"\\{1,4}(?:(?:[uU]\{?0{0,6}|x)([0-9a-fA-F]{2})\}?|([0-3][0-7]{2})|([/\"'\\nrtbf]))")
_ENTITY = re.compile(rb"&(?:#[xX]0{0,8}([0-9a-fA-F]{1,2})|#0{0,8}([0-9]{1,3})|([a-zA-Z]{2,8}));?")
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# Of the named entities of HTML, those for characters that a key can have.
_NAMED = {
    b"amp": b"&",
    b"lt": b"<",
    b"gt": b">",
    b"quot": b'"',
    b"apos": b"'",
    b"excl": b"!",
    b"num": b"#",
    b"dollar": b"$",
    b"percnt": b"%",
    b"lpar": b"(",
    b"rpar": b")",
    b"ast": b"*",
    b"plus": b"+",
    b"comma": b",",
    b"period": b".",
    b"sol": b"/",
    b"colon": b":",
    b"semi": b";",
    b"equals": b"=",
    b"quest": b"?",
    b"commat": b"@",
    b"lsqb": b"[",
    b"lbrack": b"[",
    b"bsol": b"\\",
    b"rsqb": b"]",
    b"rbrack": b"]",
    b"hat": b"^",
    b"lowbar": b"_",
    b"underbar": b"_",
    b"grave": b"`",
    b"lcub": b"{",
    b"lbrace": b"{",
    b"verbar": b"|",
    b"vert": b"|",
    b"rcub": b"}",
    b"rbrace": b"}",
}

_UNESCAPE: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"\0", _without_zeros),
    (b"%", unquote_to_bytes),
    (b"\\", _without_backslashes),
    (b"&", _without_entities),
    (b"=", a2b_qp),
)

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{%d,}" % (SHORTEST_SECRET * 4 // 3))
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]{%d,}" % (SHORTEST_SECRET * 2))
# The first bytes of gzip, and those of zlib.
_COMPRESSED = re.compile(rb"(?P<gzip>\x1f\x8b\x08)|\x78[\x01\x5e\x9c\xda]")
_FROM_URLSAFE = bytes.maketrans(b"-_", b"+/")
_BLANKS = b" \t\r\n"
_SEPARATORS = b" \t\r\n:,-"
_FIRST_PIECE = 64
_PIECE = 4096

# By the tables of zlib: 16 more than the window's bits means gzip.
_WINDOW_BITS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
