"""Keys in what a service sends: found in every encoding, and removed."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NoReturn

from .tunables import LARGEST_SEARCHED

REMOVED = b"[key]"
"""What stands in place of a key."""

WITHHELD = b"[The body is withheld: it repeats the key, or is packed so that it cannot be searched for the key.]"
"""What stands in place of bytes from which a key cannot be removed."""


class KeySearch:
    """Searches bytes for some keys, without regard to letter case.

    Args:
        keys: The keys.
    """

    __slots__ = ("__weakref__", "_base64", "_keys", "_lower", "_patterns")

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(key.encode() for key in keys)
        # Hexadecimal digits have no letter case, but those of `A` and `a` differ.
        self._lower = tuple(form.lower() for key in self._keys for form in (key, key.hex().encode()))
        self._base64 = tuple(form for key in self._keys for form in _base64_forms(key))
        self._patterns: tuple[re.Pattern[bytes], ...] = ()

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is not pickled.")

    def is_in(self, content: bytes) -> bool:
        """Whether the bytes have a key as it is, or directly in base64 or hexadecimal: a quick look."""
        lower, urlsafe = content.lower(), content.translate(_TO_URLSAFE)
        return any(form in lower for form in self._lower) or any(form in urlsafe for form in self._base64)

    def is_hidden_in(self, content: bytes, content_encoding: str = "") -> bool:
        """Whether the bytes have a key in any encoding.

        Args:
            content: The bytes.
            content_encoding: The header of this name that came with them.

        Raises:
            UndecodableError: That cannot be told.
        """
        from .decoding import decodings

        if not self._keys:
            return False
        return any(form in text.lower() for text in decodings(content, content_encoding) for form in self._lower)

    def removed(self, content: bytes) -> bytes:
        """The bytes without the keys that stand in them in one encoding, or with escaped characters."""
        if not self._patterns:
            self._patterns = tuple(_pattern(key) for key in self._keys)
        for pattern in self._patterns:
            content = pattern.sub(REMOVED, content)
        return content

    def is_hidden(self, content: bytes, content_encoding: str = "") -> bool:
        """`is_hidden_in`, and True if that cannot be told."""
        from .decoding import UndecodableError

        try:
            return self.is_hidden_in(content, content_encoding)
        except UndecodableError:
            return True

    def redacted(self, content: bytes, content_encoding: str = "", text: str = "") -> bytes:
        """The bytes of a failure without the keys, or a sentence in their place if a key cannot be removed.

        Args:
            content: The bytes.
            content_encoding: The header of this name that came with them, unless they are unpacked.
            text: What they say in the charset that the service names.
        """
        if self._is_in_text(text):
            return WITHHELD
        if self.is_hidden(content, content_encoding):
            content = self.removed(content)
            if self.is_hidden(content, content_encoding):
                return WITHHELD
        return content

    def redacted_result(self, content: bytes, content_encoding: str = "") -> bytes:
        """The bytes of a success without the keys. What cannot be searched stays: it was paid for."""
        from .decoding import UndecodableError

        if len(content) <= LARGEST_SEARCHED:
            with suppress(UndecodableError):
                if self.is_hidden_in(content, content_encoding):
                    return self.redacted(content)
        return self.removed(content) if self.is_in(content) else content

    def redacted_text(self, text: str) -> str:
        """A text without the keys."""
        if not self.is_hidden(text.encode(errors="replace")):
            return text
        return self.redacted(text.encode(errors="replace")).decode(errors="replace")

    def places(self, content: bytes) -> Iterator[tuple[int, int]]:
        """Where keys stand in the bytes as they are: start and length of each."""
        for key in self._keys:
            at = content.find(key)
            while at >= 0:
                yield at, len(key)
                at = content.find(key, at + len(key))

    @property
    def longest(self) -> int:
        """Length of the longest key."""
        return max(map(len, self._keys), default=0)

    def masked(self, content: bytes) -> bytes:
        """The bytes with asterisks in place of keys that stand in them as they are: a file keeps its structure."""
        for start, length in self.places(content):
            content = content[:start] + b"*" * length + content[start + length :]
        return content

    def without_start(self, content: bytes) -> bytes:
        """The bytes of a body that was cut off without the beginning of a key at their end."""
        for form in (*self._keys, *self._base64, *self._lower):
            for length in range(len(form) - 1, len(form) // 2, -1):
                if content.endswith(form[:length]):
                    return content[:-length] + REMOVED
        return content

    def _is_in_text(self, text: str) -> bool:
        lower = text.lower().encode(errors="replace")
        return any(form in lower for form in self._lower)


def _base64_forms(key: bytes) -> list[bytes]:
    """What base64 makes of a key behind 0, 1 and 2 other bytes, as far as those do not matter; urlsafe."""
    forms: list[bytes] = []
    for before in range(3):
        encoded = b64encode(bytes(before) + key).translate(_TO_URLSAFE)
        forms.append(encoded[(before * 8 + 5) // 6 : (before + len(key)) * 8 // 6])
    return forms


def _pattern(key: bytes) -> re.Pattern[bytes]:
    """A key in one encoding, each of its characters as it is or escaped."""
    # The letters at either end also hold bits of what stands around the key.
    base64 = (rb"%b[A-Za-z0-9+/_-]?={0,2}" % _written(form, _base64_letter) for form in _base64_forms(key))
    forms = (_written(key, _any_case), *base64, _written(key.hex().encode(), _any_case, _SEPARATOR))
    return re.compile(b"|".join(forms))


def _written(text: bytes, letters: Callable[[bytes], list[bytes]], between: bytes = b"") -> bytes:
    return (between or _BREAK).join(b"(?:%b)" % b"|".join(map(_escaped, letters(bytes([one])))) for one in text)


def _escaped(letter: bytes) -> bytes:
    number = letter[0]
    hexadecimal = b"".join(b"[%c%c]" % (one, one ^ 0x20) if one > 0x39 else b"%c" % one for one in b"%02x" % number)
    return b"|".join(
        (
            rb"\\{0,4}" + re.escape(letter),
            rb"%%(?:25){0,4}%b" % hexadecimal,
            rb"=%b" % hexadecimal,
            rb"\\{1,4}(?:[uU]\{?0{0,6}|x)%b\}?" % hexadecimal,
            rb"&(?:amp;){0,3}#(?:0{0,8}%d|[xX]0{0,8}%b);?" % (number, hexadecimal),
        )
    )


def _any_case(letter: bytes) -> list[bytes]:
    return list(dict.fromkeys((letter.lower(), letter.upper())))


def _base64_letter(letter: bytes) -> list[bytes]:
    return {b"-": [b"-", b"+"], b"_": [b"_", b"/"]}.get(letter, [letter])


_TO_URLSAFE = bytes.maketrans(b"+/", b"-_")
_BREAK = rb"(?:\x00|\\[rn]|=?\r?\n[ \t]{0,8}){0,3}"
_SEPARATOR = rb"[ :,-]{0,2}(?:0x)?"
