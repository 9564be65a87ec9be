# @generated from openapi/runtime/batch/failures.py by `make generate`. Do not edit: change that file.
"""What a failed request means for a running batch: whether it is sent again, and whether the run ends."""

from collections import Counter
from http import HTTPStatus
from typing import Any, TypeGuard

from attrs import define, field

from ..base.errors import (
    APIError,
    BudgetExhaustedError,
    ConfigurationError,
    NotSentError,
    RedirectRefusedError,
    ResponseError,
)
from ..base.wording import duration, one_line
from ..spec.operation import Operation
from .tunables import MAX_CONNECT_WAIT, MAX_CONSECUTIVE_FAILURES, MAX_PUT_BACKS

NEVER_SENT = (BudgetExhaustedError, ConfigurationError)
"""The errors of requests that the client itself refused to send, and would refuse again."""


def is_temporary(error: BaseException) -> TypeGuard[APIError]:
    """Whether nothing was bought, and the same request may be taken in a moment."""
    is_retryable = isinstance(error, APIError) and error.outcome == "retryable"
    return is_retryable or (isinstance(error, NotSentError) and not error.permanent)


def is_rate_limit(error: APIError) -> bool:
    """Whether the service says that there are too many requests."""
    return isinstance(error, ResponseError) and error.status_code == HTTPStatus.TOO_MANY_REQUESTS


def named(error: BaseException) -> str:
    """An error in one line, as the reason why a run ends."""
    return f"{type(error).__name__}: {one_line(str(error))}"


@define
class PutBacks:
    """How often each request was put back, to be sent again later."""

    _counts: Counter[str] = field(factory=Counter[str], init=False)
    _done_at_last: dict[str, int] = field(factory=dict[str, int], init=False)

    def allow(self, key: str, done: int) -> bool:
        """Count that a request is put back, and return whether it may be.

        Args:
            key: The key of the request.
            done: How many images the run has by now.
        """
        # While none is taken, that says nothing about a single one.
        if self._done_at_last.get(key) != done:
            self._counts[key] += 1
            self._done_at_last[key] = done
        return self._counts[key] <= MAX_PUT_BACKS


@define
class EarlyEnd:
    """Why a run ends before it has sent all of its requests.

    Args:
        operation: What its requests call.
        most: Most requests in flight.
        max_wait: Seconds without any request that the service takes, after which it ends.

    Attributes:
        was_answered: Whether the service has said anything but "not now" by now.
        consecutive_failures: Requests in a row without an image.
    """

    operation: Operation[Any]
    most: int
    max_wait: float
    was_answered: bool = field(default=False, init=False)
    consecutive_failures: int = field(default=0, init=False)

    def by_failure(self, error: APIError) -> str | None:
        """Why the run ends, if any further request would fail in the same way."""
        is_of_all = isinstance(error, (*NEVER_SENT, RedirectRefusedError))
        is_of_all = is_of_all or (isinstance(error, NotSentError) and error.permanent)
        is_of_all = is_of_all or (isinstance(error, ResponseError) and self.operation.stops_batch(error))
        return named(error) if is_of_all else None

    def by_failures_in_a_row(self, error: BaseException) -> str | None:
        """Why the run ends, if too many requests in a row brought no image."""
        if self.consecutive_failures < max(MAX_CONSECUTIVE_FAILURES, self.most):
            return None
        return f"{self.consecutive_failures} requests in a row without an image, the last one: {type(error).__name__}"

    def by_outage(self, error: APIError, seconds: float) -> str | None:
        """Why the run ends, if the service has taken nothing for too long.

        Args:
            error: What the last request failed with.
            seconds: How long it has taken nothing.
        """
        limit = self.max_wait if self.was_answered else min(self.max_wait, MAX_CONNECT_WAIT)
        if seconds < limit:
            return None
        return f"no request was taken for {duration(limit)}, the last one: {one_line(str(error))}"
