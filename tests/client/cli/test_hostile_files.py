"""Files and folders of strangers: nothing of them reaches the terminal, nothing in them stops a command."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell._runtime.image.provenance import Provenance
from tests.client.cli.conftest import Flux
from tests.client.cli.galleries import Page, done, failed, journal, sending
from tests.client.cli.running import run
from tests.client.images import embedded, jpeg

ESCAPE = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202e\r\nseed 1"
"""Sets the title of a terminal, its colour, clears it, reverses a line, and adds a line of its own."""

NAME = "\x1b]0;owned\x07\u202e.jpg"


def record(request: dict[str, Any], **facts: Any) -> bytes:
    """An image of a stranger, with a record of this shape."""
    given = {"seed": 1, "request_id": "r", "spec_version": "1", "client": "c", "created": "now", **facts}
    return embedded(jpeg(), Provenance(operation="generate_image", request=request, **given))


def is_harmless(text: str) -> bool:
    """Whether a terminal only shows a text."""
    return all(line.isprintable() for line in text.split("\n"))


def test_show_escapes_the_names_of_fields(flux: Flux, folder: Path) -> None:
    """And their values, and what else a record has."""
    hostile = record({ESCAPE: ESCAPE, "prompt": ESCAPE}, request_id=ESCAPE, client=ESCAPE, created=ESCAPE)
    (folder / "stranger.jpg").write_bytes(hostile)
    shown = flux("show", "stranger.jpg")
    assert shown.code == 0
    assert is_harmless(shown.out + shown.err)
    assert "\\x1b]0;owned\\x07" in shown.out
    assert not [line for line in shown.out.splitlines() if line.startswith("seed 1")]


@pytest.mark.parametrize("command", ["show", "review"])
def test_paths_are_escaped(flux: Flux, folder: Path, command: str) -> None:
    """Those of the arguments, in messages and in the output."""
    hostile = folder / NAME
    if command == "show":
        hostile.write_bytes(jpeg())
    else:
        hostile.mkdir()
    refused = flux(command, hostile)
    assert refused.code != 0
    assert is_harmless(refused.out + refused.err)
    assert "owned" in refused.err
    missing = flux(command, folder / f"{NAME}.missing")
    assert is_harmless(missing.out + missing.err)


def test_review_escapes_paths(flux: Flux, folder: Path) -> None:
    """In what it prints: the gallery that it wrote, and what it skipped or refused."""
    hostile = folder / NAME
    journal(hostile, sending("a"), done(hostile, "a"))
    journal(hostile, name=f"journal{NAME}.jsonl", end="a shopping list\n")
    written = flux("review", hostile)
    assert written.code == 0
    assert "Skipped: " in written.err
    (hostile / "review.html").write_text("mine")
    refused, nowhere = flux("review", hostile), flux("review", hostile, "-o", hostile / "no" / "x.html")
    assert (refused.code, nowhere.code) == (2, 2)
    for finished in (written, refused, nowhere):
        assert is_harmless(finished.out + finished.err)


@pytest.mark.parametrize("command", ["batch", "plan"])
def test_a_file_of_requests_is_escaped(flux: Flux, folder: Path, command: str) -> None:
    """Names of fields and values, and the path of the file."""
    path = folder / f"{NAME}.jsonl"
    path.write_text('{"\\u001b]0;owned\\u0007": "random", "seed": "\\u009b2J", "prompt": "x"}\n{"\\u001b[31m": 1}\n')
    refused = flux(command, path)
    assert refused.code == 2
    assert is_harmless(refused.out + refused.err)


def test_plan_shows_no_escapes(flux: Flux, folder: Path) -> None:
    """A prompt is shown in one line."""
    (folder / "p.jsonl").write_text('{"prompt": "a \\u001b]0;owned\\u0007\\u202e tiger [red]"}\n')
    shown = flux("plan", "p.jsonl")
    assert shown.code == 0
    assert is_harmless(shown.out + shown.err)


LINES: dict[str, dict[str, Any]] = {
    "a name of 300 letters": {"file": "a" * 300 + ".jpg"},
    "a name of a megabyte": {"file": "a" * (1 << 20)},
    "a folder above": {"file": "../secret.jpg"},
    "two dots": {"file": ".."},
    "one dot": {"file": "."},
    "an absolute path": {"file": "/etc/passwd"},
    "a path of Windows": {"file": "C:\\Windows\\win.ini"},
    "a stream of Windows": {"file": "a.jpg:stream"},
    "a device of Windows": {"file": "CON.jpg"},
    "a NUL": {"file": "a\0.jpg"},
    "half of a character": {"file": "\ud800.jpg"},
    "control characters": {"file": ESCAPE},
    "no text": {"file": ["a"]},
    "a number that is none": {"cost": "NaN", "seconds": float("nan")},
    "an infinite number": {"cost": "Infinity", "seconds": float("inf"), "width": 10**400},
    "a huge number": {"cost": "1E+999999", "remaining_credits": "-1E-999999"},
    "a cost below nothing": {"cost": "-5"},
    "texts everywhere": dict.fromkeys(("cost", "error", "message", "request_id", "at", "width"), ESCAPE),
    "no request": {"request": 5},
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_bad_line_costs_one_card(flux: Flux, folder: Path, line: dict[str, Any]) -> None:
    """The gallery is written, and shows the good lines as before."""
    out = folder / "out"
    (folder / "secret.jpg").write_bytes(jpeg())
    bad = {**done(out, "b"), **line}
    journal(out, sending("a"), done(out, "a"), sending("b", "the bad one"), bad, sending("c"), failed("c", "no"))
    if "file" in line:
        (out / str(done(out, "b")["file"])).unlink()
    finished = flux("review", "out", "--json")
    assert (finished.code, finished.json["failed"]) == (0, 1)
    assert is_harmless(finished.out + finished.err)
    page = Page.read(out / "review.html")
    assert len(page.all("li", "card")) == 3
    assert [image["alt"] for image in page.all("img")][:1] == ["a fox"]
    assert len(page.all("img")) == (1 if "file" in line else 2)


def test_costs_that_have_no_sum_are_not_added_up(flux: Flux, folder: Path) -> None:
    """Two numbers that are the highest there are: they are left out, as others that no image costs."""
    out = folder / "out"
    huge = [{**done(out, key), "cost": "9E+999999"} for key in "bc"]
    journal(out, sending("a"), done(out, "a"), sending("b"), huge[0], sending("c"), huge[1])
    assert flux("review", "out").code == 0
    assert "at least 0.008 credits and 2 images of unknown cost" in " ".join(Page.read(out / "review.html").texts)


def test_a_message_cannot_hold_the_gallery_up(folder: Path) -> None:
    """Its text is searched for names of errors in a time that grows with its length, and not with the square of it."""
    out = folder / "out"
    journal(out, sending("a"), failed("a", f"Traceback (most recent call last): {'a.' * 100_000}", error="X" * 5000))
    reviewed = run("review", "out", cwd=folder)
    assert reviewed.code == 0
    (title,) = [text for text in Page.read(out / "review.html").texts if text.endswith(": 1 request")]
    assert len(title) < 100


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_backslash_in_a_name_is_no_folder(flux: Flux, folder: Path) -> None:
    """Its link leads to the file."""
    (folder / "a\\b.jpg").write_bytes(jpeg())
    assert flux("review", ".").code == 0
    assert "./a%5Cb.jpg" in [one.get("href") for one in Page.read(folder / "review.html").all("a")]


def test_a_request_of_any_depth_costs_no_gallery(flux: Flux, folder: Path) -> None:
    """As deep as JSON can be read."""
    out = folder / "out"
    deep = '{"event": "sending", "key": "b", "request": {"prompt": %s1%s}}\n'
    journal(out, sending("a"), done(out, "a"), end="".join(deep % ("[" * n, "]" * n) for n in (100, 500, 900, 980)))
    assert flux("review", "out").code == 0
    assert len(Page.read(out / "review.html").all("img")) == 1


def test_a_name_on_disk_that_is_not_utf_8(flux: Flux, folder: Path) -> None:
    """It has a card like any other."""
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.jpg")).write_bytes(jpeg())
    except OSError:
        pytest.skip("this file system has no such names")
    assert flux("review", ".").code == 0
    assert "./%FF.jpg" in [one.get("href") for one in Page.read(folder / "review.html").all("a")]


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        # The path of a socket is short.
        before = Path.cwd()
        os.chdir(path.parent)
        one.bind(path.name)
        os.chdir(before)


def _link_to_pipe(path: Path) -> None:
    os.mkfifo(f"{path}.pipe")
    path.symlink_to(f"{path}.pipe")


ODD: dict[str, Callable[[Path], None]] = {
    "a pipe": lambda path: os.mkfifo(path),
    "a link to an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a pipe": _link_to_pipe,
    "a folder": lambda path: path.mkdir(),
    "a socket": _socket,
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices among its files")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_what_is_not_a_file_is_not_read(folder: Path, odd: Callable[[Path], None]) -> None:
    """In place of an image, for `review` and for `batch`, and in place of a file for `show`: nothing waits for it."""
    out = folder / "out"
    image = done(out, "a")
    (out / image["file"]).unlink()
    odd(out / image["file"])
    odd(out / "unlisted.jpg")
    journal(out, sending("a"), image, sending("b"), done(out, "b"))
    reviewed = run("review", "out", cwd=folder)
    assert (reviewed.code, reviewed.err.count("Traceback")) == (0, 0)
    assert len(Page.read(out / "review.html").all("img")) == 1
    (folder / "p.txt").write_text("a fox\n")
    planned = run("plan", "p.txt", "-o", "out", cwd=folder)
    assert planned.code == 0
    shown = run("show", f"out/{image['file']}", cwd=folder)
    assert shown.code in (1, 2)
    assert "Traceback" not in shown.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices among its files")
@pytest.mark.parametrize("odd", [ODD["a pipe"], ODD["a link to an endless device"]], ids=["a pipe", "a device"])
@pytest.mark.parametrize("name", ["journal.jsonl", "journal-1-of-2.jsonl", "review.html"])
def test_what_is_not_a_journal_is_not_read(folder: Path, odd: Callable[[Path], None], name: str) -> None:
    """In place of a journal, or of the gallery: one sentence, and no more."""
    out = folder / "out"
    journal(out, sending("a"), done(out, "a"), name="journal-2-of-2.jsonl")
    odd(out / name)
    (folder / "p.txt").write_text("a fox\n")
    for arguments in (["review", "out"], ["plan", "p.txt", "-o", "out"]):
        finished = run(*arguments, cwd=folder)
        assert "Traceback" not in finished.err
        assert finished.code in (0, 1, 2)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices among its files")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_file_of_requests_is_a_file(folder: Path, odd: Callable[[Path], None]) -> None:
    """A device that never ends is refused; a pipe is one way to hand over requests."""
    odd(folder / "p.txt")
    if "pipe" in next(name for name, one in ODD.items() if one is odd):
        pytest.skip("`plan <(some program)` reads a pipe")
    finished = run("plan", "p.txt", cwd=folder)
    assert finished.code in (1, 2)
    assert "Traceback" not in finished.err
