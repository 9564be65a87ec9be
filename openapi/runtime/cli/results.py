"""What a folder of results holds: what its journals say of each request, and the images that none of them has."""

from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ..base.wording import shown
from ..batch.history import JournalEntry, history
from ..batch.journal import VERSION, lines
from ..image.provenance import read_provenance
from .file_names import SUFFIXES

_EVENTS = ("batch", "sending", "done", "failed", "unknown")
_BEST_FIRST = ("done", "unknown", "failed")


@frozen(kw_only=True)
class Result:
    """What came of one request.

    Args:
        entry: What a journal says of it; of several journals, the best news.
        size: Of its file, in bytes, or None where there is none.
    """

    entry: JournalEntry
    size: int | None = None

    @property
    def file(self) -> str | None:
        """Name of its file in the folder, or None where there is none."""
        return self.entry.file if self.size is not None else None


def results(folder: Path) -> list[Result]:
    """All that is known of a folder's results: what the journals have, and then the images that none has.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    entries = [min(ones, key=lambda one: _BEST_FIRST.index(one.status)) for ones in history(folder).values()]
    known = [_result(folder, entry) for entry in entries]
    named = {result.file for result in known}
    return [*known, *(_unlisted(path) for path in _images(folder) if path.name not in named)]


@frozen(kw_only=True)
class JournalFault:
    """Why a journal of a folder cannot be read.

    Args:
        message: The reason, with the name of the file.
        newer: Whether it is a journal, whose lines would be misread.
    """

    message: str
    newer: bool = False


def journal_faults(folder: Path) -> list[JournalFault]:
    """What is wrong with the journals of a folder.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    return [fault for path in journals(folder) if (fault := _journal_fault(path))]


def journals(folder: Path) -> list[Path]:
    """The files that are journals by their names."""
    return sorted(folder.glob("journal*.jsonl"))


def _journal_fault(path: Path) -> JournalFault | None:
    known = [line for line in lines(path) if line.get("event") in _EVENTS]
    for line in known:
        version = line.get("version", VERSION) if line["event"] == "batch" else VERSION
        if not isinstance(version, int) or version > VERSION:
            return JournalFault(
                message=f"{path} has version {shown(version)}, and this program knows {VERSION}: update it.", newer=True
            )
    # An empty one is of a batch that ended before its first line.
    return None if known or not path.stat().st_size else JournalFault(message=f"{path} is no journal.")


def _result(folder: Path, entry: JournalEntry) -> Result:
    if entry.cost is not None and not entry.cost.is_finite():
        entry = evolve(entry, cost=None)
    return Result(entry=entry, size=_size(folder, entry.file))


def _unlisted(path: Path) -> Result:
    # What `generate` wrote says itself what it was asked for.
    inside = read_provenance(path)
    request = inside.request if inside else dict[str, Any]()
    entry = JournalEntry(key="", status="done", request=request, file=path.name, billed=True)
    return Result(entry=entry, size=path.stat().st_size)


def _images(folder: Path) -> list[Path]:
    paths = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in paths if path.suffix.lower() in (*SUFFIXES.values(), ".jpeg"))


def _size(folder: Path, name: str | None) -> int | None:
    # A journal that someone else wrote cannot point out of its folder.
    if name is None or Path(name).name != name or "\0" in name or not (folder / name).is_file():
        return None
    return (folder / name).stat().st_size
