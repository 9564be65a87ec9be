"""A browser, folders, and galleries that are open."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.client.gallery.chromium import launched, skip_without_chromium
from tests.client.gallery.folders import Folder, folder_of_forty
from tests.client.gallery.opened import BUSY, DESK, HEIGHT, PHONE, Gallery

Open = Callable[..., Gallery]


# Of the package: until it ends, playwright keeps a loop running in this thread, where no coroutine could be tested.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, one for all of these tests that a process runs."""
    skip_without_chromium()
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def forty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder of 40 requests. After the browser: without one, there is nothing to make."""
    return folder_of_forty(tmp_path_factory.mktemp("gallery") / "forty")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a page in a context of its own. Afterwards, nothing may have gone wrong in it."""
    with ExitStack() as opened:

        def open_(
            path: Path, *, fragment: str = "", width: int = DESK, scheme: Any = "light", **options: Any
        ) -> Gallery:
            context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, **options)
            opened.callback(context.close)
            context.set_default_timeout(BUSY)
            gallery = Gallery.opened(context, path, fragment)
            opened.callback(gallery.finish)
            return gallery

        yield open_


VIEWS = {"phone, dark": (PHONE, "dark"), "desk, light": (DESK, "light")}
"""Widths and colour schemes: each of both once."""

ALL_VIEWS = {**VIEWS, "phone, light": (PHONE, "light"), "desk, dark": (DESK, "dark")}


@pytest.fixture(params=VIEWS.values(), ids=list(VIEWS))
def gallery(request: pytest.FixtureRequest, open_page: Open, forty: Folder) -> Gallery:
    """The gallery of the forty, on a phone in the dark and on a desk by day."""
    width, scheme = request.param
    return open_page(forty.page, width=width, scheme=scheme)


@pytest.fixture(params=ALL_VIEWS.values(), ids=list(ALL_VIEWS))
def each_view(request: pytest.FixtureRequest, open_page: Open, forty: Folder) -> Gallery:
    """The gallery of the forty, in both widths and both colour schemes."""
    width, scheme = request.param
    # A script of ours, which the policy of the page would not allow.
    return open_page(forty.page, width=width, scheme=scheme, bypass_csp=True)
