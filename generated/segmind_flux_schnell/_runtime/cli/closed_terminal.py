# @generated from openapi/runtime/cli/closed_terminal.py by `make generate`. Do not edit: change that file.
"""A terminal that is closed while a command runs: what it would still write is dropped, and nothing fails for that."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TextIO

_STREAMS = ("stdout", "stderr")


@contextmanager
def outliving_terminal() -> Generator[None]:
    """While the context lasts the terminal may be closed. Afterwards, what is written to a closed one goes nowhere."""
    terminals = [stream for stream in map(_stream, _STREAMS) if _is_terminal(stream)]
    try:
        yield
    finally:
        for stream in terminals:
            if not _is_terminal(stream):
                _drop(stream)


def _stream(name: str) -> TextIO:
    stream: TextIO = getattr(sys, name)
    return stream


def _is_terminal(stream: TextIO) -> bool:
    try:
        return os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False


def _drop(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
    with suppress(OSError):
        stream.flush()
