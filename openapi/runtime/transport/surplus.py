"""Whether more came over a connection than the response that was read from it."""

from __future__ import annotations


class Surplus:
    """Passes on what a socket reads, the last byte apart from the rest: if nothing asks for that byte, it is surplus.

    The parser of an HTTP library asks for more bytes only as long as the response is not whole. What it has read beyond
    the response it does not report, and takes for the start of the next one.
    """

    __slots__ = ("_is_full", "_last")

    def __init__(self) -> None:
        self._last = b""
        self._is_full = False

    @property
    def is_possible(self) -> bool:
        """Whether something may have come behind the response. If so, the connection cannot be used again."""
        return self._is_full or bool(self._last)

    def take(self) -> bytes:
        """The byte that was held back, or none."""
        last, self._last = self._last, b""
        return last

    def cut(self, read: bytes, most: int) -> bytes:
        """What to hand on of the bytes that were read at once.

        Args:
            read: The bytes.
            most: How many could have been read. A buffer that was filled is handed on whole, since more is on its way:
                if a response ends there, it is unknown whether surplus bytes filled the buffer.
        """
        self._is_full = len(read) >= most
        if self._is_full or len(read) < 2:
            return read
        self._last = read[-1:]
        return read[:-1]
