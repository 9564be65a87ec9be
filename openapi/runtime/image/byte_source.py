"""The bytes of an image, read from front to back: from memory, or in steps from a file."""

import re
from typing import Any

from .tunables import READ_AT_ONCE

Content = Any
"""Bytes, or an object with the length, the slices and the members of bytes."""


class ByteSource:
    """A position in the bytes of an image. What lies behind is not kept in memory.

    Args:
        content: The bytes.
        position: Where to start.
    """

    def __init__(self, content: Content, position: int = 0) -> None:
        self._content = content
        self._size = len(content)
        self._piece = b""
        self._piece_start = 0
        self.position = position

    @property
    def left(self) -> int:
        """Number of bytes from the position to the end."""
        return max(0, self._size - self.position)

    def peek(self, length: int) -> bytes:
        """The next bytes, fewer at the end. The position stays."""
        start = self.position - self._piece_start
        if start < 0 or start + length > len(self._piece):
            self._piece_start, start = self.position, 0
            self._piece = bytes(self._content[self.position : self.position + max(length, READ_AT_ONCE)])
        return self._piece[start : start + length]

    def take(self, length: int) -> bytes:
        """The next bytes, fewer at the end; the position moves behind them."""
        taken = self.peek(length)
        self.position += len(taken)
        return taken

    def find(self, pattern: re.Pattern[bytes], longest: int) -> re.Match[bytes] | None:
        """Move to the next match of a pattern, or to the end if there is none.

        Args:
            pattern: The pattern.
            longest: Bytes of its longest match.
        """
        while self.left:
            start = self.position - self._piece_start
            if start < 0 or start + longest > len(self._piece):
                self.peek(longest)
                start = self.position - self._piece_start
            match = pattern.search(self._piece, start)
            if match:
                self.position = self._piece_start + match.start()
                return match
            read_to = self._piece_start + len(self._piece)
            # A match may begin in the last bytes of the piece.
            self.position = self._size if read_to >= self._size else max(self.position, read_to - longest + 1)
        return None
