# @generated from openapi/runtime/cli/contact_sheet.py by `make generate`. Do not edit: change that file.
"""A folder of results as one HTML file: no scripts, nothing from elsewhere, all texts of others escaped."""

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from attrs import frozen

from ..batch.history import JournalEntry
from .markup import page, tag
from .output import counted
from .results import Result
from .sheet_style import STYLE
from .thumbnails import Thumbnail

_STATES = {"done": "Images", "failed": "Failed", "unknown": "Unknown"}
_UNNAMED = {"done": "The image is missing", "failed": "Failed", "unknown": "Unknown outcome"}
_BILLED = {True: "billed", False: "not billed", None: "it may have been billed"}


@frozen(kw_only=True)
class Card:
    """A result as the sheet shows it.

    Args:
        number: Its place, from 1.
        result: What came of the request.
        thumbnail: The image, or None where there is none to show.
        link: Where the file is, from the sheet; None where there is none.
    """

    number: int
    result: Result
    thumbnail: Thumbnail | None
    link: str | None

    @property
    def entry(self) -> JournalEntry:
        """What a journal says of it."""
        return self.result.entry


@frozen(kw_only=True)
class Sheet:
    """A contact sheet.

    Args:
        title: What it shows.
        program: What made it, and which version.
        prompt: Name of the field that says what an image shows.
        defaults: What the service takes for each field that a request leaves out.
        cards: What it shows, in order.
    """

    title: str
    program: str
    prompt: str
    defaults: Mapping[str, Any]
    cards: Sequence[Card]

    def html(self) -> str:
        """The file."""
        return page(tag("html", self._head(), self._body(), lang="en"))

    def _head(self) -> Element:
        digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        return tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="generator", content=self.program),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", self.title),
            tag("style", STYLE),
        )

    def _body(self) -> Element:
        counts = Counter[str](card.entry.status for card in self.cards)
        body = tag("body", tag("header", tag("h1", self.title, dir="auto"), tag("p", self._summary(counts))))
        # Beside `main` and before it, so that the style alone can follow what is chosen.
        body.extend(_choice("all", f"All {len(self.cards)}", checked=True))
        for state, name in _STATES.items():
            if counts[state]:
                body.extend(_choice(state, f"{name} {counts[state]}"))
        cards = tag("ol", *(self._card(card) for card in self.cards), class_="grid")
        body.append(tag("main", cards, tag("h2", "Table"), self._table()))
        return body

    def _summary(self, counts: Mapping[str, int]) -> str:
        costs = [card.entry.cost for card in self.cards if card.entry.cost is not None]
        size = sum(card.result.size or 0 for card in self.cards)
        parts = [f"{counted(counts['done'], 'image')}, {megabytes(size)}"]
        parts += [f"{sum(costs, Decimal(0))} credits"] if costs else []
        parts += [f"{counts['failed']} failed"] if counts["failed"] else []
        parts += [f"{counts['unknown']} with unknown outcome: they may have been billed"] if counts["unknown"] else []
        return " · ".join(parts)

    def _card(self, card: Card) -> Element:
        inside = self._image(card) if card.thumbnail else self._failure(card)
        return tag("li", inside, class_=f"card {card.entry.status}", id=f"n{card.number}")

    def _image(self, card: Card) -> Element:
        small = card.thumbnail
        image = tag(
            "img",
            src=small.uri if small else None,
            alt=self._prompt(card) or card.entry.file or "",
            width=str(small.width) if small and small.width else None,
            height=str(small.height) if small and small.height else None,
            loading="lazy",
            decoding="async",
        )
        linked = tag("a", image, href=card.link) if card.link else image
        return tag("figure", linked, tag("figcaption", *self._caption(card)))

    def _failure(self, card: Card) -> Element:
        entry = card.entry
        title = entry.error or _UNNAMED[entry.status]
        message = tag("p", entry.message, class_="message", dir="auto") if entry.message else None
        said = tag("div", message, *self._caption(card), class_="said")
        return tag("article", tag("div", title, class_="blank"), said)

    def _caption(self, card: Card) -> list[Element]:
        asked = [(name, str(value)) for name, value in card.entry.request.items() if name != self.prompt]
        more = tag("details", tag("summary", "Parameters"), _definitions(asked)) if asked else None
        found = [
            tag("p", self._prompt(card) or card.entry.file or "", class_="prompt", dir="auto"),
            tag("p", " · ".join(self._facts(card)), class_="facts"),
            more,
        ]
        return [element for element in found if element is not None]

    def _facts(self, card: Card) -> list[str]:
        entry, small = card.entry, card.thumbnail
        found = [f"#{card.number}"]
        found += [f"{name} {value}" for name, value in entry.request.items() if self._tells(name, value)]
        found += [small.dimensions] if small and small.dimensions else []
        found += [f"{entry.cost} credits"] if entry.cost is not None else []
        found += [f"{entry.seconds:.1f} s"] if entry.seconds is not None else []
        found += [_BILLED[entry.billed]] if entry.status != "done" else []
        found += [f"request {entry.request_id}"] if entry.request_id and entry.status != "done" else []
        return found

    def _tells(self, name: str, value: object) -> bool:
        return name == "seed" or (name != self.prompt and value != self.defaults.get(name, value))

    def _prompt(self, card: Card) -> str:
        return str(card.entry.request.get(self.prompt, ""))

    def _table(self) -> Element:
        numbers = ("seed", "size", "bytes", "credits", "seconds")
        titles = ("#", "state", self.prompt, *numbers, "file")
        right = ("#", *numbers)
        cells = [tag("th", title, scope="col", class_="number" if title in right else None) for title in titles]
        head = tag("thead", tag("tr", *cells))
        body = tag("tbody", *(self._row(card) for card in self.cards))
        return tag("div", tag("table", head, body), class_="scroll")

    def _row(self, card: Card) -> Element:
        entry, small = card.entry, card.thumbnail
        file = tag("a", entry.file or "", href=card.link) if card.link else (entry.file or "")
        numbers = (
            str(entry.request.get("seed", "")),
            small.dimensions if small else "",
            "" if card.result.size is None else f"{card.result.size:,}",
            "" if entry.cost is None else str(entry.cost),
            "" if entry.seconds is None else f"{entry.seconds:.1f}",
        )
        return tag(
            "tr",
            tag("td", tag("a", str(card.number), href=f"#n{card.number}"), class_="number"),
            tag("td", entry.status, class_="state"),
            tag("td", self._prompt(card), class_="text", dir="auto"),
            *(tag("td", text, class_="number") for text in numbers),
            tag("td", file),
            class_=entry.status,
        )


def megabytes(size: int) -> str:
    """A size as one says it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.1f} kB"


def link(path: str) -> str:
    """A relative path as a link. A name with a colon is no scheme, and one with `//` no host."""
    return "./" + quote(path.replace("\\", "/").lstrip("/"))


def _choice(name: str, text: str, *, checked: bool = False) -> list[Element]:
    identity = f"show-{name}"
    button = tag("input", type="radio", name="show", id=identity, class_="choice", checked="" if checked else None)
    return [button, tag("label", text, for_=identity)]


def _definitions(pairs: Sequence[tuple[str, str]]) -> Element:
    return tag("dl", *(element for name, value in pairs for element in (tag("dt", name), tag("dd", value, dir="auto"))))
