"""The keyboard: arrows among the images, keys and their list, and the address of an image."""

import re

import pytest
from playwright.sync_api import expect

from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import Folder
from tests.client.gallery.opened import Gallery


def test_arrows_move_among_the_images(gallery: Gallery, forty: Folder) -> None:
    """Left, right, Home and End, from the first to the last; at the ends they stay."""
    gallery.image(forty.images[0]).focus()
    for key, index in (
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", -1),
        ("ArrowRight", -1),
        ("Home", 0),
    ):
        gallery.press(key)
        expect(gallery.image(forty.images[index])).to_be_focused()
        expect(gallery.image(forty.images[index])).to_be_in_viewport(ratio=0.5)


def test_arrows_move_between_rows(gallery: Gallery) -> None:
    """Down goes to an image below, and up goes back above it."""

    def top() -> float:
        place: float = gallery.evaluate("document.activeElement.getBoundingClientRect().y + scrollY")
        return place

    gallery.images.first.focus()
    first = top()
    gallery.press("ArrowDown")
    assert top() >= first + gallery.boxes[0].height
    gallery.press("ArrowUp")
    assert top() == pytest.approx(first, abs=2)


def test_all_images_take_one_stop_of_the_tab_key(gallery: Gallery) -> None:
    """Who does not want to go through a thousand images is behind them with one key."""
    assert gallery.images.evaluate_all("links => links.filter(link => link.tabIndex === 0).length") == 1
    gallery.images.first.focus()
    gallery.press("Tab")
    assert gallery.evaluate("document.activeElement.closest('ol') === null || document.activeElement.tagName !== 'A'")


def test_everything_is_reached_with_the_tab_key(gallery: Gallery) -> None:
    """Search, order, filters, size and buttons, in the order in which they stand."""
    reached = list[str]()
    for _ in range(40):
        gallery.press("Tab")
        reached.append(
            gallery.evaluate(
                "((e) => e.labels?.[0]?.innerText || e.ariaLabel || e.innerText || e.tagName)(document.activeElement)"
            )
        )
    for name in (
        "Search prompts",
        "Sort by",
        "steps",
        "sampler_name",
        "State",
        "Size of images",
        "Favourites only",
        "Keys",
    ):
        assert any(name in one for one in reached), (name, reached)


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_keys_are_listed(gallery: Gallery, by: str) -> None:
    """A question mark or a button shows them, and Esc takes them away."""
    if by == "mouse":
        gallery.button("Keys").click()
    else:
        gallery.press("?")
    expect(gallery.page.get_by_role("dialog", name="Keys")).to_be_visible()
    for key in ("Enter", "Esc", "Home", "End", "/", "f", "c", "?"):
        expect(
            gallery.dialog.locator("kbd", has_text=re.compile(rf"^{re.escape(key)}$", re.IGNORECASE)).first
        ).to_be_visible()
    gallery.press("Escape")
    expect(gallery.dialog).to_have_count(0)


def test_keys_are_text_where_text_is_typed(gallery: Gallery, forty: Folder) -> None:
    """A prompt with an f, a c or a question mark can be searched for, and nothing is marked."""
    gallery.press("/")
    gallery.page.keyboard.type("fc?/")
    assert gallery.search.input_value() == "fc?/"
    expect(gallery.dialog).to_have_count(0)
    gallery.search.fill("")
    expect(gallery.button("Export favourites")).to_be_disabled()


def test_shortcuts_of_the_browser_are_left_alone(gallery: Gallery, forty: Folder) -> None:
    """Ctrl+F and Ctrl+C are the browser's: they mark nothing."""
    gallery.image(forty.images[0]).focus()
    gallery.press("Control+f", "Control+c", "Alt+f", "Meta+c")
    expect(gallery.button("Export favourites")).to_be_disabled()
    expect(gallery.button("Compare")).to_be_disabled()


def test_a_click_with_the_control_key_opens_the_file(open_page: Open, forty: Folder) -> None:
    """It is a link, and the browser opens a link in a tab of its own."""
    gallery = open_page(forty.page)
    with gallery.page.context.expect_page() as opened:
        gallery.image(forty.images[0]).click(modifiers=["Control"])
    assert opened.value.url.endswith(str(forty.images[0].file))
    expect(gallery.dialog).to_have_count(0)


def test_an_image_has_an_address(gallery: Gallery, forty: Folder) -> None:
    """The address leads to the image that is open, the browser's Back closes it, and Forward opens it again."""
    gallery.open_image(forty.images[4])
    gallery.press("ArrowRight")
    number = forty.entries.index(forty.images[5]) + 1
    expect(gallery.page).to_have_url(re.compile(rf"#n{number}\b"))
    gallery.press("Escape")
    expect(gallery.page).not_to_have_url(re.compile(r"#n\d"))
    gallery.open_image(forty.images[4])
    gallery.page.go_back()
    expect(gallery.dialog).to_have_count(0)


def test_an_address_opens_its_image(open_page: Open, forty: Folder) -> None:
    """In a page that is opened with it, and in one that is open already."""
    entry = forty.images[-1]
    gallery = open_page(forty.page, fragment=f"#n{forty.entries.index(entry) + 1}")
    expect(gallery.dialog.locator(f'img[src$="{entry.file}"]')).to_be_visible()
    gallery.evaluate(f"location.hash = 'n{forty.entries.index(forty.images[0]) + 1}'")
    expect(gallery.dialog.locator(f'img[src$="{forty.images[0].file}"]')).to_be_visible()


@pytest.mark.parametrize(
    "fragment",
    ["#n0", "#n41", "#nonsense", "#n%zz", "#sort=none&size=x&p.steps=no&p.none=1", "#<img src=x onerror=alert(1)>"],
)
def test_an_address_that_leads_nowhere_is_harmless(open_page: Open, forty: Folder, fragment: str) -> None:
    """The page opens as if it had none."""
    gallery = open_page(forty.page, fragment=fragment)
    gallery.shows(forty.images)
    expect(gallery.dialog).to_have_count(0)


def test_keys_are_for_the_dialog_on_top(gallery: Gallery, forty: Folder) -> None:
    """While the list of keys lies over an image, the arrows do not lead to the next one."""
    gallery.open_image(forty.images[0])
    gallery.press("?", "ArrowRight", "f", "Escape")
    expect(gallery.page.get_by_role("dialog", name="Image 1 of 22")).to_be_visible()
    expect(gallery.button("Favourite")).to_have_attribute("aria-pressed", "false")
