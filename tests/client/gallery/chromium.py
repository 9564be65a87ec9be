"""The Chromium of the system, which playwright drives: nothing is downloaded."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""Programs that are a Chromium, the preferred one first: that of Debian, of Ubuntu, and Google's own."""


class NoChromium(Exception):
    """There is no Chromium; the message says how to install it."""


def path_of_chromium() -> str:
    """Where Chromium is.

    Raises:
        NoChromium: There is none on the PATH.
    """
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    raise NoChromium(f"no Chromium ({', '.join(NAMES)}) on the PATH; on Debian: apt-get install chromium")


def skip_without_chromium() -> None:
    """Skip a test where there is no Chromium, but in CI let it fail: a skipped test would look like one that passed."""
    try:
        path_of_chromium()
    except NoChromium as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason), pytrace=False)
        pytest.skip(str(reason))


_FOLDER = "/tmp" if os.name == "posix" else None
"""Where Chromium may put a socket: the path of one has 107 bytes at most, which folders of pytest and of macOS fill."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Run Chromium without a window while the context lasts.

    Raises:
        NoChromium: There is none on the PATH.
    """
    path = path_of_chromium()
    with tempfile.TemporaryDirectory(prefix="chromium-", dir=_FOLDER) as short, sync_playwright() as playwright:
        # Containers have no user namespaces, which the sandbox needs, and the pages are our own.
        browser = playwright.chromium.launch(
            executable_path=path, chromium_sandbox=False, env={**os.environ, "TMPDIR": short}
        )
        try:
            yield browser
        finally:
            browser.close()
