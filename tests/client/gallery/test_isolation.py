"""The page is alone: it runs its own script, loads its own folder, and nothing that a prompt or a file smuggles in."""

import shutil
from pathlib import Path

import pytest

from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import HOSTILE, Folder
from tests.client.responding_server import RespondingServer


@pytest.fixture
def copy(forty: Folder, tmp_path: Path) -> Path:
    """A copy of the page, which can be edited."""
    return Path(shutil.copy(forty.page, tmp_path / "review.html"))


def test_prompts_are_text_wherever_they_stand(open_page: Open, forty: Folder) -> None:
    """In the page, the lightbox, a comparison and the address: no element comes of them, and no script runs."""
    gallery = open_page(forty.page)
    title = gallery.page.title()
    hostile = [entry for entry in forty.images if entry.request["prompt"] in HOSTILE]
    for entry in hostile:
        gallery.open_image(entry)
        gallery.press("f", "c", "Escape")
    gallery.button("Compare").click()
    gallery.press("Escape")
    gallery.search.fill(HOSTILE[0])
    gallery.says("2 of 40 shown")
    gallery.page.reload()
    gallery.says("2 of 40 shown")
    assert gallery.evaluate("document.querySelectorAll('[onerror], [onload], img[src=x], svg[onload]').length") == 0
    assert gallery.page.title() == title


SMUGGLED = {
    "a script": '<script>document.title = "smuggled"</script>',
    "a handler": '<img src="data:," onerror="document.title = \'smuggled\'">',
    "a script of a file": '<script src="smuggled.js"></script>',
    "a base": '<base href="{url}/"><img src="picture.png">',
    "an image from elsewhere": '<img src="{url}/picture.png">',
    "a style from elsewhere": '<link rel="stylesheet" href="{url}/style.css">',
    "a frame": '<iframe src="{url}/frame.html"></iframe>',
}


@pytest.mark.parametrize("what", SMUGGLED)
def test_the_policy_refuses_what_is_smuggled_in(
    open_page: Open, copy: Path, server: RespondingServer, what: str
) -> None:
    """Even if a text were not escaped: it does not run, and nothing is asked of another host."""
    (copy.parent / "smuggled.js").write_text('document.title = "smuggled"')
    text = copy.read_text("utf-8").replace("<main", f"{SMUGGLED[what].format(url=server.url)}<main", 1)
    copy.write_text(text, "utf-8")
    gallery = open_page(copy)
    gallery.says("40 of 40 shown")
    assert gallery.page.title() != "smuggled"
    assert server.received == []
    refused = [problem for problem in gallery.problems if "Content Security Policy" in problem]
    assert refused
    gallery.problems.clear()


def test_it_can_be_opened_from_anywhere(open_page: Open, forty: Folder, tmp_path: Path) -> None:
    """A folder whose name is full of characters that addresses use: the page, its links and its files still work."""
    moved = Path(shutil.copytree(forty.path, tmp_path / "50% of #1 & ?what=a b"))
    gallery = open_page(moved / "review.html")
    gallery.shows(forty.images)
    gallery.open_image(forty.images[0])
    gallery.page.wait_for_function("document.querySelector('dialog[open] img').naturalWidth === 1024")
