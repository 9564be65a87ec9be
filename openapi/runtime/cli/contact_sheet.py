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

from .markup import page, tag
from .results import Record
from .sheet_style import STYLE
from .thumbnails import Thumbnail

_STATES = {"done": "Pictures", "failed": "Failed", "unknown": "Unknown"}
_UNNAMED = {"done": "The picture is missing", "failed": "Failed", "unknown": "Unknown outcome"}
_BILLED = {True: "billed", False: "not billed", None: "it may have been billed"}


@frozen(kw_only=True)
class Entry:
    """A result as the sheet shows it.

    Args:
        number: Its place, from 1.
        record: What came of the request.
        thumbnail: The picture, or None where there is none to show.
        link: Where the file is, from the sheet; None where there is none.
    """

    number: int
    record: Record
    thumbnail: Thumbnail | None
    link: str | None


@frozen(kw_only=True)
class Sheet:
    """A contact sheet.

    Args:
        title: What it shows.
        program: What made it, and which version.
        prompt: Name of the field that says what a picture shows.
        defaults: What the service takes for each field that a request leaves out.
        entries: What it shows, in order.
    """

    title: str
    program: str
    prompt: str
    defaults: Mapping[str, Any]
    entries: Sequence[Entry]

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
        counts = Counter[str](entry.record.state for entry in self.entries)
        body = tag("body", tag("header", tag("h1", self.title, dir="auto"), tag("p", self._summary(counts))))
        # Beside `main` and before it, so that the style alone can follow what is chosen.
        body.extend(_choice("all", f"All {len(self.entries)}", checked=True))
        for state, name in _STATES.items():
            if counts[state]:
                body.extend(_choice(state, f"{name} {counts[state]}"))
        cards = tag("ol", *(self._card(entry) for entry in self.entries), class_="grid")
        body.append(tag("main", cards, tag("h2", "Table"), self._table()))
        return body

    def _summary(self, counts: Mapping[str, int]) -> str:
        costs = [entry.record.cost for entry in self.entries if entry.record.cost is not None]
        size = sum(entry.record.size or 0 for entry in self.entries)
        parts = [f"{counts['done']} pictures, {megabytes(size)}"]
        parts += [f"{sum(costs, Decimal(0))} credits"] if costs else []
        parts += [f"{counts['failed']} failed"] if counts["failed"] else []
        parts += [f"{counts['unknown']} with unknown outcome: they may have been billed"] if counts["unknown"] else []
        return " · ".join(parts)

    def _card(self, entry: Entry) -> Element:
        inside = self._picture(entry) if entry.thumbnail else self._failure(entry)
        return tag("li", inside, class_=f"card {entry.record.state}", id=f"n{entry.number}")

    def _picture(self, entry: Entry) -> Element:
        small = entry.thumbnail
        image = tag(
            "img",
            src=small.uri if small else None,
            alt=self._prompt(entry) or entry.record.file or "",
            width=str(small.width) if small and small.width else None,
            height=str(small.height) if small and small.height else None,
            loading="lazy",
            decoding="async",
        )
        linked = tag("a", image, href=entry.link) if entry.link else image
        return tag("figure", linked, tag("figcaption", *self._caption(entry)))

    def _failure(self, entry: Entry) -> Element:
        record = entry.record
        title = record.error or _UNNAMED[record.state]
        message = tag("p", record.message, class_="message", dir="auto") if record.message else None
        said = tag("div", message, *self._caption(entry), class_="said")
        return tag("article", tag("div", title, class_="blank"), said)

    def _caption(self, entry: Entry) -> list[Element]:
        asked = [(name, str(value)) for name, value in entry.record.request.items() if name != self.prompt]
        more = tag("details", tag("summary", "Parameters"), _definitions(asked)) if asked else None
        found = [
            tag("p", self._prompt(entry) or entry.record.file or "", class_="prompt", dir="auto"),
            tag("p", " · ".join(self._facts(entry)), class_="facts"),
            more,
        ]
        return [element for element in found if element is not None]

    def _facts(self, entry: Entry) -> list[str]:
        record, small = entry.record, entry.thumbnail
        found = [f"#{entry.number}"]
        found += [f"{name} {value}" for name, value in record.request.items() if self._tells(name, value)]
        found += [small.dimensions] if small and small.dimensions else []
        found += [f"{record.cost} credits"] if record.cost is not None else []
        found += [f"{record.seconds:.1f} s"] if record.seconds is not None else []
        found += [_BILLED[record.billed]] if record.state != "done" else []
        found += [f"request {record.request_id}"] if record.request_id and record.state != "done" else []
        return found

    def _tells(self, name: str, value: object) -> bool:
        return name == "seed" or (name != self.prompt and value != self.defaults.get(name, value))

    def _prompt(self, entry: Entry) -> str:
        return str(entry.record.request.get(self.prompt, ""))

    def _table(self) -> Element:
        titles = ("#", "state", self.prompt, "seed", "size", "bytes", "credits", "seconds", "file")
        head = tag("thead", tag("tr", *(tag("th", title, scope="col") for title in titles)))
        body = tag("tbody", *(self._row(entry) for entry in self.entries))
        return tag("div", tag("table", head, body), class_="scroll")

    def _row(self, entry: Entry) -> Element:
        record, small = entry.record, entry.thumbnail
        file = tag("a", record.file or "", href=entry.link) if entry.link else (record.file or "")
        numbers = (
            str(record.request.get("seed", "")),
            small.dimensions if small else "",
            "" if record.size is None else f"{record.size:,}",
            "" if record.cost is None else str(record.cost),
            "" if record.seconds is None else f"{record.seconds:.1f}",
        )
        return tag(
            "tr",
            tag("td", tag("a", str(entry.number), href=f"#n{entry.number}"), class_="number"),
            tag("td", record.state, class_="state"),
            tag("td", self._prompt(entry), class_="text", dir="auto"),
            *(tag("td", text, class_="number") for text in numbers),
            tag("td", file),
            class_=record.state,
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
