"""A thousand images: one file that can be sent, and a page that can be used."""

import pytest
from playwright.sync_api import Browser, expect

from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import Folder
from tests.client.gallery.noisy_images import THOUSAND, folder_of_a_thousand
from tests.client.gallery.opened import DESK, PHONE
from tests.client.gallery.test_layout import assert_justified
from tests.client.gallery.test_searching import with_text

MEGABYTES = 12


@pytest.fixture(scope="module")
def thousand(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder of a thousand images, and its gallery."""
    return folder_of_a_thousand(tmp_path_factory.mktemp("gallery") / "thousand")


def test_a_thousand_images_are_a_file_of_12_mb(thousand: Folder) -> None:
    """Although they are as hard to compress as photographs."""
    assert len(thousand.images) == THOUSAND
    assert thousand.page.stat().st_size <= MEGABYTES * 1_000_000


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_it_can_be_used(open_page: Open, thousand: Folder, width: int) -> None:
    """Search, order, size and lightbox do with a thousand what they do with forty."""
    gallery = open_page(thousand.page, width=width)
    gallery.says("1000 of 1000 shown")
    assert_justified(gallery)
    gallery.search.fill("number 77")
    gallery.shows(with_text(thousand.images, "number 77"))
    gallery.search.fill("")
    gallery.order.select_option("prompt")
    gallery.says("1000 of 1000 shown")
    # Numbers in prompts count as numbers: the eighth comes before the 68th.
    ordered = sorted(
        thousand.images, key=lambda one: (one.request["prompt"].partition(" number ")[0], one.request["seed"])
    )
    assert gallery.files == [entry.file for entry in ordered]
    gallery.images.first.focus()
    gallery.press("End", "Enter")
    expect(gallery.dialog).to_have_accessible_name(f"Image 1000 of 1000: {ordered[-1].request['prompt']}")
