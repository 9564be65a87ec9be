# @generated from openapi/runtime/cli/results.py by `make generate`. Do not edit: change that file.
"""The results in a folder: what its journals say of each request, and images that no journal has."""

from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from attrs import evolve, frozen

from ..base.regular_files import size_of
from ..base.wording import shown_path
from ..batch.history import EntryWarning, JournalEntry, best_entries, history, journals
from ..batch.journal import VERSION, Event, later_version, lines
from ..image.provenance import read_provenance
from .file_names import SUFFIXES
from .tunables import HIGHEST_COST


@frozen(kw_only=True)
class Result:
    """The outcome of one request.

    Args:
        entry: What a journal says of it; if several do, the best outcome.
        size: Size of its file in bytes, or None if there is none.
    """

    entry: JournalEntry
    size: int | None = None

    @property
    def file(self) -> str | None:
        """Name of its file in the folder, or None if there is none."""
        return self.entry.file if self.size is not None else None


def results(folder: Path) -> list[Result]:
    """All results in a folder: first those of the journals, then images that no journal has.

    An image that was renamed is found again by the request that it holds, and a copy of one was not paid for once more.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    known = [_result(folder, entry) for entry in best_entries(history(folder).values())]
    named = {result.file for result in known}
    unlisted = [_unlisted(path) for path in _images(folder) if path.name not in named]
    by_id = {result.entry.request_id: result for result in unlisted if result.entry.request_id}
    known = [_found_again(result, by_id.get(result.entry.request_id or "")) for result in known]
    named = {result.file for result in known}
    bought = {result.entry.request_id for result in known if result.entry.billed} - {None}
    further = [_copy(result) if result.entry.request_id in bought else result for result in unlisted]
    return [*known, *(result for result in further if result.file not in named)]


def _found_again(result: Result, other: Result | None) -> Result:
    """A result whose image is missing, with the image that holds its request and its identifier."""
    is_missing = result.entry.status == "done" and result.size is None
    if other is None or not is_missing or other.entry.request != result.entry.request:
        return result
    return Result(entry=evolve(result.entry, file=other.file), size=other.size)


def _copy(result: Result) -> Result:
    return evolve(result, entry=evolve(result.entry, billed=False))


@frozen(kw_only=True)
class JournalFault:
    """Why a journal of a folder cannot be read.

    Args:
        message: The reason, with the name of the file.
        later: Whether it is a journal of a later version, whose lines would be misread.
    """

    message: str
    later: bool = False


def journal_faults(folder: Path) -> list[JournalFault]:
    """What is wrong with the journals of a folder.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    return [fault for path in journals(folder) if (fault := _journal_fault(path))]


def _journal_fault(path: Path) -> JournalFault | None:
    known = [line for line in lines(path) if line.get("event") in get_args(Event)]
    version = later_version(known)
    if version is not None:
        message = f"{shown_path(path)} has version {version}, and this program knows {VERSION}: update it."
        return JournalFault(message=message, later=True)
    # An empty one belongs to a batch that ended before its first line.
    return None if known or not path.stat().st_size else JournalFault(message=f"{shown_path(path)} is not a journal.")


def _result(folder: Path, entry: JournalEntry) -> Result:
    if entry.cost is not None and not _is_cost(entry.cost):
        entry = evolve(entry, cost=None)
    return Result(entry=entry, size=_size(folder, entry.file))


def _is_cost(value: Decimal) -> bool:
    """Whether a number can be what an image cost: others have no sum, or make one that says nothing."""
    return value.is_finite() and 0 <= value <= HIGHEST_COST


def _unlisted(path: Path) -> Result:
    # An image that `generate` has written holds its request.
    try:
        embedded = read_provenance(path)
    except OSError:
        embedded = None
    request = embedded.request if embedded else dict[str, Any]()
    warnings = tuple(EntryWarning(**one) for one in embedded.warnings) if embedded else ()
    entry = JournalEntry(
        key="",
        status="done",
        request=request,
        at=embedded.created if embedded else None,
        file=path.name,
        billed=True,
        request_id=embedded.request_id if embedded else None,
        warnings=warnings,
    )
    return Result(entry=entry, size=size_of(path))


def _images(folder: Path) -> list[Path]:
    paths = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in paths if path.suffix.lower() in (*SUFFIXES.values(), ".jpeg"))


def _size(folder: Path, name: str | None) -> int | None:
    # A journal from elsewhere must not lead out of its folder.
    return None if name is None or Path(name).name != name else size_of(folder / name)
