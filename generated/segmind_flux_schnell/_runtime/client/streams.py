# @generated from openapi/runtime/client/streams.py by `make generate`. Do not edit: change that file.
"""Responses that are read event by event while they are received."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import chain, takewhile
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..base.body import with_extra
from ..base.errors import InvalidResponseError
from ..base.unset import UNSET, Unset
from ..transport.framing import LongEventError, framing_of
from ..transport.open_body import BrokenBodyError, OpenBody, StreamRequest
from .client_access import driven, driven_async, stream_flow
from .stream_reading import StreamEvent as StreamEvent
from .stream_reading import StreamReading, held_in, holds_data, is_end

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..base.messages import Request, Response
    from ..spec.stream import StreamSpec
    from ..transport.options import Timeout
    from .clients import AsyncClient, SyncClient

T = TypeVar("T")


class Stream(StreamReading[T]):
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


class AsyncStream(StreamReading[T]):
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
    events = takewhile(lambda raw: not is_end(spec, raw), chain(framing.take(response.content), framing.finish()))
    return [held_in(spec, request, response, raw.data) for raw in events if holds_data(spec, raw)]


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
