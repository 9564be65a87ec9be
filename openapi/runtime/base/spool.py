"""A body that is written to disk while it is received, and kept in memory if the disk fails."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from .tunables import SPOOL_PART

if TYPE_CHECKING:
    from pathlib import Path


@define
class Spool:
    """Bytes in a file without a name, of which nothing stays behind, whatever happens.

    Args:
        file: The file.
        failure: The error of the disk, after which the bytes are kept in memory, or None.
    """

    file: Any = field(repr=False)
    failure: OSError | None = field(default=None, init=False)
    _rescued: list[bytes] = field(factory=list[bytes], init=False, repr=False)

    @classmethod
    @contextmanager
    def beside(cls, target: "Path") -> "Generator[Spool]":
        """A spool in the folder of a file that will be written.

        Raises:
            OSError: No file can be written there.
        """
        import tempfile

        with tempfile.TemporaryFile(dir=target.parent, buffering=0) as file:
            yield cls(file)

    def clear(self) -> None:
        """Remove all bytes."""
        self._rescued.clear()
        self.failure = None
        try:
            self.file.seek(0)
            self.file.truncate()
        except OSError as error:
            self.failure = error

    def write(self, piece: bytes) -> None:
        """Append bytes. A full disk does not lose them: they were paid for."""
        rest = memoryview(piece)
        try:
            while rest and self.failure is None:
                rest = rest[self.file.write(rest) :]
        except OSError as error:
            self._rescued.append(self._on_disk())
            self.failure = error
        if rest:
            self._rescued.append(bytes(rest))

    @property
    def size(self) -> int:
        """Number of bytes."""
        end: int = self.file.seek(0, 2)
        return sum(map(len, self._rescued)) if self.failure is not None else end

    def content(self) -> bytes:
        """All bytes, read into memory."""
        return b"".join(self._rescued) if self.failure is not None else self._on_disk()

    def view(self) -> Any:
        """The bytes as something to slice: only the slices are read."""
        return self.content() if self.failure is not None else _FileView(self.file, self.size)

    def overwrite(self, places: Callable[[bytes], Iterable[tuple[int, int]]], longest: int) -> None:
        """Put asterisks in some places.

        Args:
            places: Finds the places in a part of the bytes: start and length of each.
            longest: Length of the longest place.
        """
        if self.failure is not None:
            self._rescued = [_starred(self.content(), places)]
            return
        at, view = 0, self.view()
        while longest and at < len(view):
            # A place can lie across two parts.
            part = view[at : at + SPOOL_PART + longest]
            if (starred := _starred(part, places)) != part:
                self.file.seek(at)
                self.file.write(starred)
            at += SPOOL_PART

    def _on_disk(self) -> bytes:
        self.file.seek(0)
        whole: bytes = self.file.readall()
        return whole


def _starred(content: bytes, places: Callable[[bytes], Iterable[tuple[int, int]]]) -> bytes:
    for start, length in tuple(places(content)):
        content = content[:start] + b"*" * length + content[start + length :]
    return content


@frozen
class _FileView:
    """The length and the slices of a file. Mapped into memory, the file would count as memory in use."""

    file: Any
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, at: int | slice) -> Any:
        if not isinstance(at, slice):
            return self._read(at, 1)[0]
        start, stop, _ = at.indices(self.size)
        return self._read(start, stop - start)

    def _read(self, start: int, length: int) -> bytes:
        self.file.seek(start)
        found: bytes = self.file.read(max(0, length))
        return found
