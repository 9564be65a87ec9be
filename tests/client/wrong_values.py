"""Values that break a rule of the document, with the words that the client has for it."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

from segmind_flux_schnell import UNSET


class Unprintable:
    """A value whose repr fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


class TwoLines:
    """A value whose repr has a line end."""

    def __repr__(self) -> str:
        return "first\nsecond"


SAMPLERS = (
    "is not one of euler, euler_pp, euler_ancestral, euler_ancestral_pp, heun, heunpp2, dpm_2, dpm_2_ancestral, lms, "
    "dpm_fast, dpm_adaptive, dpmpp_2s_ancestral, dpmpp_sde, dpmpp_sde_gpu, dpmpp_2m, dpmpp_2m_sde, dpmpp_2m_sde_gpu, "
    "dpmpp_3m_sde, dpmpp_3m_sde_gpu, ddpm, lcm, ipndm, ipndm_v, deis, ddim, uni_pc, uni_pc_bh2"
)
A_NEAR_MISS = "is not one of the 27 allowed values (euler, euler_pp, …)"
SCHEDULERS = "is not one of normal, karras, exponential, sgm_uniform, simple, ddim_uniform"

WRONG_VALUES: dict[str, tuple[str, Any, str]] = {
    "missing": ("prompt", UNSET, "is missing: str, at least 1 character"),
    "empty": ("prompt", "", "is empty: at least one character is needed"),
    "required and None": ("prompt", None, "is not allowed: str, at least 1 character"),
    "bytes": ("prompt", b"a tiger", "is a bytes, not a str: str, at least 1 character"),
    "half a letter": ("prompt", "\ud83d", "holds half of a surrogate pair, which is not text"),
    "None": ("steps", None, "is not allowed: int, 1 to 8; UNSET leaves it out"),
    "text": ("steps", "4", "is a str, not an int: int, 1 to 8"),
    "whole float": ("steps", 4.0, "is a float, not an int: int, 1 to 8"),
    "bool": ("steps", True, "is a bool, not an int: int, 1 to 8"),
    "below": ("steps", 0, "is out of range: int, 1 to 8"),
    "above": ("steps", 9, "is out of range: int, 1 to 8"),
    "beyond 64 bits": ("seed", 2**63, "is out of range: int, within 64 bits, or 'random'"),
    "below 64 bits": ("seed", -(2**63) - 1, "is out of range: int, within 64 bits, or 'random'"),
    "far beyond": ("seed", -(10**5000), "is out of range: int, within 64 bits, or 'random'"),
    "fraction for int": ("seed", Fraction(7), "is a Fraction, not an int: int, within 64 bits, or 'random'"),
    "unlike any": ("sampler_name", "bogus", SAMPLERS),
    "overlong": ("sampler_name", "e" * 100_000, SAMPLERS),
    "not even text": ("sampler_name", 5, f"is an int, not a str: {SAMPLERS[7:]}"),
    "unhashable": ("scheduler", ["normal"], f"is a list, not a str: {SCHEDULERS[7:]}"),
    "type without range": ("samples", "1", "is a str, not an int"),
    "not a multiple": ("width", 1001, "is not a multiple of 8: int, 512 to 2048, a multiple of 8"),
    "too narrow": ("width", 504, "is out of range: int, 512 to 2048, a multiple of 8"),
    "too high": ("height", 2056, "is out of range: int, 512 to 2048, a multiple of 8"),
    "bool for float": ("denoise", False, "is a bool, not a float: float, 0 to 1"),
    "NaN": ("denoise", math.nan, "is not a number that JSON can hold: float, 0 to 1"),
    "infinity": ("denoise", -math.inf, "is not a number that JSON can hold: float, 0 to 1"),
    "just above": ("denoise", math.nextafter(1, 2), "is out of range: float, 0 to 1"),
    "larger than a float": ("denoise", 10**400, "is out of range: float, 0 to 1"),
    "fraction larger than a float": ("denoise", Fraction(10**400), "is a Fraction, not a float: float, 0 to 1"),
    "Decimal": ("denoise", Decimal("0.5"), "is a Decimal, not a float: float, 0 to 1"),
    "complex": ("denoise", 1j, "is a complex, not a float: float, 0 to 1"),
    "without a repr": ("denoise", Unprintable(), "is an Unprintable, not a float: float, 0 to 1"),
    "repr of two lines": ("denoise", TwoLines(), "is a TwoLines, not a float: float, 0 to 1"),
}
