"""Streams that are closed, from the start or while a command runs: what goes to them is dropped, and nothing fails."""

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TextIO

_STREAMS = ("stdout", "stderr")


def open_closed_streams() -> None:
    """Let a standard stream that was closed at the start, as by `>&-`, lead nowhere. Python has None in its place."""
    for name, mode in (("stdin", "r"), *((name, "w") for name in _STREAMS)):
        if getattr(sys, name) is None:
            # It stays open as long as the process.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


@contextmanager
def outliving_terminal() -> Generator[Callable[[], None]]:
    """While the context lasts the terminal may be closed. Afterwards, what is written to a closed one goes nowhere.

    Yields:
        What lets it go nowhere from then on, if it is closed by then: for what is written within the context.
    """
    terminals = [stream for stream in map(_stream, _STREAMS) if _is_terminal(stream)]

    def drop_closed() -> None:
        for stream in terminals:
            if not _is_terminal(stream):
                drop(stream)

    try:
        yield drop_closed
    finally:
        drop_closed()


def _stream(name: str) -> TextIO:
    stream: TextIO = getattr(sys, name)
    return stream


def _is_terminal(stream: TextIO) -> bool:
    try:
        return os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False


def drop(stream: TextIO) -> None:
    """Let a stream go nowhere from now on, and with it what it could not write so far."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
    with suppress(OSError):
        stream.flush()
