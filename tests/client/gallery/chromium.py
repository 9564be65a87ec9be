"""The Chromium of the system, which playwright drives: nothing is downloaded."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""Programs that are a Chromium, the preferred one first: that of Debian, of Ubuntu, and Google's own."""

MISSING = (
    f"no Chromium ({', '.join(NAMES)}) on the PATH: `.ci/chromium` installs it on Debian (apt-get install chromium)"
)


class NoChromium(Exception):
    """There is no Chromium, and the environment does not say that there has to be one."""


class ChromiumRequired(Exception):
    """There is no Chromium, and `CI` is set: the tests must not be skipped there."""


def path_of_chromium(environment: Mapping[str, str] = os.environ) -> str:
    """Where Chromium is.

    Raises:
        NoChromium: There is none.
        ChromiumRequired: There is none, and the environment is that of continuous integration.
    """
    for name in NAMES:
        path = shutil.which(name, path=environment.get("PATH", ""))
        if path:
            return path
    raise (ChromiumRequired if environment.get("CI") else NoChromium)(MISSING)


@contextmanager
def launched() -> Iterator[Browser]:
    """Run Chromium without a window while the context lasts.

    Raises:
        NoChromium: There is none.
        ChromiumRequired: There is none, and the environment is that of continuous integration.
    """
    path = path_of_chromium()
    with sync_playwright() as playwright:
        # Containers have no user namespaces, which the sandbox needs, and the pages are our own.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
