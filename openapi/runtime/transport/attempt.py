"""One attempt: the request that is sent, and the response as far as it is received."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from ..base.body import body_arguments
from ..base.errors import APIError, NotSentError, OutcomeUnknownError
from ..base.messages import Headers, Request, Response, decoded
from ..base.retry_after import retry_after_of
from .bounded_body import BoundedBody
from .certificates import distrust_of
from .contract import NEVER_SENT, is_lasting
from .failure_reasons import why_broken, why_not_connected
from .tunables import LARGEST_FAILURE, LARGEST_RESPONSE, SNIFFED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..base.deadlines import Deadline
    from ..base.spool import Spool
    from ..spec.key_search import KeySearch
    from ..spec.operation import Operation
    from ..spec.service import Settings
    from .libraries import Library
    from .timeouts import Limits


class PreparedRequest:
    """A request as it is sent.

    Args:
        settings: How the client is set up.
        operation: What is called.
        request: The request without its key.
        limits: The limits of the call.
        is_elsewhere: Whether it goes to another host than the service's: then nothing of the caller's own HTTP client
            goes along with it, such as default headers and cookies.

    Attributes:
        arguments: What the HTTP library gets, the key included: no repr shows it.

    Raises:
        InvalidRequestError: The request cannot be written.
        MissingKeyError: The operation needs a key that is not there.
    """

    __slots__ = ("arguments", "is_elsewhere", "limits", "operation", "request", "settings")

    def __init__(
        self,
        settings: Settings,
        operation: Operation[Any],
        request: Request,
        limits: Limits,
        *,
        is_elsewhere: bool = False,
    ) -> None:
        self.settings = settings = settings.at_server_of(request)
        self.is_elsewhere = is_elsewhere
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

    def attempt(self, deadline: Deadline, spool: Spool | None, seconds: float | None = None) -> Attempt:
        """An attempt to send it."""
        return Attempt(self, deadline, spool, seconds)


class Attempt:
    """One attempt: a request, and its response as far as it is received.

    Args:
        prepared: The request.
        deadline: When the call has to end.
        spool: Where a body of success goes instead of into memory, or None.
        seconds: How long the attempt may take, if the deadline limits the attempt; None if it limits the call.

    Attributes:
        is_watched: Whether the transport reports when the request is about to leave. True until a transport gets it.
        proxy_of: Tells the proxy on the way to a URL, without its credentials, or None; None if that is not known.
        stays_open: Whether the body of its response is handed over instead of being read here.
    """

    stays_open = False

    def __init__(
        self, prepared: PreparedRequest, deadline: Deadline, spool: Spool | None, seconds: float | None = None
    ) -> None:
        self.prepared = prepared
        self.deadline = deadline
        self.spool = spool
        self._seconds = seconds
        self.is_watched = True
        self.proxy_of: Callable[[str], str | None] | None = None
        self._was_sent = False
        self._is_success = False
        self._status_code = 0
        self._headers = _NO_HEADERS
        self._body: BoundedBody | None = None
        self._pieces: list[bytes] = []
        self._broke_off = False

    @property
    def may_be_sent(self) -> bool:
        """Whether the request may have been sent. A transport of the caller may send it as soon as it gets it."""
        return self._was_sent or not self.is_watched

    @property
    def flaw(self) -> str:
        """Why the body is not whole, as far as it is known; empty if nothing is."""
        return self._body.flaw if self._body is not None else ""

    @property
    def encoding(self) -> str:
        """How the body is packed; empty if it is not."""
        return self._body.encoding if self._body is not None else ""

    def mark_sent(self) -> None:
        """The request is about to leave."""
        self._was_sent = True

    def begin(self, response: Any) -> None:
        """The headers of the response are there."""
        self._was_sent = True
        self._status_code = response.status_code
        self._is_success = self.prepared.operation.is_success(response.status_code)
        self._headers = _headers(response.headers.raw, self.prepared.settings.keyring.search, self._is_success)
        write = self._pieces.append
        if self._is_success and self.spool is not None:
            self.spool.clear()
            write = self.spool.write
        # A transport that stands in for a service gives a body that has been read, and unpacked, already.
        packed = "" if response.is_stream_consumed else self._headers.get("content-encoding", "")
        largest = self.prepared.largest if self._is_success else LARGEST_FAILURE
        self._body = BoundedBody(largest, write, packed.strip().lower())

    def hand_over(self, pieces: Any, response: Any, library: Library) -> None:
        """Take the body of a response that stays open.

        Args:
            pieces: An iterator of its bytes as they are received.
            response: What has to be closed.
            library: The HTTP library.
        """
        raise AssertionError("only a stream stays open")

    def take(self, piece: bytes) -> bool:
        """A piece of the body is there; False if no more are wanted."""
        if self._body is None or not self._body.take(piece):
            return False
        if self.deadline.is_over:
            self._body.flaw, self._broke_off = self._late(), True
            return False
        return True

    def response(self) -> Response:
        """The response, as far as it has come."""
        body, headers = self._body, self._headers
        if body is None:
            raise AssertionError("there is no response before its headers")
        body.finish()
        service = self.prepared.settings.service
        spool, content = self._without_key(body, b"".join(self._pieces))
        return Response(
            status_code=self._status_code,
            headers=headers,
            content=content,
            request_id=headers.get(service.request_id_header) if service.request_id_header else None,
            flaw=body.flaw,
            broke_off=self._broke_off,
            cost=headers.number(service.cost_header) if service.cost_header else None,
            retry_after=None if self._is_success else retry_after_of(headers, service.reset_header, datetime.now(UTC)),
            spool=spool,
        )

    def _without_key(self, body: BoundedBody, content: bytes) -> tuple[Spool | None, bytes]:
        """The body without the key: a service may repeat it, to say what is wrong with it or to get hold of it."""
        search, spool = self.prepared.settings.keyring.search, self.spool if self._is_success else None
        start = bytes(spool.view()[:SNIFFED]) if spool is not None else content[:SNIFFED]
        if self._is_success and not _is_text(self._headers.get("content-type", ""), start):
            if spool is not None:
                spool.overwrite(search.places, search.longest)
            return spool, search.masked(content)
        whole = spool.content() if spool is not None else content
        if self._is_success:
            return None, search.redacted_result(whole, body.remaining_encoding)
        text = decoded(whole, self._headers) if "charset" in self._headers.get("content-type", "").lower() else ""
        content = search.redacted(whole, body.remaining_encoding, text)
        return None, search.without_start(content) if body.flaw else content

    def broken(self, error: httpx.TransportError) -> Response | APIError:
        """The result if the connection fails: an incomplete response once its headers are there, else an error."""
        is_late = isinstance(error, httpx.TimeoutException) and self.deadline.is_over
        reason = self._late() if is_late else why_broken(error, self._limit_of(error), self._redacted)
        if self._body is not None:
            self._break_off(self._body, reason)
            return self.response()
        # Whatever failed, a proxy too: the request itself had not left.
        if isinstance(error, NEVER_SENT) or not self.may_be_sent:
            distrust = distrust_of(error)
            return NotSentError(
                self.prepared.request,
                f"{self._why_not_connected(error)}{distrust and f'. {distrust}'}",
                permanent=bool(distrust) or is_lasting(error),
            )
        return OutcomeUnknownError(self.prepared.request, reason, free=self.prepared.operation.is_free)

    def expired(self) -> Response | APIError:
        """The result if the deadline passed during the attempt."""
        if self._body is not None:
            self._break_off(self._body, self._late())
            return self.response()
        if self.may_be_sent:
            return OutcomeUnknownError(self.prepared.request, self._late(), free=self.prepared.operation.is_free)
        return NotSentError(self.prepared.request, self._why_not_connected(httpx.ConnectTimeout("")))

    def _break_off(self, body: BoundedBody, reason: str) -> None:
        if not body.flaw:
            body.flaw, self._broke_off = f"the body broke off: {reason}", True

    def _late(self) -> str:
        if self._seconds is not None:
            return f"gave up after the {self._seconds:g} seconds of an attempt"
        total = self.prepared.limits.total
        return f"gave up after the {total:g} seconds of the call" if total is not None else "gave up at its deadline"

    def _limit_of(self, error: httpx.TransportError) -> float | None:
        """The limit that has passed, if that is what went wrong, and if there is one."""
        return self.prepared.limits.phases.get(type(error).__name__.removesuffix("Timeout").lower())

    def _why_not_connected(self, error: httpx.TransportError) -> str:
        origin = self.prepared.origin
        proxy = None if self.proxy_of is None else self.proxy_of(origin)
        return why_not_connected(error, origin, proxy, self._limit_of(error), self._redacted)

    @property
    def _redacted(self) -> Callable[[str], str]:
        return self.prepared.settings.keyring.search.redacted_text


def _headers(raw: list[tuple[bytes, bytes]], search: KeySearch, is_success: bool) -> Headers:
    whole = b"\n".join(part for pair in raw for part in pair)
    # Each response has headers, and few are worth the search for encodings within encodings.
    if search.is_in(whole) or ((not is_success or _ESCAPED.search(whole)) and search.is_hidden(whole)):
        raw = [(search.redacted(name), search.redacted(value)) for name, value in raw]
    return Headers(tuple([(_text(name), _text(value)) for name, value in raw]))


def _is_text(content_type: str, start: bytes) -> bool:
    kind = content_type.strip().lower()
    if not kind or kind.startswith("text/") or any(word in kind for word in ("html", "json", "xml")):
        return True
    # What is labelled otherwise: a page, a message, or anything that is not an image.
    return not start.startswith(_IMAGES) if kind.startswith("image/") else start.isascii() and b"\0" not in start


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


_NO_HEADERS = Headers()

_ESCAPED = re.compile(rb"[%\\&\0]")

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
"""How images begin: a JPEG, a PNG, a GIF and a WebP."""
