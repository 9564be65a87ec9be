"""What the gallery says: sums, captions, groups of failures, commands, and how large its thumbnails are."""

import json
import random
import shutil
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from segmind_flux_schnell import GenerateImageRequest
from segmind_flux_schnell._runtime.batch.history import JournalEntry
from segmind_flux_schnell._runtime.cli.gallery.cards import Card
from segmind_flux_schnell._runtime.cli.gallery.failures import failure_groups, headline
from segmind_flux_schnell._runtime.cli.gallery.page import Gallery
from segmind_flux_schnell._runtime.cli.gallery.parameters import Parameters, Spread
from segmind_flux_schnell._runtime.cli.gallery.quantities import credits_of, seconds_of
from segmind_flux_schnell._runtime.cli.gallery.thumbnails import ThumbnailSize, thumbnail
from segmind_flux_schnell._runtime.cli.gallery.totals import spending, summary
from segmind_flux_schnell._runtime.cli.results import Result
from segmind_flux_schnell._runtime.cli.tunables import FILTER_VALUES, THUMBNAILS_BYTES
from segmind_flux_schnell.cli import PROGRAM
from tests.client.cli.conftest import Flux
from tests.client.cli.galleries import Page, done, failed, journal, sending
from tests.client.documented import DEFAULTS
from tests.client.images import jpeg

OPERATION = PROGRAM.operation
assert OPERATION is not None
PARAMETERS = Parameters.of(OPERATION)
PRICE = Decimal("0.008")

TRACEBACK = """\
Traceback (most recent call last):
  File "worker.py", line 88, in generate
    images = pipeline(prompt=prompt, num_inference_steps=steps)
  File "pipeline.py", line 12, in __call__
    raise RuntimeError("CUDA out of memory. Tried to allocate 2.25 GiB")
RuntimeError: CUDA out of memory. Tried to allocate 2.25 GiB"""


def card(number: int = 1, *, size: int | None = 100, **entry: Any) -> Card:
    """A card without an image."""
    given = {"key": str(number), "status": "failed", "request": {"prompt": "a fox"}, **entry}
    return Card(number=number, result=Result(entry=JournalEntry(**given), size=size), parameters=PARAMETERS)


def bought(number: int = 1, cost: Decimal | None = PRICE) -> Card:
    """The card of an image whose file is missing."""
    return card(number, status="done", billed=True, cost=cost, size=None)


def unsure(number: int = 1) -> Card:
    """The card of a request of which nobody knows whether it was billed."""
    return card(number, status="unknown", billed=None)


def refused(number: int, message: str = "no credits", error: str = "NotEnoughCreditsError", **entry: Any) -> Card:
    """The card of a request that was refused."""
    return card(number, error=error, message=message, **{"billed": False, **entry})


@pytest.mark.parametrize(
    ("cards", "words"),
    [
        ([bought()], "0.008 credits"),
        ([bought(), card(billed=True, cost=PRICE)], "0.016 credits"),
        ([bought(), refused(2)], "0.008 credits"),
        ([bought(), unsure()], "at least 0.008 credits and 1 request that may have been billed, about 0.008 credits"),
        ([bought(), bought(2, cost=None)], "at least 0.008 credits and 1 image of unknown cost"),
        ([unsure()], "at least 0 credits and 1 request that may have been billed, about 0.008 credits"),
        ([bought(cost=None)], ""),
        ([refused(1)], ""),
    ],
    ids=["an image", "a broken one", "a refusal", "unknown", "without a cost", "unknown alone", "no costs", "nothing"],
)
def test_the_sum_is_what_was_billed(cards: list[Card], words: str) -> None:
    """What brought no image counts too, and what may have been billed is named beside the sum."""
    assert spending(cards, PRICE) == words


def test_the_summary_counts_what_is_there() -> None:
    """An image whose file is missing is not one of the images."""
    counts = "0 images, 0.2 kB · 1 bought and missing or broken · 1 failed · 1 with unknown outcome"
    assert summary([bought(), refused(2), unsure(3)], None).startswith(counts)


def test_alike_failures_are_one_group() -> None:
    """Numbers, identifiers and texts in quotes do not make another cause; the class and the bill do."""
    alike = [refused(number, f"no credits for 'fox {number}' (request id 7f3-{number})") for number in range(12)]
    others = [refused(20, "another reason"), refused(21, billed=None), refused(22, error="ServerError")]
    groups = failure_groups([*others, *alike])
    assert [group.title for group in groups] == [
        "NotEnoughCreditsError: 12 requests",
        "NotEnoughCreditsError: 1 request",
        "NotEnoughCreditsError: 1 request",
        "ServerError: 1 request",
    ]
    assert [group.billing for group in groups] == ["not billed", "not billed", "may have been billed", "not billed"]


