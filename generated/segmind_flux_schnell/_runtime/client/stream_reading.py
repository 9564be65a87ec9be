# @generated from openapi/runtime/client/stream_reading.py by `make generate`. Do not edit: change that file.
"""What a stream says, apart from how its bytes are waited for: its events, its end, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from attrs import frozen

from ..base.deadlines import Deadline
from ..base.errors import InvalidResponseError
from ..transport.framing import RawEvent, framing_of
from ..transport.open_body import BrokenBodyError, OpenBody, StreamRequest
from .tunables import LARGEST_EVENT

if TYPE_CHECKING:
    from decimal import Decimal

    from ..base.messages import Headers, Request, Response
    from ..spec.stream import StreamSpec

T = TypeVar("T")


@frozen
class StreamEvent(Generic[T]):
    """One event of a stream.

    Args:
        data: What it holds.
        event: Its name; "message" where the service gives none. Lines of JSON have none.
        id: The last id that the service has given to an event; empty where it has given none.
        retry: Milliseconds to wait before connecting again, as the service last requested, or None.
    """

    data: T
    event: str = "message"
    id: str = ""
    retry: int | None = None


class StreamReading(Generic[T]):
    """What both kinds of stream have in common: the events that are there, and what becomes of a flaw."""

    def __init__(self, spec: StreamSpec[T], sent: StreamRequest, response: Response, body: OpenBody) -> None:
        self._spec = spec
        self._sent = sent
        self._response = response
        self._body = body
        self._largest = sent.settings.largest or LARGEST_EVENT
        kind = response.media_type if response.media_type in spec.media_types else spec.media_types[0]
        self._framing = framing_of(kind or "", self._largest)
        self._waiting: Iterator[RawEvent] = iter(())
        self._count = 0
        self._is_at_end = False
        self._has_ended = False
        self._is_closed = False

    @property
    def status_code(self) -> int:
        """The HTTP status of the response."""
        return self._response.status_code

    @property
    def headers(self) -> Headers:
        """The headers of the response."""
        return self._response.headers

    @property
    def request_id(self) -> str | None:
        """The service's name for the call, or None if the response has none."""
        return self._response.request_id

    @property
    def cost(self) -> Decimal | None:
        """Credits that the service reports as charged, or None if it does not say."""
        return self._response.cost

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is received: the stream has ended, has broken off, or was closed."""
        return self._is_closed

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else "open"
        read = f"{self.status_code}, {state}, {self._count} events read"
        return f"<{type(self).__name__} of {self._sent.request}: {read}>"

    def _begun(self) -> Deadline:
        """The deadline of the next event.

        Raises:
            ValueError: The stream was closed before its end, or broke off.
        """
        if self._is_closed and not self._has_ended:
            raise ValueError("the stream is closed: no further event can be read")
        return Deadline.after(self._sent.seconds)

    def _ready(self) -> StreamEvent[T] | None:
        """The next event that has been received whole, or None if there is none yet."""
        for raw in self._waiting:
            if is_end(self._spec, raw):
                self._has_ended = True
                return None
            if holds_data(self._spec, raw):
                return self._event(raw)
        return None

    def _take(self, pieces: Iterator[bytes] | None) -> None:
        """Divide the next bytes into events; None is the end of the body."""
        if pieces is not None:
            # Without `self`, which would make a circle of the two: what is dropped would stay open for a while.
            self._waiting = chain.from_iterable(map(self._framing.take, pieces))
        elif not self._is_at_end:
            self._waiting, self._is_at_end = self._framing.finish(), True
        elif self._spec.needs_end:
            raise BrokenBodyError(f"it ended without {self._spec.end}")
        else:
            self._has_ended = True

    def _event(self, raw: RawEvent) -> StreamEvent[T]:
        # A service may repeat the key.
        data = self._sent.settings.keyring.search.redacted_result(raw.data, "")
        self._count += 1
        held = held_in(self._spec, self._sent.request, self._response, data)
        return StreamEvent(held, raw.event, raw.id, raw.retry)

    def _failure(self, error: Exception) -> InvalidResponseError:
        """The error for a stream that is not whole."""
        reason = f"an event is longer than {self._largest} bytes, the most that is taken"
        broke_off = isinstance(error, BrokenBodyError)
        if broke_off:
            events = "1 event" if self._count == 1 else f"{self._count} events"
            reason = f"the stream broke off after {events}: {error}"
        response, operation = self._response._replace(broke_off=broke_off), self._spec.operation
        return InvalidResponseError(self._sent.request, response, reason, billed=operation.billed(response))


def is_end(spec: StreamSpec[Any], raw: RawEvent) -> bool:
    """Whether an event says that the stream has ended."""
    return bool(spec.end) and raw.data == spec.end.encode()


def holds_data(spec: StreamSpec[Any], raw: RawEvent) -> bool:
    """Whether an event is more than one that keeps the connection alive."""
    return spec.is_text or bool(raw.data.strip())


def held_in(spec: StreamSpec[T], request: Request, response: Response, data: bytes) -> T:
    """What the data of an event says."""
    if spec.is_text:
        return cast("T", data.decode(errors="replace"))
    return spec.event.result(request, response._replace(content=data))
