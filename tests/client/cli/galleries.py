"""Folders of results as batches leave them, and galleries as a browser reads them."""

import json
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from attrs import define, field

from tests.client.documented import DEFAULTS
from tests.client.images import jpeg

VOID = {"img", "input", "meta"}
"""Elements without an end tag."""


def journal(folder: Path, *events: dict[str, Any], name: str = "journal.jsonl", end: str = "") -> None:
    """Write a journal, with `end` after its last line."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join(f"{json.dumps(event)}\n" for event in events) + end)


def sending(key: str, prompt: str = "a fox", **values: Any) -> dict[str, Any]:
    """The line that is written before a request is sent."""
    return {
        "event": "sending",
        "key": key,
        "request": {"prompt": prompt, "steps": DEFAULTS["steps"], "seed": 7, **values},
    }


def done(folder: Path, key: str, width: int = 64, height: int = 48) -> dict[str, Any]:
    """The line that is written once an image is on disk, and the image."""
    folder.mkdir(exist_ok=True)
    content = jpeg(width, height)
    name = f"{sha256(key.encode()).hexdigest()[:16]}.jpg"
    (folder / name).write_bytes(content)
    return {"event": "done", "key": key, "file": name, "cost": "0.008", "remaining_credits": "9", "seconds": 3.14}


def failed(key: str, message: str, **facts: Any) -> dict[str, Any]:
    """The line that is written after a request that brought no image."""
    return {
        "event": "failed",
        "key": key,
        "error": "NotEnoughCreditsError",
        "message": message,
        "billed": False,
        **facts,
    }


@define
class Page(HTMLParser):
    """A document, read strictly: each end tag closes the element that was opened last."""

    elements: list[tuple[str, dict[str, str | None]]] = field(factory=list[tuple[str, dict[str, str | None]]])
    texts: list[str] = field(factory=list[str])
    sources: dict[str, list[str]] = field(factory=dict[str, list[str]])
    open: list[str] = field(factory=list[str])

    def __attrs_pre_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def read(cls, path: Path) -> "Page":
        """Read a file to its end."""
        page = cls()
        page.feed(path.read_text(encoding="utf-8"))
        page.close()
        assert not page.open
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Add a text, or the source of a style sheet or a script."""
        if self.open and self.open[-1] in ("style", "script"):
            self.sources.setdefault(self.open[-1], []).append(data)
        else:
            self.texts.append(data)

    @property
    def data(self) -> dict[str, Any]:
        """What the scripts know: the JSON in the document."""
        found: dict[str, Any] = json.loads(self.sources["script"][0])
        return found

    def all(self, tag: str, class_: str | None = None) -> list[dict[str, str | None]]:
        """The attributes of each element with a name and a class."""
        found = [attributes for name, attributes in self.elements if name == tag]
        return [one for one in found if class_ is None or class_ in (one.get("class") or "").split()]
