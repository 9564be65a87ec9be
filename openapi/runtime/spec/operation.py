"""An operation of the document, and how its answers are read."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Generic, TypeVar

from attrs import frozen

from ..base.errors import (
    AnswerError,
    GatewayError,
    InvalidAnswerError,
    RedirectRefusedError,
    StatusError,
    UndocumentedStatusError,
    excerpt,
)
from ..base.messages import Answer, Request
from ..base.wording import one_line
from .semantics import NOTHING_ASKED, Asked
from .shapes import fits

T = TypeVar("T")

Reader = Callable[[Request, Answer], Any]


@frozen(kw_only=True)
class DocumentedResponse:
    """One response of an operation.

    Args:
        statuses: First and last status that it stands for.
        read: Makes the documented object of the body. It may raise `KeyError`, `TypeError`, `ValueError` or
            `AttributeError` for a body of another shape.
        error: The class to raise, or None for a response of success.
        billed: Whether an answer with this status is charged for, or None where the document does not say.
        temporary: Whether it means "not now": nothing was done, and the call may be sent again.
        message: Attributes of the body that hold the service's message.
        stops_batch: Whether any further request would be answered so too.
    """

    statuses: tuple[int, int]
    read: Reader
    error: type[StatusError] | None = None
    billed: bool | None = None
    temporary: bool = False
    message: tuple[str, ...] = ()
    stops_batch: bool = False


@frozen(kw_only=True)
class Operation(Generic[T]):
    """One operation of the document; T is what it gives on success.

    Args:
        name: Its name as a method of the client.
        security: Alternatives, each the names of the keys that it needs together; the first that is at hand is used.
        responses: Its responses: exact statuses before ranges, the default last.
        timeout: Seconds that a call may take unless told otherwise, or None to leave it to the client.
        asked: Which properties of its requests mean something to the client.
        buys: Whether a success is a picture.
        price: Credits that a picture costs, roughly, or None where the document does not say.
        largest: Bytes that a body of success can have at most, or None to leave it to the client.
    """

    name: str
    security: tuple[tuple[str, ...], ...]
    responses: tuple[DocumentedResponse, ...]
    timeout: float | None = None
    asked: Asked = NOTHING_ASKED
    buys: bool = False
    price: Decimal | None = None
    largest: int | None = None

    def result(self, request: Request, answer: Answer) -> T:
        """What a successful answer holds.

        Raises:
            StatusError: The answer has a documented status of failure.
            RedirectRefusedError: It is a redirect.
            UndocumentedStatusError: Its status is not documented.
            GatewayError: It is a 5xx that the document does not explain.
            InvalidAnswerError: Its body is not what is documented for its status.
        """
        response = self._of(answer.status)
        if response is None:
            raise _undocumented(request, answer)
        if response.error is not None:
            raise _status_error(response, response.error, request, answer)
        result: T = _success(response, request, answer)
        return result

    def stops_batch(self, status: int) -> bool:
        """Whether a status means that any further request would be answered with it too."""
        return any(one.stops_batch for one in self.responses if one.statuses[0] <= status <= one.statuses[1])

    def parsed(self, request: Request, answer: Answer) -> Any:
        """The documented object of an answer, be it one of success or of failure; None for a failure of another shape.

        Raises:
            RedirectRefusedError: It is a redirect.
            UndocumentedStatusError: Its status is not documented.
            GatewayError: Its status is not documented, and a 5xx.
            InvalidAnswerError: Its status is one of success, and its body is not what is documented for it.
        """
        response = self._of(answer.status)
        if response is None:
            raise _undocumented(request, answer)
        if response.error is not None:
            return _failure_body(response, request, answer)[0]
        return _success(response, request, answer)

    def failure(self, request: Request, answer: Answer) -> AnswerError | None:
        """The error for an answer that is no success, or None. What a success holds is not looked at."""
        response = self._of(answer.status)
        if response is None:
            return _undocumented(request, answer)
        return _status_error(response, response.error, request, answer) if response.error is not None else None

    def billed(self, answer: Answer) -> bool | None:
        """Whether a success is charged for, or None where the document does not say."""
        response = self._of(answer.status)
        return response.billed if response is not None else None

    def is_success(self, status: int) -> bool:
        """Whether a status is documented as one of success."""
        response = self._of(status)
        return response is not None and response.error is None

    def _of(self, status: int) -> DocumentedResponse | None:
        return next((one for one in self.responses if one.statuses[0] <= status <= one.statuses[1]), None)


def _undocumented(request: Request, answer: Answer) -> AnswerError:
    if 300 <= answer.status <= 399:
        return RedirectRefusedError(request, answer)
    return GatewayError(request, answer) if answer.status >= 500 else UndocumentedStatusError(request, answer)


def _success(response: DocumentedResponse, request: Request, answer: Answer) -> Any:
    try:
        result = response.read(request, answer)
    except _OTHER_SHAPE as error:
        flaw = one_line(f"{type(error).__name__}: {error}")
        reason = answer.flaw or f"the body is not as documented ({flaw}): {excerpt(answer)}"
    else:
        if not answer.flaw:
            return result
        reason = answer.flaw
    raise InvalidAnswerError(request, answer, reason, billed=response.billed)


def _failure_body(response: DocumentedResponse, request: Request, answer: Answer) -> tuple[Any, Any]:
    """The documented object of a failure, or None; and what could be read of one, or None."""
    try:
        read = response.read(request, answer)
    except _OTHER_SHAPE:
        return None, _UNREADABLE
    return (read, read) if fits(read, answer) else (None, read)


def _status_error(
    response: DocumentedResponse, error: type[StatusError], request: Request, answer: Answer
) -> AnswerError:
    body, read = _failure_body(response, request, answer)
    # A failure that the service itself describes was not charged for, where the document says so. Behind a 5xx of
    # another shape stands a gateway: what the service did meanwhile, nobody can know.
    if body is not read and answer.status >= 500 and not response.temporary:
        return GatewayError(request, answer)
    said = (getattr(read, name, None) for name in response.message)
    message = ": ".join(text for text in said if isinstance(text, str) and text)
    return error(
        request,
        answer,
        body=body,
        message=message or None,
        billed=response.billed,
        temporary=response.temporary,
    )


_UNREADABLE = object()
_OTHER_SHAPE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
