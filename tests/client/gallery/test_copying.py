"""What can be copied: the prompt, the seed, and a command that buys the same image."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from segmind_flux_schnell._runtime.batch.history import JournalEntry
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.running import environment
from tests.client.gallery.conftest import Open
from tests.client.gallery.folders import HOSTILE, Folder
from tests.client.gallery.opened import PHONE, Gallery

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def copied(gallery: Gallery, entry: JournalEntry, name: str, *, by: str = "mouse") -> str:
    """What is on the clipboard after a button was used."""
    gallery.open_image(entry)
    if by == "mouse":
        gallery.button(name).click()
    else:
        gallery.button(name).focus()
        gallery.press("Enter")
    gallery.says("Copied")
    text: str = gallery.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_prompt_and_seed_are_copied_as_they_are(open_page: Open, forty: Folder, by: str) -> None:
    """Without quotes or blanks around them, and the page says that they are copied."""
    gallery = open_page(forty.page, width=PHONE, permissions=CLIPBOARD)
    entry = forty.images[6]
    assert copied(gallery, entry, "Copy prompt", by=by) == entry.request["prompt"]
    gallery.press("Escape")
    assert copied(gallery, entry, "Copy seed", by=by) == str(entry.request["seed"])


@pytest.mark.parametrize("prompt", HOSTILE, ids=["markup", "right to left", "emoji", "long"])
def test_a_hostile_prompt_is_copied_as_it_is(open_page: Open, forty: Folder, prompt: str) -> None:
    """Also the characters that a page cannot show."""
    gallery = open_page(forty.page, permissions=CLIPBOARD)
    (entry,) = [one for one in forty.images if one.request["prompt"] == prompt]
    assert copied(gallery, entry, "Copy prompt") == prompt


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """A folder in which `flux-schnell` is the program of this package."""
    program = tmp_path / "bin" / "flux-schnell"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m segmind_flux_schnell "$@"\n')
    program.chmod(0o755)
    return tmp_path


def pixels(path: Path) -> tuple[tuple[int, int], str]:
    """The size of an image, and a digest of its pixels: its bytes also say when it was made."""
    with Image.open(path) as image:
        return image.size, sha256(image.convert("RGB").tobytes()).hexdigest()


@pytest.mark.parametrize("prompt", ["a tram at night, rain", *HOSTILE[:2]], ids=["plain", "markup", "right to left"])
def test_the_copied_command_makes_the_same_image(
    open_page: Open, forty: Folder, sandbox: Sandbox, shell: Path, prompt: str
) -> None:
    """Pasted into a shell, it buys what the image is of: same size, same pixels; quotes do not end it."""
    gallery = open_page(forty.page, permissions=CLIPBOARD)
    entry = next(one for one in forty.images if one.request["prompt"] == prompt)
    command = copied(gallery, entry, "Copy command")
    assert command.startswith("flux-schnell generate ")
    path = f"{shell / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(shutil.which("bash")), "-c", command],
        cwd=shell,
        env=environment(PATH=path, SEGMIND_BASE_URL=sandbox.url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (made,) = [one for one in shell.rglob("*") if one.suffix in (".jpg", ".jpeg")]
    assert pixels(made) == pixels(forty.path / str(entry.file))


def test_the_names_of_the_favourites_are_copied(open_page: Open, forty: Folder) -> None:
    """One a line, in the order of requests, for whatever takes files."""
    gallery = open_page(forty.page, permissions=CLIPBOARD)
    expect(gallery.button("Copy file names")).to_be_disabled()
    for entry in (forty.images[4], forty.images[1]):
        gallery.image(entry).focus()
        gallery.press("f")
    gallery.button("Copy file names").click()
    gallery.says("Copied")
    names: str = gallery.evaluate("navigator.clipboard.readText()")
    assert names.split() == [forty.images[1].file, forty.images[4].file]
