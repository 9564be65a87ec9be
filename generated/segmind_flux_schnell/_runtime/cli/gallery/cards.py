# @generated from openapi/runtime/cli/gallery/cards.py by `make generate`. Do not edit: change that file.
"""A result as the page shows it: its image or what stands in its place, its caption, and what is known of it."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import frozen

from ...batch.history import JournalEntry
from ..results import Result
from ..tunables import CAPTION_LENGTH
from .parameters import Parameters
from .quantities import credits_of, megabytes, moment_of, seconds_of
from .texts import shortened, writable
from .thumbnails import Thumbnail


@frozen(kw_only=True, slots=False)
class Card:
    """One result.

    Args:
        number: Its position, from 1.
        result: The result.
        parameters: What the document says of the parameters of its request.
        thumbnail: The image, or None if there is none to show.
        link: The file as seen from the page; None if there is none.
        command: The command that makes the image again; None if its request is not known, or has other fields.
    """

    number: int
    result: Result
    parameters: Parameters
    thumbnail: Thumbnail | None = None
    link: str | None = None
    command: str | None = None

    @property
    def entry(self) -> JournalEntry:
        """What a journal says of it."""
        return self.result.entry

    @property
    def state(self) -> str:
        """Its status by the journal; `missing` where an image was bought, and its file is missing or broken."""
        return "missing" if self.entry.status == "done" and self.thumbnail is None else self.entry.status

    @property
    def prompt(self) -> str:
        """What the image shows, or should have shown; empty if that is not known."""
        return str(self.entry.request.get(self.parameters.prompt, ""))

    @property
    def file(self) -> str:
        """Name of its file, or empty."""
        return self.entry.file or ""

    @property
    def caption(self) -> str:
        """The beginning of the prompt, or the name of the file if that is all there is."""
        return shortened(self.prompt if self.prompt.strip() else self.file, CAPTION_LENGTH)

    @property
    def warnings(self) -> list[str]:
        """What is odd about the image, in words."""
        return [one.message for one in self.entry.warnings]

    @cached_property
    def values(self) -> dict[str, str]:
        """The parameters by which it was made, defaults included."""
        return self.parameters.values(self.entry.request)

    @property
    def seed(self) -> str:
        """Its seed, or empty."""
        return self.values.get(self.parameters.seed, "")

    @property
    def seconds(self) -> str:
        """How long it took, as people write it, or empty."""
        return seconds_of(self.entry.seconds)

    @property
    def numbers(self) -> tuple[str, str, str, str]:
        """Size, bytes, credits and seconds for the table; empty if not known."""
        return (
            self.thumbnail.dimensions if self.thumbnail else "",
            "" if self.result.size is None else f"{self.result.size:,}",
            "" if self.entry.cost is None else str(self.entry.cost),
            self.seconds.removesuffix(" s"),
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known of the image beside its request, for the lightbox."""
        return [(name, value) for name, value in self._facts() if value]

    @property
    def line(self) -> str | None:
        """Its request but for the prompt, as the members of a JSON object; None if it is not known."""
        request = self.entry.request
        if not isinstance(request.get(self.parameters.prompt), str):
            return None
        try:
            return json.dumps({name: one for name, one in request.items() if name != self.parameters.prompt})[1:-1]
        except (TypeError, ValueError, RecursionError):
            return None

    def data(self) -> Mapping[str, Any]:
        """What the scripts of the page know of it.

        They read a long prompt in the table, and it is a NUL in the command, which has none of its own.
        """
        entry, prompt, command = self.entry, self.prompt or self.file, self.command
        # A long prompt stands once in the file: a thousand of them would be larger than their images.
        is_read_there = len(self.prompt) > CAPTION_LENGTH and writable(self.prompt) == self.prompt
        if is_read_there and command:
            command = command.replace(self.prompt, "\0")
        return {
            "n": self.number,
            "digest": self.thumbnail.digest if self.thumbnail else None,
            "state": self.state,
            "prompt": None if is_read_there else prompt,
            "file": self.file,
            "line": self.line,
            "command": command,
            "values": self.values,
            "facts": self.facts,
            "warnings": self.warnings,
            "cost": None if entry.cost is None else str(entry.cost),
            "seconds": entry.seconds if self.seconds else None,
            "at": entry.at,
        }

    def _facts(self) -> Iterator[tuple[str, str]]:
        entry, size = self.entry, self.result.size
        yield "size", self.thumbnail.dimensions if self.thumbnail else ""
        yield "file", self.file
        yield "bytes", "" if size is None else megabytes(size)
        yield "cost", credits_of(entry.cost)
        yield "time", self.seconds
        yield "made", moment_of(entry.at)
        yield "job", entry.job_id or ""
        yield "request id", entry.request_id or ""


def bytes_of(prompt: str) -> int:
    """Bytes of a page that a prompt takes: whole in the table, and up to four times as far as it is a caption."""
    return sum(len(text.encode(errors="replace")) for text in (prompt, *([prompt[:CAPTION_LENGTH]] * 4)))
