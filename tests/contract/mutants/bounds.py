"""Ranges and multiples that have moved, and values that are adjusted instead of refused."""

from collections.abc import Callable

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import Fields, Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from tests.contract.mutants.mutant import ServiceMutant, behaving
from tests.contract.mutants.pointers import BODY, field_pointer
from tests.contract.mutants.triggers import image_request

_SIDES = (
    # keyword, its new value, a value that reveals the change
    ("maximum", 2056, 2056),
    ("maximum", 2040, 2048),
    ("maximum", 1440, 2048),
    ("minimum", 504, 504),
    ("minimum", 520, 512),
    ("minimum", 256, 256),
    ("multipleOf", 4, 516),
    ("multipleOf", 16, 520),
    ("multipleOf", 64, 520),
)
_MOVED = (
    ("steps", "maximum", 9, 9),
    ("steps", "maximum", 7, 8),
    ("steps", "maximum", 50, 50),
    ("steps", "minimum", 0, 0),
    ("steps", "minimum", 2, 1),
    *((side, *row) for side in ("width", "height") for row in _SIDES),
    ("denoise", "maximum", 1.1, 1.1),
    ("denoise", "maximum", 0.9, 1),
    ("denoise", "minimum", -0.1, -0.1),
    ("denoise", "minimum", 0.1, 0),
)
_COLUMNS = {"multipleOf": "multiple"}
_WORDS = {"multipleOf": "multiple"}
# An invented limit between the default size and the largest documented one.
_MOST_PIXELS = 2_000_000


def _moved(name: str, keyword: str, value: float, revealing: float) -> ServiceMutant:
    number = f"{value}".replace("-", "minus-")
    return ServiceMutant(
        name=f"{name}-{_WORDS.get(keyword, keyword)}-{number}",
        kind="bound",
        change=f"The {keyword} of `{name}` is {value}.",
        pointers=(field_pointer(name, keyword),),
        make=behaving(DOCUMENTED.with_attribute(name, **{_COLUMNS.get(keyword, keyword): value})),
        trigger=(image_request(**{name: revealing}),),
    )


def _dropped(name: str, keyword: str, revealing: float) -> ServiceMutant:
    return ServiceMutant(
        name=f"{name}-{_WORDS.get(keyword, keyword)}-dropped",
        kind="bound",
        change=f"`{name}` no longer has a {keyword}.",
        pointers=(field_pointer(name, keyword),),
        make=behaving(DOCUMENTED.with_attribute(name, **{_COLUMNS.get(keyword, keyword): None})),
        trigger=(image_request(**{name: revealing}),),
    )


def _other(
    name: str, change: str, pointers: tuple[str, ...], behaviour: Behaviour, **revealing: object
) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="bound",
        change=change,
        pointers=pointers,
        make=behaving(behaviour),
        trigger=(image_request(**revealing),),
    )


def _refusing(wrong: Callable[[Parameters], bool]) -> Behaviour:
    """Return a service that also rejects parameters for which `wrong` is true."""

    def accept(parameters: Parameters) -> Parameters:
        if wrong(parameters):
            raise Refused(Reason.VALUE_REJECTED)
        return parameters

    return evolve(DOCUMENTED, accept=accept)


def _fitting(name: str, fit: Callable[[int], int]) -> Behaviour:
    """Return a service that adjusts the integers of one field before it checks them."""

    def read(fields: Fields) -> Fields:
        value = fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            return fields
        return {**fields, name: fit(value)}

    return evolve(DOCUMENTED, read=read)


def _area(parameters: Parameters) -> int:
    return int(parameters["width"]) * int(parameters["height"])


_NUMBERS = (
    _other(
        "steps-odd-refused",
        "Odd numbers of `steps` are refused.",
        (field_pointer("steps"),),
        DOCUMENTED.with_attribute("steps", multiple=2),
        steps=5,
    ),
    _other(
        "steps-clamped",
        "`steps` out of range are accepted and clamped.",
        (field_pointer("steps", "minimum"), field_pointer("steps", "maximum")),
        _fitting("steps", lambda steps: min(max(steps, 1), 8)),
        steps=9,
    ),
    _other(
        "width-clamped",
        "A `width` out of range is accepted and clamped.",
        (field_pointer("width", "minimum"), field_pointer("width", "maximum")),
        _fitting("width", lambda width: min(max(width, 512), 2048)),
        width=504,
    ),
    _other(
        "width-rounded-down",
        "A `width` that is not a multiple of 8 is accepted and rounded down.",
        (field_pointer("width", "multipleOf"),),
        _fitting("width", lambda width: width // 8 * 8),
        width=513,
    ),
    _other(
        "height-rounded-down",
        "A `height` that is not a multiple of 8 is accepted and rounded down.",
        (field_pointer("height", "multipleOf"),),
        _fitting("height", lambda height: height // 8 * 8),
        height=513,
    ),
    _other(
        "pixels-limited",
        "`width` and `height` within their ranges are refused if together they make too many pixels.",
        (field_pointer("width"), field_pointer("height")),
        _refusing(lambda parameters: _area(parameters) > _MOST_PIXELS),
        width=2048,
        height=2048,
    ),
    _other(
        "seed-minimum-0",
        "A negative `seed` is refused, -1 included.",
        (field_pointer("seed"),),
        DOCUMENTED.with_attribute("seed", minimum=0),
        seed=-1,
    ),
    _other(
        "seed-32-bit",
        "A `seed` of more than 32 bits is refused.",
        (field_pointer("seed", "format"),),
        DOCUMENTED.with_attribute("seed", maximum=2**32 - 1),
        seed=2**40,
    ),
    _other(
        "samples-maximum-1",
        "`samples` above 1 is refused.",
        (field_pointer("samples"),),
        DOCUMENTED.with_attribute("samples", maximum=1),
        samples=2,
    ),
)
_PROMPTS = (
    _other(
        "prompt-empty-accepted",
        "An empty `prompt` is accepted.",
        (field_pointer("prompt", "minLength"),),
        DOCUMENTED.with_attribute("prompt", may_be_empty=True),
        prompt="",
    ),
    _other(
        "prompt-minimum-length-3",
        "A `prompt` of fewer than three characters is refused.",
        (field_pointer("prompt", "minLength"),),
        _refusing(lambda parameters: len(str(parameters["prompt"])) < 3),
        prompt="a",
    ),
    _other(
        "prompt-maximum-length-77",
        "A `prompt` of more than 77 characters is refused, the document's example included.",
        (field_pointer("prompt"), f"{BODY}/content/application~1json/example"),
        _refusing(lambda parameters: len(str(parameters["prompt"])) > 77),
        prompt="a fox " * 20,
    ),
    _other(
        "prompt-ascii-only",
        "A `prompt` with characters beyond ASCII is refused.",
        (field_pointer("prompt"),),
        _refusing(lambda parameters: not str(parameters["prompt"]).isascii()),
        prompt="ein Fuchs im Schnee, über ihm die Nacht",
    ),
)
BOUNDS = (
    *(_moved(*row) for row in _MOVED),
    _dropped("width", "multipleOf", 513),
    _dropped("height", "multipleOf", 513),
    _dropped("steps", "maximum", 100),
    _dropped("denoise", "maximum", 2),
    *_NUMBERS,
    *_PROMPTS,
)
