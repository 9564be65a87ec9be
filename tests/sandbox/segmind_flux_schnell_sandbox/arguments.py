"""Checks of what a test hands to a sandbox: a wrong value raises, before it makes a test pass that proves nothing."""

from contextlib import suppress
from decimal import Decimal
from math import isfinite


def checked_seconds(value: object, name: str = "seconds") -> float:
    """Return a number of seconds.

    Raises:
        ValueError: It is not a finite number of at least 0.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        raise ValueError(f"{name} is {value!r}: it takes a finite number of at least 0.")
    return float(value)


def checked_number(value: object, name: str) -> int:
    """Return a number of requests.

    Raises:
        ValueError: It is not an integer of at least 1.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{name} is {value!r}: it takes a number of requests, at least 1.")
    return value


def checked_times(value: object) -> int | None:
    """Return how many requests meet something; None for all of them.

    Raises:
        ValueError: It is neither None nor an integer of at least 1.
    """
    return None if value is None else checked_number(value, "times")


def checked_text(value: object) -> str:
    """Return what a response says.

    Raises:
        ValueError: It is not a text.
    """
    if not isinstance(value, str):
        raise ValueError(f"text is {value!r}: it takes a text.")
    return value


def checked_credits(value: object) -> Decimal:
    """Return an amount of credits: of a float, what it shows.

    Raises:
        ValueError: It is not a finite amount of at least 0, as a number or a text.
    """
    amount = Decimal(-1)
    if isinstance(value, Decimal | int | float | str) and not isinstance(value, bool):
        with suppress(ArithmeticError):
            amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"The amount is {value!r}: it takes credits of at least 0, such as '0.008'.")
    return amount
