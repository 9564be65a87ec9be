"""Images have the requested size, differ for every parameter, and are equal for equal parameters."""

import io
import subprocess
import sys
from itertools import combinations
from typing import Any

import pytest
from PIL import Image

from segmind_flux_schnell_sandbox.attributes import Value
from segmind_flux_schnell_sandbox.image import draw

SMALL: dict[str, Value] = {
    "prompt": "a fox in the snow",
    "steps": 4,
    "seed": 123456789,
    "sampler_name": "euler",
    "scheduler": "normal",
    "samples": 1,
    "width": 512,
    "height": 512,
    "denoise": 1.0,
}


def opened(**changes: Value) -> Image.Image:
    """Draw a small image with some parameters changed, and decode it."""
    return Image.open(io.BytesIO(draw({**SMALL, **changes})))


def brightness(**changes: Value) -> bytes:
    """Return an image's brightness on a grid of eight by eight."""
    grid: Any = opened(**changes).convert("L")
    return bytes(grid.resize((8, 8)).tobytes())


@pytest.mark.parametrize("size", [(512, 512), (2048, 512), (520, 1000), (2048, 2048)])
def test_an_image_has_the_requested_size(size: tuple[int, int]) -> None:
    """An image is a JPEG in colour, exactly as wide and high as requested."""
    image = opened(width=size[0], height=size[1])
    assert (image.size, image.format, image.mode) == (size, "JPEG", "RGB")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prompt", "a fox in the snow."),
        ("steps", 5),
        ("seed", 123456790),
        ("sampler_name", "euler_pp"),
        ("scheduler", "karras"),
        ("samples", 2),
        ("width", 520),
        ("height", 520),
        ("denoise", 0.99),
    ],
)
def test_every_parameter_changes_the_image(name: str, value: Value) -> None:
    """The smallest change of one parameter gives an image that looks different."""
    pairs = zip(brightness(), brightness(**{name: value}), strict=True)
    assert sum(abs(one - other) for one, other in pairs) / 64 > 10


def test_seeds_give_visibly_different_images() -> None:
    """The images of any two of twenty seeds differ in brightness all over."""
    grids = [brightness(seed=seed) for seed in range(20)]
    for one, other in combinations(grids, 2):
        assert sum(abs(a - b) > 16 for a, b in zip(one, other, strict=True)) > 16


def test_the_order_of_parameters_does_not_matter() -> None:
    """The same parameters in another order give the same bytes."""
    assert draw(dict(reversed(SMALL.items()))) == draw(SMALL)


@pytest.mark.parametrize(("one", "other"), [(1, 1.0), (0.0, -0.0)])
def test_equal_numbers_give_the_same_image(one: Value, other: Value) -> None:
    """The notation of a number does not matter."""
    assert draw({**SMALL, "denoise": one}) == draw({**SMALL, "denoise": other})


def test_another_process_draws_the_same_bytes() -> None:
    """An image depends only on its parameters, not on hash seeds or a cache."""
    program = f"from segmind_flux_schnell_sandbox.image import draw; print(draw({SMALL!r}).hex())"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert bytes.fromhex(run.stdout.decode()) == draw(SMALL)


@pytest.mark.parametrize("prompt", ["\ud800", "a\x00b\nc", "狐 🦊 ثعلب", "x" * 100_000, " "])
def test_any_prompt_can_be_drawn(prompt: str) -> None:
    """Prompts with letters that the font lacks, endless ones and blank ones give an image too."""
    assert opened(prompt=prompt).size == (512, 512)


def test_another_image_format_can_be_drawn() -> None:
    """A service that has drifted to PNG can be imitated."""
    assert draw(SMALL, "PNG").startswith(b"\x89PNG")
