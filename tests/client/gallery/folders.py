"""Folders as batches leave them, and the gallery that `flux-schnell review` makes of each."""

import json
import subprocess
import sys
import warnings
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from segmind_flux_schnell import Batch, Client, GenerateImageRequest, SizeMismatchWarning
from segmind_flux_schnell._runtime.batch.history import JournalEntry, entries, key_of
from segmind_flux_schnell._runtime.batch.journal import MOMENT, lines
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_CRASH, KEY_NO_CREDITS
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.image import draw, draw_floored
from segmind_flux_schnell_sandbox.server import running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.cli.running import environment

PLAIN = (
    "a bengal tiger in tall grass",
    "a lighthouse in a storm, oil on canvas",
    "a tiger cub asleep on a piano",
    "an owl on a signpost, fog",
    "the map of an island that nobody has been to",
    "a tram at night, rain",
    "a bowl of oranges in the manner of Cézanne",
    "an astronaut who mends a net",
)
"""Prompts as people write them."""

MARKUP = '</script><img src=x onerror="document.title=1">"\'><svg onload=alert(2)> ${3} {{ 4 }} &amp; </title>'
RIGHT_TO_LEFT = "نمر بنغالي في العشب الطويل \u202e desrever"
EMOJI = "👩🏽‍🚀 rides a 🐅 past 🏳️‍🌈 \x1b[31m \u2028 end"
LONG = ("word " * 1990)[:9940] + "unbroken" * 7 + " end"
HOSTILE = (MARKUP, RIGHT_TO_LEFT, EMOJI, LONG)
"""Prompts that a page could take for markup, that turn its direction, that are no letters, and that are 10,000 long."""

SIZES = ((1024, 1024), (1536, 640), (640, 1536), (768, 1024), (1024, 768), (2048, 512))
"""Width and height of images, in pixels."""

REFUSED = 12
"""How many requests of the forty fail for one and the same reason."""

TRACEBACK = """\
Traceback (most recent call last):
  File "/srv/worker/serve.py", line 112, in respond
    image = pipeline(prompt, steps=steps, seed=seed, width=width, height=height)
  File "/srv/worker/pipeline.py", line 88, in __call__
    latents = self.denoise(self.encode(prompt), steps)
  File "/srv/worker/pipeline.py", line 61, in denoise
    return self.model(latents, timestep, guidance=None, return_dict=False)[0]
  File "/srv/worker/model.py", line 40, in forward
RuntimeError: CUDA out of memory. Tried to allocate 2.25 GiB"""
"""Nine lines, as some services send them."""


@frozen(kw_only=True)
class Folder:
    """A folder, and its gallery.

    Args:
        path: The folder.
        entries: What its journal says of each request, in order.
    """

    path: Path
    entries: tuple[JournalEntry, ...]

    @property
    def page(self) -> Path:
        """The gallery."""
        return self.path / "review.html"

    @property
    def images(self) -> list[JournalEntry]:
        """The requests that have an image."""
        return [entry for entry in self.entries if entry.status == "done"]

    @property
    def failures(self) -> list[JournalEntry]:
        """The requests that have none, and never will."""
        return [entry for entry in self.entries if entry.status == "failed"]


def folder_of_forty(path: Path) -> Folder:
    """A folder of 40 requests, nearly all of them bought of a sandbox.

    There are 22 images, of which two have a warning; 16 failures of four causes, one of them billed; one unknown
    outcome, and one job that goes on.
    """
    plain = [*_plain(PLAIN, seed=100), *_plain(PLAIN[::-1], seed=50, steps=8, sampler_name="heun")]
    refused = [_request(f"a postcard of {place}", seed=place) for place in range(1, REFUSED)]
    _buy(path, plain[:10])
    _buy(path, [*refused, _request(MARKUP, seed=REFUSED)], key=KEY_NO_CREDITS)
    _buy(path, [*plain[10:], *(_request(prompt, seed=7) for prompt in HOSTILE)])
    _buy(path, [_request("a tiger of 1000 pixels", seed=seed, width=1000) for seed in (1, 2)], _floored())
    _buy(path, [_request("a comet", seed=seed) for seed in (1, 2)], key=KEY_CRASH)
    _buy(path, [_request("a kite", seed=9)], _cut_off())
    with (path / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.writelines(f"{json.dumps(line)}\n" for line in _odd_lines())
    return reviewed(path)


def folder_of_failures(path: Path) -> Folder:
    """A folder of three requests that were refused."""
    _buy(path, [_request("a postcard", seed=seed) for seed in range(3)], key=KEY_NO_CREDITS)
    return reviewed(path)


def _plain(prompts: Sequence[str], seed: int, **values: Any) -> list[GenerateImageRequest]:
    return [
        _request(prompt, seed=seed - number, width=width, height=height, **values)
        for number, (prompt, (width, height)) in enumerate(zip(prompts, (*SIZES, *SIZES), strict=False))
    ]


def _request(prompt: str, **values: Any) -> GenerateImageRequest:
    return GenerateImageRequest(prompt=prompt, **values)


def _floored() -> Behaviour:
    """A service whose images are smaller than requested, where a side is not a multiple of 16: a warning."""
    return evolve(DOCUMENTED, draw=draw_floored)


def _cut_off() -> Behaviour:
    """A service that bills images and sends half of each."""

    def half(parameters: Parameters, image_format: str) -> bytes:
        content = draw(parameters, image_format)
        return content[: len(content) // 2]

    return evolve(DOCUMENTED, draw=half)


def _buy(
    path: Path, requests: Sequence[GenerateImageRequest], behaviour: Behaviour = DOCUMENTED, key: str = KEY
) -> None:
    """Buy images of a sandbox: one after another, so that the journal has them in order, but failures all at once."""
    in_flight = 1 if key == KEY else len(requests)
    with warnings.catch_warnings(), running_sandbox(create_app(behaviour)) as sandbox:
        warnings.simplefilter("ignore", SizeMismatchWarning)
        with Client(api_key=key, base_url=sandbox.url) as client:
            Batch(path).run(client, requests, in_flight=in_flight)


def _odd_lines() -> Iterable[dict[str, Any]]:
    """What the sandbox does not do: send a traceback of nine lines, kill a process, keep a job going."""
    for number, prompt in enumerate(("a clock without hands", "a bridge to nowhere", "a queue of penguins")):
        request = _request(prompt, seed=number).to_dict()
        key = key_of(request)
        yield {"event": "sending", "key": key, "request": request}
        if number == 0:
            facts = {"error": "RuntimeError", "message": TRACEBACK, "billed": False, "seconds": 2.5}
            yield {"event": "failed", "key": key, **facts}
        if number == 2:
            expires = (datetime.now(UTC) + timedelta(hours=1)).strftime(MOMENT)
            job = {"job_id": "0b3e5c1f7d9a4e62", "request_id": "0b3e5c1f7d9a4e62", "record_expires_at": expires}
            yield {"event": "submitted", "key": key, **job}


def reviewed(path: Path) -> Folder:
    """A folder that has a journal, with its gallery."""
    review(path)
    return Folder(path=path, entries=tuple(entries(lines(path / "journal.jsonl"))))


def review(path: Path) -> None:
    """Make the gallery of a folder, as people do."""
    program = Path(sys.executable).with_name("flux-schnell")
    subprocess.run([program, "review", path], env=environment(None), capture_output=True, timeout=300, check=True)
