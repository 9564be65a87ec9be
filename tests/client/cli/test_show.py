"""`show`: the request that is embedded in an image."""

import subprocess
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.image.provenance import Provenance
from tests.client.cli.conftest import Flux
from tests.client.cli.galleries import Page
from tests.client.images import embedded, jpeg

REQUEST = {
    "prompt": 'a tiger\'s "awesome" sign\x1b[31m',
    "steps": 8,
    "seed": -1,
    "width": 1024,
    "sampler_name": "euler",
}


@pytest.fixture
def tiger(folder: Path) -> Path:
    """An image with an embedded request."""
    record = Provenance(
        operation="generate_image",
        request=REQUEST,
        seed=42,
        request_id="r-1",
        spec_version="0.1.0",
        client="segmind-flux-schnell/0.1.0",
        created="2026-11-22T09:08:20Z",
    )
    path = folder / "tiger.jpg"
    path.write_bytes(embedded(jpeg(), record))
    return path


def test_the_request_is_shown(flux: Flux, tiger: Path) -> None:
    """Each parameter has a line, the seed is the one that was used, and nothing acts upon the terminal."""
    done = flux("show", tiger)
    assert (done.code, done.err) == (0, "")
    assert "steps         8\nseed          42\n" in done.out
    assert "request_id    r-1\n" in done.out
    assert "\x1b" not in done.out


def test_the_command_that_sends_it_again(flux: Flux, tiger: Path) -> None:
    """The last line requests the same image, quoted for a shell; defaults are left out."""
    line = flux("show", tiger).out.splitlines()[-1]
    read = subprocess.run(["bash", "-c", f"printf '%s\\0' {line}"], capture_output=True, text=True, check=True)
    assert read.stdout.split("\0")[-7:] == ["generate", REQUEST["prompt"], "--steps", "8", "--seed", "42", ""]


def test_the_request_as_json(flux: Flux, tiger: Path) -> None:
    """With `--json` the output is the whole record."""
    done = flux("show", tiger, "--json")
    assert done.json["request"] == REQUEST
    assert (done.json["seed"], done.json["request_id"], done.json["spec_version"]) == (42, "r-1", "0.1.0")


@pytest.mark.parametrize("content", [jpeg(), b"", b"no image"])
def test_an_image_without_a_request(flux: Flux, folder: Path, content: bytes) -> None:
    """A file from elsewhere holds no request: exit code 1."""
    (folder / "other.jpg").write_bytes(content)
    done = flux("show", "other.jpg", "--json")
    assert (done.code, done.out) == (1, "")
    assert done.err == "Error: other.jpg holds no request that can be read.\n"


def test_a_gallery_shows_the_embedded_request(flux: Flux, tiger: Path) -> None:
    """`review` reads the request from an image that is in no journal."""
    assert flux("review", tiger.parent).code == 0
    (image,) = Page.read(tiger.parent / "review.html").all("img")
    assert str(image["alt"]).startswith("a tiger's")
