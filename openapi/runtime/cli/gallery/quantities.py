"""Bytes, seconds, moments and credits as people write them."""

import math
from decimal import Decimal

_SHORTEST = 0.1
"""Seconds below which a time is not told exactly."""


def megabytes(size: int) -> str:
    """A number of bytes: `1.5 MB`, `15.0 kB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.1f} kB"


def seconds_of(seconds: float | None) -> str:
    """A time: `3.1 s`, `< 0.1 s`; empty if there is none worth the mention."""
    if seconds is None or not math.isfinite(seconds) or seconds <= 0:
        return ""
    return f"{seconds:.1f} s" if seconds >= _SHORTEST else f"< {_SHORTEST} s"


def credits_of(cost: Decimal | None) -> str:
    """A cost: `0.008 credits`, `8 credits`; empty if it is not known."""
    if cost is None:
        return ""
    text = str(cost)
    return f"{text.rstrip('0').rstrip('.') if '.' in text and 'E' not in text else text} credits"


def moment_of(at: str | None) -> str:
    """A moment as a journal has it: `2026-11-22 09:00:00 UTC`; empty if it is not known."""
    return (at or "").replace("T", " ").replace("Z", " UTC")
