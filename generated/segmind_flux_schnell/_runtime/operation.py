# @generated from openapi/runtime/operation.py by `make generate`. Do not edit: change that file.
"""An operation of the document, and how its answers are read."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from attrs import frozen

from .errors import InvalidAnswerError, StatusError, UndocumentedStatusError, excerpt
from .exchange import Answer, Request
from .shapes import fits
from .wording import one_line

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
        stops_batch: Whether any further request would be answered so too.
        message: Attributes of the body that hold the service's message.
    """

    statuses: tuple[int, int]
    read: Reader
    error: type[StatusError] | None = None
    billed: bool | None = None
    stops_batch: bool = False
    message: tuple[str, ...] = ()


@frozen(kw_only=True)
class Operation(Generic[T]):
    """One operation of the document; T is what it gives on success.

    Args:
        name: Its name as a method of the client.
        security: Alternatives, each the names of the keys that it needs together; the first that is at hand is used.
        responses: Its responses: exact statuses before ranges, the default last.
        timeout: Seconds to wait for an answer unless told otherwise, or None to leave it to the client.
    """

    name: str
    security: tuple[tuple[str, ...], ...]
    responses: tuple[DocumentedResponse, ...]
    timeout: float | None = None

    def result(self, request: Request, answer: Answer) -> T:
        """What a successful answer holds.

        Raises:
            StatusError: The answer has a documented status of failure.
            UndocumentedStatusError: Its status is not documented.
            InvalidAnswerError: Its body is not what is documented for its status.
        """
        response = self._documented(request, answer)
        if response.error is not None:
            raise _status_error(response, response.error, request, answer)
        result: T = _success(response, request, answer)
        return result

    def parsed(self, request: Request, answer: Answer) -> Any:
        """The documented object of an answer, be it one of success or of failure; None for a failure of another shape.

        Raises:
            UndocumentedStatusError: Its status is not documented.
            InvalidAnswerError: Its status is one of success, and its body is not what is documented for it.
        """
        response = self._documented(request, answer)
        if response.error is not None:
            read = _failure(response, request, answer)
            return read if fits(read, answer) else None
        return _success(response, request, answer)

    def stops_batch(self, status: int) -> bool:
        """Whether a status means that any further request would be answered with it too."""
        return any(one.stops_batch for one in self.responses if one.statuses[0] <= status <= one.statuses[1])

    def _documented(self, request: Request, answer: Answer) -> DocumentedResponse:
        for response in self.responses:
            if response.statuses[0] <= answer.status <= response.statuses[1]:
                return response
        raise UndocumentedStatusError(request, answer)


def _success(response: DocumentedResponse, request: Request, answer: Answer) -> Any:
    try:
        return response.read(request, answer)
    except _OTHER_SHAPE as error:
        reason = f"the body is not as documented ({one_line(f'{type(error).__name__}: {error}')}): {excerpt(answer)}"
    raise InvalidAnswerError(request, answer, reason, billed=response.billed)


def _failure(response: DocumentedResponse, request: Request, answer: Answer) -> Any:
    try:
        return response.read(request, answer)
    except _OTHER_SHAPE:
        return None


def _status_error(
    response: DocumentedResponse, error: type[StatusError], request: Request, answer: Answer
) -> StatusError:
    read = _failure(response, request, answer)
    body = read if fits(read, answer) else None
    # A failure that the service itself describes was not charged for, where the document says so. Behind a 5xx of
    # another shape stands a gateway: what the service did meanwhile, nobody can know.
    billed = None if body is None and answer.status >= 500 else response.billed
    said = (getattr(read, name, None) for name in response.message)
    message = ": ".join(text for text in said if isinstance(text, str) and text)
    return error(request, answer, body=body, message=message or None, billed=billed)


_OTHER_SHAPE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
