# @generated from openapi/runtime/client/streams.py by `make generate`. Do not edit: change that file.
"""Responses that are read event by event while they are received."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import chain, takewhile
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

from attrs import frozen

from ..base.body import with_extra
from ..base.deadlines import Deadline
from ..base.errors import InvalidResponseError
from ..base.unset import UNSET, Unset
from ..transport.framing import LongEventError, RawEvent, framing_of
from ..transport.open_body import BrokenBodyError, OpenBody, StreamRequest
from .clients import driven, driven_async, stream_flow
from .tunables import LARGEST_EVENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from ..base.messages import Headers, Request, Response
    from ..spec.stream import StreamSpec
    from ..transport.options import Timeout
    from .clients import AsyncClient, SyncClient

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


class _Reading(Generic[T]):
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
            if _is_end(self._spec, raw):
                self._has_ended = True
                return None
            if _holds_data(self._spec, raw):
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
        held = _held(self._spec, self._sent.request, self._response, data)
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


class Stream(_Reading[T]):
    """The events of a response, read while they are received. Use it in a `with` block, which closes it.

    Iterating gives what each event holds; `events` gives the events with their names and ids. Nothing is sent again
    once the response has begun: a stream that breaks off raises an `InvalidResponseError` whose `broke_off` is True.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        return self._next().data

    def events(self) -> Iterator[StreamEvent[T]]:
        """The events that follow, with their names and ids."""
        while True:
            try:
                event = self._next()
            except StopIteration:
                return
            yield event

    def close(self) -> None:
        """Close the response. What the service has not sent yet is lost, and may be billed."""
        if not self._is_closed:
            self._is_closed = True
            self._body.close()

    def _next(self) -> StreamEvent[T]:
        deadline = self._begun()
        try:
            while not self._has_ended:
                event = self._ready()
                if event is not None:
                    return event
                if not self._has_ended:
                    self._take(self._body.next(deadline))
        except (BrokenBodyError, LongEventError) as error:
            failure = self._failure(error)
        except InvalidResponseError:
            # Of this event only: those that follow were paid for too, and can still be read.
            raise
        except BaseException:
            self.close()
            raise
        else:
            self.close()
            raise StopIteration
        self.close()
        raise failure

    def __del__(self) -> None:
        # One that was left half read would keep its connection.
        if not getattr(self, "_is_closed", True):
            self.close()


class AsyncStream(_Reading[T]):
    """The events of a response, read while they are received. Use it in an `async with` block, which closes it.

    Iterating gives what each event holds; `events` gives the events with their names and ids. Nothing is sent again
    once the response has begun: a stream that breaks off raises an `InvalidResponseError` whose `broke_off` is True.
    """

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        return (await self._next()).data

    async def events(self) -> AsyncIterator[StreamEvent[T]]:
        """The events that follow, with their names and ids."""
        while True:
            try:
                event = await self._next()
            except StopAsyncIteration:
                return
            yield event

    async def aclose(self) -> None:
        """Close the response. What the service has not sent yet is lost, and may be billed."""
        if not self._is_closed:
            self._is_closed = True
            await self._body.aclose()

    async def _next(self) -> StreamEvent[T]:
        deadline = self._begun()
        try:
            while not self._has_ended:
                event = self._ready()
                if event is not None:
                    return event
                if not self._has_ended:
                    self._take(await self._body.next_async(deadline))
        except (BrokenBodyError, LongEventError) as error:
            failure = self._failure(error)
        except InvalidResponseError:
            # Of this event only: those that follow were paid for too, and can still be read.
            raise
        except BaseException:
            await self.aclose()
            raise
        else:
            await self.aclose()
            raise StopAsyncIteration
        await self.aclose()
        raise failure


def opened(
    client: SyncClient,
    spec: StreamSpec[T],
    request: Request,
    *,
    extra_body: Mapping[str, Any] | None = None,
    timeout: Timeout | Unset = UNSET,
) -> Stream[T]:
    """Call an operation, and give back its response once that has begun.

    Raises:
        APIError: See the errors of the package; each failure has its own.
    """
    sent, flow = stream_flow(client, spec.operation, with_extra(request, extra_body), timeout, _media_types(spec))
    response = driven(client, flow)
    return Stream(spec, sent, response, _body(spec, sent, response))


async def opened_async(
    client: AsyncClient,
    spec: StreamSpec[T],
    request: Request,
    *,
    extra_body: Mapping[str, Any] | None = None,
    timeout: Timeout | Unset = UNSET,
) -> AsyncStream[T]:
    """`opened` for an asynchronous client."""
    sent, flow = stream_flow(client, spec.operation, with_extra(request, extra_body), timeout, _media_types(spec))
    response = await driven_async(client, flow)
    return AsyncStream(spec, sent, response, _body(spec, sent, response))


def all_events(spec: StreamSpec[T], request: Request, response: Response) -> list[T]:
    """What all events of a response hold that was read as a whole.

    Raises:
        ValueError: An event is not as documented, or the response is not whole.
    """
    if response.flaw:
        raise ValueError(response.flaw)
    kind = response.media_type if response.media_type in spec.media_types else spec.media_types[0]
    framing = framing_of(kind or "", len(response.content))
    events = takewhile(lambda raw: not _is_end(spec, raw), chain(framing.take(response.content), framing.finish()))
    return [_held(spec, request, response, raw.data) for raw in events if _holds_data(spec, raw)]


def _is_end(spec: StreamSpec[Any], raw: RawEvent) -> bool:
    return bool(spec.end) and raw.data == spec.end.encode()


def _holds_data(spec: StreamSpec[Any], raw: RawEvent) -> bool:
    """Whether an event is more than one that keeps the connection alive."""
    return spec.is_text or bool(raw.data.strip())


def _held(spec: StreamSpec[T], request: Request, response: Response, data: bytes) -> T:
    """What the data of an event says."""
    if spec.is_text:
        return cast("T", data.decode(errors="replace"))
    return spec.event.result(request, response._replace(content=data))


def _media_types(spec: StreamSpec[Any]) -> tuple[str, ...]:
    # Services that stream without a content type of their own name none, or one that says nothing.
    return (*spec.media_types, "", "text/plain", "application/octet-stream")


def _body(spec: StreamSpec[Any], sent: StreamRequest, response: Response) -> OpenBody:
    """The body of a response that is being received.

    Raises:
        ResponseError: The response is a failure, or not a stream.
    """
    if sent.last is not None and sent.last.open_body is not None:
        return sent.last.open_body
    failure = spec.operation.failure(sent.request, response)
    if failure is not None:
        raise failure
    expected = " or ".join(spec.media_types)
    reason = response.flaw or f"the response is {response.media_type}, not a stream ({expected})"
    raise InvalidResponseError(sent.request, response, reason, billed=spec.operation.billed(response))
