"""How long a browser takes to show the gallery of a thousand images."""

import tempfile
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from tests.bench.report import OURS, Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.timing import Measured, interleaved
from tests.client.gallery.chromium import NoChromium, launched
from tests.client.gallery.noisy_images import folder_of_a_thousand

EMPTY = "one word"

_MILLISECONDS = 1e3
_WAIT = 120_000
"""Milliseconds for a page that takes too long."""

_FIRST_PAINT = """\
() => new Promise(done => new PerformanceObserver(list =>
  list.getEntriesByName('first-contentful-paint').forEach(entry => done(entry.startTime))
).observe({type: 'paint', buffered: true}))"""

_LARGEST_PAINT = """\
() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
  .observe({type: 'largest-contentful-paint', buffered: true}))"""

_LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"

_SCRIPTS = (_FIRST_PAINT, _LARGEST_PAINT, _LOADED)


def measure(_service: Service, scale: Scale) -> list[Section]:
    """Milliseconds from opening the file, each time in a context of the browser that has nothing in its caches."""
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        empty = Path(temporary) / "empty.html"
        empty.write_text("<!doctype html><title>Empty</title><p>Empty", encoding="utf-8")
        pages = {EMPTY: empty, OURS: folder_of_a_thousand(Path(temporary) / "gallery", scale.shown).page}
        title = f"{scale.shown} images, {pages[OURS].stat().st_size / 1e6:.1f} MB"
        try:
            with launched() as browser:
                measured = [
                    _measured(browser, pages, script, scale) for script in (_FIRST_PAINT, _LARGEST_PAINT, _LOADED)
                ]
        except NoChromium as reason:
            measured = [Measured(crashes={name: str(reason) for name in pages})] * len(_SCRIPTS)
    first, largest, loaded = measured
    return [
        _section(f"first paint of {title}", first, pages, Goal(bound=1000.0)),
        _section("the same, until an image is painted", largest, pages, Goal(bound=1000.0)),
        _section("the same, until all of it is read", loaded, pages),
    ]


def _measured(browser: Browser, pages: dict[str, Path], script: str, scale: Scale) -> Measured:
    opens = {name: partial(_opened, browser, page, script) for name, page in pages.items()}
    return interleaved(opens, scale.starts)


def _opened(browser: Browser, path: Path, script: str) -> list[float]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(path.as_uri(), timeout=_WAIT)
        return [page.evaluate(script) / _MILLISECONDS]


def _section(title: str, measured: Measured, pages: dict[str, Path], *goals: Goal) -> Section:
    return Section(
        title=title,
        unit="ms",
        figures={name: measured.figure(name, _MILLISECONDS) for name in pages},
        reference=EMPTY,
        goals=goals,
        remarks=measured.crashes,
    )
