"""Search, order, filters and size: each shows what it says, and says how many."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from segmind_flux_schnell._runtime.batch.history import JournalEntry
from tests.client.cli.galleries import done, journal, sending
from tests.client.documented import DEFAULTS
from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import HOSTILE, Folder, reviewed
from tests.client.gallery.opened import Gallery


def with_text(entries: list[JournalEntry], text: str) -> list[JournalEntry]:
    """Those whose prompt has all words of a text, in whatever case."""
    words = text.lower().split()
    return [entry for entry in entries if all(word in str(entry.request["prompt"]).lower() for word in words)]


def value_of(entry: JournalEntry, name: str) -> Any:
    """What a request said, or the default that applied."""
    return entry.request.get(name, DEFAULTS[name])


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_search_shows_what_has_the_text(gallery: Gallery, forty: Folder, by: str) -> None:
    """Images and failures whose prompts have it, in whatever case; the key `/` goes there from anywhere."""
    if by == "mouse":
        gallery.search.click()
    else:
        gallery.press("/")
    gallery.page.keyboard.type("TIGER")
    gallery.shows(with_text(forty.images, "tiger"))
    gallery.page.keyboard.type(" grass")
    gallery.shows(with_text(forty.images, "grass tiger"))
    gallery.search.fill("tiger")
    gallery.says(f"{len(with_text([*forty.entries], 'tiger'))} of 40 shown")
    gallery.search.fill("")
    gallery.shows(forty.images)
    gallery.says("40 of 40 shown")


@pytest.mark.parametrize("text", [*(prompt[:20] for prompt in HOSTILE), "Cézanne", "(", "\\d", "*"])
def test_a_search_is_for_the_text_itself(open_page: Open, forty: Folder, text: str) -> None:
    """Markup, patterns and scripts of all languages are only text."""
    gallery = open_page(forty.page)
    gallery.search.fill(text)
    gallery.shows(with_text(forty.images, text))


def test_nothing_found_is_said(gallery: Gallery) -> None:
    """No blank squares, no failures: a sentence."""
    gallery.search.fill("a zebra that nobody asked for")
    gallery.shows([])
    gallery.says("0 of 40 shown")
    assert gallery.page.get_by_role("heading", name="NotEnoughCreditsError").count() == 0


ORDERS: dict[str, Callable[[JournalEntry], Any]] = {
    "order of requests": lambda entry: 0,
    "prompt": lambda entry: str(entry.request["prompt"]).casefold(),
    "seed": lambda entry: value_of(entry, "seed"),
    "cost": lambda entry: entry.cost,
    "duration": lambda entry: entry.seconds,
}


@pytest.mark.parametrize("order", ORDERS)
def test_images_can_be_sorted(open_page: Open, forty: Folder, order: str) -> None:
    """What the eye sees is also what a screen reader reads, and equal ones stay in the order of requests."""
    gallery = open_page(forty.page)
    gallery.order.select_option("seed")
    gallery.order.select_option(order)
    by_file = {entry.file: entry for entry in forty.images}
    found = [by_file[file] for file in gallery.files]
    if order == "prompt":
        plain = [entry for entry in found if str(entry.request["prompt"]).startswith(("a ", "an ", "the "))]
        assert [ORDERS[order](one) for one in plain] == sorted(ORDERS[order](one) for one in plain)
        assert len(found) == len(forty.images)
    else:
        assert found == sorted(forty.images, key=ORDERS[order])
    boxes = gallery.images.evaluate_all(
        "links => links.map(link => [link.getBoundingClientRect().y, link.getBoundingClientRect().x])"
    )
    assert boxes == sorted(boxes)


@pytest.mark.parametrize("name", ["steps", "sampler_name", "width", "height"])
def test_each_parameter_that_varies_is_a_filter(gallery: Gallery, forty: Folder, name: str) -> None:
    """Each of its values shows the images of that value, and "any" shows all."""
    values = sorted({str(value_of(entry, name)) for entry in forty.images})
    for value in values[:2]:
        gallery.filter(name).select_option(value)
        gallery.shows(entry for entry in forty.images if str(value_of(entry, name)) == value)
    gallery.filter(name).select_option("any")
    gallery.shows(forty.images)


def test_a_parameter_that_is_always_the_same_is_no_filter(open_page: Open, forty: Folder) -> None:
    """There would be nothing to choose."""
    gallery = open_page(forty.page)
    assert gallery.filter("steps").count() == 1
    assert [name for name in ("scheduler", "samples", "denoise", "prompt") if gallery.filter(name).count()] == []


def test_filters_can_be_chosen_by_keyboard(gallery: Gallery, forty: Folder) -> None:
    """The first letter of a value chooses it, as in any list of choices."""
    gallery.filter("sampler_name").focus()
    gallery.page.keyboard.type("heun")
    gallery.press("Enter")
    gallery.shows(entry for entry in forty.images if value_of(entry, "sampler_name") == "heun")


STATES = {
    "images": ("22 of 40 shown", 22),
    "failed": ("16 of 40 shown", 0),
    "unknown": ("1 of 40 shown", 0),
    "submitted": ("1 of 40 shown", 0),
    "with warnings": ("2 of 40 shown", 2),
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_a_filter(open_page: Open, forty: Folder, state: str) -> None:
    """Only states that occur can be chosen, and the rest goes away."""
    gallery = open_page(forty.page)
    gallery.filter("State").select_option(state)
    said, images = STATES[state]
    gallery.says(said)
    assert gallery.images.count() == images
    assert gallery.page.get_by_role("heading", name="NotEnoughCreditsError").count() == (state == "failed")
    options = gallery.filter("State").get_by_role("option").all_inner_texts()
    assert not [option for option in options if "expired" in option]


def test_search_and_filters_hold_together_and_survive_a_reload(gallery: Gallery, forty: Folder) -> None:
    """The address has them, so that a page can be reloaded or handed on as it is."""
    gallery.search.fill("tiger")
    gallery.filter("steps").select_option("8")
    gallery.order.select_option("seed")
    expected = [entry for entry in with_text(forty.images, "tiger") if value_of(entry, "steps") == 8]
    expected.sort(key=ORDERS["seed"])
    assert expected
    gallery.shows(expected)
    gallery.page.reload()
    gallery.shows(expected)
    assert gallery.search.input_value() == "tiger"


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_images_can_be_made_larger(gallery: Gallery, by: str) -> None:
    """The slider changes the height of the rows, in steps that a key can make."""

    def height() -> float:
        return max(box.height for box in gallery.boxes)

    gallery.size.focus()
    gallery.press("Home")
    small = height()
    if by == "keyboard":
        gallery.press(*["ArrowRight"] * 5)
    else:
        box = gallery.size.bounding_box()
        assert box is not None
        gallery.page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    assert height() > small * 1.1


def test_the_table_follows_the_filters(gallery: Gallery, forty: Folder) -> None:
    """It shows the requests that the page shows."""
    gallery.page.get_by_role("link", name="Table").click()
    rows = gallery.page.get_by_role("table").locator("tbody").get_by_role("row")
    expect(rows).to_have_count(len(forty.entries))
    gallery.search.fill("postcard")
    expect(rows).to_have_count(len(with_text([*forty.entries], "postcard")))
    gallery.search.fill("")
    expect(rows).to_have_count(len(forty.entries))


SORTED = {
    "seed": ["b", "d", "c", "a"],
    "newest first": ["d", "a", "c", "b"],
}
"""Order of four images: seeds of any length and sign count as numbers, and what has no time comes last."""


@pytest.mark.parametrize("order", SORTED)
def test_numbers_and_moments_are_sorted_as_such(open_page: Open, tmp_path: Path, order: str) -> None:
    """Of an image without a journal, nobody knows when it was made."""
    seeds = {"a": 2**62 + 1, "b": -30, "c": 2**62, "d": -4}
    moments = {"a": "2026-11-22T09:00:00Z", "c": "2026-11-22T08:00:00Z", "d": "2026-11-23T07:00:00Z"}
    lines = [
        line
        for key, seed in seeds.items()
        for line in (sending(key, seed=seed), {**done(tmp_path, key), "at": moments.get(key)})
    ]
    journal(tmp_path, *lines)
    gallery = open_page(reviewed(tmp_path).page)
    gallery.order.select_option(order)
    assert gallery.files == [done(tmp_path, key)["file"] for key in SORTED[order]]
