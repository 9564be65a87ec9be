# @generated from openapi/runtime/client/events.py by `make generate`. Do not edit: change that file.
"""The events of a call, attempt by attempt: for metrics, traces and the log."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from attrs import frozen

from ..base.errors import OutcomeName
from ..base.messages import Request

AttemptOutcome = OutcomeName | Literal["succeeded"]
"""How an attempt ended: the outcome of a call, or `succeeded` if a success is not charged for."""


@frozen(kw_only=True)
class AttemptStarted:
    """A request is about to be sent.

    Args:
        request: The request, without its key.
        attempt: Number of the attempt, from 1.
    """

    request: Request
    attempt: int


@frozen(kw_only=True)
class AttemptEnded:
    """A request has received its response, or has failed.

    Args:
        request: The request, without its key.
        attempt: Number of the attempt, from 1.
        seconds: How long the attempt took, in seconds.
        outcome: `never_sent`, `rejected`, `retryable`, `unknown` or `billed`; `succeeded` is a success that is not
            charged for.
        status_code: HTTP status, or None without a response.
        error: The error of the attempt, or None. The body of a success is checked only after this event.
        cost: Credits that the attempt cost, as the service reports, or None if it does not say.
        remaining_credits: Credits left in the account, as the service reports, or None if it does not say.
        request_id: The service's name for the call, or None.
        retry_in: Seconds until the call is sent again, or None if it will not be.
    """

    request: Request
    attempt: int
    seconds: float
    outcome: AttemptOutcome
    status_code: int | None
    error: BaseException | None
    cost: Decimal | None
    remaining_credits: Decimal | None
    request_id: str | None
    retry_in: float | None

    @property
    def wait_notice(self) -> str | None:
        """What the call waits for, in words: `the model may be starting, next try in 12 s`; None if it does not."""
        if self.retry_in is None:
            return None
        from .wait_notice import wait_notice

        return wait_notice(self.error, self.retry_in)


Event = AttemptStarted | AttemptEnded
"""What a hook is called with."""

Hook = Callable[[Event], None]
"""A function that is called before and after each attempt."""
