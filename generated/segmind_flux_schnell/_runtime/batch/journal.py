# @generated from openapi/runtime/batch/journal.py by `make generate`. Do not edit: change that file.
"""The journal of a batch: one JSON object a line, appended, and on disk before anything follows from it."""

import errno
import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self, cast

from ..base.errors import ConfigurationError

if sys.platform != "win32":
    import fcntl

VERSION = 1
"""Of the format. A journal with a higher one is refused: what it says would be misread, and bought again."""

Event = Literal["batch", "sending", "done", "failed", "unknown"]


class Journal:
    """A journal that is open for writing, by this process alone.

    Each line is one `write`; `sync` brings all of them to the disk. On Windows no lock is taken: there it is up to the
    caller that no two processes write the same journal.

    Args:
        path: Its file, which is made if it is not there.

    Raises:
        ConfigurationError: Another process writes it, or a newer version of this package has.
        OSError: The file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            self._lock()
            _check_version(path)
            # What a process wrote last that was killed meanwhile may be half a line.
            self._torn = not path.read_bytes().endswith(b"\n") and path.stat().st_size > 0
        except BaseException:
            self.close()
            raise

    def write(self, event: Event, **facts: Any) -> None:
        """Append a line.

        Raises:
            OSError: The disk did not take all of it.
        """
        line = json.dumps({"event": event, **facts, "at": _now()}, default=str).encode() + b"\n"
        line = b"\n" + line if self._torn else line
        written = 0
        try:
            written = os.write(self._handle, line)
        finally:
            self._torn = written not in (0, len(line)) or (self._torn and written == 0)
        if written != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    def sync(self) -> None:
        """Wait until all lines are on disk.

        Raises:
            OSError: The disk failed.
        """
        os.fsync(self._handle)

    def close(self) -> None:
        """Close the file, and let others write it."""
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _lock(self) -> None:
        if sys.platform == "win32":
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refusal = ConfigurationError(f"{self.path} is being written by another process. Nothing was sent.")
        else:
            return
        raise refusal


def lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """The lines of a journal, whatever was cut off from it; one that is no line of a journal is passed over.

    A line is on disk before its request is sent, and an image before its line: no half line stands for either.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    for line in content.split(b"\n"):
        try:
            read: object = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            yield cast("dict[str, Any]", read)


def _check_version(path: Path) -> None:
    for line in lines(path):
        version = line.get("version", VERSION) if line.get("event") == "batch" else VERSION
        if not isinstance(version, int) or version > VERSION:
            raise ConfigurationError(
                f"{path} has version {version!r}, and this client knows {VERSION}: update it. Nothing was sent."
            )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
