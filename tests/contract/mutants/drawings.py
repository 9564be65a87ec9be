"""Images that are broken, of the wrong size, or of something other than requested."""

import io
import secrets
from collections.abc import Callable

from attrs import evolve
from PIL import Image

from segmind_flux_schnell_sandbox.attributes import Parameters, Value
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.image import draw, draw_floored
from segmind_flux_schnell_sandbox.service import SandboxApp, create_app
from tests.contract.mutants.mutant import ServiceMutant, behaving
from tests.contract.mutants.pointers import JPEG, OPERATION_TEXT, field_pointer
from tests.contract.mutants.triggers import ACCEPTED, image_request, image_request_without

Drawing = Callable[[Parameters, str], bytes]

_SIDES = (field_pointer("width"), field_pointer("height"))
_ALIKE = (field_pointer("seed"), OPERATION_TEXT)


def drawing_bytes(change: Callable[[bytes], bytes]) -> Drawing:
    """Return a drawing whose bytes are changed after encoding."""
    return lambda parameters, image_format: change(draw(parameters, image_format))


def drawing_of(change: Callable[[Parameters], Parameters]) -> Drawing:
    """Return a drawing of parameters other than the requested ones."""
    return lambda parameters, image_format: draw(change(parameters), image_format)


def in_half(image: bytes) -> bytes:
    """Return the first half of an image's bytes."""
    return image[: len(image) // 2]


def something_else(parameters: Parameters) -> Parameters:
    """Return parameters whose image differs every time, of the requested size."""
    return {**parameters, "noise": secrets.token_hex()}


def sized(parameters: Parameters, width: Value, height: Value) -> Parameters:
    """Return the parameters with another size."""
    return {**parameters, "width": width, "height": height}


def scaled(times: float) -> Drawing:
    """Return a drawing so many times as wide and high as requested."""

    def drawn(parameters: Parameters) -> Parameters:
        return sized(parameters, round(int(parameters["width"]) * times), round(int(parameters["height"]) * times))

    return drawing_of(drawn)


def _grey(parameters: Parameters, image_format: str) -> bytes:
    return _plain((int(parameters["width"]), int(parameters["height"])), image_format)


def _plain(size: tuple[int, int], image_format: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (128, 128, 128)).save(buffer, image_format)
    return buffer.getvalue()


def _cropped(parameters: Parameters) -> Parameters:
    return sized(parameters, int(parameters["width"]) - 8, int(parameters["height"]) - 8)


def _turned(parameters: Parameters) -> Parameters:
    return sized(parameters, parameters["height"], parameters["width"])


def _square(parameters: Parameters) -> Parameters:
    return sized(parameters, 1024, 1024)


def _in_sixty_fours(parameters: Parameters) -> Parameters:
    return sized(parameters, int(parameters["width"]) // 64 * 64, int(parameters["height"]) // 64 * 64)


def _two_prompts_alike(parameters: Parameters) -> Parameters:
    """Use only the first five characters of a prompt."""
    return {**parameters, "prompt": str(parameters["prompt"])[:5]}


def _of_the_request_before() -> SandboxApp:
    """Return a service that delivers each image one request late."""
    waiting: list[Parameters] = []

    def late(parameters: Parameters, image_format: str) -> bytes:
        waiting.append(parameters)
        return draw(waiting[-2] if len(waiting) > 1 else parameters, image_format)

    return create_app(evolve(DOCUMENTED, draw=late))


def _broken(name: str, change: str, behaviour: Behaviour) -> ServiceMutant:
    return ServiceMutant(name=name, kind="image", change=change, pointers=(JPEG,), make=behaving(behaviour))


def _drawn(name: str, change: str, drawing: Drawing, *pointers: str, **revealing: object) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="image",
        change=change,
        pointers=pointers,
        make=behaving(evolve(DOCUMENTED, draw=drawing)),
        trigger=(ACCEPTED, image_request(**revealing) if revealing else ACCEPTED),
    )


def _changed(change: Callable[[bytes], bytes]) -> Behaviour:
    return evolve(DOCUMENTED, draw=drawing_bytes(change))


def _encoded_as(image_format: str) -> Behaviour:
    """Return a service that says JPEG everywhere and sends another format."""
    return evolve(DOCUMENTED, draw=lambda parameters, _: draw(parameters, image_format))


_BROKEN = (
    _broken("image-cut-in-half", "An image is the first half of a JPEG.", _changed(in_half)),
    _broken("image-without-its-end", "A JPEG lacks its last two bytes.", _changed(lambda jpeg: jpeg[:-2])),
    _broken("image-without-its-start", "A JPEG lacks its first two bytes.", _changed(lambda jpeg: jpeg[2:])),
    _broken("image-empty", "An image has no bytes.", _changed(lambda _: b"")),
    _broken("image-of-zeros", "An image's bytes are all zero.", _changed(lambda jpeg: bytes(len(jpeg)))),
    _broken(
        "image-in-hexadecimal",
        "An image's bytes are sent in hexadecimal.",
        _changed(lambda jpeg: jpeg.hex().encode()),
    ),
    _broken("image-error-in-text", "An image is a message.", _changed(lambda _: b'{"error": "model overloaded"}')),
    _broken("png-labelled-jpeg", "A PNG is labelled as a JPEG.", _encoded_as("PNG")),
    _broken("webp-labelled-jpeg", "A WebP is labelled as a JPEG.", _encoded_as("WEBP")),
    _broken("gif-labelled-jpeg", "A GIF is labelled as a JPEG.", _encoded_as("GIF")),
)
_SIZES = (
    _drawn("image-8-smaller", "An image is 8 pixels narrower and lower than requested.", drawing_of(_cropped), *_SIDES),
    _drawn("image-half-size", "An image is half as wide and high as requested.", scaled(0.5), *_SIDES),
    _drawn("image-double-size", "An image is twice as wide and high as requested.", scaled(2), *_SIDES),
    _drawn("image-always-1024", "Every image is 1024 by 1024.", drawing_of(_square), *_SIDES),
    _drawn(
        "width-and-height-swapped",
        "An image has `width` and `height` swapped.",
        drawing_of(_turned),
        *_SIDES,
        width=768,
    ),
    _drawn(
        "sides-in-multiples-of-64",
        "The sides of an image are rounded down to multiples of 64.",
        drawing_of(_in_sixty_fours),
        *_SIDES,
        width=520,
    ),
    _drawn(
        "sides-in-multiples-of-16",
        "The sides of an image are rounded down to multiples of 16.",
        draw_floored,
        *_SIDES,
        width=1016,
    ),
)
_CONTENTS = (
    _drawn(
        "image-another-each-time",
        "The same request gets a different image every time.",
        drawing_of(something_else),
        *_ALIKE,
    ),
    _drawn(
        "image-grey",
        "Every image is plain grey.",
        _grey,
        field_pointer("prompt"),
        JPEG,
        prompt="a bear in the sun",
    ),
    _drawn(
        "prompt-cut-off",
        "An image depends only on the first characters of `prompt`.",
        drawing_of(_two_prompts_alike),
        field_pointer("prompt"),
        prompt="a fox in the snow at night",
    ),
    ServiceMutant(
        name="seed-minus-1-constant",
        kind="image",
        change="A `seed` of -1 is a seed like any other and always gives the same image.",
        pointers=(field_pointer("seed"),),
        # No request can send this seed.
        make=behaving(evolve(DOCUMENTED, random_seed=2**63)),
        trigger=(image_request(seed=-1), image_request(seed=-1)),
    ),
    ServiceMutant(
        name="image-of-the-request-before",
        kind="image",
        change="An image is that of the previous request.",
        pointers=(*_ALIKE, *_SIDES, field_pointer("prompt"), JPEG),
        make=_of_the_request_before,
        trigger=(ACCEPTED, image_request(seed=7), image_request_without("width")),
    ),
)
DRAWINGS = (*_BROKEN, *_SIZES, *_CONTENTS)
