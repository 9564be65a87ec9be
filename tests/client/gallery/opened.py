"""A gallery that is open in a browser: found by role and name, as a screen reader does."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from attrs import define, field, frozen
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect
from ruamel.yaml import YAML

from segmind_flux_schnell._runtime.batch.history import JournalEntry

PHONE, DESK = 390, 1280
"""Widths of windows, in CSS pixels."""

HEIGHT = 800
"""Of all windows."""

BUSY = 20_000
"""Milliseconds that are waited at most for what a page does at once: a machine can be busy."""

expect.set_options(timeout=BUSY)


@frozen
class Box:
    """Where something is, in CSS pixels of the window."""

    x: float
    y: float
    width: float
    height: float


# Playwright notes on an object which of its methods it calls.
@define(slots=False)
class Gallery:
    """An open gallery.

    Args:
        page: Its page.
        folder: Where its file is. Nothing else may be read.
        problems: What went wrong so far: errors of scripts, messages on the console, requests to elsewhere.
    """

    page: Page
    folder: Path
    problems: list[str] = field(factory=list[str])

    @classmethod
    def opened(cls, context: BrowserContext, path: Path, fragment: str = "") -> "Gallery":
        """Open a file in a browser."""
        page = context.new_page()
        gallery = cls(page, path.parent)
        page.on("console", gallery._heard)
        page.on("pageerror", lambda error: gallery.problems.append(f"error: {error}"))
        page.on("request", gallery._requested)
        page.goto(path.as_uri() + fragment)
        return gallery

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((f"{self.folder.as_uri()}/", "data:", "blob:")):
            self.problems.append(f"request: {request.url}")

    @property
    def images(self) -> Locator:
        """The links of the images that are shown."""
        return self.page.get_by_role("list", name="Images", exact=True).get_by_role("link")

    @property
    def files(self) -> list[str]:
        """Names of the files of the images that are shown, in the order of a screen reader."""
        found: list[str] = self.images.evaluate_all("links => links.map(link => link.href)")
        return [Path(unquote(urlsplit(link).path)).name for link in found]

    @property
    def boxes(self) -> list[Box]:
        """Where the images are that are shown, in the order of a screen reader."""
        self.wait_for_layout()
        return boxes(self.images.locator("img"))

    def wait_for_layout(self) -> None:
        """Wait until what was done is laid out: the page composes its rows in the next frame, not at once."""
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def image(self, entry: JournalEntry) -> Locator:
        """The link of one image."""
        return self.page.get_by_role("list", name="Images", exact=True).locator(f'a[href$="{entry.file}"]')

    def names(self, role: str) -> list[str]:
        """The accessible names of all links, buttons … in the list of images."""
        snapshot = YAML(typ="safe").load(self.page.get_by_role("list", name="Images", exact=True).aria_snapshot())
        return [json.loads(name.removeprefix(f"{role} ")) for name in _keys(snapshot) if name.startswith(f'{role} "')]

    @property
    def search(self) -> Locator:
        """The field to search in prompts."""
        return self.page.get_by_role("searchbox", name="Search prompts")

    @property
    def order(self) -> Locator:
        """The choice of an order."""
        return self.page.get_by_role("combobox", name="Sort by")

    def filter(self, name: str) -> Locator:
        """The choice of a value, by the name of its parameter."""
        return self.page.get_by_role("group", name="Filter").get_by_role("combobox", name=name, exact=True)

    @property
    def size(self) -> Locator:
        """The size of images."""
        return self.page.get_by_role("slider", name="Size of images")

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    def button(self, name: str) -> Locator:
        """A button of the page, or of the dialog that is open."""
        within = self.dialog if self.dialog.count() else self.page
        return within.get_by_role("button", name=name, exact=True)

    def says(self, text: str | re.Pattern[str]) -> None:
        """Wait until a screen reader is told a text."""
        expect(self.page.get_by_role("status").filter(has_text=text)).to_have_count(1)

    def shows(self, entries: Iterable[JournalEntry]) -> None:
        """Wait until exactly these images are shown, in this order."""
        files = [entry.file for entry in entries]
        expect(self.images).to_have_count(len(files))
        assert self.files == files

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def open_image(self, entry: JournalEntry) -> None:
        """Open an image in the lightbox."""
        self.image(entry).click()
        expect(self.dialog).to_be_visible()

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """What a script in the page gives."""
        return self.page.evaluate(script, argument)

    @property
    def is_wider_than_its_window(self) -> bool:
        """Whether it scrolls sideways."""
        wider: bool = self.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        return wider

    def finish(self) -> None:
        """Close the page; nothing may have gone wrong in it."""
        self.page.close()
        assert self.problems == []


def _keys(snapshot: Any) -> Iterator[str]:
    """What stands in a snapshot for each element: its role and name."""
    for part in snapshot if isinstance(snapshot, list) else snapshot.items() if isinstance(snapshot, dict) else ():
        if isinstance(part, tuple):
            yield part[0]
            yield from _keys(part[1])
        elif isinstance(part, str):
            yield part
        else:
            yield from _keys(part)


def boxes(elements: Locator) -> list[Box]:
    """Where some elements are."""
    script = (
        "all => all.map(one => one.getBoundingClientRect()).map(({x, y, width, height}) => ({x, y, width, height}))"
    )
    return [Box(**box) for box in elements.evaluate_all(script)]
