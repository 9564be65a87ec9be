# @generated from openapi/runtime/batch/shards.py by `make generate`. Do not edit: change that file.
"""Shards: parts of a batch for several processes or machines."""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from ..base.errors import ConfigurationError
from ..base.wording import reason, shown, shown_path
from .listing import listed
from .locks import lock_path, locked
from .tunables import START_TIMEOUT


@frozen
class Shard:
    """A part of a batch: the requests whose key falls to it.

    Args:
        number: Which part; the first is 1.
        count: How many parts there are.
    """

    number: int = 1
    count: int = 1

    @classmethod
    def of(cls, pair: object) -> "Shard":
        """The shard that a pair of numbers names: `(2, 8)` is the second of eight.

        Raises:
            ConfigurationError: It names none.
        """
        match pair:
            case (int(number), int(count)) if 1 <= number <= count:
                return cls(int(number), int(count))
            case _:
                raise ConfigurationError(f"shard is {shown(pair)}: it takes a pair such as (2, 8).")

    def takes(self, key: str) -> bool:
        """Whether a request belongs to it: all with the same key belong to the same shard."""
        return int(key[:16], 16) % self.count == self.number - 1

    @property
    def journal(self) -> str:
        """Name of the file of its journal."""
        return "journal.jsonl" if self.count == 1 else f"journal-{self.number}-of-{self.count}.jsonl"

    @property
    def parts(self) -> str:
        """Name of the folder for files that it is writing."""
        return f".{self.journal}.parts"


@contextmanager
def starting(shard: Shard, folder: Path) -> Generator[None]:
    """Keep other runs from starting on a folder while this one locks its journal.

    Runs on one folder divide the requests into the same number of shards: those of other numbers overlap. Each run
    holds the lock of its journal, whose name has the number.

    Args:
        shard: The shard of this run.
        folder: The folder of the batch, which exists.

    Raises:
        ConfigurationError: A run with another number of shards has not ended, or another run does not get started, or
            the folder cannot be listed.
        OSError: The folder cannot be written.
    """
    try:
        lock = locked(lock_path(folder / "shards"), timeout=START_TIMEOUT)
    except TimeoutError:
        lock = None
    if lock is None:
        raise ConfigurationError(f"Another process has been starting a batch in {folder} for {START_TIMEOUT:.0f} s.")
    try:
        others = next((count for count in _running(folder, besides=shard.count)), None)
        if others is not None:
            raise ConfigurationError(
                f"{folder} is being written by another process with shards of {others}, not of {shard.count}: "
                "they overlap."
            )
        yield
    finally:
        lock.release()


def _running(folder: Path, *, besides: int) -> Iterator[int]:
    """The numbers of shards of the runs on a folder, but for one."""
    try:
        locks = listed(folder, ".journal*.lock")
    except OSError as error:
        raise ConfigurationError(f"{shown_path(folder)} cannot be listed: {reason(error)}.") from error
    for path in locks:
        name = _LOCK_NAME.fullmatch(path.name)
        count = int(name["count"] or 1) if name else besides
        if count != besides and _is_locked(path):
            yield count


def _is_locked(path: Path) -> bool:
    try:
        locked(path).release()
    except TimeoutError:
        return True
    return False


_LOCK_NAME = re.compile(r"\.journal(-\d+-of-(?P<count>\d+))?\.jsonl\.lock", re.ASCII)
