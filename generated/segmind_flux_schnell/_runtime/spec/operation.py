# @generated from openapi/runtime/spec/operation.py by `make generate`. Do not edit: change that file.
"""An operation of the document, and how its responses are read."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar, cast

from ..base.errors import (
    GatewayError,
    InvalidResponseError,
    RedirectRefusedError,
    ResponseError,
    StatusError,
    UndocumentedStatusError,
)
from ..base.excerpts import excerpt
from ..base.json_pointer import value_at
from ..base.messages import Request, Response
from ..base.wording import one_line
from .json_values import UnreadableError
from .semantics import NO_SEMANTICS, RequestSemantics
from .tunables import LONGEST_CAUSE_TEXT

T = TypeVar("T")

Reader = Callable[[Request, Response], Any]


class Cause(NamedTuple):
    """One of several causes that a status can have.

    Args:
        error: The class of error to raise.
        pattern: A regular expression that is found, in any case, in the text of such a response.
        stops_batch: Whether the service would respond to any further request in the same way.
    """

    error: type[StatusError]
    pattern: str
    stops_batch: bool = False


class DocumentedResponse(NamedTuple):
    """A documented response of an operation.

    Args:
        statuses: First and last status that it describes.
        read: Makes the documented object from the body. It may raise `KeyError`, `TypeError`, `ValueError` or
            `AttributeError` for a body of another shape.
        error: The class of error to raise, or None for a success.
        billed: Whether a call with this response is charged for, or None if the document does not say.
        temporary: Whether it means "not now": nothing was done, and the same call may succeed later.
        judges_flaws: Whether `read` decides what an incomplete body is worth: an image can be whole in it.
        message: Properties of the body, by their names in JSON, that hold the service's message. A body of another
            shape than documented may have them all the same.
        stops_batch: Whether the service would respond to any further request in the same way.
        causes: What a failure with this status can mean. The first whose pattern is found counts; where none is, the
            class of the status stands, which claims nothing.
    """

    statuses: tuple[int, int]
    read: Reader
    error: type[StatusError] | None = None
    billed: bool | None = None
    temporary: bool = False
    judges_flaws: bool = False
    message: tuple[str, ...] = ()
    stops_batch: bool = False
    causes: tuple[Cause, ...] = ()

    def error_for(self, texts: tuple[str, ...]) -> type[StatusError] | None:
        """The class of error for a failure whose texts are these, or None for a success."""
        found = (
            cause.error
            for cause in self.causes
            if any(re.search(cause.pattern, text[:LONGEST_CAUSE_TEXT], re.IGNORECASE) for text in texts)
        )
        return next(found, self.error)


class Operation(NamedTuple, Generic[T]):
    """An operation of the document; T is the type of its result.

    Args:
        name: Its name as a method of the client.
        security: Alternatives, each with the names of all keys that it needs; the first that is complete is used.
        responses: Its documented responses: exact statuses before ranges, the default last.
        timeout: Seconds that a call may take by default, or None for the client's default.
        semantics: The properties of its requests whose meaning the client knows.
        orders_images: Whether its requests order images, be it that the images come with another response.
        buys: Whether a success is charged for.
        price: Credits that an image costs, or a call that orders none, roughly; None if the document does not say.
        largest: Bytes of the largest body of a success, or None for the client's default.
        job_id: JSON pointer to the id of the job that a success has started, or None: the id is told even where the
            rest of the body cannot be read.
    """

    name: str
    security: tuple[tuple[str, ...], ...]
    responses: tuple[DocumentedResponse, ...]
    timeout: float | None = None
    semantics: RequestSemantics = NO_SEMANTICS
    orders_images: bool = False
    buys: bool = False
    price: Decimal | None = None
    largest: int | None = None
    job_id: str | None = None

    def images(self, request: Request) -> int:
        """Number of images that a request orders."""
        return self.semantics.images(request) if self.orders_images else 0

    def result(self, request: Request, response: Response) -> T:
        """The result that a response of success holds.

        Raises:
            StatusError: The response is a documented failure.
            RedirectRefusedError: It is a redirect.
            UndocumentedStatusError: Its status is not documented.
            GatewayError: It is a 5xx that the document does not explain.
            InvalidResponseError: Its body is not what is documented for its status.
        """
        documented = self._of(response.status_code)
        if documented is None:
            raise self._undocumented(request, response)
        if documented.error is not None:
            raise _status_error(documented, request, response, self.is_free)
        result: T = self._success(documented, request, response)
        return result

    def stops_batch(self, error: ResponseError) -> bool:
        """Whether an error means that the service would respond with it to any further request too."""
        documented = self._of(error.status_code)
        if documented is None:
            return False
        cause = next((one for one in documented.causes if isinstance(error, one.error)), documented)
        return cause.stops_batch

    def parsed(self, request: Request, response: Response) -> Any:
        """The documented object of a response, be it a success or a failure; None for a failure of another shape.

        Raises:
            RedirectRefusedError: It is a redirect.
            UndocumentedStatusError: Its status is not documented.
            GatewayError: It is a 5xx that is not documented.
            InvalidResponseError: Its status is that of a success, but its body is not what is documented for it.
        """
        documented = self._of(response.status_code)
        if documented is None:
            raise self._undocumented(request, response)
        if documented.error is not None:
            return _failure_body(documented, request, response)[1]
        return self._success(documented, request, response)

    def failure(self, request: Request, response: Response) -> ResponseError | None:
        """The error for a response that is not a success, or None. The body of a success is not read."""
        documented = self._of(response.status_code)
        if documented is None:
            return self._undocumented(request, response)
        return _status_error(documented, request, response, self.is_free) if documented.error is not None else None

    def billed(self, response: Response) -> bool | None:
        """Whether a success is charged for, or None if the document does not say."""
        documented = self._of(response.status_code)
        return documented.billed if documented is not None else None

    def is_success(self, status: int) -> bool:
        """Whether a status is documented as a success."""
        documented = self._of(status)
        return documented is not None and documented.error is None

    @property
    def is_free(self) -> bool:
        """Whether the document says that no success is charged for."""
        successes = [one for one in self.responses if one.error is None]
        return bool(successes) and all(one.billed is False for one in successes)

    def _success(self, documented: DocumentedResponse, request: Request, response: Response) -> Any:
        try:
            result = documented.read(request, response)
        except _OTHER_SHAPE as error:
            flaw = one_line(str(error) if isinstance(error, UnreadableError) else f"{type(error).__name__}: {error}")
            reason = response.flaw or f"the body is not as documented ({flaw}): {excerpt(response)}"
        else:
            if not response.flaw or documented.judges_flaws:
                return result
            reason = response.flaw
        job_id = None if self.job_id is None else value_at(_json_of(response), self.job_id)
        ordered = f"the job {one_line(job_id)} was ordered all the same; " if isinstance(job_id, str) else ""
        invalid = InvalidResponseError(request, response, f"{ordered}{reason}", billed=documented.billed)
        invalid.job_id = job_id if isinstance(job_id, str) else None
        raise invalid

    def _undocumented(self, request: Request, response: Response) -> ResponseError:
        if 300 <= response.status_code <= 399:
            return RedirectRefusedError(request, response, free=self.is_free)
        error = GatewayError if response.status_code >= 500 else UndocumentedStatusError
        return error(request, response, free=self.is_free)

    def _of(self, status: int) -> DocumentedResponse | None:
        for response in self.responses:
            first, last = response.statuses
            if first <= status <= last:
                return response
        return None


def _failure_body(documented: DocumentedResponse, request: Request, response: Response) -> tuple[bool, Any]:
    """Whether the body of a failure is as documented, and its object, or None."""
    try:
        return True, documented.read(request, response)
    except _OTHER_SHAPE:
        return False, None


def _messages(documented: DocumentedResponse, response: Response) -> tuple[str, ...]:
    """What the service says in the body of a failure, whatever the shape of the rest."""
    body = _json_of(response) if documented.message else None
    if not isinstance(body, Mapping):
        return ()
    members = cast("Mapping[str, Any]", body)
    said = (members.get(name) for name in documented.message)
    return tuple(text for text in said if isinstance(text, str) and text)


def _json_of(response: Response) -> object:
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _status_error(documented: DocumentedResponse, request: Request, response: Response, is_free: bool) -> ResponseError:
    is_documented, body = _failure_body(documented, request, response)
    # The document can say that a failure which the service itself describes is not charged for. A 5xx of another shape
    # is that of a gateway, and what the service did behind it is unknown.
    if not is_documented and response.status_code >= 500 and not documented.temporary:
        return GatewayError(request, response, free=is_free)
    texts = _messages(documented, response)
    error = documented.error_for(_own_words(request, texts or (response.text,))) or StatusError
    return error(
        request,
        response,
        body=body,
        message=": ".join(texts) or None,
        billed=documented.billed,
        temporary=documented.temporary,
    )


def _own_words(request: Request, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts of a response without the values of the request: a prompt that is quoted in one is not a cause."""
    body: object = request.json
    values = cast("Mapping[str, Any]", body).values() if isinstance(body, Mapping) else ()
    quoted = sorted((one for one in values if isinstance(one, str) and " " in one.strip()), key=len, reverse=True)
    for value in quoted:
        texts = tuple(text.replace(value, "…") for text in texts)
    return texts


_OTHER_SHAPE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
