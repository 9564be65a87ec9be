"""A browser that runs no scripts: everything can be read, and nothing is offered that does not work."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.client.gallery.conftest import VIEWS, Open
from tests.client.gallery.folders import LONG, Folder
from tests.client.gallery.opened import Gallery, boxes
from tests.client.gallery.test_failures import group


@pytest.fixture(params=VIEWS.values(), ids=list(VIEWS))
def plain(request: pytest.FixtureRequest, open_page: Open, forty: Folder) -> Gallery:
    """The gallery of the forty without scripts."""
    width, scheme = request.param
    return open_page(forty.page, width=width, scheme=scheme, java_script_enabled=False)


def shown(text: str) -> str:
    """A prompt as a page shows it."""
    return " ".join(text.replace("\x1b", "\ufffd").split())


def test_all_prompts_can_be_read(plain: Gallery, forty: Folder) -> None:
    """Those of images and of failures, also of the images that are further down."""
    text = shown(plain.page.locator("main").text_content() or "")
    missing = [
        entry.request["prompt"]
        for entry in forty.entries
        if shown(str(entry.request["prompt"]))[: 100 if entry.request["prompt"] == LONG else None] not in text
    ]
    assert missing == []
    last = plain.page.get_by_role("list", name="Images", exact=True).get_by_text("a tiger of 1000 pixels").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_visible()


def test_all_images_are_shown_in_their_ratio(plain: Gallery, forty: Folder) -> None:
    """Each links to its file."""
    assert plain.files == [entry.file for entry in forty.images]
    for number, entry in enumerate(forty.images):
        image = plain.images.nth(number).locator("img")
        # Where nobody has been yet, nothing is laid out.
        image.scroll_into_view_if_needed()
        (box,) = boxes(image)
        with Image.open(forty.path / str(entry.file)) as file:
            assert box.width / box.height == pytest.approx(file.width / file.height, rel=0.01)
    assert not plain.is_wider_than_its_window


def test_failures_can_be_read(plain: Gallery) -> None:
    """By cause, and their details unfold without a script."""
    expect(plain.page.get_by_role("heading", name="NotEnoughCreditsError: 12 requests")).to_be_visible()
    expect(plain.page.get_by_text("a postcard of 7", exact=True).first).to_be_hidden()
    group(plain, "NotEnoughCreditsError").locator("summary").click()
    expect(plain.page.get_by_text("a postcard of 7", exact=True).first).to_be_visible()


def test_the_table_has_all_requests(plain: Gallery, forty: Folder) -> None:
    """It unfolds, and scrolls within its own frame on a phone."""
    plain.page.locator("summary", has_text="Table").click()
    rows = plain.page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(len(forty.entries) + 1)
    expect(rows.nth(3)).to_be_visible()
    assert not plain.is_wider_than_its_window


def test_nothing_is_offered_that_needs_a_script(plain: Gallery) -> None:
    """No search, no slider, no button that does nothing."""
    for role in ("searchbox", "slider", "combobox", "button", "dialog"):
        assert plain.page.get_by_role(role).count() == 0, role


def test_a_click_opens_the_file(plain: Gallery, forty: Folder) -> None:
    """It is a link as any other."""
    plain.images.first.click()
    plain.page.wait_for_url(f"**/{forty.images[0].file}")
