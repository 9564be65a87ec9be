"""What a batch will probably cost and how long it will take, by what the document says of one call."""

import math
from collections.abc import Collection
from decimal import Decimal

from attrs import frozen

from ..base.messages import Request
from .program import OperationOptions


@frozen(kw_only=True)
class Estimate:
    """What some calls will probably cost, and how long they will take.

    Args:
        images: How many images they request.
        in_flight: How many calls are made at once.
        cost: In credits, or None if the document names no price.
        seconds: From start to end, or None if the document does not say how long a call takes.
    """

    images: int
    in_flight: int
    cost: Decimal | None
    seconds: float | None

    @classmethod
    def of(cls, options: OperationOptions, requests: Collection[Request], in_flight: int) -> "Estimate":
        """The estimate for requests of an operation."""
        images = sum(map(options.operation.semantics.images, requests))
        price, each = options.operation.price, options.seconds
        return cls(
            images=images,
            in_flight=in_flight,
            cost=None if price is None else images * price,
            seconds=None if each is None else math.ceil(len(requests) / in_flight) * each,
        )
