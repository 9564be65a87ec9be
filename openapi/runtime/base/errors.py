"""Everything that the client raises. Its warnings are in `image_warnings`.

    APIError
    ├── ConfigurationError           the client cannot use an argument or a setting; nothing was sent
    │   └── MissingKeyError          … or without a key that the operation needs
    ├── InvalidRequestError          the call breaks rules of the document; nothing was sent
    ├── BudgetExhaustedError         the call would spend more than its budget allows; nothing was sent
    ├── NotSentError                 no connection to the service could be made; nothing was sent
    ├── OutcomeUnknownError          sent, but no whole response was received: it may have been billed
    │   └── GatewayError             … or a 5xx that the document does not explain (also a ResponseError)
    ├── NotSavedError                paid for, but the file could not be written: the error has the bytes
    ├── JournalError                 the journal of a batch could not be written: it ended
    ├── JobTimeoutError              a job was still active when its time was up
    └── ResponseError                a response was received, but not the result that was requested
        ├── StatusError              a documented failure: the package's `errors` has a class for each
        ├── RedirectRefusedError     a redirect, which is not followed
        ├── UndocumentedStatusError  a status that the document does not have
        ├── JobFailedError           a job ran and failed: not billed
        ├── JobExpiredError          the service has no record of a job, or has deleted it
        └── InvalidResponseError     the status is a success, but the body is not as documented
            └── InvalidImageError    … and should have been an image
                └── MismatchError    … or a whole image that differs from the request, if the caller refuses those

All of them can be pickled, and none holds a key.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from .excerpts import excerpt, is_text
from .messages import Headers, Request, Response, decoded
from .public_names import show_as_exported
from .rules import Fault
from .wording import BILLING, duration, one_line, quoted, shown

if TYPE_CHECKING:
    from .image_warnings import ImageWarning

OutcomeName = Literal["never_sent", "rejected", "retryable", "unknown", "billed"]
"""How a call ended: not sent, refused, refused for now, possibly billed, or billed."""

NOTHING_SENT: Final = "Nothing was sent."
NOTHING_BILLED: Final = "nothing was sent and nothing was billed"


class APIError(Exception):
    """Base of all errors of this package.

    Attributes:
        billed: Whether the call was charged for: True, False, or None if the client cannot know.
        attempts: How often the client sent the call, or tried to; 0 if it refused the call.
        first_failure: What the first attempt failed with, if the last one failed with something else; else empty.
        given_up: Why the client did not wait longer and send the call again, in words; empty if it had no reason to.
        job_id: The id of the job that the call had ordered, or None. The result can still be collected by this id.
        collecting: How to collect that job, in words; empty if there is nothing to collect.
    """

    billed: bool | None = False
    attempts: int = 0
    first_failure: str = ""
    given_up: str = ""
    job_id: str | None = None
    collecting: str = ""
    _unbilled: ClassVar[OutcomeName] = "never_sent"

    @property
    def outcome(self) -> OutcomeName:
        """How the call ended: `never_sent`, `rejected`, `retryable`, `unknown` or `billed`."""
        if self.billed is None:
            return "unknown"
        return "billed" if self.billed else self._unbilled

    def __str__(self) -> str:
        first = f"; the first failed with: {self.first_failure}" if self.first_failure else ""
        repeated = f" (after {self.attempts} attempts{first})" if self.attempts > 1 else ""
        ends = "".join(f"; {end}" for end in (self.given_up, self.collecting) if end)
        whole = f"{super().__str__()}{repeated}"
        return f"{whole.removesuffix('.')}{ends}" if ends else whole

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the frames of the caller, and the message."""
        from .notebook import traceback_lines

        return traceback_lines(self)


