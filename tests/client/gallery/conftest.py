"""A browser, and galleries that are open in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.client.gallery.chromium import ChromiumRequired, NoChromium, launched


# Of the package: until it ends, playwright keeps a loop running in this thread, where no coroutine could be tested.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, one for all of these tests that a process runs."""
    try:
        with launched() as browser:
            yield browser
    except NoChromium as reason:
        pytest.skip(str(reason))
    except ChromiumRequired as reason:
        pytest.fail(str(reason), pytrace=False)
