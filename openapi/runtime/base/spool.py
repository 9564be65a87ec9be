"""A body of success that goes to disk while it comes in, and into memory if the disk does not take it."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

if TYPE_CHECKING:
    from pathlib import Path


@define
class Spool:
    """Bytes in a file without a name: nothing of it is left behind, whatever happens.

    Args:
        file: The file.
        failure: What the disk refused the bytes with, or None. They are in memory then.
    """

    file: Any = field(repr=False)
    failure: OSError | None = field(default=None, init=False)
    _rescued: list[bytes] = field(factory=list[bytes], init=False, repr=False)

    @classmethod
    @contextmanager
    def beside(cls, target: "Path") -> "Generator[Spool]":
        """A spool on the disk of a file that is to be written.

        Raises:
            OSError: Nothing can be written there.
        """
        import tempfile

        with tempfile.TemporaryFile(dir=target.parent, buffering=0) as file:
            yield cls(file)

    def clear(self) -> None:
        """Forget what is there."""
        self._rescued.clear()
        self.failure = None
        self.file.seek(0)
        self.file.truncate()

    def write(self, piece: bytes) -> None:
        """Take bytes. They were paid for, so that a full disk does not lose them."""
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
        """How many bytes there are."""
        end: int = self.file.seek(0, 2)
        return sum(map(len, self._rescued)) if self.failure is not None else end

    def content(self) -> bytes:
        """All bytes, in memory."""
        return b"".join(self._rescued) if self.failure is not None else self._on_disk()

    def view(self) -> Any:
        """The bytes to look at: what is sliced is read, and nothing else."""
        return self.content() if self.failure is not None else _Pages(self.file, self.size)

    def _on_disk(self) -> bytes:
        self.file.seek(0)
        whole: bytes = self.file.readall()
        return whole


@frozen
class _Pages:
    """Bytes of a file, with what `image_format` asks of bytes. Mapped into memory, they would count as used."""

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
