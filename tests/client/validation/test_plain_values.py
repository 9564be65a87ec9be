"""Numbers of other libraries and members of enums are sent as plain values."""

from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

import pytest

from segmind_flux_schnell import Client, GenerateImageRequest, InvalidRequestError
from tests.client.calling import Recorder
from tests.client.documented import NUMBERS


class NumPyInteger:
    """An integer of another library, which is not an int but registers as an Integral."""

    def __int__(self) -> int:
        return 768


class NumPyReal:
    """A float of another library, which registers as a Real."""

    def __float__(self) -> float:
        return 0.5


class Broken:
    """A number of another library that cannot be converted."""

    def __int__(self) -> int:
        raise ValueError("not that one")


Integral.register(NumPyInteger)
Real.register(NumPyReal)
Integral.register(Broken)


class Side(int, Enum):
    """A user's names for sizes."""

    WIDE = 1536


class Steps(IntEnum):
    """A user's names for numbers of steps."""

    FEW = 2


class Sampler(StrEnum):
    """A user's names for samplers."""

    HEUN = "heun"


class Scheduler(str, Enum):  # noqa: UP042
    """A user's names for schedulers, as enums were written before StrEnum."""

    KARRAS = "karras"


class Text(str):
    """A string with a repr of its own."""

    def __repr__(self) -> str:
        return "Text(…)"


PLAIN_VALUES: dict[str, tuple[str, Any, Any]] = {
    "integer of NumPy": ("width", NumPyInteger(), 768),
    "IntEnum": ("steps", Steps.FEW, 2),
    "enum of int": ("width", Side.WIDE, 1536),
    "StrEnum": ("sampler_name", Sampler.HEUN, "heun"),
    "enum of str": ("scheduler", Scheduler.KARRAS, "karras"),
    "subclass of str": ("prompt", Text("a tiger"), "a tiger"),
    "any language": ("prompt", "虎 🐅 \u200d\0", "虎 🐅 \u200d\0"),
    "the smallest seed": ("seed", -(2**63), -(2**63)),
    **{
        f"{label}, {name}": (name, value, sent)
        for name in NUMBERS
        for label, (value, sent) in {
            "float of NumPy": (NumPyReal(), 0.5),
            "fraction for a float": (Fraction(1, 4), 0.25),
            "int for a float": (1, 1),
            "minus zero": (-0.0, 0.0),
        }.items()
    },
}


@pytest.mark.parametrize(("field", "value", "sent"), PLAIN_VALUES.values(), ids=PLAIN_VALUES)
def test_values_are_sent_as_plain_ones(client: Client, recorder: Recorder, field: str, value: Any, sent: Any) -> None:
    """Numbers of other libraries and members of enums become plain values, in calls and in requests."""
    client.generate_image(**{"prompt": "a tiger", field: value})
    assert recorder.body[field] == sent
    assert type(recorder.body[field]) is type(sent)
    held = getattr(GenerateImageRequest(**{"prompt": "a tiger", field: value}), field)
    assert type(held) is type(sent)


def test_a_number_that_cannot_be_converted_is_a_fault(client: Client) -> None:
    """A number of another library that cannot be converted is refused; its own error does not escape."""
    broken: Any = Broken()
    with pytest.raises(InvalidRequestError, match="is a Broken, not an int"):
        client.generate_image(prompt="a tiger", steps=broken)
