"""What happens to a call, attempt by attempt, for metrics and tracing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from attrs import frozen

from ..base.errors import OutcomeName
from ..base.messages import Request


@frozen(kw_only=True)
class AttemptStarted:
    """A request is about to be sent.

    Args:
        request: The request, without its key.
        attempt: How often the call is sent with this one; starts at 1.
    """

    request: Request
    attempt: int


@frozen(kw_only=True)
class AttemptEnded:
    """A request was answered, or failed.

    Args:
        request: The request, without its key.
        attempt: How often the call was sent with this one; starts at 1.
        seconds: How long it took.
        outcome: What became of it; a success is `billed`, or `answered` where it is not charged for.
        status_code: HTTP status, or None where no response came.
        error: What is wrong, or None. An image is looked at only after this event.
        cost: Credits that the service says it cost, or None where it does not say.
        remaining_credits: Credits that the service says are left, or None where it does not say.
        request_id: The service's name for it, or None.
        retry_in: Seconds until it is sent again, or None if it is not.
    """

    request: Request
    attempt: int
    seconds: float
    outcome: OutcomeName | Literal["answered"]
    status_code: int | None
    error: BaseException | None
    cost: Decimal | None
    remaining_credits: Decimal | None
    request_id: str | None
    retry_in: float | None


Event = AttemptStarted | AttemptEnded
Hook = Callable[[Event], None]