def test_a_class_with_many_causes_is_one_group() -> None:
    """A service whose every message differs makes one group, with all messages in its details."""
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
    (group,) = failure_groups([refused(number, word) for number, word in enumerate(words)])
    assert group.messages == words


def test_what_may_be_had_yet_comes_first() -> None:
    """Jobs to collect, then what may have been billed, then failures, the most frequent first."""
    cards = [refused(1), refused(2, error="ServerError"), refused(3), unsure(4), card(5, status="submitted"), bought(6)]
    assert [group.state for group in failure_groups(cards)] == ["submitted", "unknown", "missing", "failed", "failed"]
    assert failure_groups(cards)[-2].title == "NotEnoughCreditsError: 2 requests"


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (TRACEBACK, "RuntimeError: CUDA out of memory. Tried to allocate 2.25 GiB"),
        (
            f"generate_image (POST /v1/x): 500 Internal Server Error: It failed: the service says "
            f"{' '.join(TRACEBACK.split())!r}; not billed (request id r-1)",
            "RuntimeError: CUDA out of memory. Tried to allocate 2.25 GiB",
        ),
        (
            "generate_image (POST /v1/x): 406 Not Acceptable: Too little: the service says 'No credits'; not billed",
            "No credits",
        ),
        ("POST /v1/x: 400 Bad Request: the body is empty; it may have been billed", "the body is empty"),
        ("several\n  lines\n\nof words", "several lines of words"),
        ("long " * 1000, f"{'long ' * 47}long…"),
        ("", ""),
    ],
    ids=["a traceback", "a joined traceback", "a message of the service", "a body", "lines", "long", "none"],
)
def test_a_message_is_one_line(message: str, line: str) -> None:
    """Of a traceback only its last line is shown, of a refusal what the service says."""
    assert headline(message) == line


def test_a_group_folds_what_one_line_leaves_out() -> None:
    """Whole messages are details, unless the line and the bill say all of it."""
    (whole,) = failure_groups([refused(1, "POST /v1/x: 406 Not Acceptable: no credits; not billed (request id r-1)")])
    assert (whole.headline, whole.billing, whole.messages) == ("no credits", "406 Not Acceptable · not billed", [])
    (cut,) = failure_groups([refused(1, TRACEBACK)])
    assert cut.messages == [TRACEBACK]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0.0, ""), (0.04, "< 0.1 s"), (0.1, "0.1 s"), (3.14, "3.1 s"), (float("nan"), ""), (float("inf"), "")],
)
def test_no_time_is_shown_as_zero(seconds: float | None, words: str) -> None:
    """A time that was too short to measure is left out, or said to be short."""
    assert seconds_of(seconds) == words


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        ("0.008", "0.008 credits"),
        ("8.000", "8 credits"),
        ("20", "20 credits"),
        ("1.5E-9", "1.5E-9 credits"),
        ("0", "0 credits"),
    ],
)
def test_a_cost_has_no_needless_digits(cost: str, words: str) -> None:
    """A thousand images at 0.008 credits are 8 credits."""
    assert credits_of(Decimal(cost)) == words


def test_a_page_says_as_of_when_it_is() -> None:
    """A page does not follow its journal. Nor does it repeat what is no moment."""
    cards = [
        bought(),
        refused(2, at="2026-11-22T09:00:00Z"),
        refused(3, at="2026-11-21T09:00:00Z"),
        refused(4, at="soon"),
    ]
    assert summary(cards, None).endswith(" · 0.008 credits · as of 2026-11-22 09:00:00 UTC")
    assert "as of" not in summary(cards[:1], None)


def test_the_size_of_all_images_is_told_once(flux: Flux, folder: Path) -> None:
    """Above them: not as width and height too, and beside what failures have in common with images."""
    out = folder / "out"
    both = [event for key in "ab" for event in (sending(key, width=64, height=48), done(out, key))]
    journal(out, *both)
    assert flux("review", "out").code == 0
    assert "In all of them: 64 \u00d7 48 · 0.008 credits · 3.1 s" in Page.read(out / "review.html").texts
    journal(out, *both, sending("c", width=64, height=48), failed("c", "no"))
    assert flux("review", "out").code == 0
    texts = Page.read(out / "review.html").texts
    assert [text for text in texts if text.startswith("In all")] == [
        "In all of them: width 64 · height 48",
        "In all images: 64 \u00d7 48 · 0.008 credits · 3.1 s",
    ]
    assert "#1 · seed 7" in texts


