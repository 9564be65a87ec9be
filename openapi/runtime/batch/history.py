"""What the journals of a folder say of each request."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, cast

from attrs import frozen

from ..base.errors import JobExpiredError, OutcomeUnknownError
from ..client.job_address import is_job_id
from ..client.results import provenance_of
from .journal import MOMENT, lines
from .listing import listed
from .unlisted_images import unlisted_images

EntryStatus = Literal["done", "submitted", "unknown", "expired", "failed"]
"""How a request ended: `done`; `submitted` where its job was not collected yet; `unknown` where it was sent and
its outcome never written down; `expired` where the record of its job expired first; or `failed`."""


@frozen(kw_only=True)
class EntryWarning:
    """A warning about an image, according to a journal.

    Args:
        code: Identifier of the warning's class, such as `size-mismatch`.
        message: The same in words.
    """

    code: str
    message: str


@frozen(kw_only=True)
class JournalEntry:
    """How a request ended, according to a journal.

    Args:
        key: Identity of the request, see `key_of`.
        status: `done`: there is an image. `failed`: there is none. `unknown`: it was sent, its outcome is unknown, and
            it may have been billed. `submitted`: its job is known by its id, and was not collected yet. `expired`: its
            job could no longer be collected, and may have been billed.
        request: Its body.
        at: When that was written, in UTC: `2026-11-22T09:00:00Z`.
        file: Name of the file: the image, or what was paid for in its place. None if there is no file.
        billed: Whether it was charged for; None if that is not known.
        error: Class of the error, or None.
        message: Its message, or None.
        text: The text of the response that the error is about, as far as the journal has it, or None.
        width: Of the image, in pixels.
        height: Of the image, in pixels.
        cost: Credits that it cost, or None if the service did not say.
        remaining_credits: Credits that were left, or None if the service did not say.
        request_id: The service's name for the call, or None.
        job_id: The service's name for the job that was submitted; None for a call without a job.
        record_expires_at: Until when the service keeps the record of that job, in UTC; None if that is not known.
        seconds: How long the call took, or the job.
        warnings: What is odd about the image, such as a size that was not requested.
    """

    key: str
    status: EntryStatus
    request: Mapping[str, Any]
    at: str | None = None
    file: str | None = None
    billed: bool | None = None
    error: str | None = None
    message: str | None = None
    text: str | None = None
    width: int | None = None
    height: int | None = None
    cost: Decimal | None = None
    remaining_credits: Decimal | None = None
    request_id: str | None = None
    job_id: str | None = None
    record_expires_at: datetime | None = None
    seconds: float | None = None
    warnings: tuple[EntryWarning, ...] = ()

    @property
    def failure(self) -> str | None:
        """The name of its failure, which is the class of the error; None if there is none, or none is known."""
        return self.error or _FAILURES.get(self.status)

    @property
    def has_record(self) -> bool:
        """Whether the service should still have a record of its job."""
        return self.record_expires_at is not None and datetime.now(UTC) < self.record_expires_at


_FAILURES: dict[EntryStatus, str] = {
    "unknown": OutcomeUnknownError.__name__,
    "expired": JobExpiredError.__name__,
}
"""What a failure is called of which no journal has an error, since the run was killed."""


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

    A request of unknown outcome is done if its image is in the folder: the run was killed before it wrote that down.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    paths = journals(folder)
    read = [entry for path in paths for entry in entries(lines(path))]
    goes_on = any(entry.status == "submitted" for entry in read)
    # A run of another shard may have collected the job since: its journal has the outcome.
    settled = {job_id for path in paths for job_id in _settled_jobs(lines(path))} if goes_on else set[str]()
    found: dict[str, list[JournalEntry]] = {}
    for entry in read:
        if entry.status != "submitted" or entry.job_id not in settled:
            found.setdefault(entry.key, []).append(entry)
    unknown = {entry.key for entry in read if entry.status == "unknown"}
    if unknown:
        saved = _saved(folder, paths, unknown)
        found |= {key: [saved[key] if entry.status == "unknown" else entry for entry in found[key]] for key in saved}
    return found


def _saved(folder: Path, paths: Iterable[Path], unknown: Container[str]) -> dict[str, JournalEntry]:
    """What images say of requests of unknown outcome, by the key of the request. Only those that no journal names."""
    named = {str(line["file"]) for path in paths for line in lines(path) if "file" in line}
    found: dict[str, JournalEntry] = {}
    for path in unlisted_images(folder, named):
        # The file may be gone by now, and what it holds may come from anywhere.
        with suppress(OSError, ValueError, RecursionError):
            provenance = provenance_of(path)
            key = key_of(provenance.request) if provenance else ""
            if not provenance or key not in unknown:
                continue
            warnings = tuple(EntryWarning(**one) for one in provenance.warnings)
            found[key] = JournalEntry(
                key=key,
                status="done",
                request=provenance.request,
                at=provenance.created,
                file=path.name,
                billed=True,
                request_id=provenance.request_id,
                warnings=warnings,
            )
    return found


def journals(folder: Path) -> list[Path]:
    """The files of a folder that are journals by their names; none if the folder does not exist yet.

    Raises:
        OSError: The folder cannot be listed.
    """
    return listed(folder, "journal*.jsonl")


def best_entries(found: Iterable[list[JournalEntry]]) -> list[JournalEntry]:
    """One entry for each request: if journals differ, the one with an image, else the active job, and so on."""
    return [min(entries, key=lambda entry: _BEST_FIRST.index(entry.status)) for entries in found]


def entries(journal: Iterable[Mapping[str, Any]]) -> list[JournalEntry]:
    """The last entry of one journal for each request, in the order in which they were first sent."""
    requests: dict[str, Mapping[str, Any]] = {}
    records: dict[str, Mapping[str, Any]] = {}
    last: dict[str, Mapping[str, Any]] = {}
    for line in journal:
        key = line.get("key")
        if not isinstance(key, str) or line.get("event") not in _OF_REQUESTS:
            continue
        last[key] = line
        if isinstance(line.get("request"), Mapping):
            requests[key] = line["request"]
        if line["event"] == "submitted":
            records[key] = line
    return [_entry(key, line, requests.get(key, {}), records.get(key, {})) for key, line in last.items()]


def _settled_jobs(journal: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The ids of jobs whose outcome a journal has."""
    for line in journal:
        if line.get("event") in _OUTCOMES and isinstance(line.get("job_id"), str):
            yield line["job_id"]


