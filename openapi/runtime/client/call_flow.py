"""One call: its attempts, the waits between them, and what each does to the budget.

It neither sends nor sleeps: it says what is to be done next, and the blocking and the asynchronous client do it.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..base.deadlines import Deadline
from ..base.errors import APIError, BudgetExhaustedError, OutcomeUnknownError
from ..base.messages import Response
from .dispatcher import EventDispatcher, outcome_of
from .retrying import Retry
from .tunables import LONGEST_WAIT

if TYPE_CHECKING:
    from ..base.spool import Spool
    from ..transport.attempt import Attempt, PreparedRequest
    from .budget import Budget, Reservation


class Pause(NamedTuple):
    """To be waited for, in seconds."""

    seconds: float


CallFlow = Generator["Attempt | Pause", "Response | APIError | None", Response]


class CallPolicy(NamedTuple):
    """What watches over the calls of a client.

    Args:
        retry: When a call is sent again, or None for never.
        budget: What may be spent, or None for no limit.
        dispatcher: Whom to tell.
    """

    retry: Retry | None
    budget: Budget | None
    dispatcher: EventDispatcher


class Call:
    """One call. Its time runs from here on.

    Args:
        prepared: What is sent.
        policy: What watches over it.
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
        """What is to be done, one after the other: send and receive, or wait. Ends with a response, whatever it says.

        Raises:
            BudgetExhaustedError: The call would spend more than it may.
            NotSentError: No connection came about.
            OutcomeUnknownError: The request went out, and no response came.
        """
        number, doubted = 1, False
        reservation = self._begin(number)
        while True:
            came, error, wait = yield from self._attempted(number, reservation)
            if wait is None:
                return self._final(came, number, doubted)
            yield Pause(wait)
            doubted = doubted or (error is not None and error.billed is None)
            try:
                reservation = self._begin(number + 1)
            except BudgetExhaustedError:
                return self._final(came, number, doubted)
            number += 1

    def _begin(self, number: int) -> Reservation | None:
        """Reserve what an attempt may cost, and tell that it starts."""
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
        """What came of an attempt, what is wrong with that, and seconds until the next one, or None for none."""
        attempt, start = self.prepared.attempt(self.deadline, self.spool), time.monotonic()
        try:
            came = yield attempt
            error = came if isinstance(came, APIError) else self.operation.failure(self.request, _response(came))
            wait = self._wait(number, error, came) if error is not None else None
        except BaseException as cause:
            # A cancellation, Ctrl-C, or what a transport of the caller raises: if it was sent, it may be billed.
            known = cause.billed if isinstance(cause, APIError) else (None if attempt.may_be_sent else False)
            self._end(number, start, reservation, None, cause, known, None)
            raise
        billed = error.billed if error is not None else self.operation.billed(_response(came))
        self._end(number, start, reservation, came, error, billed, wait)
        return came, error, wait

    def _wait(self, number: int, error: APIError, came: object) -> float | None:
        if self.policy.retry is None:
            return None
        wait = self.policy.retry.wait(number, error, came.retry_after if isinstance(came, Response) else None)
        left = self.deadline.left
        # A wait that would end after the deadline, or never, is not even begun.
        return None if wait is None or wait >= (LONGEST_WAIT if left is None else left) else max(0.0, wait)

    def _end(
        self,
        number: int,
        start: float,
        reservation: Reservation | None,
        came: object,
        error: BaseException | None,
        billed: bool | None,
        wait: float | None,
    ) -> None:
        response = came if isinstance(came, Response) else _NO_RESPONSE
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

    def _final(self, came: Any, number: int, doubted: bool) -> Response:
        """The last response, or the last error raised: never less than what the attempts before may have cost."""
        if isinstance(came, Response):
            return came._replace(attempts=number, follows_unknown=doubted) if number > 1 else came
        failure: APIError = came
        if doubted and failure.billed is False:
            failure = OutcomeUnknownError(
                self.request, f"an earlier attempt may have been billed, and the last: {failure}"
            )
        failure.attempts = number
        raise failure


def _response(came: Response | APIError | None) -> Response:
    if not isinstance(came, Response):
        raise AssertionError("an attempt ends with a response or an error")
    return came


_NO_RESPONSE = Response(status_code=0)