def _restored(cls: type[APIError], args: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(APIError, ValueError):
    """The client cannot use an argument or a setting. Nothing was sent.

    The error itself adds that to its message: `reason` is what is wrong, in whole sentences.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {NOTHING_SENT}")


class MissingKeyError(ConfigurationError):
    """The client has no key for an operation that needs one. Nothing was sent."""


class InvalidRequestError(APIError, ValueError):
    """The call breaks rules of the document. Nothing was sent and nothing was billed.

    Attributes:
        subject: The operation, or the class of the request.
        faults: Everything that is wrong with the call.
    """

    def __init__(self, subject: str, faults: tuple[Fault, ...]) -> None:
        self.subject = subject
        self.faults = faults
        lines = "".join(f"\n  {fault}" for fault in faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{subject}: {count}, {NOTHING_BILLED}{lines}")


class BudgetExhaustedError(APIError):
    """The call would spend more than its budget allows. Nothing was sent and nothing was billed.

    Attributes:
        limit: The limit that the call would break: the name of a parameter of `Budget`.
        allowed: Its value.
    """

    def __init__(self, limit: str, allowed: object, state: str) -> None:
        self.limit = limit
        self.allowed = allowed
        super().__init__(f"the budget is exhausted: {limit} is {allowed}: {state}; {NOTHING_BILLED}")


class NotSentError(APIError, ConnectionError):
    """No connection to the service could be made. Nothing was sent and nothing was billed.

    Attributes:
        request: The request that would have been sent.
        permanent: Whether further attempts would fail in the same way: the certificate of the service is not trusted,
            its host does not exist, or a proxy refuses.
    """

    def __init__(self, request: Request, reason: str, *, permanent: bool = False) -> None:
        self.request = request
        self.permanent = permanent
        super().__init__(f"{request}: not sent, so not billed: {reason}")


class OutcomeUnknownError(APIError):
    """The request was sent, but no whole response was received: it may have been billed.

    A call that is free of charge according to the document cannot have been: then `billed` is False.

    Attributes:
        request: The request that was sent.
    """

    billed: bool | None = None
    _unbilled: ClassVar[OutcomeName] = "retryable"

    def __init__(self, request: Request, reason: str, *, free: bool = False) -> None:
        self.request = request
        self.billed = _billed_if_lost(free)
        known = "; not billed, since the call is free of charge" if free else ", so it may have been billed"
        super().__init__(f"{request}: sent, but the outcome is unknown{known}: {reason}")


class ResponseError(APIError):
    """A response was received, but not the result that was requested.

    Attributes:
        request: The request that was sent.
        status_code: The HTTP status, which may be one that IANA does not list.
        headers: The headers of the response.
        content: Its body in bytes, as far as it was received.
        request_id: The service's name for the call, or None if the response has none.
        retry_after: Seconds to wait before the next request, as the service requests, or None if it does not say.
        cost: Credits that the service reports as charged, or None if it does not say.
        broke_off: Whether the body broke off: another attempt may get all of it.
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
        self.first_failure = response.first_failure
        self.given_up = response.given_up
        self.cost = response.cost
        self.broke_off = response.broke_off
        if response.cost is not None and response.cost > 0 and billed is not True:
            # Whatever the document says of the status: the service itself reports a charge.
            billed, reason = True, f"{reason}; the service says that it charged {response.cost} credits"
        if response.follows_unknown and billed is False:
            # True of the last attempt, but not of the call as a whole.
            billed, reason = None, f"{reason}; the outcome of an earlier attempt is unknown"
        self.billed = billed
        named = f" (request id {one_line(self.request_id)})" if self.request_id else ""
        APIError.__init__(self, f"{request}: {_status_line(self.status_code)}: {reason}; {_BILLED[billed]}{named}")

    @property
    def text(self) -> str:
        """The body as text in the charset of its content type, UTF-8 by default; undecodable bytes are replaced."""
        return decoded(self.content, self.headers)


class StatusError(ResponseError):
    """The service responded with a documented status of failure.

    Attributes:
        documented: The statuses that the class stands for, as the document writes them.
        meaning: What the document says about the status.
        body: The body as documented, or None if it has another shape; `text` always has it.
        message: The service's message in the body, or None.
        temporary: Whether the status means "not now": the same call may succeed later.
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
        """How the call ended: `rejected`, `retryable`, `unknown` or `billed`."""
        return "retryable" if self.temporary and self.billed is False else super().outcome


class UndocumentedStatusError(ResponseError):
    """The service responded with a status that the document does not have. The call may have been billed."""

    def __init__(self, request: Request, response: Response, *, free: bool = False) -> None:
        reason = f"the status is not documented: {excerpt(response)}"
        super().__init__(request, response, reason, billed=_billed_if_lost(free))


class RedirectRefusedError(ResponseError):
    """The service responded with a redirect. The client does not follow it, so that the key goes to one host only.

    Attributes:
        location: Where the redirect leads, or None if the response does not say.
    """

    def __init__(
        self,
        request: Request,
        response: Response,
        advice: str = "if it is right, set base_url",
        *,
        free: bool = False,
    ) -> None:
        self.location = response.headers.get("location")
        towards = f"to {shown(self.location)} " if self.location is not None else ""
        reason = f"a redirect {towards}is not followed: {advice}"
        super().__init__(request, response, reason, billed=_billed_if_lost(free))


class GatewayError(OutcomeUnknownError, ResponseError):
    """A 5xx that the document does not explain: the service failed, or something between it and the client.

    The client cannot know what the service did with the request: it may have been billed.
    """

    def __init__(self, request: Request, response: Response, *, free: bool = False) -> None:
        reason = f"the document does not explain this failure, so the outcome is unknown: {excerpt(response)}"
        ResponseError.__init__(self, request, response, reason, billed=_billed_if_lost(free))


class InvalidResponseError(ResponseError):
    """The status is a success, but the body is not as documented."""


class InvalidImageError(InvalidResponseError):
    """The status is a success, but the body is not a whole image.

    It was paid for: `content` has the bytes.
    """


class MismatchError(InvalidImageError):
    """The image is whole, but its size, seed or format is not the requested one, and `on_mismatch` is "raise".

    It was paid for: `content` has the bytes.

    Attributes:
        warnings: What differs: each as a `SizeMismatchWarning`, `SeedMismatchWarning` or `FormatMismatchWarning`.
    """

    def __init__(
        self,
        request: Request,
        response: Response,
        warnings: "tuple[ImageWarning, ...]",
        *,
        billed: bool | None,
    ) -> None:
        self.warnings = warnings
        super().__init__(request, response, "; ".join(map(str, warnings)), billed=billed)


class JobFailedError(ResponseError):
    """A job ran and failed. It was not billed, unless the service reports a charge.

    Attributes:
        job_id: The id of the job; `request_id` is the same.
        state: Its state, as the service writes it.
        message: Why it failed, as the service says, or None.
    """

    def __init__(
        self, request: Request, response: Response, *, job_id: str, state: str | int, message: str | None
    ) -> None:
        self.job_id = job_id
        self.state = state
        self.message = message
        said = f"the service says {quoted(message)}" if message else excerpt(response)
        super().__init__(request, response._replace(request_id=job_id), f"the job failed: {said}", billed=False)


class JobExpiredError(ResponseError):
    """The service has no record of a job: it has expired, or never existed. The job may have been billed.

    Attributes:
        job_id: The id of the job; `request_id` is the same.
    """

    def __init__(self, request: Request, response: Response, *, job_id: str, record_seconds: float | None) -> None:
        self.job_id = job_id
        lives = f", which lives {duration(record_seconds)}," if record_seconds else ""
        reason = f"the record of the job{lives} has expired, or the id is not one of this account: {excerpt(response)}"
        super().__init__(request, response._replace(request_id=job_id), reason, billed=None)


class JobTimeoutError(APIError):
    """A job was still active when its time was up. It may be billed, and can be collected later.

    Attributes:
        job_id: The id of the job; `request_id` is the same.
        request_id: The id of the job.
        state: Its last known state, as the service writes it; None if the service did not tell it in time.
        waited: How long the client waited, in seconds.
    """

    billed: bool | None = None

    def __init__(self, job_id: str, *, state: str | int | None, waited: float) -> None:
        self.job_id = self.request_id = job_id
        self.state = state
        self.waited = waited
        known = "in a state that is not known" if state is None else f"still {shown(state).strip(_QUOTES)}"
        after = f" after {duration(waited)}" if waited >= 1 else ""
        super().__init__(f"the job {one_line(job_id)} is {known}{after}")


class NotSavedError(APIError, OSError):
    """The image was paid for and received whole, but its file could not be written.

    Attributes:
        content: Its bytes.
        path: The file that could not be written.
        reason: Which file, and why, in words.
        kept: The file that has the bytes, or the converted image, instead; None if there is none.
        others: For a batch, the errors of other images that could not be written.
    """

    billed: bool | None = True

    def __init__(self, content: bytes, path: str, reason: str, *, kept: str | None = None) -> None:
        self.content = content
        self.path = path
        self.kept = kept
        self.others: tuple[NotSavedError, ...] = ()
        self.reason = f"{one_line(path)} was not written: {one_line(reason)}"
        where = f"; it is kept as {one_line(kept)}" if kept else ""
        APIError.__init__(self, f"{self.reason}{where}; billed, and `content` has the {len(content)} bytes")

    def __str__(self) -> str:
        return "; ".join([super().__str__(), *map(str, self.others)])


class JournalError(APIError, OSError):
    """A batch ended because its journal could not be written. The images that it bought are in its folder.

    `billed` is None if requests had been sent: the next run lists as unknown what the journal lacks.

    Attributes:
        path: The journal.
        job_ids: The ids of submitted jobs that the journal lacks. Nothing else has them: collect the jobs by these.
    """

    def __init__(self, path: str, reason: str, *, sent: bool) -> None:
        self.path = path
        self.job_ids: tuple[str, ...] = ()
        self.billed = None if sent else False
        known = "what was bought is on disk, and the next run lists what the journal lacks as unknown"
        APIError.__init__(
            self, f"{one_line(path)} was not written: {one_line(reason)}; {known if sent else NOTHING_BILLED}"
        )

    def __str__(self) -> str:
        # Each of them is whole: nobody else has it.
        ids = ", ".join(one_line(job_id, len(job_id)) for job_id in self.job_ids)
        return f"{super().__str__()}; it lacks the active jobs: {ids}" if ids else super().__str__()


def named_failure(error: APIError) -> str:
    """What an attempt failed with, in a few words: the status, or the reason without the request."""
    if isinstance(error, ResponseError):
        return _status_line(error.status_code)
    request = getattr(error, "request", None)
    return one_line(str(error).removeprefix(f"{request}: "))


def response_text(error: BaseException) -> str | None:
    """The whole text of the response that an error is about; None if it has none, or is of bytes that are not text."""
    if not isinstance(error, ResponseError) or not error.content or not is_text(error.text):
        return None
    return error.text


def _billed_if_lost(free: bool) -> bool | None:
    """Whether a call whose outcome is unknown was charged for: one that is free of charge was not."""
    return False if free else None


def _status_line(status: int) -> str:
    from http import HTTPStatus

    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


_QUOTES = "'\""

_BILLED = {**BILLING, None: f"it {BILLING[None]}"}

show_as_exported(__name__)
