# @generated from openapi/runtime/client/call_flow.py by `make generate`. Do not edit: change that file.
"""One call: its attempts, the waits between them, and what each does to the budget.

It neither sends nor sleeps: it yields what to do next, and the blocking or the asynchronous client does it.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..base.deadlines import Deadline
from ..base.errors import APIError, BudgetExhaustedError, OutcomeUnknownError, named_failure
from ..base.messages import Response
from .dispatcher import EventDispatcher, outcome_of
from .retrying import Retry
from .tunables import LONGEST_WAIT

if TYPE_CHECKING:
    from ..base.spool import Spool
    from ..transport.attempt import Attempt, PreparedRequest
    from .budget import Budget, Reservation


class Pause(NamedTuple):
    """A wait before the next attempt, in seconds."""

    seconds: float


CallFlow = Generator["Attempt | Pause", "Response | APIError | None", Response]


class CallPolicy(NamedTuple):
    """The rules for the calls of a client.

    Args:
        retry: When a call is sent again, or None for never.
        budget: What may be spent, or None for no limit.
        dispatcher: Receives the events of each attempt.
    """

    retry: Retry | None
    budget: Budget | None
    dispatcher: EventDispatcher


class Call:
    """One call. Its time runs from here on.

    Args:
        prepared: What is sent.
        policy: The rules of the client.
        spool: Where a body of success goes instead of into memory, or None.
    """

    def __init__(self, prepared: PreparedRequest, policy: CallPolicy, spool: Spool | None) -> None:
        self.prepared = prepared
        self.operation = prepared.operation
        self.request = prepared.request
        self.policy = policy
        self.deadline = Deadline.after(prepared.limits.total)
        self.spool = spool

    def flow(self) -> CallFlow:
        """Yield each step, an attempt or a pause, and return the response, whatever its status.

        Raises:
            BudgetExhaustedError: The call would spend more than it may.
            NotSentError: No connection could be made.
            OutcomeUnknownError: The request was sent, and no response was received.
        """
        number, follows_unknown = 1, False
        failures: list[str] = []
        reservation = self._begin(number)
        while True:
            result, error, wait = yield from self._attempted(number, reservation)
            failures.append("" if error is None else named_failure(error))
            if wait is None:
                return self._final(result, number, follows_unknown, failures)
            yield Pause(wait)
            follows_unknown = follows_unknown or (error is not None and error.billed is None)
            try:
                reservation = self._begin(number + 1)
            except BudgetExhaustedError:
                return self._final(result, number, follows_unknown, failures)
            number += 1

    def _begin(self, number: int) -> Reservation | None:
        """Reserve what an attempt may cost, and report that it starts."""
        budget = self.policy.budget if self.operation.buys else None
        reservation = None
        if budget is not None:
            reservation = budget.reserve(self.operation.semantics.images(self.request), self.operation.price)
        try:
            if self.policy.dispatcher.hooks:
                from .events import AttemptStarted

                self.policy.dispatcher.started(AttemptStarted(request=self.request, attempt=number))
        except BaseException:
            self._settle(reservation, False, None, None)
            raise
        return reservation

    def _attempted(
        self, number: int, reservation: Reservation | None
    ) -> Generator[Attempt | Pause, Response | APIError | None, tuple[Any, APIError | None, float | None]]:
        """The result of an attempt, its error if any, and seconds until the next attempt, or None if there is none."""
        attempt, start = self.prepared.attempt(self.deadline, self.spool), time.monotonic()
        try:
            result = yield attempt
            error = result if isinstance(result, APIError) else self.operation.failure(self.request, _response(result))
            wait = self._wait(number, error, result) if error is not None else None
        except BaseException as cause:
            # A cancellation, Ctrl-C, or what a transport of the caller raises: if it was sent, it may be billed.
            known = cause.billed if isinstance(cause, APIError) else (None if attempt.may_be_sent else False)
            self._end(number, start, reservation, None, cause, known, None)
            raise
        billed = error.billed if error is not None else self.operation.billed(_response(result))
        self._end(number, start, reservation, result, error, billed, wait)
        return result, error, wait

    def _wait(self, number: int, error: APIError, result: object) -> float | None:
        if self.policy.retry is None:
            return None
        wait = self.policy.retry.wait(number, error, result.retry_after if isinstance(result, Response) else None)
        left = self.deadline.left
        # A wait that would end after the deadline, or never, is not started.
        return None if wait is None or wait >= (LONGEST_WAIT if left is None else left) else max(0.0, wait)

    def _end(
        self,
        number: int,
        start: float,
        reservation: Reservation | None,
        result: object,
        error: BaseException | None,
        billed: bool | None,
        wait: float | None,
    ) -> None:
        response = result if isinstance(result, Response) else _NO_RESPONSE
        header = self.prepared.settings.service.remaining_credits_header
        remaining = response.headers.number(header) if header else None
        self._settle(reservation, billed, response.cost, remaining)
        outcome = outcome_of(error, billed)
        if not self.policy.dispatcher.has_listeners(outcome):
            return
        from .events import AttemptEnded

        event = AttemptEnded(
            request=self.request,
            attempt=number,
            seconds=time.monotonic() - start,
            outcome=outcome,
            status_code=response.status_code or None,
            error=error,
            cost=response.cost,
            remaining_credits=remaining,
            request_id=response.request_id,
            retry_in=wait,
        )
        self.policy.dispatcher.ended(event)

    def _settle(
        self, reservation: Reservation | None, billed: bool | None, cost: Decimal | None, remaining: Decimal | None
    ) -> None:
        if reservation is not None and self.policy.budget is not None:
            self.policy.budget.settle(reservation, billed=billed, cost=cost, remaining=remaining)

    def _final(self, result: Any, number: int, follows_unknown: bool, failures: list[str]) -> Response:
        """The last response, or the last error raised: never less than what the attempts before may have cost."""
        # The first failure is often the cause of the last: a service that is down, and then refuses the rush.
        first = failures[0] if failures[0] != failures[-1] else ""
        if isinstance(result, Response) and number == 1:
            return result
        if isinstance(result, Response):
            return result._replace(attempts=number, follows_unknown=follows_unknown, first_failure=first)
        failure: APIError = result
        if follows_unknown and failure.billed is False:
            failure = OutcomeUnknownError(
                self.request, f"an earlier attempt may have been billed, and the last: {failure}"
            )
        failure.attempts, failure.first_failure = number, first
        raise failure


def _response(result: Response | APIError | None) -> Response:
    if not isinstance(result, Response):
        raise AssertionError("an attempt ends with a response or an error")
    return result


_NO_RESPONSE = Response(status_code=0)
