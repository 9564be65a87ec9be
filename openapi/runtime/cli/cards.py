"""A result as a contact sheet shows it: the texts of its card and of its row in the table."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ..batch.history import EntryStatus, JournalEntry
from .results import Result
from .thumbnails import Thumbnail

_UNNAMED: dict[EntryStatus, str] = {
    "done": "The image is missing",
    "submitted": "Submitted, not collected yet",
    "unknown": "Unknown outcome",
    "expired": "Not collected in time",
    "failed": "Failed",
}
_BILLED = {True: "billed", False: "not billed", None: "it may have been billed"}


@frozen(kw_only=True)
class Card:
    """One result.

    Args:
        number: Its position, from 1.
        result: The result.
        thumbnail: The image, or None if there is none to show.
        link: The file as seen from the sheet; None if there is none.
        prompt_field: Name of the field that says what an image shows.
        defaults: What the service takes for each field that a request leaves out.
    """

    number: int
    result: Result
    thumbnail: Thumbnail | None
    link: str | None
    prompt_field: str
    defaults: Mapping[str, Any]

    @property
    def entry(self) -> JournalEntry:
        """What a journal says of it."""
        return self.result.entry

    @property
    def status(self) -> EntryStatus:
        """Whether there is an image."""
        return self.entry.status

    @property
    def prompt(self) -> str:
        """What the image shows, or should have shown; empty if that is not known."""
        return str(self.entry.request.get(self.prompt_field, ""))

    @property
    def file(self) -> str:
        """Name of its file, or empty."""
        return self.entry.file or ""

    @property
    def caption(self) -> str:
        """The prompt, or the name of the file if that is all there is."""
        return self.prompt or self.file

    @property
    def failure(self) -> str:
        """What stands in place of an image that there is not."""
        return self.entry.error or _UNNAMED[self.status]

    @property
    def message(self) -> str | None:
        """What the error said, or None."""
        return self.entry.message

    @property
    def warnings(self) -> list[str]:
        """What is odd about the image, in words."""
        return [one.message for one in self.entry.warnings]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """All that was requested besides the prompt."""
        return [(name, str(value)) for name, value in self.entry.request.items() if name != self.prompt_field]

    @property
    def facts(self) -> str:
        """What there is to know, in one line: the seed, parameters that are not defaults, size, cost and time."""
        return " · ".join(self._facts())

    @property
    def numbers(self) -> tuple[str, str, str, str, str]:
        """Seed, size, bytes, credits and seconds for the table; empty if not known."""
        entry = self.entry
        return (
            str(entry.request.get("seed", "")),
            self.thumbnail.dimensions if self.thumbnail else "",
            "" if self.result.size is None else f"{self.result.size:,}",
            "" if entry.cost is None else str(entry.cost),
            "" if entry.seconds is None else f"{entry.seconds:.1f}",
        )

    def _facts(self) -> Iterator[str]:
        entry = self.entry
        yield f"#{self.number}"
        yield from (f"{name} {value}" for name, value in entry.request.items() if self._is_worth_showing(name, value))
        if self.thumbnail and self.thumbnail.dimensions:
            yield self.thumbnail.dimensions
        if entry.cost is not None:
            yield f"{entry.cost} credits"
        if entry.seconds is not None:
            yield f"{entry.seconds:.1f} s"
        if self.status != "done":
            yield _BILLED[entry.billed]
            if entry.job_id or entry.request_id:
                yield f"job {entry.job_id}" if entry.job_id else f"request {entry.request_id}"

    def _is_worth_showing(self, name: str, value: object) -> bool:
        return name == "seed" or (name != self.prompt_field and value != self.defaults.get(name, value))
