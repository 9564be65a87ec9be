"""How the body of a stream is divided into events: server-sent events, lines of JSON, and JSON text sequences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol


class RawEvent(NamedTuple):
    """One event as it was received.

    Args:
        data: Its data; the lines of a server-sent event are joined by LF.
        event: Its name; "message" where the service gives none.
        id: The last id that the service has given; empty where it has given none.
        retry: Milliseconds to wait before connecting again, as the service last requested, or None.
    """

    data: bytes
    event: str = "message"
    id: str = ""
    retry: int | None = None


class LongEventError(Exception):
    """One event has more bytes than an event may have."""


class Framing(Protocol):
    """Divides a body into events, piece by piece."""

    def take(self, piece: bytes) -> Iterator[RawEvent]:
        """The events that end in the next bytes.

        Raises:
            LongEventError: One is too long.
        """
        ...

    def finish(self) -> Iterator[RawEvent]:
        """The event that the end of the body ends, if there is one."""
        ...


def framing_of(media_type: str, largest: int) -> Framing:
    """What divides a body of a media type. What is neither of the others is lines of JSON.

    Args:
        media_type: The media type, in lower case, without parameters.
        largest: Most bytes of an event.
    """
    if media_type == "text/event-stream":
        return ServerSentEvents(largest)
    return JsonSequence(largest) if media_type == "application/json-seq" else JsonLines(largest)


class ServerSentEvents:
    """Divides a body as the HTML standard says, except that the end of the body ends the last event too.

    A service that leaves out the last empty line has sent its event. One that is cut off ends with an error of the
    transport, or is not the JSON that it should be.

    Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
    """

    def __init__(self, largest: int) -> None:
        self._lines = _Lines(largest)
        self._is_first = True
        self._data: list[bytes] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def take(self, piece: bytes) -> Iterator[RawEvent]:
        """The events that end in the next bytes."""
        for line in self._lines.take(piece):
            yield from self._event_ended_by(line)

    def finish(self) -> Iterator[RawEvent]:
        """The event that the end of the body ends, if there is one."""
        yield from self._event_ended_by(self._lines.finish())
        yield from self._event_ended_by(b"")

    def _event_ended_by(self, line: bytes) -> Iterator[RawEvent]:
        if self._is_first:
            self._is_first, line = False, line.removeprefix(_BOM)
        if line:
            self._keep(line)
            return
        if self._data:
            yield RawEvent(b"\n".join(self._data), self._event or "message", self._id, self._retry)
        self._data, self._event = [], ""
        self._lines.clear()

    def _keep(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        match name:
            case b"data":
                self._data.append(value)
                self._lines.hold(len(value) + 1)
            case b"event":
                self._event = _text(value)
            case b"id" if b"\0" not in value:
                self._id = _text(value)
            case b"retry" if _DIGITS.fullmatch(value):
                self._retry = int(value)
            case _:
                # A comment, which keeps the connection alive, or a field that the standard does not know.
                pass


class JsonLines:
    """Divides a body into its lines, each of which is JSON. Empty ones keep the connection alive."""

    def __init__(self, largest: int) -> None:
        self._parts = _Parts(largest)

    def take(self, piece: bytes) -> Iterator[RawEvent]:
        """The events that end in the next bytes."""
        for line in self._parts.ended(piece.split(b"\n")):
            yield from _not_blank(line)

    def finish(self) -> Iterator[RawEvent]:
        """The event that the end of the body ends, if there is one."""
        yield from _not_blank(self._parts.finish())


class JsonSequence:
    """Divides a JSON text sequence, whose texts begin with a record separator each.

    A text that comes with the end of its line counts at once, and any other when the next one begins.

    Source: RFC 7464
    """

    def __init__(self, largest: int) -> None:
        self._parts = _Parts(largest)
        self._is_tried = False

    def take(self, piece: bytes) -> Iterator[RawEvent]:
        """The events that end in the next bytes."""
        for text in self._parts.ended(piece.split(b"\x1e")):
            yield from _not_blank(text)
            self._is_tried = False
        # Only once for each text: one with many lines would take quadratic time.
        if piece.endswith(b"\n") and not self._is_tried:
            self._is_tried = True
            if _is_json(self._parts.so_far()):
                yield from _not_blank(self._parts.finish())

    def finish(self) -> Iterator[RawEvent]:
        """The event that the end of the body ends, if there is one."""
        yield from _not_blank(self._parts.finish())


class _Parts:
    """Joins the parts of an event that come in several pieces.

    Args:
        largest: Most bytes of an event.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._held: list[bytes] = []
        self._size = 0

    def ended(self, parts: list[bytes]) -> Iterator[bytes]:
        """What ends in the next bytes, which are divided already; the last part goes on."""
        for part in parts[:-1]:
            self._hold(part)
            yield self.finish()
        self._hold(parts[-1])

    def finish(self) -> bytes:
        """What has not ended yet."""
        whole = self.so_far()
        self._held, self._size = [], 0
        return whole

    def so_far(self) -> bytes:
        """The same, which is kept."""
        return b"".join(self._held)

    def _hold(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._largest:
            raise LongEventError
        if part:
            self._held.append(part)


class _Lines:
    """Divides bytes into lines, which end with CRLF, LF or CR, and counts the bytes of an event.

    Args:
        largest: Most bytes of an event.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._parts = _Parts(largest)
        self._size = 0
        self._follows_cr = False

    def take(self, piece: bytes) -> Iterator[bytes]:
        """The lines that end in the next bytes."""
        if self._follows_cr and piece:
            piece = piece.removeprefix(b"\n")
            self._follows_cr = False
        if piece:
            self._follows_cr = piece.endswith(b"\r")
            yield from self._parts.ended(_LINE_END.split(piece))

    def finish(self) -> bytes:
        """The line that has not ended yet."""
        return self._parts.finish()

    def hold(self, size: int) -> None:
        """Note that the event has so many bytes more."""
        self._size += size
        if self._size > self._largest:
            raise LongEventError

    def clear(self) -> None:
        """Note that the event is over."""
        self._size = 0


def _not_blank(data: bytes) -> Iterator[RawEvent]:
    data = data.removeprefix(_BOM).strip(_WHITESPACE)
    if data:
        yield RawEvent(data)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _text(value: bytes) -> str:
    return value.decode(errors="replace")


_BOM = b"\xef\xbb\xbf"
_WHITESPACE = b" \t\r\n"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_DIGITS = re.compile(rb"[0-9]{1,15}")
