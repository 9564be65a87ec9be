"""A body as it comes in: never more of it than a limit, unpacked if it was packed, into memory or into a file."""

import zlib
from collections.abc import Callable
from typing import Any

from ..base.wording import one_line


class BoundedBody:
    """Takes a body piece by piece.

    Args:
        largest: Most bytes to take.
        write: Takes the bytes: that of a file, or what appends to a list.
        encoding: The `content-encoding` that the response names.

    Attributes:
        size: Bytes that were taken.
        flaw: Why the body is not whole, in words; empty where it is.
    """

    __slots__ = ("_unpack", "encoding", "flaw", "largest", "size", "write")

    def __init__(self, largest: int, write: Callable[[bytes], Any], encoding: str) -> None:
        self.largest = largest
        self.write = write
        self.encoding = encoding
        self.size = 0
        self.flaw = ""
        self._unpack: Any = None
        if self.encoding in ("", "identity"):
            return
        if self.encoding in WINDOW_BITS:
            self._unpack = zlib.decompressobj(WINDOW_BITS[self.encoding])
        else:
            self.flaw = f"the body is encoded as {one_line(self.encoding)}, which was not asked for"

    def take(self, piece: bytes) -> bool:
        """Take a piece; False if no more are wanted, and `flaw` says why."""
        if self._unpack is None:
            return self._keep(piece)
        # Never more than one byte beyond the limit is unpacked, however much a small piece holds.
        while piece:
            try:
                unpacked = self._unpack.decompress(piece, self.largest - self.size + 1)
            except zlib.error as error:
                # The bytes were paid for, and come along as they are.
                self.flaw = f"the body is not valid {self.encoding}: {one_line(str(error))}"
                self._unpack = None
                return self._keep(piece)
            if not self._keep(unpacked):
                return False
            piece = self._unpack.unconsumed_tail
        return True

    @property
    def remaining_encoding(self) -> str:
        """The encoding that the bytes still have; empty if they were unpacked."""
        return self.encoding if self._unpack is None else ""

    def finish(self) -> None:
        """Look whether a packed body came to its end."""
        if self._unpack is not None and not self.flaw and not self._unpack.eof:
            self.flaw = f"the body is {self.encoding} without its end"

    def _keep(self, piece: bytes) -> bool:
        room = self.largest - self.size
        self.write(piece[:room])
        self.size += min(len(piece), room)
        if len(piece) > room:
            self.flaw = f"the body is longer than {self.largest} bytes, the most that is taken"
            return False
        return True


# By the tables of zlib: 16 more than the window's bits means gzip.
WINDOW_BITS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
"""What zlib unpacks, by the `content-encoding` that names it."""
