"""The lightbox: one image at a time, by mouse and by keyboard, and back to where one was."""

import re

import pytest
from playwright.sync_api import expect

from segmind_flux_schnell._runtime.batch.history import JournalEntry
from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import LONG, MARKUP, Folder
from tests.client.gallery.opened import PHONE, Gallery, boxes


def is_shown(gallery: Gallery, forty: Folder, entry: JournalEntry) -> None:
    """Wait until the lightbox shows an image."""
    place = forty.images.index(entry) + 1
    expect(gallery.dialog).to_have_accessible_name(re.compile(rf"^Image {place} of {len(forty.images)}\b"))
    expect(gallery.dialog.locator(f'img[src$="{entry.file}"]')).to_be_visible()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_it_opens_and_gives_the_focus_back(gallery: Gallery, forty: Folder, by: str) -> None:
    """A click or Enter opens it, the button or Esc closes it, and the focus is on the image again."""
    entry = forty.images[3]
    if by == "mouse":
        gallery.image(entry).click()
    else:
        gallery.image(entry).focus()
        gallery.press("Enter")
    is_shown(gallery, forty, entry)
    if by == "mouse":
        gallery.button("Close").click()
    else:
        gallery.press("Escape")
    expect(gallery.dialog).to_have_count(0)
    expect(gallery.image(entry)).to_be_focused()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_previous_and_next(gallery: Gallery, forty: Folder, by: str) -> None:
    """They follow the order of the page; the focus ends on the image that was shown last."""
    gallery.open_image(forty.images[0])
    for step in ("Next", "Next", "Previous"):
        if by == "mouse":
            gallery.button(step).click()
        else:
            gallery.press({"Next": "ArrowRight", "Previous": "ArrowLeft"}[step])
    is_shown(gallery, forty, forty.images[1])
    gallery.press("Escape")
    expect(gallery.image(forty.images[1])).to_be_focused()


def test_both_ends(gallery: Gallery, forty: Folder) -> None:
    """Home and End go there, and there it stops."""
    gallery.open_image(forty.images[5])
    gallery.press("End")
    is_shown(gallery, forty, forty.images[-1])
    expect(gallery.button("Next")).to_be_disabled()
    gallery.press("ArrowRight")
    is_shown(gallery, forty, forty.images[-1])
    gallery.press("Home")
    is_shown(gallery, forty, forty.images[0])
    expect(gallery.button("Previous")).to_be_disabled()
    expect(gallery.button("Next")).to_be_enabled()


def test_it_moves_among_the_images_that_are_shown(gallery: Gallery, forty: Folder) -> None:
    """A filter holds in the lightbox too."""
    gallery.filter("steps").select_option("8")
    chosen = [entry for entry in forty.images if entry.request["steps"] == 8]
    gallery.open_image(chosen[0])
    gallery.press("ArrowRight")
    expect(gallery.dialog).to_have_accessible_name(re.compile(rf"^Image 2 of {len(chosen)}\b"))
    expect(gallery.dialog.locator(f'img[src$="{chosen[1].file}"]')).to_be_visible()


def test_it_shows_the_file_itself(gallery: Gallery, forty: Folder) -> None:
    """Not the thumbnail: all its pixels, as large as the window allows, and whole."""
    for entry in forty.images[:3]:
        gallery.image(entry).click()
        image = gallery.dialog.locator("img")
        expect(image).to_have_js_property("complete", True)
        expect(image).to_have_js_property("naturalWidth", entry.width)
        box, window = image.bounding_box(), gallery.page.viewport_size
        assert box is not None
        assert window is not None
        assert image.evaluate("one => getComputedStyle(one).objectFit") == "contain"
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= window["width"]
        assert box["y"] + box["height"] <= window["height"]
        gallery.press("Escape")


def test_it_says_what_was_requested(gallery: Gallery, forty: Folder) -> None:
    """The whole prompt, the seed, the parameters and the cost are in it."""
    entry = forty.images[1]
    gallery.open_image(entry)
    for text in (entry.request["prompt"], str(entry.request["seed"]), "1536", "640", "0.008"):
        expect(gallery.dialog).to_contain_text(str(text))


@pytest.mark.parametrize("prompt", [MARKUP, LONG], ids=["markup", "long"])
def test_any_prompt_can_be_read(gallery: Gallery, forty: Folder, prompt: str) -> None:
    """Markup is text; ten thousand characters do not push the image or the buttons away."""
    (entry,) = [one for one in forty.images if one.request["prompt"] == prompt]
    gallery.open_image(entry)
    expect(gallery.dialog).to_contain_text(prompt)
    for name in ("Previous", "Next", "Close", "Favourite"):
        expect(gallery.button(name)).to_be_in_viewport()
    image = gallery.dialog.locator("img").bounding_box()
    assert image is not None
    assert image["height"] > 150
    assert not gallery.is_wider_than_its_window


