"""What the journals of a folder say of each request."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, cast

from attrs import frozen

from .journal import lines
from .listing import listed

EntryStatus = Literal["done", "failed", "unknown"]
"""What became of a request: `done`, `failed`, or `unknown` where it was sent and its outcome never written down."""


@frozen(kw_only=True)
class EntryWarning:
    """A warning that an image has, as a journal says.

    Args:
        code: What it is, as an identifier: that of the warning's class, such as `size-mismatch`.
        message: The same in words.
    """

    code: str
    message: str


@frozen(kw_only=True)
class JournalEntry:
    """What became of a request, as a journal says.

    Args:
        key: Identity of the request, see `key_of`.
        status: `done`: there is an image. `failed`: there is none. `unknown`: it was sent, its outcome is unknown, and
            it may have been billed.
        request: Its body.
        at: When that was written, in UTC: `2026-11-22T09:00:00Z`.
        file: Name of the file: the image, or what was paid for in its place. None if there is no file.
        billed: Whether it was charged for; None if that is not known.
        error: Class of the error, or None.
        message: Its message, or None.
        width: Of the image, in pixels.
        height: Of the image, in pixels.
        cost: Credits that it cost, or None if the service did not say.
        remaining_credits: Credits that were left, or None if the service did not say.
        request_id: The service's name for the call, or None.
        seconds: How long the call took.
        warnings: What is odd about the image, such as another size than was requested.
    """

    key: str
    status: EntryStatus
    request: Mapping[str, Any]
    at: str | None = None
    file: str | None = None
    billed: bool | None = None
    error: str | None = None
    message: str | None = None
    width: int | None = None
    height: int | None = None
    cost: Decimal | None = None
    remaining_credits: Decimal | None = None
    request_id: str | None = None
    seconds: float | None = None
    warnings: tuple[EntryWarning, ...] = ()


def key_of(body: object) -> str:
    """The identity of a request: SHA-256 of its JSON body, its names sorted, without blanks, 1.0 written as 1."""
    # Read back first: names that JSON writes alike, such as 1 and "1", are one name, and can be sorted.
    plain = json.loads(json.dumps(body), parse_float=_number)
    return sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number


def history(folder: Path) -> dict[str, list[JournalEntry]]:
    """What all journals of a folder say, by the key of the request: the last entry of each journal that has it.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    found: dict[str, list[JournalEntry]] = {}
    for path in journals(folder):
        for entry in entries(lines(path)):
            found.setdefault(entry.key, []).append(entry)
    return found


def journals(folder: Path) -> list[Path]:
    """The files of a folder that are journals by their names; none if the folder does not exist yet.

    Raises:
        OSError: The folder cannot be listed.
    """
    return listed(folder, "journal*.jsonl")


def best_entries(found: Iterable[list[JournalEntry]]) -> list[JournalEntry]:
    """One entry for each request: if journals differ, the one with an image, or else the unknown one."""
    return [min(entries, key=lambda entry: _BEST_FIRST.index(entry.status)) for entries in found]


def entries(journal: Iterable[Mapping[str, Any]]) -> list[JournalEntry]:
    """The last entry of one journal for each request, in the order in which they were first sent."""
    requests: dict[str, Mapping[str, Any]] = {}
    last: dict[str, Mapping[str, Any]] = {}
    for line in journal:
        key = line.get("key")
        if not isinstance(key, str) or line.get("event") not in ("sending", "done", "failed", "unknown"):
            continue
        last[key] = line
        if isinstance(line.get("request"), Mapping):
            requests[key] = line["request"]
    return [_entry(key, line, requests.get(key, {})) for key, line in last.items()]


def _entry(key: str, line: Mapping[str, Any], request: Mapping[str, Any]) -> JournalEntry:
    # A request that is "sending" to the end: the process was killed.
    status = cast("EntryStatus", line["event"]) if line["event"] in ("done", "failed") else "unknown"
    return JournalEntry(
        key=key,
        status=status,
        request=request,
        at=_of(str, line.get("at")),
        file=_of(str, line.get("file")),
        billed={"done": True, "unknown": None}.get(status, _of(bool, line.get("billed"))),
        error=_of(str, line.get("error")),
        message=_of(str, line.get("message")),
        width=_of(int, line.get("width")),
        height=_of(int, line.get("height")),
        cost=_credits(line.get("cost")),
        remaining_credits=_credits(line.get("remaining_credits")),
        request_id=_of(str, line.get("request_id")),
        seconds=_of(float, line.get("seconds")),
        warnings=tuple(_warnings(line.get("warnings"))),
    )


def _warnings(listed: object) -> Iterator[EntryWarning]:
    for one in cast("list[object]", listed) if isinstance(listed, list) else ():
        match one:
            case {"code": str(code), "message": str(message)}:
                yield EntryWarning(code=str(code), message=str(message))
            case _:
                continue


def _of(kind: Any, value: Any) -> Any:
    return value if isinstance(value, kind) else None


def _credits(value: object) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


_BEST_FIRST: tuple[EntryStatus, ...] = ("done", "unknown", "failed")
