"""Favourites and comparisons: chosen by button and by key, kept, and exported for other commands."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from segmind_flux_schnell._runtime.batch.history import JournalEntry
from tests.client.cli.galleries import done, journal, sending
from tests.client.cli.running import run
from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import HOSTILE, Folder, reviewed
from tests.client.gallery.opened import Gallery
from tests.client.images import jpeg


def mark(gallery: Gallery, entry: JournalEntry, by: str = "keyboard") -> None:
    """Mark an image as a favourite."""
    if by == "mouse":
        gallery.open_image(entry)
        gallery.button("Favourite").click()
        expect(gallery.button("Favourite")).to_have_attribute("aria-pressed", "true")
        gallery.button("Close").click()
    else:
        gallery.image(entry).focus()
        gallery.press("f")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_favourites_can_be_shown_alone(gallery: Gallery, forty: Folder, by: str) -> None:
    """They are marked in the lightbox or with `f`, and unmarked in the same way."""
    chosen = [forty.images[2], forty.images[5]]
    for entry in chosen:
        mark(gallery, entry, by)
    only = gallery.button("Favourites only")
    only.click()
    expect(only).to_have_attribute("aria-pressed", "true")
    gallery.shows(chosen)
    gallery.says("2 of 40 shown")
    only.click()
    mark(gallery, chosen[0])
    only.click()
    gallery.shows(chosen[1:])


def test_favourites_survive_a_reload(gallery: Gallery, forty: Folder) -> None:
    """The browser keeps them."""
    mark(gallery, forty.images[4])
    gallery.says("favourite")
    gallery.page.reload()
    gallery.button("Favourites only").click()
    gallery.shows([forty.images[4]])


def test_a_mouse_marks_an_image_where_it_lies(open_page: Open, forty: Folder) -> None:
    """Over an image there are buttons for it, which lead nowhere else."""
    gallery = open_page(forty.page)
    entry = forty.images[1]
    gallery.image(entry).hover()
    gallery.page.get_by_title("Favourite (f)").click()
    gallery.page.get_by_title("Compare (c)").click()
    expect(gallery.dialog).to_have_count(0)
    gallery.says("Chosen for comparing, 1 of 2")
    gallery.button("Favourites only").click()
    gallery.shows([entry])


def test_two_windows_of_one_gallery_agree(open_page: Open, forty: Folder) -> None:
    """What is marked in one is marked in the other, at once."""
    gallery = open_page(forty.page)
    other = Gallery.opened(gallery.page.context, forty.page)
    mark(other, forty.images[2])
    expect(gallery.button("Export favourites")).to_be_enabled()
    gallery.button("Favourites only").click()
    gallery.shows([forty.images[2]])
    other.finish()


def exported(gallery: Gallery, folder: Path) -> Path:
    """The file that a browser downloads."""
    with gallery.page.expect_download() as download:
        gallery.button("Export favourites").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_export_is_read_by_plan(gallery: Gallery, forty: Folder, tmp_path: Path) -> None:
    """It is a list of requests, one a line, exactly as they were bought, hostile prompts included."""
    expect(gallery.button("Export favourites")).to_be_disabled()
    chosen = [entry for entry in forty.images if entry.request["prompt"] in (*HOSTILE, "a tram at night, rain")]
    for entry in chosen:
        mark(gallery, entry)
    path = exported(gallery, tmp_path)
    assert path.suffix == ".jsonl"
    assert [json.loads(line) for line in path.read_text("utf-8").split("\n") if line] == [
        entry.request for entry in chosen
    ]
    plan = run("plan", path, "--json", cwd=tmp_path)
    assert plan.code == 0, plan.err
    # The folder that they are from has them all: nothing would be bought again.
    again = run("plan", path, "-o", forty.path, cwd=tmp_path)
    assert f"{len(chosen)} requests, 0 to send" in again.out + again.err


def test_without_storage_the_page_works(open_page: Open, forty: Folder, tmp_path: Path) -> None:
    """A frame without an origin of its own has none: favourites then last as long as the page."""
    frame = forty.path / "frame.html"
    frame.write_text(
        '<!doctype html><title>A frame</title><iframe src="review.html" title="Gallery" width="1200" height="700" '
        'sandbox="allow-scripts allow-downloads"></iframe>'
    )
    gallery = open_page(frame)
    within = gallery.page.frame_locator("iframe")
    first = within.get_by_role("list", name="Images", exact=True).get_by_role("link").first
    first.focus()
    gallery.press("f")
    within.get_by_role("button", name="Favourites only").click()
    expect(within.get_by_role("list", name="Images", exact=True).get_by_role("link")).to_have_count(1)
    within.get_by_role("searchbox").fill("no such text")
    expect(within.get_by_role("status").filter(has_text="0 of 40 shown")).to_have_count(1)


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_two_images_can_be_compared(gallery: Gallery, forty: Folder, by: str) -> None:
    """Side by side, with what differs between them; the focus comes back."""
    left, right = forty.images[0], forty.images[11]
    expect(gallery.button("Compare")).to_be_disabled()
    for entry in (left, right):
        if by == "mouse":
            gallery.open_image(entry)
            gallery.button("Compare").click()
            expect(gallery.button("Compare")).to_have_attribute("aria-pressed", "true")
            gallery.button("Close").click()
        else:
            gallery.image(entry).focus()
            gallery.press("c")
    compare = gallery.button("Compare")
    if by == "mouse":
        compare.click()
    else:
        compare.focus()
        gallery.press("Enter")
    expect(gallery.page.get_by_role("dialog", name="Compare")).to_be_visible()
    expect(gallery.dialog.locator("img")).to_have_count(2)
    for entry in (left, right):
        expect(gallery.dialog.locator(f'img[src$="{entry.file}"]')).to_be_in_viewport(ratio=0.5)
        expect(gallery.dialog).to_contain_text(str(entry.request["prompt"]))
        expect(gallery.dialog).to_contain_text(str(entry.request["seed"]))
    assert not gallery.is_wider_than_its_window
    gallery.press("Escape")
    expect(gallery.dialog).to_have_count(0)
    expect(gallery.button("Compare")).to_be_focused()


def test_what_is_the_same_in_both_is_told_from_what_differs(open_page: Open, forty: Folder) -> None:
    """To a screen reader as well as to the eye."""
    gallery = open_page(forty.page)
    for entry in (forty.images[0], forty.images[1]):
        gallery.image(entry).focus()
        gallery.press("c")
    gallery.button("Compare").click()
    for name, differs in {"seed": True, "width": True, "steps": False, "sampler_name": False}.items():
        row = gallery.dialog.get_by_role("row").filter(has=gallery.page.get_by_role("rowheader", name=name))
        expect(row).to_have_count(1)
        assert ("differs" in (row.text_content() or "")) == differs, name
    for number in ("#1", "#2"):
        expect(gallery.dialog.get_by_role("columnheader", name=number)).to_be_visible()


def test_keys_that_can_do_nothing_say_why(open_page: Open, forty: Folder) -> None:
    """No image is chosen yet that could be compared."""
    gallery = open_page(forty.page)
    gallery.press("C")
    gallery.says("Chosen for comparing, 0 of 2")
    expect(gallery.dialog).to_have_count(0)


def test_a_parameter_may_have_any_name(open_page: Open, tmp_path: Path) -> None:
    """Also that of a method in JavaScript: an image without it has nothing there."""
    images = [done(tmp_path, key) for key in "ab"]
    journal(tmp_path, sending("a", constructor="x"), images[0], sending("b"), images[1])
    gallery = open_page(reviewed(tmp_path).page)
    for number in (0, 1):
        gallery.images.nth(number).focus()
        gallery.press("c")
    gallery.press("C")
    row = gallery.dialog.get_by_role("row").filter(has_text="constructor")
    assert row.get_by_role("cell").all_text_contents() == ["x", ""]


def test_a_third_choice_takes_the_place_of_the_first(open_page: Open, forty: Folder) -> None:
    """Two are compared, and the last two chosen are meant."""
    gallery = open_page(forty.page)
    for entry in forty.images[:3]:
        gallery.image(entry).focus()
        gallery.press("c")
    gallery.button("Compare").click()
    expect(gallery.dialog.locator("img")).to_have_count(2)
    for entry in forty.images[1:3]:
        expect(gallery.dialog.locator(f'img[src$="{entry.file}"]')).to_be_visible()


def marked(gallery: Gallery) -> list[str]:
    """Names of the files of the images that have the mark of a favourite."""
    marked = gallery.page.get_by_role("listitem").filter(
        has=gallery.page.get_by_role("img", name="Favourite", exact=True)
    )
    return [Path(link).name for link in marked.get_by_role("link").evaluate_all("links => links.map(one => one.href)")]


def test_a_favourite_goes_with_its_image(open_page: Open, tmp_path: Path) -> None:
    """Into a folder of another name or at another place, and into a page that is made again; but not to another image
    of the same name, in another folder or in that which has its old place. All of them have one store."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, width in ((here, 64), (there, 80)):
        journal(folder, sending("a"), done(folder, "a", width), sending("b"), done(folder, "b", width + 8))
    file = done(tmp_path / "unused", "a")["file"]
    gallery = open_page(reviewed(here).page)
    gallery.images.first.focus()
    gallery.press("f")
    gallery.says("Marked as favourite")

    def marked_in(folder: Path) -> list[str]:
        page = Gallery.opened(gallery.page.context, folder / "review.html")
        page.says("2 of 2 shown")
        found = marked(page)
        page.finish()
        return found

    assert marked_in(reviewed(there).path) == []
    moved = here.rename(tmp_path / "moved")
    there.rename(here)
    assert marked_in(moved) == [file]
    assert marked_in(here) == []
    assert marked_in(reviewed(moved).path) == [file]
    (moved / file).write_bytes(jpeg(96, 48))
    assert marked_in(reviewed(moved).path) == []


def test_two_galleries_do_not_forget_the_favourites_of_each_other(
    open_page: Open, forty: Folder, tmp_path: Path
) -> None:
    """They have one store, and either adds to it what the other has not seen, even if it was not told of a change."""
    journal(tmp_path, sending("a"), done(tmp_path, "a"))
    gallery = open_page(forty.page)
    gallery.page.context.add_init_script("addEventListener('storage', event => event.stopImmediatePropagation())")
    gallery.page.reload()
    other = Gallery.opened(gallery.page.context, reviewed(tmp_path).page)
    for page in (gallery, other):
        page.images.first.focus()
        page.press("f")
        page.says("Marked as favourite")
    for page in (gallery, other):
        page.page.reload()
        page.says("shown")
        assert len(marked(page)) == 1
    other.finish()


def test_keys_work_after_a_mouse_has_marked(open_page: Open, forty: Folder) -> None:
    """The button below it does not take the focus away from the images."""
    gallery = open_page(forty.page)
    gallery.images.first.focus()
    gallery.image(forty.images[1]).hover()
    gallery.page.get_by_title("Favourite (f)").click()
    gallery.says("Marked as favourite")
    gallery.press("ArrowRight")
    expect(gallery.image(forty.images[1])).to_be_focused()
