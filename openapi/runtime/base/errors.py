"""Everything that the client raises.

    APIError
    ├── ConfigurationError         the client was set up wrong
    │   └── MissingKeyError        … without a key that the operation needs
    ├── InvalidRequestError        the call breaks a rule of the document: nothing was sent
    ├── BudgetExhaustedError       the call would spend more than it may: nothing was sent
    ├── NotSentError               no connection: nothing was sent
    ├── OutcomeUnknownError        sent, but no response came back whole: it may have been billed
    │   └── GatewayError           … but a 5xx that the document does not explain (also a ResponseError)
    ├── NotSavedError              paid for, but the disk did not take it: the error has the bytes
    └── ResponseError                a response came
        ├── StatusError            with a documented status; a class for each stands in the package's `errors`
        ├── RedirectRefusedError   with the advice to ask elsewhere
        ├── UndocumentedStatusError
        └── InvalidResponseError     with the status of success, but not what is documented for it
            └── InvalidImageError  … where an image is

All of them can be pickled, and none holds a key.
"""

import re
from typing import Any, ClassVar, Literal

from .messages import Headers, Request, Response, decoded
from .rules import Fault
from .wording import one_line, quoted, shown

OutcomeName = Literal["never_sent", "rejected", "retryable", "unknown", "billed"]


class APIError(Exception):
    """Base of all errors of this package.

    Attributes:
        billed: Whether the call was charged for: False, True, or None where nobody can know from here.
        attempts: How often the call was sent, or tried to; 0 where it was refused before.
    """

    billed: bool | None = False
    attempts: int = 0
    _unbilled: ClassVar[OutcomeName] = "never_sent"

    @property
    def outcome(self) -> OutcomeName:
        """What became of the call: `never_sent`, `rejected`, `retryable`, `unknown` or `billed`."""
        if self.billed is None:
            return "unknown"
        return "billed" if self.billed else self._unbilled

    def __str__(self) -> str:
        repeated = f" (after {self.attempts} attempts)" if self.attempts > 1 else ""
        return f"{super().__str__()}{repeated}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(cls: type[APIError], args: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(APIError, ValueError):
    """The client was set up with something that it cannot work with. Nothing was sent."""


class MissingKeyError(ConfigurationError):
    """The client has no key for an operation that needs one. Nothing was sent."""


