# @generated from openapi/runtime/batch/journal.py by `make generate`. Do not edit: change that file.
"""The journal of a batch: one JSON object a line, appended, and on disk before anything follows from it."""

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self, cast

from ..base.errors import ConfigurationError
from ..base.regular_files import open_regular, read_regular
from ..base.wording import shown
from .locks import lock_path, locked
from .tunables import LARGEST_JOURNAL

VERSION = 1
"""Of the format. A journal with a higher one is refused: it would be misread, and its images bought again."""

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""How a moment is written, in UTC."""

Event = Literal["batch", "sending", "submitted", "done", "failed", "unknown", "expired"]
"""What a line says. A version that does not know `submitted` and `expired` takes such a request for unknown."""


class Journal:
    """A journal that is open for writing, by this process alone.

    Each line is one `write`; `sync` brings all of them to the disk.

    Args:
        path: Its file, which is created if missing.

    Raises:
        ConfigurationError: Another process writes it, or a later version of this package has written it.
        OSError: The file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            lock = locked(lock_path(path))
        except TimeoutError:
            lock = None
        if lock is None:
            raise ConfigurationError(f"{path} is being written by another process.")
        self._lock = lock
        try:
            _check_version(path)
            # A process that was killed may have left half a line.
            self._torn = _is_torn(path)
            # Unbuffered, and binary also on Windows: each line is one call of `os.write`.
            self._file = path.open("ab", buffering=0)
        except BaseException:
            lock.release()
            raise

    def write(self, event: Event, **facts: Any) -> None:
        """Append a line.

        Raises:
            OSError: It could not be written whole.
        """
        line = json.dumps({"event": event, **facts, "at": _now()}, default=str).encode() + b"\n"
        line = b"\n" + line if self._torn else line
        written = 0
        try:
            written = os.write(self._file.fileno(), line)
        finally:
            self._torn = written not in (0, len(line)) or (self._torn and written == 0)
        if written != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    def sync(self) -> None:
        """Wait until all lines are on disk.

        Raises:
            OSError: The disk failed.
        """
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file, and let others write it."""
        try:
            self._file.close()
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """The lines of a journal, wherever it was cut off. Anything that is not a line of a journal is skipped.

    A line is on disk before its request is sent, and an image before its line: half a line stands for neither.
    """
    try:
        content = read_regular(path, LARGEST_JOURNAL)
    except FileNotFoundError:
        return
    for line in content.split(b"\n"):
        try:
            read: object = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            yield cast("dict[str, Any]", read)


def _is_torn(path: Path) -> bool:
    try:
        file = open_regular(path)
    except FileNotFoundError:
        return False
    with file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        return file.read(1) not in (b"", b"\n")


def later_version(journal: Iterable[Mapping[str, Any]]) -> str | None:
    """The version of a journal if it is too high to be read, as a message shows it; else None."""
    versions = (line["version"] for line in journal if line.get("event") == "batch" and "version" in line)
    return next((shown(one) for one in versions if not isinstance(one, int) or one > VERSION), None)


def _check_version(path: Path) -> None:
    version = later_version(lines(path))
    if version is not None:
        raise ConfigurationError(f"{path} has version {version}, and this client knows {VERSION}: update it.")


def _now() -> str:
    return datetime.now(UTC).strftime(MOMENT)
