"""Paper: each image once with its caption, the failures by cause, and no page that is nearly empty."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import PLAIN, Folder
from tests.client.gallery.opened import Gallery, boxes

FEW = 6
"""Pages for forty requests."""

WIDTH = 718
"""CSS pixels between the margins of an A4 page."""


def printed(gallery: Gallery) -> list[PageObject]:
    """The pages that a browser prints."""
    return list(PdfReader(BytesIO(gallery.page.pdf(format="A4"))).pages)


def filled(page: PageObject) -> float:
    """The part of a page between its first and its last text."""
    heights = list[float]()

    def visit(text: str, _matrix: Any, place: Any, *_: Any) -> None:
        if text.strip():
            heights.append(_matrix[5] + place[5] * _matrix[3])

    page.extract_text(visitor_text=visit)
    return (max(heights) - min(heights)) / float(page.mediabox.height) if heights else 0.0


@pytest.fixture(params=["with scripts", "without"])
def gallery(request: pytest.FixtureRequest, open_page: Open, forty: Folder) -> Gallery:
    """The gallery of the forty, with scripts and without."""
    return open_page(forty.page, java_script_enabled=request.param == "with scripts")


def test_forty_requests_are_a_few_pages(gallery: Gallery) -> None:
    """None of them is nearly empty, but the last one may be."""
    pages = printed(gallery)
    assert len(pages) <= FEW
    assert [filled(page) for page in pages[:-1] if filled(page) < 0.5] == []


def test_each_image_is_printed_once(gallery: Gallery, forty: Folder) -> None:
    """With its prompt and its seed."""
    pages = printed(gallery)
    assert sum(len(page.images) for page in pages) == len(forty.images)
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for prompt in PLAIN:
        assert text.count(prompt) >= 2
    for entry in forty.images:
        assert str(entry.request["seed"]) in text
    assert "NotEnoughCreditsError: 12 requests" in text


def test_paper_is_white(open_page: Open, forty: Folder) -> None:
    """Also where the screen is dark: black on black costs ink and cannot be read."""
    gallery = open_page(forty.page, scheme="dark")
    gallery.page.emulate_media(media="print")
    colours = gallery.evaluate("(style => [style.backgroundColor, style.color])(getComputedStyle(document.body))")
    assert colours[0] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert max(int(part) for part in colours[1].removeprefix("rgb(").removesuffix(")").split(",")) < 100
    for role in ("searchbox", "slider", "combobox", "button"):
        assert gallery.page.get_by_role(role).count() == 0, role


def test_what_is_filtered_away_is_not_printed(open_page: Open, forty: Folder) -> None:
    """Paper has what the screen has."""
    gallery = open_page(forty.page)
    gallery.search.fill("astronaut")
    gallery.says("2 of 40 shown")
    pages = printed(gallery)
    assert sum(len(page.images) for page in pages) == 2
    assert len(pages) == 1


def test_a_table_fits_on_paper(open_page: Open, forty: Folder) -> None:
    """Where it is unfolded: a browser would make all of the page smaller, images included."""
    gallery = open_page(forty.page)
    gallery.page.get_by_role("link", name="Table").click()
    gallery.page.set_viewport_size({"width": WIDTH, "height": 1000})
    gallery.page.emulate_media(media="print")
    assert not gallery.is_wider_than_its_window


def test_paper_has_no_focus(open_page: Open, forty: Folder) -> None:
    """Nor a mark beside an image: it is on it."""
    gallery = open_page(forty.page)
    gallery.images.nth(2).focus()
    gallery.press("f")
    gallery.page.set_viewport_size({"width": WIDTH, "height": 1000})
    gallery.page.emulate_media(media="print")
    assert gallery.images.nth(2).evaluate("one => getComputedStyle(one).outlineStyle") == "none"
    (image,), (mark,) = boxes(gallery.images.nth(2).locator("img")), boxes(gallery.page.locator(".marks span"))
    assert image.x <= mark.x <= mark.x + mark.width <= image.x + image.width
