"""Sending one request over the HTTP library and reading its response, blocking and asynchronous."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import httpx
from attrs import define, field, frozen

from ..base.deadlines import Deadline, deadline_scope
from ..base.errors import APIError, ConfigurationError, NotSentError, OutcomeUnknownError
from ..base.messages import Headers, Request, Response
from ..base.retry_after import retry_after_of
from ..base.spool import Spool
from ..base.wording import said
from ..spec.credentials import Keyring
from .bounded_body import LARGEST_FAILURE, BoundedBody
from .connection import UNSENT, AsyncConnection, Connection, SyncConnection
from .contract import NEVER_SENT
from .timeouts import Limits


@frozen(kw_only=True)
class PreparedRequest:
    """A request as it is sent.

    Args:
        request: The request without its key.
        arguments: What the HTTP library gets, the key included: no repr shows it.
        base_url: Where the service lives.
        limits: The limits of the call.
        keyring: The keys, to be taken out of what the service repeats.
        largest: Bytes that a body of success may have.
        is_success: Tells whether a status is one of success.
        request_id_header: Header with the service's name for the call, or None.
        cost_header: Header with the credits that the call cost, or None.
        reset_header: Header with the moment from which the service takes requests again, or None.
    """

    request: Request
    arguments: Mapping[str, Any] = field(repr=False)
    base_url: str
    limits: Limits
    keyring: Keyring = field(repr=False)
    largest: int
    is_success: Any
    request_id_header: str | None
    cost_header: str | None
    reset_header: str | None

    @property
    def origin(self) -> str:
        """Scheme, host and port of the service."""
        url = httpx.URL(self.base_url)
        return f"{url.scheme}://{url.netloc.decode('ascii')}"


@define
class Attempt:
    """One attempt: a request on its way, and its response as far as it has come.

    Args:
        prepared: The request.
        deadline: When the call has to end.
        spool: Where a body of success goes instead of into memory, or None.
    """

    prepared: PreparedRequest
    deadline: Deadline
    spool: Spool | None = None
    _is_ours: bool = field(default=False, init=False)
    _was_sent: bool = field(default=False, init=False)
    _response: httpx.Response | None = field(default=None, init=False)
    _body: BoundedBody | None = field(default=None, init=False)
    _pieces: list[bytes] = field(factory=list[bytes], init=False, repr=False)

    @property
    def may_be_sent(self) -> bool:
        """Whether the request may have gone out whole. Of transports that are not ours nobody knows."""
        return self._was_sent or not self._is_ours

    def built(self, connection: Connection) -> Any:
        """The request of the HTTP library.

        Raises:
            ConfigurationError: None can be made of the request.
        """
        self._is_ours = connection.is_ours
        connection.settle_in()
        try:
            limits = self.prepared.limits.within(self.deadline)
            return connection.request(self.prepared.arguments, limits, self.mark_sent)
        except Exception as error:
            flaw = said(error)
        raise ConfigurationError(f"{self.prepared.request}: no request can be made of this: {flaw}.{UNSENT}")

    def mark_sent(self) -> None:
        """The request is about to leave."""
        self._was_sent = True

    def begin(self, response: httpx.Response) -> None:
        """The headers of the response are there."""
        self._was_sent = True
        success = self.prepared.is_success(response.status_code)
        write = self._pieces.append
        if success and self.spool is not None:
            self.spool.clear()
            write = self.spool.write
        # A transport that stands in for a service gives a body that has been read, and unpacked, already.
        packed = "" if response.is_stream_consumed else response.headers.get("content-encoding", "")
        encoding = packed.strip().lower()
        self._body = BoundedBody(self.prepared.largest if success else LARGEST_FAILURE, write, encoding)
        self._response = response

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
        response, body = self._response, self._body
        if response is None or body is None:
            raise AssertionError("there is no response before its headers")
        body.finish()
        raw = response.headers.raw
        if self.prepared.keyring.is_in(value for _, value in raw):
            redacted = self.prepared.keyring.redacted
            raw = [(name, redacted(value)) for name, value in raw]
        headers = Headers(tuple((_text(name), _text(value)) for name, value in raw))
        success = self.prepared.is_success(response.status_code)
        spool, content = (self.spool if success else None), b"".join(self._pieces)
        if not success or _is_text(headers.get("content-type", "")):
            # What is no file may repeat the key.
            content, spool = self.prepared.keyring.redacted(spool.content() if spool else content), None
        return Response(
            status_code=response.status_code,
            headers=headers,
            content=content,
            request_id=headers.get(self.prepared.request_id_header) if self.prepared.request_id_header else None,
            flaw=body.flaw,
            cost=headers.number(self.prepared.cost_header) if self.prepared.cost_header else None,
            retry_after=None if success else retry_after_of(headers, self.prepared.reset_header, datetime.now(UTC)),
            spool=spool,
        )

    def broken(self, error: httpx.TransportError) -> Response | APIError:
        """What is left when the connection fails: half a response once its headers are there, else an error."""
        reason = self._timed_out(error) if isinstance(error, httpx.TimeoutException) else said(error)
        if self._body is not None:
            self._body.flaw = self._body.flaw or f"the body broke off: {reason}"
            return self.response()
        # Also where a proxy failed, whatever it is called: the request itself had not begun.
        if isinstance(error, NEVER_SENT) or not self.may_be_sent:
            return NotSentError(self.prepared.request, f"no connection to {self.prepared.origin}: {reason}")
        return OutcomeUnknownError(self.prepared.request, reason)

    def expired(self) -> Response | APIError:
        """What is left when the deadline has cut the attempt off."""
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


def send(connection: SyncConnection, attempt: Attempt) -> Response | APIError:
    """Make one attempt. Only what the transport itself raises is turned into an error of ours; all else passes through.

    Raises:
        ConfigurationError: No request can be made.
    """
    built = attempt.built(connection)
    try:
        with deadline_scope(attempt.deadline):
            response = connection.open(built)
            try:
                attempt.begin(response)
                for piece in (response.content,) if response.is_stream_consumed else _blocking(response.stream):
                    if not attempt.take(piece):
                        break
            finally:
                response.close()
        return attempt.response()
    except connection.library.failures as error:
        # Given back, not raised: no exception of the HTTP library, which holds the request and its key, hangs on ours.
        return attempt.broken(connection.library.failure(error))


async def send_async(connection: AsyncConnection, attempt: Attempt) -> Response | APIError:
    """`send` for an asynchronous client. At the deadline it is cancelled."""
    import anyio

    built = attempt.built(connection)
    try:
        with anyio.move_on_after(attempt.deadline.left) as scope:
            response = await connection.open(built)
            try:
                attempt.begin(response)
                async for piece in _pieces(response):
                    if not attempt.take(piece):
                        break
            finally:
                await response.aclose()
    except connection.library.failures as error:
        return attempt.broken(connection.library.failure(error))
    return attempt.expired() if scope.cancelled_caught else attempt.response()


async def _pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    if response.is_stream_consumed:
        yield response.content
        return
    # The stream itself: the response's own iterators count and check what is counted and checked here already.
    async for piece in cast("httpx.AsyncByteStream", response.stream):
        yield piece


def _blocking(stream: object) -> httpx.SyncByteStream:
    return cast("httpx.SyncByteStream", stream)


def _is_text(content_type: str) -> bool:
    kind = content_type.strip().lower()
    return not kind or kind.startswith("text/") or any(word in kind for word in ("html", "json", "xml"))


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