def test_parameters_vary_or_are_shared() -> None:
    """What all requests share is said once; numbers are sorted by size; 1.0 is 1; an unknown request has no values."""
    requests: list[dict[str, Any]] = [{"prompt": "a", "steps": steps, "width": 512.0} for steps in (8, 1, 4)]
    spread = Spread.of([PARAMETERS.values(request) for request in [*requests, {}]])
    assert dict(spread.varying) == {"steps": ("1", "4", "8")}
    assert spread.shared["width"] == "512"
    assert spread.shared["height"] == str(DEFAULTS["height"])
    assert PARAMETERS.is_default("steps", str(DEFAULTS["steps"]))


def test_only_short_lists_of_values_are_filters() -> None:
    """A parameter with hundreds of values, such as the seed, is searched in the table."""
    cards = [card(seed, request={"prompt": "a", "seed": seed, "steps": seed % 3}) for seed in range(FILTER_VALUES + 1)]
    gallery = Gallery(title="t", program="p review 1", parameters=PARAMETERS, price=None, cards=cards)
    assert list(gallery.filters) == ["steps"]
    assert "seed" in gallery.columns


def test_no_fact_is_told_twice(flux: Flux, folder: Path) -> None:
    """A size that was requested and delivered is the size of the image, and what all share stands above all."""
    out = folder / "out"
    journal(
        out,
        sending("a", width=64, height=48, steps=8),
        {**done(out, "a"), "seconds": 0.0},
        sending("b", width=64, height=80, steps=8, seed=9),
        {**done(out, "b", 64, 80), "cost": None, "seconds": 0.01},
    )
    assert flux("review", "out").code == 0
    page = Page.read(out / "review.html")
    facts = [text for text in page.texts if " · seed " in text]
    assert facts == ["#1 · seed 7 · 64 \u00d7 48 · 0.008 credits", "#2 · seed 9 · 64 \u00d7 80 · < 0.1 s"]
    assert "In all of them: steps 8 · width 64" in page.texts


@pytest.mark.parametrize(
    ("keys", "line"), [("a", "steps 8"), ("ab", "In all of them: steps 8 · 64 \u00d7 48 · 0.008 credits · 3.1 s")]
)
def test_a_seed_is_told_below_the_images_alone(flux: Flux, folder: Path, keys: str, line: str) -> None:
    """Also where all share it; what else they share is told once, and one image is not "all of them"."""
    out = folder / "out"
    journal(out, *(event for key in keys for event in (sending(key, f"a fox {key}", steps=8), done(out, key))))
    assert flux("review", "out").code == 0
    texts = Page.read(out / "review.html").texts
    assert line in texts
    assert sum("seed 7" in text for text in texts) == len(keys)


SHELLS = [name for name in ("sh", "bash", "dash", "zsh", "mksh", "fish") if shutil.which(name)]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "prompt",
    [
        "a tiger's $HOME `x` \"y\" {a,b} !! \\\\ \\'",
        "-x --help",
        "--seed 9",
        "two\nlines\x1b[31m",
        "-100% \\n!x 'é' \u202e\t\n\n",
        "\n",
        "=ls",
        "~",
        "наш 🐺",
    ],
)
def test_the_command_makes_the_same_image(flux: Flux, folder: Path, prompt: str, shell: str) -> None:
    """Whatever shell runs it gives `generate` exactly the values of the request."""
    out = folder / "out"
    journal(out, sending("a", prompt, steps=8, seed=-(2**60)), done(out, "a"))
    assert flux("review", "out").code == 0
    (known,) = Page.read(out / "review.html").data["cards"]
    assert all(line.isprintable() for line in known["command"].split("\n"))
    # In place of the program, which is called as the tests were started.
    echo = f"{sys.executable} -c 'import json, sys; print(json.dumps(sys.argv[1:]))'"
    command = f"{echo} generate {known['command'].partition(' generate ')[2]}"
    run = subprocess.run([shell, "-c", command], capture_output=True, text=True, check=True, timeout=60)
    arguments: list[str] = json.loads(run.stdout)
    plain = [argument for argument in arguments if argument != "--"]
    assert plain[0] == "generate"
    assert sorted(plain[1:]) == sorted([prompt, "--steps", "8", "--seed", str(-(2**60))])
    # `-x` is a prompt only behind `--`; with an empty file name nothing is sent.
    refused = flux(*arguments[:1], "-o", out, "--on-mismatch", "neither", *arguments[1:])
    assert (refused.code, "neither" in refused.err) == (2, True)


def test_a_request_with_unknown_fields_has_no_command(flux: Flux, folder: Path) -> None:
    """A later version may have fields that no option stands for: the command would make another image."""
    out = folder / "out"
    journal(out, sending("a", later=1), done(out, "a"), sending("b"), done(out, "b"))
    (out / "unknown.jpg").write_bytes(jpeg())
    assert flux("review", "out").code == 0
    commands = [bool(one["command"]) for one in Page.read(out / "review.html").data["cards"]]
    assert commands == [False, True, False]


