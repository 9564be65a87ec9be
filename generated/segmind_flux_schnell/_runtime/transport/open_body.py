# @generated from openapi/runtime/transport/open_body.py by `make generate`. Do not edit: change that file.
"""A response whose body is handed on while it is received, instead of when it is whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx

from ..base.deadlines import Deadline, DeadlineScope
from ..base.wording import one_line
from .attempt import Attempt, PreparedRequest
from .bounded_body import WINDOW_BITS
from .failure_reasons import why_broken
from .tunables import PART

if TYPE_CHECKING:
    from ..base.messages import Request, Response
    from ..base.spool import Spool
    from ..spec.operation import Operation
    from ..spec.service import Settings
    from .libraries import Library
    from .timeouts import Limits


class StreamRequest(PreparedRequest):
    """A request whose response of success is read while it is received.

    Args:
        settings: How the client is set up.
        operation: What is called.
        request: The request without its key.
        limits: The limits of the call: until its response begins, and again for each event.
        media_types: The content types of such a response; any other is read as a whole.

    Attributes:
        last: The last attempt to send it, or None.
    """

    __slots__ = ("last", "media_types")

    def __init__(
        self,
        settings: Settings,
        operation: Operation[Any],
        request: Request,
        limits: Limits,
        media_types: tuple[str, ...],
    ) -> None:
        super().__init__(settings, operation, request, limits)
        self.media_types = media_types
        self.last: StreamAttempt | None = None

    @property
    def seconds(self) -> float | None:
        """Seconds that may pass until an event is there, or None for no limit."""
        return self.limits.total if self.limits.total is not None else self.limits.phases["read"]

    def attempt(self, deadline: Deadline, spool: Spool | None, seconds: float | None = None) -> Attempt:
        """An attempt to send it."""
        self.last = StreamAttempt(self, deadline, spool, seconds)
        return self.last


class StreamAttempt(Attempt):
    """An attempt whose response may stay open.

    Attributes:
        open_body: The body that is being received; None for a response that was read as a whole.
    """

    prepared: StreamRequest
    open_body: OpenBody | None = None

    def begin(self, response: Any) -> None:
        """The headers of the response are there."""
        super().begin(response)
        kind = self._headers.get("content-type", "").partition(";")[0].strip().lower()
        self.stays_open = self._is_success and not self.flaw and kind in self.prepared.media_types

    def hand_over(self, pieces: Any, response: Any, library: Library) -> None:
        """Take the body of a response that stays open."""
        self.open_body = OpenBody(self, pieces, response, library)

    def response(self) -> Response:
        """The response; of one that stays open, without its body."""
        whole = super().response()
        return whole._replace(flaw="") if self.stays_open else whole

    def reason(self, error: httpx.TransportError) -> str:
        """Why nothing more is received, in words."""
        return self.late if isinstance(error, httpx.TimeoutException) else why_broken(error, None, self._redacted)

    @property
    def late(self) -> str:
        """That nothing was received for too long, in words."""
        seconds = self.prepared.seconds
        return "a time limit has passed" if seconds is None else f"no event came within {seconds:g} seconds"


class BrokenBodyError(Exception):
    """A body broke off, or is not what its headers say. Its text says why."""


class OpenBody:
    """The body of a response that stays open, as pieces of any length.

    Args:
        attempt: The attempt that it responds to.
        pieces: What the HTTP library receives, as an iterator or, for an asynchronous call, as an asynchronous one.
        response: What has to be closed.
        library: The HTTP library.
    """

    def __init__(self, attempt: StreamAttempt, pieces: Any, response: Any, library: Library) -> None:
        self._attempt = attempt
        self._pieces = pieces
        self._response = response
        self._library = library
        self._packed = _Packed(attempt.encoding)

    def next(self, deadline: Deadline) -> Iterator[bytes] | None:
        """The next bytes, unpacked; None at the end of the body.

        Raises:
            BrokenBodyError: It broke off, or the deadline passed.
        """
        try:
            with DeadlineScope(deadline):
                piece = next(self._pieces, None)
        except self._library.failures as error:
            # Raised below: an exception of httpx holds the key, and must not be the context of ours.
            reason = self._attempt.reason(self._library.failure(error))
        else:
            return self._unpacked(piece, deadline)
        raise BrokenBodyError(reason)

    async def next_async(self, deadline: Deadline) -> Iterator[bytes] | None:
        """`next` for an asynchronous call."""
        from .time_limits import time_limit

        limit = time_limit(deadline.left)
        try:
            async with limit:
                piece = await anext(self._pieces, None)
        except self._library.failures as error:
            reason = self._attempt.reason(self._library.failure(error))
        except TimeoutError:
            if not limit.expired():
                raise
            reason = self._attempt.late
        else:
            return self._unpacked(piece, deadline)
        raise BrokenBodyError(reason)

    def close(self) -> None:
        """Close the response, and its connection too unless all was read."""
        self._response.close()

    async def aclose(self) -> None:
        """`close` for an asynchronous call."""
        await self._response.aclose()

    def _unpacked(self, piece: bytes | None, deadline: Deadline) -> Iterator[bytes] | None:
        if piece is None:
            self._packed.finish()
            return None
        # Bytes that drip in outlast the limits of a transport, which hold for each wait.
        if deadline.is_over:
            raise BrokenBodyError(self._attempt.late)
        return self._packed.unpacked(piece)


class _Packed:
    """Unpacks a body that was packed, a bounded part at a time."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        bits = WINDOW_BITS.get(encoding)
        self._unpack = None if bits is None else zlib.decompressobj(bits)

    def unpacked(self, piece: bytes) -> Iterator[bytes]:
        """The bytes that a piece holds.

        Raises:
            BrokenBodyError: It is not packed in this way.
        """
        if self._unpack is None:
            yield piece
            return
        part = b""
        while piece or len(part) == PART:
            try:
                part = self._unpack.decompress(piece, PART)
            except zlib.error as error:
                raise BrokenBodyError(f"the body is not {self._encoding}: {one_line(str(error))}") from None
            piece = self._unpack.unconsumed_tail
            yield part

    def finish(self) -> None:
        """Look whether a packed body came to its end.

        Raises:
            BrokenBodyError: It did not.
        """
        if self._unpack is not None and not self._unpack.eof:
            raise BrokenBodyError(f"the body is {self._encoding} without its end")
