"""Values that break a rule of the document, with the words that the client has for it."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

from segmind_flux_schnell import UNSET
from tests.client.documented import NUMBERS, allowed, least, members, most, step


class Unprintable:
    """A value whose repr fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


class TwoLines:
    """A value whose repr has a line end."""

    def __repr__(self) -> str:
        return "first\nsecond"


SAMPLERS = f"is not one of {members('sampler_name')}"
A_NEAR_MISS = f"is not one of {members('sampler_name', 2)}"
SCHEDULERS = f"is not one of {members('scheduler')}"
PROMPT, STEPS, SEED, SAMPLES, WIDTH, HEIGHT = map(allowed, ("prompt", "steps", "seed", "samples", "width", "height"))


def _wrong_numbers(name: str) -> dict[str, tuple[str, Any, str]]:
    number = allowed(name)
    return {
        "bool for float": (name, False, f"is a bool, not a float: {number}"),
        "NaN": (name, math.nan, f"is not a number that JSON can hold: {number}"),
        "infinity": (name, -math.inf, f"is not a number that JSON can hold: {number}"),
        "just above": (name, math.nextafter(most(name), math.inf), f"is out of range: {number}"),
        "larger than a float": (name, 10**400, f"is out of range: {number}"),
        "fraction larger than a float": (name, Fraction(10**400), f"is a Fraction, not a float: {number}"),
        "Decimal": (name, Decimal("0.5"), f"is a Decimal, not a float: {number}"),
        "complex": (name, 1j, f"is a complex, not a float: {number}"),
        "without a repr": (name, Unprintable(), f"is an Unprintable, not a float: {number}"),
        "repr of two lines": (name, TwoLines(), f"is a TwoLines, not a float: {number}"),
    }


WRONG_VALUES: dict[str, tuple[str, Any, str]] = {
    "missing": ("prompt", UNSET, f"is missing: {PROMPT}"),
    "empty": ("prompt", "", "is empty: at least one character is needed"),
    "required and None": ("prompt", None, f"is not allowed: {PROMPT}"),
    "bytes": ("prompt", b"a tiger", f"is a bytes, not a str: {PROMPT}"),
    "half a letter": ("prompt", "\ud83d", "holds half of a surrogate pair, which is not text"),
    "None": ("steps", None, f"is not allowed: {STEPS}; UNSET leaves it out"),
    "text": ("steps", "4", f"is a str, not an int: {STEPS}"),
    "whole float": ("steps", 4.0, f"is a float, not an int: {STEPS}"),
    "bool": ("steps", True, f"is a bool, not an int: {STEPS}"),
    "below": ("steps", least("steps") - 1, f"is out of range: {STEPS}"),
    "above": ("steps", most("steps") + 1, f"is out of range: {STEPS}"),
    "beyond 64 bits": ("seed", 2**63, f"is out of range: {SEED}"),
    "below 64 bits": ("seed", -(2**63) - 1, f"is out of range: {SEED}"),
    "far beyond": ("seed", -(10**5000), f"is out of range: {SEED}"),
    "fraction for int": ("seed", Fraction(7), f"is a Fraction, not an int: {SEED}"),
    "unlike any": ("sampler_name", "bogus", SAMPLERS),
    "overlong": ("sampler_name", "e" * 100_000, SAMPLERS),
    "not even text": ("sampler_name", 5, f"is an int, not a str: {SAMPLERS[7:]}"),
    "unhashable": ("scheduler", ["normal"], f"is a list, not a str: {SCHEDULERS[7:]}"),
    "type without range": ("samples", "1", f"is a str, not an int{SAMPLES.removeprefix('int')}"),
    "not a multiple": ("width", 1001, f"is not a multiple of {step('width')}: {WIDTH}"),
    "too narrow": ("width", least("width") - step("width"), f"is out of range: {WIDTH}"),
    "too high": ("height", most("height") + step("height"), f"is out of range: {HEIGHT}"),
    **(_wrong_numbers(NUMBERS[0]) if NUMBERS else {}),
}
