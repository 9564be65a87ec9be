"""The page to a screen reader, to a keyboard, to a thumb, and to eyes that need contrast or calm."""

import re
from collections.abc import Callable
from typing import Any

from axe_core_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, expect

from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import HOSTILE, LONG, Folder
from tests.client.gallery.opened import Gallery, boxes


def violations(gallery: Gallery) -> dict[str, list[str]]:
    """What axe finds wrong in the dialog that is open, or else in the page: the elements, by rule."""
    found: dict[str, Any] = gallery.evaluate("axe.run(document.querySelector('dialog[open]') ?? document)")
    return {one["id"]: [str(node["target"]) for node in one["nodes"]][:5] for one in found["violations"]}


def unfold(gallery: Gallery) -> None:
    """Open whatever is folded."""
    gallery.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def open_lightbox(gallery: Gallery) -> None:
    """Open an image."""
    gallery.images.nth(1).click()
    expect(gallery.dialog).to_be_visible()


def open_comparison(gallery: Gallery) -> None:
    """Compare two images."""
    for number in (0, 1):
        gallery.images.nth(number).focus()
        gallery.press("c")
    gallery.button("Compare").click()
    expect(gallery.dialog).to_be_visible()


def open_keys(gallery: Gallery) -> None:
    """List the keys."""
    gallery.press("?")
    expect(gallery.dialog).to_be_visible()


STATES: dict[str, Callable[[Gallery], None]] = {
    "page": unfold,
    "lightbox": open_lightbox,
    "comparison": open_comparison,
    "keys": open_keys,
}


def test_axe_finds_nothing(each_view: Gallery) -> None:
    """In both widths and colour schemes, whatever is open: names, roles, contrast, order of headings, landmarks."""
    each_view.evaluate(AXE_SCRIPT)
    found = dict[str, dict[str, list[str]]]()
    for state, enter in STATES.items():
        enter(each_view)
        found[state] = violations(each_view)
        each_view.press("Escape")
    assert found == {state: {} for state in STATES}


def test_axe_would_find_something(open_page: Open, forty: Folder) -> None:
    """It runs: an image without a name is found."""
    gallery = open_page(forty.page, bypass_csp=True)
    gallery.evaluate(AXE_SCRIPT)
    gallery.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert "image-alt" in violations(gallery)


def test_a_screen_reader_finds_its_way(gallery: Gallery) -> None:
    """The heading, then the controls, then the images, then the failures, each by its role and name."""
    expect(gallery.page.locator("body")).to_match_aria_snapshot("""
    - banner:
      - heading "forty" [level=1]
    - search:
      - searchbox "Search prompts"
      - combobox "Sort by"
      - group "Filter":
        - combobox "State"
        - combobox "steps"
      - slider "Size of images"
    - main:
      - list "Images":
        - listitem:
          - figure "#1":
            - link "a bengal tiger in tall grass":
              - img
            - paragraph: /^#1 · seed 100/
      - region "Failures":
        - heading "Failures" [level=2]
        - article:
          - 'heading "NotEnoughCreditsError: 12 requests" [level=3]'
    """)


def test_an_image_is_named_by_its_prompt(gallery: Gallery, forty: Folder) -> None:
    """The name of a long one ends where a listener has understood it, and all others are whole."""
    names = gallery.names("link")
    assert len(names) == len(forty.images)
    for name, entry in zip(names, forty.images, strict=True):
        prompt = " ".join(str(entry.request["prompt"]).replace("\x1b", "\ufffd").split())
        if entry.request["prompt"] == LONG:
            assert name.startswith(prompt[:100])
            assert len(name) < 400
        else:
            assert prompt in name


def stops(gallery: Gallery, most: int = 250) -> list[Locator]:
    """All that the Tab key reaches, until it comes back to the first."""
    gallery.evaluate("document.querySelectorAll('[data-stop]').forEach(one => delete one.dataset.stop)")
    gallery.evaluate("document.activeElement.blur()")
    for number in range(most):
        gallery.press("Tab")
        is_new = gallery.evaluate(
            "number => { const at = document.activeElement; if (at === document.body || at.dataset.stop) return false;"
            "at.dataset.stop = number; return true }",
            str(number),
        )
        if not is_new:
            return [gallery.page.locator(f'[data-stop="{one}"]') for one in range(number)]
    raise AssertionError("the Tab key does not come round")


