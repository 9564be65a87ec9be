"""A JPEG of a single colour is recognized, and no other one."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from segmind_flux_schnell._runtime.image.image_format import read_image
from tests.client.image.encodings import JPEGS
from tests.client.images import flat_jpeg

SIZES = [(512, 512), (1000, 520)]
WAYS: dict[str, dict[str, object]] = {
    "as Pillow does": {},
    "quality 30": {"quality": 30},
    "quality 100": {"quality": 100},
    "no subsampling": {"quality": 95, "subsampling": 0},
    "optimized": {"optimize": True},
    "progressive": {"progressive": True},
    "restart markers": {"restart_marker_blocks": 7},
    "restart markers between rows": {"restart_marker_rows": 1},
    "progressive with restart markers": {"progressive": True, "restart_marker_rows": 1},
}


def is_flat(image: Image.Image, **options: object) -> bool:
    """Whether the JPEG of an image looks like a single colour."""
    file = BytesIO()
    image.save(file, "JPEG", **options)
    facts = read_image(file.getvalue())
    assert facts is not None
    assert facts.flaw == ""
    return facts.flat


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("colour", ["black", "white", "#808080", "orange"])
def test_a_single_colour_is_recognized(
    colour: str, mode: str, size: tuple[int, int], options: dict[str, object]
) -> None:
    """Whatever its colour, its size, and how it was encoded."""
    assert is_flat(Image.new("RGB", size, colour).convert(mode), **options)


def _line(size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).line((10, 10, 100, 14), fill="black")
    return image


def _dot(size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "black")
    image.putpixel((size[0] // 2, size[1] // 2), (255, 255, 255))
    return image


def _last_pixel(size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "grey")
    image.paste("white", (size[0] - 8, size[1] - 8, *size))
    return image


def _stripes(size: tuple[int, int]) -> Image.Image:
    """A pattern that repeats with the blocks of a JPEG: each of them is like the one before."""
    image = Image.new("RGB", size, "white")
    for at in range(0, size[0], 8):
        image.paste("black", (at, 0, at + 4, size[1]))
    return image


def _gradient(size: tuple[int, int]) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB")


def _bands(size: tuple[int, int]) -> Image.Image:
    """Rows of blocks that have one colour each."""
    image = Image.new("RGB", size)
    for row in range(0, size[1], 16):
        image.paste((row % 256,) * 3, (0, row, size[0], row + 16))
    return image


DRAWINGS = {
    "line": _line,
    "dot": _dot,
    "last pixels": _last_pixel,
    "stripes": _stripes,
    "gradient": _gradient,
    "bands": _bands,
}


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_sparse_drawing_is_not_a_single_colour(
    draw: Callable[[tuple[int, int]], Image.Image], size: tuple[int, int], options: dict[str, object]
) -> None:
    """One line, one dot, a gradient: as little content as there can be is content."""
    assert not is_flat(draw(size), **options)


@pytest.mark.parametrize("content", JPEGS.values(), ids=JPEGS)
def test_an_image_with_content_is_not_a_single_colour(content: bytes) -> None:
    """However it was encoded."""
    facts = read_image(content)
    assert facts is not None
    assert not facts.flat


def test_what_is_not_coded_with_huffman_tables_is_not_judged() -> None:
    """Nothing is claimed of an image whose scan cannot be compared: here its marker says arithmetic coding."""
    facts = read_image(flat_jpeg(64, 64).replace(b"\xff\xc0", b"\xff\xc9"))
    assert facts is not None
    assert (facts.flaw, facts.flat) == ("", False)
