# @generated from openapi/runtime/client/call_flow.py by `make generate`. Do not edit: change that file.
"""One call: its attempts, the waits between them, and what each does to the budget.

It neither sends nor sleeps: it yields what to do next, and the blocking or the asynchronous client does it.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..base.deadlines import Deadline
from ..base.errors import (
    NOTHING_BILLED,
    APIError,
    BudgetExhaustedError,
    NotSentError,
    OutcomeUnknownError,
    named_failure,
)
from ..base.messages import Request, Response
from ..spec.tunables import RESPONSE_SECONDS
from .dispatcher import EventDispatcher, outcome_of
from .patience import Decision, FailedAttempt, decide
from .retrying import Retry, repeating

if TYPE_CHECKING:
    from ..base.spool import Spool
    from ..transport.attempt import Attempt, PreparedRequest
    from .budget import Budget, Reservation
    from .open_jobs import OpenJobs
    from .rate_limit import RateLimit


class Pause(NamedTuple):
    """A wait before the next attempt, in seconds."""

    seconds: float


T = TypeVar("T")

Flow = Generator["Attempt | Pause", "Response | APIError | None", T]
"""What is to be done, step by step: each attempt gets its response or its error, and a pause gets None."""

CallFlow = Flow[Response]


class CallPolicy(NamedTuple):
    """The rules for the calls of a client.

    Args:
        retry: When a call is sent again, or None for never.
        budget: What may be spent, or None for no limit.
        dispatcher: Receives the events of each attempt.
        rate_limit: How fast requests are sent, or None for no limit.
        waits: Whether a call that bought nothing waits and is sent again. A batch waits for all of its calls at once.
        jobs: Takes the ids of ordered jobs, and says whether they are waited for; None if nothing needs them.
    """

    retry: Retry | None
    budget: Budget | None
    dispatcher: EventDispatcher
    rate_limit: RateLimit | None = None
    waits: bool = True
    jobs: OpenJobs | None = None


class Call:
    """One call. Its time runs from here on, or from its turn if there is a rate limit.

    Args:
        prepared: What is sent.
        policy: The rules of the client.
        spool: Where a body of success goes instead of into memory, or None.
        deadline: When it has to end, if it is part of something larger; None for what the limits of the request say.
        attempt_seconds: Most seconds of an attempt, or None for what is left of the call.

    Attributes:
        deadline: When it has to end.
        reservation: What the last attempt has reserved of the budget, or None.
    """

    def __init__(
        self,
        prepared: PreparedRequest,
        policy: CallPolicy,
        spool: Spool | None,
        *,
        deadline: Deadline | None = None,
        attempt_seconds: float | None = None,
    ) -> None:
        self.prepared = prepared
        self.operation = prepared.operation
        self.request = prepared.request
        self.policy = policy
        self.deadline = deadline or Deadline.after(prepared.limits.total)
        self.spool = spool
        self.reservation: Reservation | None = None
        self._starts_at_turn = deadline is None and policy.rate_limit is not None
        self._attempt_seconds = attempt_seconds
        self._waited = 0.0
        self._unconnected_since: float | None = None

    def flow(self) -> CallFlow:
        """Yield each step, an attempt or a pause, and return the response, whatever its status.

        Raises:
            BudgetExhaustedError: The call would spend more than it may.
            NotSentError: No connection could be made.
            OutcomeUnknownError: The request was sent, and no response was received.
        """
        yield from self._turn()
        if self._starts_at_turn:
            self.deadline = Deadline.after(self.prepared.limits.total)
        number, follows_unknown = 1, False
        failures: list[str] = []
        before: tuple[Any, APIError | None] | None = None
        reservation = self._begin(number)
        while True:
            result, error, decision = yield from self._attempted(number, reservation)
            if before is not None and self._is_cut(result):
                # A GET that only the deadline has ended says nothing; the failure before it does.
                result, error = before
            failures.append("" if error is None else named_failure(error))
            if decision.wait is None:
                return self._final(result, number, follows_unknown, failures, decision.given_up)
            before = None if self._may_buy else (result, error)
            yield Pause(decision.wait)
            self._waited += decision.wait
            follows_unknown = follows_unknown or (error is not None and error.billed is None and self._may_buy)
            if self._is_too_late:
                late = "its next turn by `rate_limit` is after `timeout`"
                return self._final(result, number, follows_unknown, failures, late)
            yield from self._turn()
            try:
                reservation = self._begin(number + 1)
            except BudgetExhaustedError:
                return self._final(result, number, follows_unknown, failures)
            number += 1

    def _is_cut(self, result: object) -> bool:
        return isinstance(result, (NotSentError, OutcomeUnknownError)) and self.deadline.is_over

    @property
    def _may_buy(self) -> bool:
        """Whether an attempt can have bought something: a GET can be repeated at will, unless the document bills it."""
        return self.operation.buys or self.request.method != "GET"

    @property
    def _is_too_late(self) -> bool:
        """Whether the next turn comes after the deadline."""
        left = self.deadline.left
        return self.policy.rate_limit is not None and left is not None and self.policy.rate_limit.delay >= left

    def _turn(self) -> Generator[Pause, Response | APIError | None, None]:
        """Wait until the rate limit lets an attempt be sent."""
        delay = self.policy.rate_limit.reserve() if self.policy.rate_limit is not None else 0.0
        if delay > 0:
            yield Pause(delay)

    def _begin(self, number: int) -> Reservation | None:
        """Reserve what an attempt may cost, and report that it starts."""
        self.reservation = None
        budget = self.policy.budget if self.operation.buys else None
        reservation = None
        if budget is not None:
            reservation = budget.reserve(self.operation.images(self.request), self.operation.price)
        try:
            if self.policy.dispatcher.hooks:
                from .events import AttemptStarted

                self.policy.dispatcher.started(AttemptStarted(request=self.request, attempt=number))
        except BaseException:
            self._settle(reservation, False, None, None)
            raise
        self.reservation = reservation
        return reservation

    def _attempted(
        self, number: int, reservation: Reservation | None
    ) -> Generator[Attempt | Pause, Response | APIError | None, tuple[Any, APIError | None, Decision]]:
        """The result of an attempt, its error if any, and whether there is another one."""
        attempt, start = self._attempt(), time.monotonic()
        try:
            result = yield attempt
            error = result if isinstance(result, APIError) else self.operation.failure(self.request, _response(result))
            decision = self._decision(number, start, error, result)
        except BaseException as cause:
            # A cancellation, Ctrl-C, or what a transport of the caller raises: if it was sent, it may be billed.
            known = cause.billed if isinstance(cause, APIError) else (None if attempt.may_be_sent else False)
            self._end(number, start, reservation, None, cause, known, None)
            if not isinstance(cause, Exception) and self._may_buy:
                # Whoever presses Ctrl-C, or cancels a task, sees nothing else of the call.
                cause.add_note(_interrupted(self.request, attempt.may_be_sent))
            raise
        billed = error.billed if error is not None else self.operation.billed(_response(result))
        self._end(number, start, reservation, result, error, billed, decision.wait)
        return result, error, decision

    def _attempt(self) -> Attempt:
        left = self.deadline.left
        if self._attempt_seconds is None or (left is not None and left <= self._attempt_seconds):
            return self.prepared.attempt(self.deadline, self.spool)
        return self.prepared.attempt(Deadline.after(self._attempt_seconds), self.spool, seconds=self._attempt_seconds)

    def _decision(self, number: int, start: float, error: APIError | None, result: object) -> Decision:
        if not isinstance(error, NotSentError):
            self._unconnected_since = None
        elif self._unconnected_since is None:
            self._unconnected_since = start
        if error is None or not (self.policy.waits or error.outcome == "unknown"):
            return Decision(None)
        failed = FailedAttempt(
            number=number,
            error=error,
            retry_after=result.retry_after if isinstance(result, Response) else None,
            limit=self.prepared.limits.total,
            left=self.deadline.left,
            default_limit=self.operation.timeout or RESPONSE_SECONDS,
            waited=self._waited,
            unconnected=time.monotonic() - (self._unconnected_since or time.monotonic()),
        )
        return decide(self.policy.retry if self._may_buy else repeating(self.policy.retry), failed)

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

    def _final(
        self, result: Any, number: int, follows_unknown: bool, failures: list[str], given_up: str = ""
    ) -> Response:
        """The last response, or the last error raised: never less than what the attempts before may have cost."""
        # The first failure is often the cause of the last: a service that is down, and then refuses the rush.
        first = failures[0] if failures[0] != failures[-1] else ""
        if isinstance(result, Response) and number == 1 and not given_up:
            return result
        if isinstance(result, Response):
            return result._replace(
                attempts=number, follows_unknown=follows_unknown, first_failure=first, given_up=given_up
            )
        failure: APIError = result
        if follows_unknown and failure.billed is False:
            failure = OutcomeUnknownError(
                self.request, f"an earlier attempt may have been billed, and the last: {failure}"
            )
        failure.attempts, failure.first_failure, failure.given_up = number, first, given_up
        raise failure


def _response(result: Response | APIError | None) -> Response:
    if not isinstance(result, Response):
        raise AssertionError("an attempt ends with a response or an error")
    return result


_NO_RESPONSE = Response(status_code=0)


def _interrupted(request: Request, was_sent: bool) -> str:
    """What an interruption means for the money."""
    return f"{request}: interrupted: {'it was sent, and may have been billed' if was_sent else NOTHING_BILLED}"