def test_requests_are_exported_as_they_were_sent(flux: Flux, folder: Path) -> None:
    """Prompt and line together are a request that `plan` reads, with numbers beyond those of JavaScript."""
    out = folder / "out"
    request = GenerateImageRequest(prompt="a </script> fox", seed=2**62 + 1, steps=8).to_dict()
    journal(out, {"event": "sending", "key": "a", "request": request}, done(out, "a"))
    assert flux("review", "out").code == 0
    known = Page.read(out / "review.html").data
    line = f"{{{json.dumps(known['prompt'])}: {json.dumps(known['cards'][0]['prompt'])}, {known['cards'][0]['line']}}}"
    assert json.loads(line) == request
    (folder / "favourites.jsonl").write_text(f"{line}\n")
    assert flux("plan", "favourites.jsonl").code == 0


def test_an_image_has_a_name_in_any_case() -> None:
    """Of its file, where the prompt is nothing that can be read out."""
    names = [card(request={"prompt": prompt}, file="a.jpg").caption for prompt in ("", " \n", "a fox")]
    assert names == ["a.jpg", "a.jpg", "a fox"]


def test_a_long_prompt_stands_once_in_the_file(flux: Flux, folder: Path) -> None:
    """In its own letters: a thousand of them would be larger than the images. The script finds it in the table."""
    out = folder / "out"
    prompt = "ein Bär über dem Meer, " * 200
    journal(out, sending("a", prompt), done(out, "a"))
    assert flux("review", "out").code == 0
    assert (out / "review.html").read_text("utf-8").count(prompt[400:]) == 1


@pytest.mark.parametrize(("count", "texts"), [(1, 0), (40, 0), (1000, 0), (1000, 6_000_000), (5000, 0)])
def test_thumbnails_fit_into_one_file(tmp_path: Path, count: int, texts: int) -> None:
    """The more images there are, the smaller each of them is, even of noise, which cannot be compressed.

    Prompts take their part.
    """
    noise = Image.frombytes("RGB", (1024, 1024), random.Random(1).randbytes(1024 * 1024 * 3))
    path = tmp_path / "noise.png"
    noise.save(path, "PNG", compress_level=0)
    found = thumbnail(path, ThumbnailSize.of(count, texts))
    assert found is not None
    assert len(found.uri) * count + texts <= THUMBNAILS_BYTES * 1.01 or count == 1
    assert found.dimensions == "1024 \u00d7 1024"


def test_a_thumbnail_shows_the_whole_image(tmp_path: Path) -> None:
    """In its own ratio, whatever that is, with about as many pixels as any other."""
    sizes = []
    for width, height in ((1536, 640), (640, 1536), (16, 16)):
        path = tmp_path / f"{width}.jpg"
        path.write_bytes(jpeg(width, height))
        found = thumbnail(path, ThumbnailSize.of(1))
        assert found is not None
        assert found.ratio == width / height
        sizes.append(_size(found.uri))
    assert sizes[0] == sizes[1][::-1]
    assert sizes[0][0] / sizes[0][1] == pytest.approx(1536 / 640, rel=0.01)
    assert sizes[2] == (16, 16)


def _size(uri: str) -> tuple[int, int]:
    from base64 import b64decode

    with Image.open(BytesIO(b64decode(uri.partition(",")[2]))) as image:
        return image.size


def test_each_ratio_has_a_class(flux: Flux, folder: Path) -> None:
    """The policy allows no styles of single elements, so the style sheet has the ratios that occur."""
    out = folder / "out"
    journal(
        out,
        sending("a"),
        done(out, "a", 192, 80),
        sending("b"),
        done(out, "b", 64, 64),
        sending("c"),
        failed("c", "no"),
    )
    assert flux("review", "out").code == 0
    page = Page.read(out / "review.html")
    assert [str(one["class"]).split()[-1] for one in page.all("li", "tile")] == ["r24000", "r10000"]
    assert ".r24000 { --ratio: 2.4000; }" in page.sources["style"][0]


def test_it_is_opened_in_the_browser(flux: Flux, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--open` starts the browser that BROWSER names, with the page."""
    out = folder / "a b"
    journal(out, sending("a"), done(out, "a"))
    opened = folder / "opened.txt"
    monkeypatch.setenv("BROWSER", f'{sys.executable} -c \'import sys; open("{opened}", "w").write(sys.argv[1])\' %s')
    run = subprocess.run(
        [sys.executable, "-m", "segmind_flux_schnell", "review", str(out), "--open"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stdout == f"{out / 'review.html'}\n"
    assert opened.read_text() == (out / "review.html").as_uri()