def test_the_focus_stays_in_it(gallery: Gallery, forty: Folder) -> None:
    """Tab goes round, and never to what lies behind."""
    gallery.open_image(forty.images[0])
    names = set[str]()
    for key in ["Tab"] * 16 + ["Shift+Tab"] * 16:
        gallery.press(key)
        place = gallery.evaluate(
            "(at => at === document.body ? 'nowhere' : at.closest('dialog') ? at.innerText || at.ariaLabel : 'behind')"
            "(document.activeElement)"
        )
        names.add(place or "")
    assert "behind" not in names
    assert {name for name in ("Previous", "Next", "Close") if any(name in one for one in names)} != set()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_it_shows_all_pixels(open_page: Open, forty: Folder, by: str) -> None:
    """At 100 % a pixel of the image is one of the page, and the window moves over it."""
    gallery = open_page(forty.page)
    gallery.open_image(forty.images[1])
    if by == "mouse":
        gallery.button("100 %").click()
    else:
        gallery.press("z")
    expect(gallery.button("100 %")).to_have_attribute("aria-pressed", "true")
    image = gallery.dialog.locator("img")
    expect(image).to_have_js_property("offsetWidth", 1536)
    gallery.press("z")
    expect(gallery.button("100 %")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("where", ["lightbox", "keys"])
def test_a_click_beside_a_dialog_closes_it(open_page: Open, forty: Folder, where: str) -> None:
    """As people expect of one that lies over the page."""
    gallery = open_page(forty.page)
    if where == "lightbox":
        gallery.open_image(forty.images[2])
    else:
        gallery.press("?")
        expect(gallery.dialog).to_be_visible()
    gallery.page.mouse.click(3, 400)
    expect(gallery.dialog).to_have_count(0)


WINDOWS = {"tablet": (768, 1024, 600), "phone on its side": (844, 390, 390), "400 %": (320, 200, 150)}
"""Width and height of windows, and the least side of a square image in them."""


@pytest.mark.parametrize(("width", "height", "side"), WINDOWS.values(), ids=WINDOWS)
def test_the_image_has_most_of_any_window(open_page: Open, forty: Folder, width: int, height: int, side: int) -> None:
    """Also of one that is narrow or low, or of a desk at 400 %; what is known of it is beside it or below."""
    gallery = open_page(forty.page)
    gallery.page.set_viewport_size({"width": width, "height": height})
    gallery.open_image(forty.images[0])
    (box,) = boxes(gallery.dialog.locator("img"))
    assert min(box.width, box.height) >= side
    gallery.button("Copy command").scroll_into_view_if_needed()
    expect(gallery.button("Copy command")).to_be_in_viewport()


def test_keys_work_while_the_image_is_moved(open_page: Open, forty: Folder) -> None:
    """At 100 % the arrows move it, and the other keys do what they always do."""
    gallery = open_page(forty.page)
    gallery.open_image(forty.images[1])
    gallery.press("z")
    stage = gallery.dialog.locator(".stage")
    stage.focus()
    gallery.press("ArrowRight")
    is_shown(gallery, forty, forty.images[1])
    gallery.press("f")
    expect(gallery.button("Favourite")).to_have_attribute("aria-pressed", "true")
    gallery.press("z")
    expect(gallery.button("100 %")).to_have_attribute("aria-pressed", "false")


def swipe(gallery: Gallery, by: int) -> None:
    """Draw a finger over the middle of the image."""
    protocol = gallery.page.context.new_cdp_session(gallery.page)
    for kind, x in (("touchStart", 195), ("touchMove", 195 + by // 2), ("touchMove", 195 + by), ("touchEnd", None)):
        points = [] if x is None else [{"x": x, "y": 250}]
        protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_leads_to_the_next_image(open_page: Open, forty: Folder) -> None:
    """Drawn to the left; to the right it leads back. In a page that two fingers have enlarged, it moves the page."""
    gallery = open_page(forty.page, width=PHONE, has_touch=True, is_mobile=True)
    gallery.open_image(forty.images[0])
    swipe(gallery, -150)
    is_shown(gallery, forty, forty.images[1])
    swipe(gallery, 150)
    is_shown(gallery, forty, forty.images[0])
    protocol = gallery.page.context.new_cdp_session(gallery.page)
    protocol.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
    gallery.page.wait_for_function("visualViewport.scale === 2")
    # To the edge of the page, where nothing is left to move.
    for _ in range(3):
        swipe(gallery, -150)
        gallery.wait_for_layout()
        is_shown(gallery, forty, forty.images[0])
    assert gallery.dialog.locator(".stage").evaluate("one => getComputedStyle(one).touchAction") == "auto"
