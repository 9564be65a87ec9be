"""`review`: a folder of images as one HTML file."""

import base64
import re
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from segmind_flux_schnell._runtime.cli.tunables import THUMBNAIL_SIDE
from segmind_flux_schnell._runtime.image.provenance import Provenance
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_CRASH
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.conftest import Flux
from tests.client.cli.galleries import Page, done, failed, journal, sending
from tests.client.documented import PRICE
from tests.client.images import embedded, jpeg, png

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> \u202e &amp; \x00\x1b[31m </style>'


@pytest.fixture
def out(folder: Path) -> Path:
    """A folder with two images, a failure, and a request with an unknown outcome."""
    out = folder / "out"
    journal(
        out,
        sending("a", "a bengal tiger", width=64),
        done(out, "a", 1024, 768),
        sending("b", HOSTILE, steps=8),
        sending("c", "a wolf"),
        done(out, "b"),
        failed("c", "406: <b>no</b> credits", request_id="r-1"),
        sending("d", "an owl"),
        end='{"event": "done", "key": "d", "fi',
    )
    return out


@pytest.fixture
def page(flux: Flux, out: Path) -> Page:
    """The gallery of that folder."""
    assert flux("review", out).code == 0
    return Page.read(out / "review.html")


def test_a_gallery_is_written(flux: Flux, out: Path) -> None:
    """It is beside the images, and its path is the output."""
    run = flux("review", "out")
    assert (run.code, run.out) == (0, "out/review.html\n")
    assert flux("review", "out", "--json").json | {"bytes": 0} == {
        "file": "out/review.html",
        "bytes": 0,
        "done": 2,
        "failed": 1,
        "unknown": 1,
        "submitted": 0,
        "expired": 0,
    }


def test_a_stack_trace_of_the_service_is_folded(
    flux: Flux, folder: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a batch keeps of it is whole in the details of its group, above which its last line stands."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_CRASH)
    (folder / "prompts.txt").write_text("a tiger\n")
    flux("batch", "prompts.txt", "--base-url", sandbox.url)
    flux("review", "out")
    html = (folder / "out" / "review.html").read_text("utf-8")
    shown, _, folded = html.partition("<summary>Details</summary>")
    assert "RuntimeError: CUDA out of memory" in shown
    assert "File &#34;worker.py&#34;, line 88, in generate" in folded


def test_each_image_is_a_figure(page: Page) -> None:
    """Each image is a small WebP inside the file, with the prompt as its text, and is decoded when it is seen."""
    assert len(page.all("figure")) == 2
    images = page.all("img")
    assert images[0]["alt"] == "a bengal tiger"
    assert [image["decoding"] for image in images] == ["async"] * 2
    # A browser prints no image that it has not loaded.
    assert not any("loading" in image for image in images)
    assert (images[0]["width"], images[0]["height"]) == ("1024", "768")
    head, _, content = str(images[0]["src"]).partition(",")
    assert head == "data:image/webp;base64"
    with Image.open(BytesIO(base64.b64decode(content))) as small:
        assert small.width * small.height == pytest.approx(THUMBNAIL_SIDE**2, rel=0.01)
        assert small.width / small.height == pytest.approx(1024 / 768, abs=0.01)


def test_failures_are_shown_too(page: Page) -> None:
    """Failures and unknown outcomes stand together by cause, with a message, and whether the requests were billed."""
    assert len(page.all("li", "card")) == 4
    assert (len(page.all("li", "failed")), len(page.all("li", "unknown"))) == (1, 1)
    assert (len(page.all("article", "failed")), len(page.all("article", "unknown"))) == (1, 1)
    texts = " ".join(page.texts)
    assert "NotEnoughCreditsError: 1 request" in texts
    assert "406: <b>no</b> credits" in texts
    assert "not billed" in texts
    assert "request r-1" in texts
    assert "may have been billed" in texts


def test_facts_are_shown(page: Page) -> None:
    """Seed, parameters that are not defaults, size, cost and time are below an image, unless all share them; the table
    has all rows."""
    texts = " ".join(page.texts)
    assert "#1 · seed 7 · width 64 · 1024 \u00d7 768 " in texts
    assert "#2 · steps 8 · seed 7 · 64 \u00d7 48 " in texts
    assert "In all images: 0.008 credits · 3.1 s " in texts
    assert "2 images" in texts
    assert "1 failed · 1 with unknown outcome · at least 0.016 credits and 1 request that may have been billed" in texts
    assert len(page.all("tr")) == 5


def test_the_states_that_occur_can_be_chosen(page: Page) -> None:
    """They are filters, as are parameters with several values; without a script, nothing is shown that needs one."""
    options = [one.get("value") for one in page.all("option")]
    assert [state for state in ("done", "failed", "unknown", "submitted") if state in options] == [
        "done",
        "failed",
        "unknown",
    ]
    assert [one["name"] for one in page.all("select", "filter")] == ["steps", "width"]
    assert "hidden" in page.all("div", "controls")[0]


def test_hostile_prompts_are_text(page: Page) -> None:
    """A prompt is shown literally, and never becomes markup; characters that HTML cannot hold are replaced."""
    shown = HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert [text for text in page.texts if "alert(1)" in text] == [shown, shown]
    assert page.all("img")[1]["alt"] == shown
    assert "alert(1)" not in page.sources["script"][1]
    assert page.data["cards"][1]["prompt"] == HOSTILE
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_nothing_comes_from_elsewhere(page: Page, out: Path) -> None:
    """Links go to files beside it, images are inside; its policy allows one style and one script, by their digests."""
    targets = [str(one[name]) for _, one in page.elements for name in ("href", "src") if name in one]
    assert all(
        re.match(r"\./[0-9a-f]{16}\.jpg$|#(n\d+|failures|table)$|data:image/webp;base64,", target) for target in targets
    )
    (policy,) = [one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    text = (out / "review.html").read_text(encoding="utf-8")
    style = text.partition("<style>")[2].partition("</style>")[0]
    script = text.partition("<script>")[2].partition("</script>")[0]
    assert str(policy).split("; ") == [
        "default-src 'none'",
        "img-src data: file: 'self'",
        f"style-src '{_digest(style)}'",
        f"script-src '{_digest(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "url(" not in style
    assert "@import" not in style
    assert not [one for _, one in page.elements if "style" in one]


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def test_ids_are_distinct(page: Page) -> None:
    """Each link within the page leads to exactly one element."""
    ids = [one["id"] for _, one in page.elements if "id" in one]
    links = [str(one["href"])[1:] for one in page.all("a") if str(one.get("href")).startswith("#")]
    assert len(set(ids)) == len(ids)
    assert set(links) <= set(ids)


def test_images_without_a_journal(flux: Flux, folder: Path) -> None:
    """A folder that holds only images has a gallery too, PNGs included; other files are left out."""
    (folder / "fox.jpg").write_bytes(jpeg())
    (folder / "a b#c.png").write_bytes(png())
    (folder / "notes.txt").write_text("no image")
    (folder / "broken.jpg").write_bytes(b"no image either")
    assert flux("review", ".").code == 0
    page = Page.read(folder / "review.html")
    assert [one["alt"] for one in page.all("img")] == ["a b#c.png", "fox.jpg"]
    assert "./a%20b%23c.png" in [one.get("href") for one in page.all("a")]
    assert "The file is not an image: 1 request" in page.texts


def test_an_image_that_was_renamed_is_found_again(
    flux: Flux, folder: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds its request: it is not missing, and not an image of unknown cost. Nor is a copy, which was paid once."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)
    (folder / "prompts.txt").write_text("a tiger\na fox\n")
    flux("batch", "prompts.txt", "--base-url", sandbox.url)
    first, second = sorted((folder / "out").glob("*.jpg"))
    first.rename(first.with_name("a favourite of mine.jpg"))
    (folder / "out" / "copy.jpg").write_bytes(second.read_bytes())
    flux("review", "out")
    page = Page.read(folder / "out" / "review.html")
    assert len(page.all("li", "tile")) == 3
    assert sorted(card["file"] for card in page.data["cards"]) == sorted(
        ["a favourite of mine.jpg", "copy.jpg", second.name]
    )
    assert any(text.startswith("3 images") and f" · {2 * PRICE} credits" in text for text in page.texts)
    assert not any("missing" in text or "unknown cost" in text for text in page.texts)
    # What was missing and stays so.
    (folder / "out" / "a favourite of mine.jpg").unlink()
    flux("review", "out")
    assert any("1 bought and missing" in text for text in Page.read(folder / "out" / "review.html").texts)


def test_shards_are_shown_together(flux: Flux, folder: Path) -> None:
    """The journals of all shards count, and the last entry of each request is shown."""
    out = folder / "out"
    journal(out, sending("a"), failed("a", "no"), sending("a"), done(out, "a"), name="journal-1-of-2.jsonl")
    journal(out, sending("b"), failed("b", "no"), sending("b"), name="journal-2-of-2.jsonl")
    found = flux("review", "out", "--json").json
    assert (found["done"], found["failed"], found["unknown"]) == (1, 0, 1)


@pytest.mark.parametrize("name", ["../secret.jpg", "/etc/passwd", "a/../../secret.jpg", "..", ""])
def test_a_journal_cannot_point_elsewhere(flux: Flux, folder: Path, name: str) -> None:
    """File names that lead out of the folder are not followed."""
    out = folder / "out"
    (folder / "secret.jpg").write_bytes(jpeg())
    journal(out, sending("a"), {"event": "done", "key": "a", "file": name})
    assert flux("review", "out").code == 0
    page = Page.read(out / "review.html")
    assert not page.all("img")
    assert all(str(one["href"]).startswith("#") for one in page.all("a"))


def test_only_a_gallery_is_overwritten(flux: Flux, out: Path) -> None:
    """A gallery can always be written again; overwriting another file of its name takes `--force`."""
    assert flux("review", "out").code == 0
    assert flux("review", "out").code == 0
    (out / "review.html").write_text("mine")
    refused = flux("review", "out")
    assert refused.code == 2
    assert "review.html exists, and is not a gallery: --force overwrites it." in refused.err
    assert flux("review", "out", "--force").code == 0


@pytest.mark.parametrize(("arguments", "message"), [(["empty"], "holds no images"), (["nowhere"], "does not exist")])
def test_nothing_to_review(flux: Flux, folder: Path, arguments: list[str], message: str) -> None:
    """A folder without results is wrong use, with exit code 2."""
    (folder / "empty").mkdir()
    run = flux("review", *arguments)
    assert run.code == 2
    assert message in run.err


LATER = '{"event": "batch", "version": 2}\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a shopping list\n", "out/journal.jsonl is not a journal."),
        ('[1]\n{"event": "party"}\n', "out/journal.jsonl is not a journal."),
        (LATER, "out/journal.jsonl has version 2, and this program knows 1: update it."),
        ("", "out holds no images and no request in its journal."),
        ('{"event": "batch", "version": 1}\n', "out holds no images and no request in its journal."),
    ],
)
def test_a_journal_that_cannot_be_used(flux: Flux, folder: Path, text: str, message: str) -> None:
    """The message names the journal, and says why."""
    journal(folder / "out", end=text)
    run = flux("review", "out")
    assert run.code == 2
    assert message in run.err


def test_a_journal_of_a_later_version_is_refused(flux: Flux, out: Path) -> None:
    """If one journal would be misread, no gallery is written of the others."""
    (out / "journal-2-of-2.jsonl").write_text(LATER)
    assert flux("review", "out").code == 2
    assert not (out / "review.html").exists()


def test_a_file_that_is_not_a_journal_is_skipped(flux: Flux, out: Path) -> None:
    """A file that only has the name of a journal is reported, and the gallery shows the rest."""
    (out / "journal-notes.jsonl").write_text("a shopping list\n")
    run = flux("review", "out")
    assert run.code == 0
    assert "Skipped: out/journal-notes.jsonl is not a journal." in run.err


def test_without_pillow_the_images_are_embedded_unchanged(
    flux: Flux, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thumbnails need pillow; where it is installed and cannot be loaded, the file is larger."""
    monkeypatch.delattr("PIL.Image")
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    (folder / "fox.jpg").write_bytes(jpeg())
    assert flux("review", ".").code == 0
    (image,) = Page.read(folder / "review.html").all("img")
    assert base64.b64decode(str(image["src"]).partition(",")[2]) == jpeg()


def test_what_is_odd_about_an_image_is_on_its_card(flux: Flux, folder: Path) -> None:
    """Journals say it, and images without a journal; a service's text is only text, and other things are left out."""
    odd = {"code": "size-mismatch", "message": f"the image is 992 x 1024 pixels {HOSTILE}"}
    out = folder / "out"
    line = {**done(out, "a"), "warnings": [odd, "nonsense", {"code": 1}, {"message": "no code"}]}
    journal(out, sending("a"), line, sending("b"), {**done(out, "b"), "warnings": "all of them"})
    record = Provenance(
        operation="generate_image",
        request={"prompt": "a wolf"},
        seed=None,
        request_id=None,
        spec_version="0.1.0",
        client="segmind-flux-schnell/0.1.0",
        created="2026-11-22T09:08:20Z",
        warnings=({"code": "single-colour", "message": "the image looks like a single colour"},),
    )
    (out / "wolf.jpg").write_bytes(embedded(jpeg(), record))
    assert flux("review", out).code == 0
    page = Page.read(out / "review.html")
    assert len(page.all("p", "warning")) == 2
    assert any("the image is 992 x 1024 pixels" in text for text in page.texts)
    assert any("the image looks like a single colour" in text for text in page.texts)
    assert any("2 images with warnings" in text for text in page.texts)
    assert HOSTILE in page.data["cards"][0]["warnings"][0]