class InvalidRequestError(APIError, ValueError):
    """The call breaks rules of the document. Nothing was sent and nothing was billed.

    Attributes:
        subject: The operation, or the class of the request.
        faults: All that is wrong with the call.
    """

    def __init__(self, subject: str, faults: tuple[Fault, ...]) -> None:
        self.subject = subject
        self.faults = faults
        lines = "".join(f"\n  {fault}" for fault in faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{subject}: {count}, nothing was sent and nothing was billed{lines}")


class BudgetExhaustedError(APIError):
    """The call would spend more than its budget allows. Nothing was sent.

    Attributes:
        limit: The limit that it would break, as a parameter of `Budget`.
        allowed: Its value.
    """

    def __init__(self, limit: str, allowed: object, state: str) -> None:
        self.limit = limit
        self.allowed = allowed
        super().__init__(
            f"the budget is exhausted: {limit} is {allowed}: {state}; nothing was sent and nothing was billed"
        )


class NotSentError(APIError, ConnectionError):
    """No connection to the service came about. Nothing was sent and nothing was billed.

    Attributes:
        request: What would have been sent.
    """

    def __init__(self, request: Request, reason: str) -> None:
        self.request = request
        super().__init__(f"{request}: not sent, so not billed: {reason}")


class OutcomeUnknownError(APIError):
    """The request was sent, and no whole response came back: it may or may not have been billed.

    Attributes:
        request: What was sent.
    """

    billed: bool | None = None

    def __init__(self, request: Request, reason: str) -> None:
        self.request = request
        super().__init__(f"{request}: sent, but the outcome is unknown, so it may have been billed: {reason}")


class ResponseError(APIError):
    """A response came, and it is no success.

    Attributes:
        request: What was sent.
        status_code: The HTTP status, which need not be one that IANA knows.
        headers: The headers of the response.
        content: Its body, as bytes, as far as it came.
        request_id: The service's name for the call, or None where it gave none.
        retry_after: Seconds that the service asks to wait, or None where it does not say.
        cost: Credits that the service says it charged, or None where it does not say.
    """

    _unbilled: ClassVar[OutcomeName] = "rejected"

    def __init__(self, request: Request, response: Response, reason: str, *, billed: bool | None) -> None:
        self.request = request
        self.status_code = response.status_code
        self.headers: Headers = response.headers
        self.content = response.body
        self.request_id = response.request_id
        self.retry_after = response.retry_after
        self.attempts = response.attempts
        self.cost = response.cost
        if response.cost is not None and response.cost > 0 and billed is not True:
            # Whatever the document says of the status: the service itself says that it charged.
            billed, reason = True, f"{reason}; the service says that it charged {response.cost} credits"
        if response.doubted and billed is False:
            # Not what this response says, but what the call as a whole may have cost.
            billed, reason = None, f"{reason}; of an earlier attempt nobody knows the outcome"
        self.billed = billed
        named = f" (request id {one_line(self.request_id)})" if self.request_id else ""
        APIError.__init__(self, f"{request}: {_status_line(self.status_code)}: {reason}; {_BILLED[billed]}{named}")

    @property
    def text(self) -> str:
        """The body as text in the charset of its content type, UTF-8 by default; what does not fit is replaced."""
        return decoded(self.content, self.headers)


class StatusError(ResponseError):
    """The service answered with a documented status of failure.

    Attributes:
        documented: The statuses that the class stands for, as the document writes them.
        meaning: What the document says of the status.
        body: The body as documented, or None where it has another shape: then `text` has it.
        message: What the service says in its body, or None.
        temporary: Whether the status means "not now": sent again later, the call may well succeed.
    """

    documented: ClassVar[tuple[str, ...]] = ()
    meaning: ClassVar[str] = ""

    def __init__(
        self,
        request: Request,
        response: Response,
        *,
        body: Any,
        message: str | None,
        billed: bool | None,
        temporary: bool = False,
    ) -> None:
        self.body = body
        self.message = message
        self.temporary = temporary
        said = f"the service says {quoted(message)}" if message else excerpt(response)
        super().__init__(request, response, f"{self.meaning.rstrip('.')}: {said}", billed=billed)

    @property
    def outcome(self) -> OutcomeName:
        """What became of the call: `rejected`, `retryable`, `unknown` or `billed`."""
        return "retryable" if self.temporary and self.billed is False else super().outcome


class UndocumentedStatusError(ResponseError):
    """The service answered with a status that the document does not have."""

    def __init__(self, request: Request, response: Response) -> None:
        super().__init__(request, response, f"a status that is not documented: {excerpt(response)}", billed=None)


class RedirectRefusedError(ResponseError):
    """The service answered with the advice to ask elsewhere. That is not followed: the key goes to one place only.

    Attributes:
        location: Where it points to, or None where it does not say.
    """

    def __init__(self, request: Request, response: Response) -> None:
        self.location = response.headers.get("location")
        towards = f"to {shown(self.location)} " if self.location is not None else ""
        super().__init__(
            request, response, f"a redirect {towards}is not followed: if it is right, set base_url", billed=None
        )


class GatewayError(OutcomeUnknownError, ResponseError):
    """A 5xx that the document does not explain: something on the way to the service failed, or the service itself did.

    What the service made of the call meanwhile, nobody can know from here: it may have been billed.
    """

    def __init__(self, request: Request, response: Response) -> None:
        reason = f"a failure that is not as documented, so the outcome is unknown: {excerpt(response)}"
        ResponseError.__init__(self, request, response, reason, billed=None)


class InvalidResponseError(ResponseError):
    """The status is one of success, and the body is not what the document says."""


class InvalidImageError(InvalidResponseError):
    """The status is one of success, and the body is no image, or not the one that its headers announce.

    It was paid for: `content` has the bytes.
    """


class NotSavedError(APIError, OSError):
    """The image was paid for and came whole, and the disk did not take it.

    Attributes:
        content: Its bytes.
        path: Where they should have been written to.
    """

    billed: bool | None = True

    def __init__(self, content: bytes, path: str, reason: str) -> None:
        self.content = content
        self.path = path
        APIError.__init__(
            self,
            f"{one_line(path)} was not written: {one_line(reason)}; billed, and `content` has the {len(content)} bytes",
        )


def excerpt(response: Response) -> str:
    """What a body is, in one line for a message: its type, and its start and end if it is text."""
    if response.flaw:
        return f"{response.flaw} ({len(response.body)} bytes came)"
    body = response.body
    if not body:
        return "the body is empty"
    kind = response.media_type or "of no named type"
    text = response.text
    if _CONTROL.search(text):
        return f"the body ({one_line(kind)}) is {len(body)} bytes that are no text"
    return f"the body ({one_line(kind)}) is {quoted(text)}"


def _status_line(status: int) -> str:
    from http import HTTPStatus

    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

_BILLED: dict[bool | None, str] = {True: "billed", False: "not billed", None: "it may have been billed"}
