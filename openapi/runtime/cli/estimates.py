"""What a batch will probably cost and take, from what the document says of one call."""

import math
from decimal import Decimal

from attrs import frozen

from .program import OperationOptions


@frozen(kw_only=True)
class Estimate:
    """What a number of calls will probably cost and take.

    Args:
        calls: How many.
        in_flight: How many of them at once.
        cost_usd: In US dollars, or None where the document names no price.
        seconds: From start to end, or None where the document does not say how long a call takes.
    """

    calls: int
    in_flight: int
    cost_usd: Decimal | None
    seconds: float | None

    @classmethod
    def of(cls, operation: OperationOptions, calls: int, in_flight: int) -> "Estimate":
        """The estimate for calls of an operation."""
        price, each = operation.price_usd, operation.seconds
        return cls(
            calls=calls,
            in_flight=in_flight,
            cost_usd=None if price is None else calls * price,
            seconds=None if each is None else math.ceil(calls / in_flight) * each,
        )


def duration(seconds: float) -> str:
    """A time as one says it: `8 min 20 s`."""
    whole = round(seconds)
    parts = ((whole // 3600, "h"), (whole // 60 % 60, "min"), (whole % 60, "s"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"
