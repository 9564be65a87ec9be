"""Draws the sandbox's images: a colourful backdrop, the prompt, and a caption of parameters."""

import hashlib
import io
import json
import textwrap
from colorsys import hsv_to_rgb
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Resampling

from segmind_flux_schnell_sandbox.attributes import Parameters, Value

Colour = tuple[int, int, int]

QUALITY = 80
# Width or height in pixels if a service that has drifted no longer knows the field.
SIDE = 1024
PROMPT_CHARACTERS = 120


def draw(parameters: Parameters, image_format: str = "JPEG") -> bytes:
    """Return the bytes of an image of the requested size.

    They depend on every parameter; equal parameters give equal bytes.
    """
    items = ((name, _canonical(value)) for name, value in parameters.items())
    return _drawn(tuple(sorted(items)), image_format)


def draw_floored(parameters: Parameters, image_format: str = "JPEG") -> bytes:
    """Return the bytes of an image whose sides are rounded down to multiples of 16, as FLUX pipelines may do."""
    sides = {name: int(parameters.get(name, SIDE)) // 16 * 16 for name in ("width", "height")}
    return draw({**parameters, **sides}, image_format)


def _canonical(value: Value) -> Value:
    """Write equal numbers alike: 1.0 as 1, and -0.0 as 0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# An image is a pure function of its parameters, so caching changes nothing but speed: a thousand
# equal requests in flight cost one drawing.
@lru_cache(maxsize=64)
def _drawn(items: tuple[tuple[str, Value], ...], image_format: str) -> bytes:
    parameters = dict(items)
    size = int(parameters.get("width", SIDE)), int(parameters.get("height", SIDE))
    image = _backdrop(size, _random(items))
    _label(image, parameters)
    return _encoded(image, image_format)


def _random(items: tuple[tuple[str, Value], ...]) -> Random:
    """Seed a generator with all parameters; JSON escapes what UTF-8 cannot encode."""
    digest = hashlib.sha256(json.dumps(items).encode()).digest()
    return Random(int.from_bytes(digest, "big"))


def _backdrop(size: tuple[int, int], random: Random) -> Image.Image:
    """Blend coloured patches into each other and lay discs and rings over them."""
    palette = _palette(random)
    colours = bytes(part for _ in range(16) for part in random.choice(palette))
    patches = Image.frombytes("RGB", (4, 4), colours)
    # Blending is the slowest step: at half the size it takes a quarter of the time, and doubled
    # pixels do not show in a smooth blend.
    smooth = _resized(patches, (size[0] // 2, size[1] // 2), Resampling.BICUBIC)
    image = _resized(smooth, size, Resampling.NEAREST)
    pen = ImageDraw.Draw(image, "RGBA")
    for _ in range(9):
        _disc(pen, size, random, palette)
    return image


def _resized(image: Image.Image, size: tuple[int, int], method: Resampling) -> Image.Image:
    # Pillow's signature also names an array type of numpy, which is not installed.
    return image.resize(size, method)  # pyright: ignore[reportUnknownMemberType]


def _palette(random: Random) -> list[Colour]:
    """Choose related hues from nearly black to nearly white, so that images differ in brightness."""
    hue = random.random()
    spread = random.uniform(0.08, 0.4)
    shades = [(0.95, 0.2), (0.8, 0.5), (0.7, 0.75), (0.5, 0.95), (0.15, 1.0)]
    return [_colour(hue + spread * number, *shade) for number, shade in enumerate(shades)]


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _disc(
    pen: ImageDraw.ImageDraw,
    size: tuple[int, int],
    random: Random,
    palette: list[Colour],
) -> None:
    centre_x, centre_y = random.uniform(0, size[0]), random.uniform(0, size[1])
    radius = min(size) * random.uniform(0.05, 0.3)
    box = (centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius)
    colour = random.choice(palette)
    if random.random() < 0.3:
        pen.ellipse(box, outline=(*colour, 220), width=max(2, round(radius / 12)))
    else:
        pen.ellipse(box, fill=(*colour, random.randrange(70, 200)))


def _label(image: Image.Image, parameters: dict[str, Value]) -> None:
    """Write the prompt and a caption of the other parameters on a dark band at the bottom."""
    unit = min(image.size) // 32
    text = str(parameters.get("prompt", ""))[:PROMPT_CHARACTERS]
    prompt = _lines(text, image.width, unit, most=3)
    caption = _lines(_caption(parameters), image.width, _caption_size(unit), most=4)
    heights = len(prompt) * unit * 5 // 4, len(caption) * _caption_size(unit) * 5 // 4
    top = image.height - sum(heights) - 2 * unit
    pen = ImageDraw.Draw(image, "RGBA")
    pen.rectangle((0, top, *image.size), fill=(12, 12, 24, 170))
    _write(pen, (unit, top + unit // 2), prompt, unit)
    _write(pen, (unit, top + unit + heights[0]), caption, _caption_size(unit))


def _caption(parameters: dict[str, Value]) -> str:
    shown = (f"{name} {value}" for name, value in parameters.items() if name != "prompt")
    return "sandbox image, " + ", ".join(shown)


def _caption_size(unit: int) -> int:
    return max(11, unit // 2)


def _lines(text: str, width: int, size: int, most: int) -> list[str]:
    """Wrap `text` to `width` pixels at 0.6 of the font size a letter; unprintable ones become blanks."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    letters = 5 * (width - 2 * size) // (3 * size)
    return textwrap.wrap(printable, letters, max_lines=most, placeholder=" ...")


def _write(pen: ImageDraw.ImageDraw, corner: tuple[int, int], lines: list[str], size: int) -> None:
    for number, line in enumerate(lines):
        position = corner[0], corner[1] + number * size * 5 // 4
        pen.text(position, line, fill=(255, 255, 255), font=_font(size))


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _encoded(image: Image.Image, image_format: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, quality=QUALITY)
    return buffer.getvalue()