def test_the_focus_is_visible(gallery: Gallery) -> None:
    """Wherever the Tab key goes, there is a mark around it of at least 2 pixels."""
    unmarked = list[str]()
    for state, enter in STATES.items():
        enter(gallery)
        for stop in stops(gallery):
            stop.focus()
            style, width = stop.evaluate("at => [getComputedStyle(at).outlineStyle, getComputedStyle(at).outlineWidth]")
            if style == "none" or float(width.removesuffix("px")) < 2:
                unmarked.append(f"{state}: {stop.evaluate('at => at.outerHTML.slice(0, 200)')}")
        gallery.press("Escape")
    assert unmarked == []


def test_targets_are_large_enough_for_a_thumb(gallery: Gallery) -> None:
    """Buttons, fields and images are at least 24 pixels wide and high; links within a text are as high as it."""
    small = list[str]()
    for enter in STATES.values():
        enter(gallery)
        within = gallery.dialog if gallery.dialog.count() else gallery.page.locator("body")
        targets = within.locator("button:visible, input:visible, select:visible, summary:visible, figure a:visible")
        small += [
            targets.nth(number).evaluate("one => one.outerHTML.slice(0, 120)")
            for number, box in enumerate(boxes(targets))
            if min(box.width, box.height) < 24 and box.width
        ]
        gallery.press("Escape")
    assert small == []


def test_who_wants_no_motion_gets_none(open_page: Open, forty: Folder) -> None:
    """Nothing moves, fades or scrolls smoothly if the system says so, and everything works."""
    gallery = open_page(forty.page, reduced_motion="reduce")
    open_lightbox(gallery)
    moving = gallery.evaluate(
        "[...document.querySelectorAll('*')].filter(one => { const style = getComputedStyle(one);"
        "return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01"
        "|| style.scrollBehavior === 'smooth' }).map(one => one.tagName)"
    )
    assert moving == []


def test_pressed_buttons_differ_also_without_colours(open_page: Open, forty: Folder) -> None:
    """Where the system replaces all colours, a chosen state is still seen."""
    gallery = open_page(forty.page, forced_colors="active")
    button = gallery.button("Favourites only")
    before = button.screenshot()
    button.click()
    gallery.page.mouse.move(0, 0)
    gallery.evaluate("document.activeElement.blur()")
    assert button.screenshot() != before


def test_hostile_prompts_do_not_turn_the_page_round(gallery: Gallery) -> None:
    """A prompt from right to left is written so, and what stands beside it is not."""
    for prompt in HOSTILE[:2]:
        gallery.search.fill(prompt[:15])
        gallery.says(re.compile(r"\d of 40 shown"))
    assert gallery.evaluate("getComputedStyle(document.body).direction") == "ltr"
    caption = gallery.page.get_by_role("list", name="Images").get_by_text("نمر").first
    assert caption.evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_the_mark_of_the_focus_is_around_the_whole_image(open_page: Open, forty: Folder) -> None:
    """It is painted on all four sides, also where the image lies at the edge of its tile."""
    gallery = open_page(forty.page)
    (box,) = boxes(gallery.images.nth(1).locator("img"))
    around = {
        "left": (box.x - 6, box.y + 40, 6, 40),
        "right": (box.x + box.width, box.y + 40, 6, 40),
        "above": (box.x + 40, box.y - 6, 40, 6),
        "below": (box.x + 40, box.y + box.height, 40, 6),
    }

    def seen() -> dict[str, bytes]:
        clips = {side: dict(zip(("x", "y", "width", "height"), place, strict=True)) for side, place in around.items()}
        return {side: gallery.page.screenshot(clip=clip) for side, clip in clips.items()}  # type: ignore[arg-type]

    before = seen()
    gallery.images.nth(0).focus()
    gallery.press("ArrowRight")
    after = seen()
    assert [side for side in around if before[side] == after[side]] == []
