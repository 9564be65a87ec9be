# @generated from openapi/runtime/base/amounts.py by `make generate`. Do not edit: change that file.
"""Exact numbers in texts, and amounts of money: finite, and not negative."""

import re
from decimal import Decimal

from .tunables import NUMBER_DIGITS


def exact_number(text: str) -> Decimal | None:
    """The number that a text is, exactly; None for other texts, and for more than 30 digits on a side of the point."""
    if not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    return number if abs(number.adjusted()) < NUMBER_DIGITS else None


def amount(value: object) -> Decimal | None:
    """The amount of money that a value stands for: a number from 0, or a text such as `2.50`.

    None if it stands for none: a limit that is not a number would be no limit. That holds for `nan`, `inf`, negative
    and very large numbers, and for texts in which a person and Python may read different numbers, such as `1_000`.
    """
    if isinstance(value, bool):
        return None
    try:
        # By way of its text: 0.1 means 0.1, not the float that is nearest to it.
        text = str(value).strip()
    except ValueError:
        # Python does not write integers of thousands of digits.
        return None
    number = exact_number(f"0{text}" if text.startswith(".") else text)
    # -0 is 0.
    return number.copy_abs() if number is not None and number >= 0 else None


# `Decimal` alone also takes underscores, digits of other scripts, and exponents that it cannot calculate with.
_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{NUMBER_DIGITS}}}(\.[0-9]{{0,{NUMBER_DIGITS}}})?([eE][+-]?[0-9]{{1,3}})?")