def _entry(key: str, line: Mapping[str, Any], request: Mapping[str, Any], submitted: Mapping[str, Any]) -> JournalEntry:
    # A request that is "sending" to the end: the process was killed. A job without its id cannot be asked for.
    is_known = line["event"] in _BEST_FIRST and (line["event"] != "submitted" or is_job_id(line.get("job_id")))
    status = cast("EntryStatus", line["event"]) if is_known else "unknown"
    return JournalEntry(
        key=key,
        status=status,
        request=request,
        at=_of(str, line.get("at")),
        file=_of(str, line.get("file")),
        billed=_of(bool, line.get("billed")) if status == "failed" else (True if status == "done" else None),
        error=_of(str, line.get("error")),
        message=_of(str, line.get("message")),
        text=_of(str, line.get("text")),
        width=_of(int, line.get("width")),
        height=_of(int, line.get("height")),
        cost=_credits(line.get("cost")),
        remaining_credits=_credits(line.get("remaining_credits")),
        request_id=_of(str, line.get("request_id")),
        job_id=_of(str, line.get("job_id")),
        record_expires_at=_expiry(line, submitted),
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


def _expiry(line: Mapping[str, Any], submitted: Mapping[str, Any]) -> datetime | None:
    """Until when there is a record of the job of a line, as it says itself or the line about the submit of that job."""
    is_same = submitted.get("job_id") == line.get("job_id")
    value = line.get("record_expires_at", submitted.get("record_expires_at") if is_same else None)
    try:
        return datetime.strptime(str(value), MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _of(kind: Any, value: Any) -> Any:
    return value if isinstance(value, kind) else None


def _credits(value: object) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


_BEST_FIRST: tuple[EntryStatus, ...] = ("done", "submitted", "unknown", "expired", "failed")

_OUTCOMES = ("done", "expired", "failed")

_OF_REQUESTS = ("sending", *_BEST_FIRST)
