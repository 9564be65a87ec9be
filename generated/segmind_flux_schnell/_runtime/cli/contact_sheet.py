# @generated from openapi/runtime/cli/contact_sheet.py by `make generate`. Do not edit: change that file.
"""A folder of results as one HTML file: no scripts, nothing from elsewhere, all texts escaped."""

import base64
import hashlib
import os
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from attrs import frozen

from ..batch.history import EntryStatus
from .cards import Card
from .output import counted

if TYPE_CHECKING:
    from jinja2 import Environment

_STATES: dict[EntryStatus, str] = {
    "done": "Images",
    "submitted": "Submitted",
    "failed": "Failed",
    "unknown": "Unknown",
    "expired": "Expired",
}


@frozen(kw_only=True)
class Choice:
    """A group of cards that can be chosen.

    Args:
        state: The state of the cards, or `all`.
        text: What stands on the button.
    """

    state: str
    text: str


@frozen(kw_only=True, slots=False)
class Sheet:
    """A contact sheet.

    Args:
        title: What it shows.
        program: The program that wrote it, and its version.
        prompt: Name of the field that says what an image shows.
        cards: The results, in order.
    """

    title: str
    program: str
    prompt: str
    cards: Sequence[Card]

    def html(self) -> str:
        """The content of the file."""
        environment = _environment()
        style = environment.get_template("contact_sheet.css.jinja").render()
        page = environment.get_template("contact_sheet.html.jinja")
        return page.render(sheet=self, style=style, policy=_policy(style))

    @property
    def summary(self) -> str:
        """How many of what, in one line."""
        return " · ".join(self._counts_in_words())

    @property
    def choices(self) -> list[Choice]:
        """The states that occur, each with its number of cards, after all of them together."""
        found = [Choice(state=str(state), text=f"{name} {self._counts[state]}") for state, name in _STATES.items()]
        everything = Choice(state="all", text=f"All {len(self.cards)}")
        return [everything, *(choice for choice in found if self._counts[choice.state])]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter[str](card.status for card in self.cards)

    def _counts_in_words(self) -> list[str]:
        counts = self._counts
        costs = [card.entry.cost for card in self.cards if card.entry.cost is not None]
        parts = [f"{counted(counts['done'], 'image')}, {megabytes(sum(card.result.size or 0 for card in self.cards))}"]
        parts += [f"{sum(costs, Decimal(0))} credits"] if costs else []
        parts += [f"{counts['submitted']} submitted and not collected yet"] if counts["submitted"] else []
        parts += [f"{counts['failed']} failed"] if counts["failed"] else []
        warned = sum(bool(card.warnings) for card in self.cards)
        parts += [f"{counted(warned, 'image')} with warnings"] if warned else []
        parts += [f"{counts['unknown']} with unknown outcome: they may have been billed"] if counts["unknown"] else []
        parts += [f"{counts['expired']} expired: they may have been billed"] if counts["expired"] else []
        return parts


def megabytes(size: int) -> str:
    """A number of bytes as people write it: `1.5 MB`, `15.0 kB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.1f} kB"


def link(path: str) -> str:
    """A relative path as a link. A colon in a name does not make it a scheme, nor `//` a host."""
    # A name on disk need not be UTF-8.
    return "./" + quote(os.fsencode(path.replace("\\", "/").lstrip("/")))


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _environment() -> "Environment":
    # Only `review` needs it.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_control_characters,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> str:
    # Also from a package that is imported from an archive.
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _without_control_characters(value: Any) -> Any:
    # HTML has no way to write these. `type`: text that is escaped already has a class of its own, and none of them.
    return _CONTROL.sub("\ufffd", value) if type(value) is str else value


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
