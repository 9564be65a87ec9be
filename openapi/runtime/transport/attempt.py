"""One attempt: the request that is sent, and the response as far as it is received."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from ..base.body import body_arguments
from ..base.errors import APIError, NotSentError, OutcomeUnknownError
from ..base.messages import Headers, Request, Response
from ..base.retry_after import retry_after_of
from ..base.wording import said
from .bounded_body import BoundedBody
from .contract import NEVER_SENT, is_lasting
from .tunables import LARGEST_FAILURE, LARGEST_RESPONSE

if TYPE_CHECKING:
    from ..base.deadlines import Deadline
    from ..base.spool import Spool
    from ..spec.credentials import Keyring
    from ..spec.operation import Operation
    from ..spec.service import Settings
    from .timeouts import Limits


class PreparedRequest:
    """A request as it is sent.

    Args:
        settings: How the client is set up.
        operation: What is called.
        request: The request without its key.
        limits: The limits of the call.

    Attributes:
        arguments: What the HTTP library gets, the key included: no repr shows it.

    Raises:
        InvalidRequestError: The request cannot be written.
        MissingKeyError: The operation needs a key that is not there.
    """

    __slots__ = ("arguments", "limits", "operation", "request", "settings")

    def __init__(self, settings: Settings, operation: Operation[Any], request: Request, limits: Limits) -> None:
        self.settings = settings
        self.operation = operation
        self.request = request
        self.limits = limits
        self.arguments = settings.arguments(operation, request) | body_arguments(request)

    @property
    def origin(self) -> str:
        """Scheme, host and port of the service."""
        url = httpx.URL(self.settings.base_url)
        return f"{url.scheme}://{url.netloc.decode('ascii')}"

    @property
    def largest(self) -> int:
        """Bytes that a body of success may have."""
        return self.settings.largest or self.operation.largest or LARGEST_RESPONSE

    def attempt(self, deadline: Deadline, spool: Spool | None) -> Attempt:
        """An attempt to send it."""
        return Attempt(self, deadline, spool)


class Attempt:
    """One attempt: a request, and its response as far as it is received.

    Args:
        prepared: The request.
        deadline: When the call has to end.
        spool: Where a body of success goes instead of into memory, or None.

    Attributes:
        is_watched: Whether the transport reports when the request is about to leave.
    """

    def __init__(self, prepared: PreparedRequest, deadline: Deadline, spool: Spool | None) -> None:
        self.prepared = prepared
        self.deadline = deadline
        self.spool = spool
        self.is_watched = False
        self._was_sent = False
        self._is_success = False
        self._status_code = 0
        self._headers = _NO_HEADERS
        self._body: BoundedBody | None = None
        self._pieces: list[bytes] = []

    @property
    def may_be_sent(self) -> bool:
        """Whether the request may have been sent. For a transport of the caller, that is always possible."""
        return self._was_sent or not self.is_watched

    def mark_sent(self) -> None:
        """The request is about to leave."""
        self._was_sent = True

    def begin(self, response: Any) -> None:
        """The headers of the response are there."""
        self._was_sent = True
        self._status_code = response.status_code
        self._is_success = self.prepared.operation.is_success(response.status_code)
        self._headers = _headers(response.headers.raw, self.prepared.settings.keyring)
        write = self._pieces.append
        if self._is_success and self.spool is not None:
            self.spool.clear()
            write = self.spool.write
        # A transport that stands in for a service gives a body that has been read, and unpacked, already.
        packed = "" if response.is_stream_consumed else self._headers.get("content-encoding", "")
        largest = self.prepared.largest if self._is_success else LARGEST_FAILURE
        self._body = BoundedBody(largest, write, packed.strip().lower())

    def take(self, piece: bytes) -> bool:
        """A piece of the body is there; False if no more are wanted."""
        if self._body is None or not self._body.take(piece):
            return False
        if self.deadline.is_over:
            self._body.flaw = self._late()
            return False
        return True

    def response(self) -> Response:
        """The response, as far as it has come."""
        body, headers = self._body, self._headers
        if body is None:
            raise AssertionError("there is no response before its headers")
        body.finish()
        service = self.prepared.settings.service
        spool, content = (self.spool if self._is_success else None), b"".join(self._pieces)
        if not self._is_success or _is_text(headers.get("content-type", "")):
            # A text may repeat the key.
            content, spool = self.prepared.settings.keyring.redacted(spool.content() if spool else content), None
        return Response(
            status_code=self._status_code,
            headers=headers,
            content=content,
            request_id=headers.get(service.request_id_header) if service.request_id_header else None,
            flaw=body.flaw,
            cost=headers.number(service.cost_header) if service.cost_header else None,
            retry_after=None if self._is_success else retry_after_of(headers, service.reset_header, datetime.now(UTC)),
            spool=spool,
        )

    def broken(self, error: httpx.TransportError) -> Response | APIError:
        """The result if the connection fails: an incomplete response once its headers are there, else an error."""
        reason = self._timed_out(error) if isinstance(error, httpx.TimeoutException) else said(error)
        if self._body is not None:
            self._body.flaw = self._body.flaw or f"the body broke off: {reason}"
            return self.response()
        # Whatever failed, a proxy too: the request itself had not left.
        if isinstance(error, NEVER_SENT) or not self.may_be_sent:
            text = f"no connection to {self.prepared.origin}: {reason}"
            return NotSentError(self.prepared.request, text, temporary=not is_lasting(error))
        return OutcomeUnknownError(self.prepared.request, reason)

    def expired(self) -> Response | APIError:
        """The result if the deadline passed during the attempt."""
        if self._body is not None:
            self._body.flaw = self._body.flaw or f"the body broke off: {self._late()}"
            return self.response()
        if self.may_be_sent:
            return OutcomeUnknownError(self.prepared.request, self._late())
        return NotSentError(self.prepared.request, f"no connection to {self.prepared.origin}: {self._late()}")

    def _late(self) -> str:
        return f"gave up after the {self.prepared.limits.total:g} seconds of the call"

    def _timed_out(self, error: httpx.TimeoutException) -> str:
        limit = self.prepared.limits.phases.get(type(error).__name__.removesuffix("Timeout").lower())
        return f"{type(error).__name__}: gave up after {limit:g} seconds" if limit is not None else said(error)


def _headers(raw: list[tuple[bytes, bytes]], keyring: Keyring) -> Headers:
    if keyring.is_in(value for _, value in raw):
        raw = [(name, keyring.redacted(value)) for name, value in raw]
    return Headers(tuple([(_text(name), _text(value)) for name, value in raw]))


def _is_text(content_type: str) -> bool:
    kind = content_type.strip().lower()
    return not kind or kind.startswith("text/") or any(word in kind for word in ("html", "json", "xml"))


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


_NO_HEADERS = Headers()
