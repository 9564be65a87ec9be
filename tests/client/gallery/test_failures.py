"""Failures: together, by cause, short, and never in place of an image."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.client.documented import PRICE
from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import MARKUP, REFUSED, TRACEBACK, Folder, folder_of_failures
from tests.client.gallery.opened import HEIGHT, PHONE, Gallery, boxes

CAUSES = {"NotEnoughCreditsError": REFUSED, "ServerError": 2, "InvalidImageError": 1, "RuntimeError": 1}


def group(gallery: Gallery, cause: str) -> Locator:
    """All failures of one cause."""
    heading = gallery.page.get_by_role("heading", name=re.compile(rf"^{cause}\b"))
    return gallery.page.get_by_role("article").filter(has=heading)


def test_alike_failures_are_one_group(gallery: Gallery) -> None:
    """A heading for each cause says how many, although each message has another request id in it."""
    for cause, number in CAUSES.items():
        expect(group(gallery, cause)).to_have_count(1)
        expect(group(gallery, cause).get_by_role("heading")).to_contain_text(str(number))


def test_they_stand_after_the_images(gallery: Gallery) -> None:
    """In the reading order too; no item of the list of images is a failure."""
    last = gallery.boxes[-1]
    assert min(box.y for box in boxes(gallery.page.get_by_role("article"))) >= last.y + last.height
    assert gallery.page.get_by_role("list", name="Images", exact=True).get_by_text("not billed").count() == 0


def test_twelve_of_them_take_less_than_a_third_of_a_phone(open_page: Open, forty: Folder) -> None:
    """Their message is there once, in short; a group costs no screen."""
    gallery = open_page(forty.page, width=PHONE)
    for cause in CAUSES:
        (box,) = boxes(group(gallery, cause))
        assert box.height < HEIGHT / 3, cause


def test_the_message_is_one_line(open_page: Open, forty: Folder) -> None:
    """Of a traceback its last line is shown, which says what happened; the rest is folded away."""
    gallery = open_page(forty.page)
    shown = group(gallery, "RuntimeError").inner_text()
    assert "CUDA out of memory" in shown
    assert "pipeline.py" not in shown
    refused = group(gallery, "NotEnoughCreditsError").inner_text()
    assert refused.count("Insufficient credits") == 1
    assert "request id" not in refused.partition("Details")[0]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_details_can_be_unfolded(gallery: Gallery, forty: Folder, by: str) -> None:
    """They have the whole message and each request; a traceback keeps its lines."""
    for cause in ("RuntimeError", "NotEnoughCreditsError"):
        summary = group(gallery, cause).locator("summary", has_text="Details")
        if by == "mouse":
            summary.click()
        else:
            summary.focus()
            gallery.press("Enter")
    for line in TRACEBACK.splitlines():
        expect(group(gallery, "RuntimeError").locator("pre").get_by_text(line.strip())).to_be_visible()
    refused = group(gallery, "NotEnoughCreditsError")
    expect(refused.get_by_role("listitem")).to_have_count(REFUSED)
    expect(refused.get_by_text(MARKUP)).to_be_visible()
    expect(refused.get_by_text("a postcard of 7", exact=True)).to_be_visible()
    assert not gallery.is_wider_than_its_window


def test_what_is_not_known_yet_is_said(gallery: Gallery) -> None:
    """An unknown outcome may have been billed, and a job that goes on can be collected: neither is a failure."""
    text = gallery.page.locator("main").inner_text()
    assert "a bridge to nowhere" in text
    assert "a queue of penguins" in text
    assert "may have been billed" in text


def test_the_sum_is_what_was_billed(gallery: Gallery, forty: Folder) -> None:
    """The image that came broken was paid for too, and is in the sum."""
    header = gallery.page.get_by_role("banner").inner_text()
    assert f"{(len(forty.images) + 1) * PRICE} credits" in header


def test_no_fact_is_there_twice_and_none_is_empty(gallery: Gallery) -> None:
    """Not "0.0 s", and not the width both as a parameter and as a size."""
    for text in gallery.page.get_by_role("list", name="Images", exact=True).get_by_role("listitem").all_inner_texts():
        assert "0.0 s" not in text
        assert len(re.findall(r"\b1536\b", text)) <= 1, text


def test_a_folder_of_failures_alone(open_page: Open, tmp_path_factory: pytest.TempPathFactory) -> None:
    """There is no empty list of images above them, and the page says how many there are."""
    folder = folder_of_failures(tmp_path_factory.mktemp("failures") / "three")
    gallery = open_page(folder.page, width=PHONE)
    gallery.says("3 of 3 shown")
    (box,) = boxes(group(gallery, "NotEnoughCreditsError"))
    assert box.y < HEIGHT
    assert gallery.images.count() == 0


def test_a_link_to_a_folded_request_unfolds_it(open_page: Open, forty: Folder) -> None:
    """The fragment of an address names one of twelve alike, with a filter or without."""
    for fragment in ("#n12", "#n12&sort=prompt"):
        gallery = open_page(forty.page, fragment=fragment)
        expect(group(gallery, "NotEnoughCreditsError").get_by_text("#12", exact=True)).to_be_in_viewport()


def test_a_message_is_told_once(gallery: Gallery, forty: Folder) -> None:
    """Twelve that differ in the request alone are one; the identifier of each request is whole beside its prompt."""
    refused = group(gallery, "NotEnoughCreditsError")
    refused.locator("summary").click()
    expect(refused.locator("pre")).to_have_count(1)
    identifiers = [entry.request_id for entry in forty.failures if entry.error == "NotEnoughCreditsError"]
    assert len(identifiers) == REFUSED
    for identifier in identifiers:
        shown = refused.get_by_text(f"request {identifier}")
        expect(shown).to_be_visible()
        assert shown.evaluate("one => one.scrollWidth <= one.clientWidth")
