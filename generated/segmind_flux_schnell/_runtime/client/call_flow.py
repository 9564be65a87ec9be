# @generated from openapi/runtime/client/call_flow.py by `make generate`. Do not edit: change that file.
"""One call: its attempts, the waits between them, and what each does to the budget.

It neither sends nor sleeps: it says what is to be done next, and the blocking and the asynchronous client do it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ..base.deadlines import Deadline
from ..base.errors import BudgetExhaustedError, ClientError, OutcomeUnknownError
from ..base.messages import Answer, Request
from .budget import Budget, Reservation
from .events import AttemptEnded, AttemptStarted, Journalist, outcome_of
from .retrying import Retry

if TYPE_CHECKING:
    from ..spec.operation import Operation
    from ..spec.service import Service
    from ..transport.attempt import Reception


LONGEST_WAIT = 86_400.0
"""Seconds that a call without a deadline waits at most before it is sent again: whoever asks for more asks in vain."""


@frozen
class Pause:
    """To be waited for, in seconds."""

    seconds: float


Steps = Generator["Reception | Pause", "Answer | ClientError | None", Answer]


@frozen(kw_only=True)
class Guards:
    """What watches over the calls of a client.

    Args:
        retry: When a call is sent again, or None for never.
        budget: What may be spent, or None for no limit.
        journalist: Whom to tell.
    """

    retry: Retry | None
    budget: Budget | None
    journalist: Journalist


@frozen(kw_only=True)
class Call:
    """One call.

    Args:
        operation: What is called.
        request: With what.
        service: Knows the header that tells the credits that are left.
        guards: What watches over it.
        deadline: When it has to end.
        reception: Makes what one attempt is received with.
    """

    operation: Operation[Any]
    request: Request
    service: Service
    guards: Guards
    deadline: Deadline
    reception: Callable[[], Reception]

    def steps(self) -> Steps:
        """What is to be done, one after the other: send and receive, or wait. Ends with an answer, whatever it says.

        Raises:
            BudgetExhaustedError: The call would spend more than it may.
            NotSentError: No connection came about.
            OutcomeUnknownError: The request went out, and no answer came.
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
        budget = self.guards.budget if self.operation.buys else None
        reservation = None
        if budget is not None:
            reservation = budget.reserve(self.operation.asked.pictures(self.request), self.operation.price)
        try:
            self.guards.journalist.started(AttemptStarted(request=self.request, attempt=number))
        except BaseException:
            self._settle(reservation, False, None, None)
            raise
        return reservation

    def _attempted(
        self, number: int, reservation: Reservation | None
    ) -> Generator[Reception | Pause, Answer | ClientError | None, tuple[Any, ClientError | None, float | None]]:
        """What came of an attempt, what is wrong with that, and seconds until the next one, or None for none."""
        reception, start = self.reception(), time.monotonic()
        try:
            came = yield reception
            error = came if isinstance(came, ClientError) else self.operation.failure(self.request, _answer(came))
            wait = self._wait(number, error, came) if error is not None else None
        except BaseException as cause:
            # A cancellation, Ctrl-C, or what a transport of the caller raises: if it was sent, it may be billed.
            known = cause.billed if isinstance(cause, ClientError) else (None if reception.may_be_sent else False)
            self._end(number, start, reservation, None, cause, known, None)
            raise
        billed = error.billed if error is not None else self.operation.billed(_answer(came))
        self._end(number, start, reservation, came, error, billed, wait)
        return came, error, wait

    def _wait(self, number: int, error: ClientError, came: object) -> float | None:
        if self.guards.retry is None:
            return None
        wait = self.guards.retry.wait(number, error, came.pace if isinstance(came, Answer) else None)
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
        answer = came if isinstance(came, Answer) else Answer(status=0)
        header = self.service.remaining_credits_header
        remaining = answer.headers.number(header) if header else None
        self._settle(reservation, billed, answer.cost, remaining)
        event = AttemptEnded(
            request=self.request,
            attempt=number,
            seconds=time.monotonic() - start,
            outcome=outcome_of(error, billed),
            status=answer.status or None,
            error=error,
            cost=answer.cost,
            remaining_credits=remaining,
            request_id=answer.request_id,
            retry_in=wait,
        )
        self.guards.journalist.ended(event)

    def _settle(
        self, reservation: Reservation | None, billed: bool | None, cost: Decimal | None, remaining: Decimal | None
    ) -> None:
        if reservation is not None and self.guards.budget is not None:
            self.guards.budget.settle(reservation, billed=billed, cost=cost, remaining=remaining)

    def _final(self, came: Any, number: int, doubted: bool) -> Answer:
        """The last answer, or the last error raised: it never says less than what the attempts before may have cost."""
        if isinstance(came, Answer):
            return evolve(came, attempts=number, doubted=doubted) if number > 1 else came
        failure: ClientError = came
        if doubted and failure.billed is False:
            failure = OutcomeUnknownError(
                self.request, f"an earlier attempt may have been billed, and the last: {failure}"
            )
        failure.attempts = number
        raise failure


def _answer(came: Answer | ClientError | None) -> Answer:
    if not isinstance(came, Answer):
        raise AssertionError("an attempt ends with an answer or an error")
    return came
