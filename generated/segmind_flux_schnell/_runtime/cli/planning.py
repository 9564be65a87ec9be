# @generated from openapi/runtime/cli/planning.py by `make generate`. Do not edit: change that file.
"""What of a file would be sent: each request once."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from .prompt_files import Entry


@frozen(kw_only=True)
class Duplicate:
    """A request that an earlier line asks for too.

    Args:
        line: Where it stands.
        first: The earlier line.
    """

    line: int
    first: int


@frozen(kw_only=True)
class Planned:
    """A file's requests, sorted.

    Args:
        to_send: Those that would be sent.
        duplicates: Those that an earlier line asks for too.
    """

    to_send: tuple[Entry, ...]
    duplicates: tuple[Duplicate, ...]


def planned(entries: Iterable[Entry]) -> Planned:
    """Sort the requests of a file."""
    first: dict[str, int] = {}
    to_send: list[Entry] = []
    duplicates: list[Duplicate] = []
    for entry in entries:
        line = first.setdefault(key(entry.request), entry.line)
        if line == entry.line:
            to_send.append(entry)
        else:
            duplicates.append(Duplicate(line=entry.line, first=line))
    return Planned(to_send=tuple(to_send), duplicates=tuple(duplicates))


def key(request: Any) -> str:
    """What makes two requests the same: the digest of their JSON."""
    body = json.dumps(request.to_dict(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()
