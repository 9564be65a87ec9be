# @generated from openapi/runtime/cli/results.py by `make generate`. Do not edit: change that file.
"""What a folder of results holds: the pictures, and what its journals say of them and of what failed."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, cast

from attrs import evolve, frozen

from .file_names import SUFFIXES

State = Literal["done", "failed", "unknown"]


@frozen(kw_only=True)
class Record:
    """What came of one request.

    Args:
        state: `unknown` is also what was sent and has no outcome.
        request: What was asked for; empty where nobody knows.
        file: The picture's name in the folder, or None where there is none.
        cost: In credits, or None where the service did not say.
        seconds: How long it took, or None.
        size: In bytes, or None where there is no file.
        error: Class of the error, or None.
        message: What the error says.
        billed: Whether it was charged for, or None where nobody knows.
        request_id: The service's name for the call, or None.
    """

    state: State
    request: Mapping[str, Any]
    file: str | None = None
    cost: Decimal | None = None
    seconds: float | None = None
    size: int | None = None
    error: str | None = None
    message: str = ""
    billed: bool | None = None
    request_id: str | None = None


def records(folder: Path) -> list[Record]:
    """All that is known of a folder's results: what the journals have, and then the pictures that none has.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    found: dict[str, Record] = {}
    for journal in sorted(folder.glob("journal*.jsonl")):
        for event in _events(journal):
            _take(found, event)
    known = [evolve(record, size=_size(folder, record.file)) for record in found.values()]
    named = {record.file for record in known}
    return [*known, *(_unlisted(path) for path in _pictures(folder) if path.name not in named)]


def _events(journal: Path) -> Iterator[Mapping[str, Any]]:
    for line in journal.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            # The last line of a program that was killed.
            continue
        if isinstance(event, dict):
            yield cast("dict[str, Any]", event)


def _take(found: dict[str, Record], event: Mapping[str, Any]) -> None:
    key, kind = str(event.get("key")), event.get("event")
    if kind == "sending":
        request = event.get("request")
        asked = cast("dict[str, Any]", request) if isinstance(request, dict) else {}
        found[key] = Record(state="unknown", request=asked, message="It was sent, and nothing is known of its outcome.")
    elif kind in ("done", "failed", "unknown") and key in found:
        found[key] = Record(
            state=kind,
            request=found[key].request,
            file=_plain_name(event.get("file")),
            cost=_decimal(event.get("cost")),
            seconds=_seconds(event.get("seconds")),
            error=_text(event.get("error")),
            message=_text(event.get("message")) or "",
            billed=_boolean(event.get("billed")) if kind != "done" else True,
            request_id=_text(event.get("request_id")),
        )


def _unlisted(path: Path) -> Record:
    return Record(state="done", request={}, file=path.name, size=path.stat().st_size)


def _pictures(folder: Path) -> list[Path]:
    paths = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in paths if path.suffix.lower() in (*SUFFIXES.values(), ".jpeg"))


def _size(folder: Path, name: str | None) -> int | None:
    try:
        return (folder / name).stat().st_size if name and (folder / name).is_file() else None
    except OSError:
        return None


def _plain_name(value: object) -> str | None:
    # A journal that someone else wrote cannot point out of its folder.
    return (
        value if isinstance(value, str) and Path(value).name == value and "\0" not in value and value != ".." else None
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(value) if isinstance(value, (str, int)) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None
