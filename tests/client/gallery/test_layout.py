"""Rows of images: as wide as the page, nothing cropped, nothing blank, on a desk and on a phone."""

from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.client.cli.galleries import done, journal, sending
from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import Folder, folder_of_failures, reviewed
from tests.client.gallery.opened import DESK, HEIGHT, PHONE, Box, Gallery, boxes

FILLED = 0.95
"""The part of the width that a row has to fill, the last one excepted."""

HIGHEST = 1.5
"""Times the height that was chosen: rows are stretched to the width of the page, but not any further."""


def rows(gallery: Gallery) -> list[list[Box]]:
    """The images, row by row."""
    return [list(row) for _, row in groupby(gallery.boxes, key=lambda box: round(box.y))]


def width_of(gallery: Gallery) -> float:
    """How wide a row can be."""
    box = gallery.page.get_by_role("list", name="Images", exact=True).bounding_box()
    assert box is not None
    return box["width"]


def assert_justified(gallery: Gallery) -> None:
    """All rows but the last one are full, or as high as a row may be; and none is too wide."""
    found, width = rows(gallery), width_of(gallery)
    chosen = int(gallery.size.input_value())
    filled = [(row[-1].x + row[-1].width - row[0].x) / width for row in found]
    empty = [row for row, part in zip(found[:-1], filled[:-1], strict=True) if part < FILLED]
    assert all(row[0].height > 0.9 * HIGHEST * chosen for row in empty), filled
    assert all(part <= 1.001 for part in filled), filled
    assert max(box.height for row in found for box in row) <= HIGHEST * chosen
    assert all(max(box.height for box in row) - min(box.height for box in row) < 2 for row in found)


@pytest.mark.parametrize("keys", [[], ["Home"], ["End"]], ids=["usual size", "smallest", "largest"])
def test_rows_are_justified(gallery: Gallery, keys: list[str]) -> None:
    """At any size of the images: a row ends where the page ends."""
    gallery.size.focus()
    gallery.press(*keys)
    assert len(rows(gallery)) >= 2
    assert_justified(gallery)
    assert not gallery.is_wider_than_its_window


def test_rows_follow_the_window_and_the_filters(gallery: Gallery) -> None:
    """They are justified again when the window or the choice changes."""
    gallery.page.set_viewport_size({"width": 834, "height": 800})
    gallery.page.wait_for_function("innerWidth === 834")
    assert_justified(gallery)
    gallery.filter("steps").select_option("8")
    gallery.says("8 of 40 shown")
    assert_justified(gallery)


def test_nothing_is_cropped(gallery: Gallery, forty: Folder) -> None:
    """Each image is shown in the ratio of its file, also one that is six times as wide as it is high."""
    for entry, box in zip(forty.images, gallery.boxes, strict=True):
        with Image.open(forty.path / str(entry.file)) as image:
            ratio = image.width / image.height
        assert box.width / box.height == pytest.approx(ratio, rel=0.01), entry.request


def test_there_are_no_blank_squares(gallery: Gallery, forty: Folder) -> None:
    """Every item of the list is an image, and every image is painted."""
    assert gallery.page.get_by_role("list", name="Images", exact=True).get_by_role("listitem").count() == 22
    images = gallery.images.locator("img")
    for number in range(images.count()):
        images.nth(number).scroll_into_view_if_needed()
    gallery.page.wait_for_function("[...document.images].filter(i => i.offsetParent).every(i => i.complete)")
    assert min(images.evaluate_all("all => all.map(image => image.naturalWidth)")) > 100


@pytest.mark.parametrize("width", [320, PHONE, 834, DESK])
def test_nothing_scrolls_sideways(open_page: Open, forty: Folder, width: int) -> None:
    """Nor with everything unfolded: ten thousand characters without a blank break."""
    gallery = open_page(forty.page, width=width)
    assert not gallery.is_wider_than_its_window
    gallery.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert not gallery.is_wider_than_its_window


def test_the_first_images_are_seen_without_scrolling(gallery: Gallery) -> None:
    """The controls do not fill a phone."""
    assert gallery.boxes[0].y < 500
    assert sum(box.y + box.height <= 800 for box in gallery.boxes) >= 1


@pytest.mark.parametrize("width", [PHONE, 768, DESK, 1920])
def test_the_controls_leave_room_for_the_images(open_page: Open, forty: Folder, width: int) -> None:
    """They stay in sight at any width, in less than a quarter of a window."""
    gallery = open_page(forty.page, width=width)
    gallery.images.last.scroll_into_view_if_needed()
    (controls,) = boxes(gallery.page.get_by_role("search"))
    assert controls.y == 0
    assert controls.height < HEIGHT / 4


def test_without_images_there_are_no_controls_for_them(open_page: Open, tmp_path: Path) -> None:
    """Failures can be searched and filtered; there is nothing to sort, to mark or to compare."""
    gallery = open_page(folder_of_failures(tmp_path / "failures").page)
    expect(gallery.search).to_be_visible()
    expect(gallery.filter("State")).to_be_visible()
    expect(gallery.order).to_have_count(0)
    expect(gallery.size).to_have_count(0)
    expect(gallery.page.get_by_role("button")).to_have_count(0)
    expect(gallery.page.get_by_role("banner")).to_contain_text("0 images \u00b7 3 failed")


def test_a_page_of_one_image(open_page: Open, forty: Folder) -> None:
    """A row that is not full keeps the height that was chosen: one image is not blown up to the width of the page."""
    gallery = open_page(forty.page)
    gallery.search.fill("astronaut")
    gallery.says("2 of 40 shown")
    assert max(box.height for box in gallery.boxes) <= 500


@pytest.mark.parametrize("width", [PHONE, 768, DESK])
@pytest.mark.parametrize("name", ["Failures", "Table"])
def test_links_lead_below_the_controls(open_page: Open, forty: Folder, name: str, width: int) -> None:
    """However many lines they take, the heading or the head of the table stands below them."""
    gallery = open_page(forty.page, width=width)
    gallery.page.get_by_role("navigation").get_by_role("link", name=name).click()
    head = {
        "Failures": gallery.page.get_by_role("heading", name="Failures"),
        "Table": gallery.page.locator("#table th").first,
    }
    expect(head[name]).to_be_in_viewport(ratio=1)
    for _ in range(8):
        gallery.wait_for_layout()
    (controls,), (box,) = boxes(gallery.page.get_by_role("search")), boxes(head[name])
    assert controls.y == 0
    assert controls.height <= box.y <= controls.height + 32


def test_controls_that_would_fill_the_window_do_not_stay(open_page: Open, forty: Folder, tmp_path: Path) -> None:
    """Those of thirty parameters, and any on a phone on its side: they scroll away with the page."""
    lines = [
        line
        for key in "abcdefgh"
        for line in (sending(key, **{f"parameter_{n}": f"{key} {n}" for n in range(30)}), done(tmp_path, key, 512, 512))
    ]
    journal(tmp_path, *lines)
    for gallery in (open_page(reviewed(tmp_path).page), open_page(forty.page)):
        if gallery.folder == forty.path:
            gallery.page.set_viewport_size({"width": 844, "height": 390})
            gallery.wait_for_layout()
        gallery.evaluate("scrollTo(0, document.body.scrollHeight)")
        (controls,) = boxes(gallery.page.get_by_role("search"))
        assert controls.y < 0
