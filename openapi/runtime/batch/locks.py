"""Locks on files, held until they are released or the process ends, on every platform."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock


def locked(path: Path, *, timeout: float = 0) -> BaseFileLock:
    """Take a lock. Call `release` on it to give it back.

    Args:
        path: The file that stands for the lock, and for nothing else: what is in it is lost. It is created if missing,
            and may stay behind.
        timeout: Seconds to wait while another holds the lock.

    Raises:
        TimeoutError: Another holds the lock: another process, or this one.
        OSError: The file cannot be written.
    """
    # Only a batch that runs needs it.
    from filelock import FileLock

    # Not bound to a thread: whichever closes a journal releases its lock.
    lock = FileLock(path, thread_local=False)
    lock.acquire(timeout=timeout)
    return lock


def lock_path(path: Path) -> Path:
    """The file that stands for the lock on another one: on Windows, a file that is locked itself cannot be read."""
    return path.with_name(f".{path.name}.lock")
