"""A request and its response, independent of any HTTP library."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from attrs import asdict, field, frozen

from .amounts import exact_number

if TYPE_CHECKING:
    from .spool import Spool

T = TypeVar("T")


@frozen
class Headers(Mapping[str, str]):
    """Headers of a response: names in any letter case, values of repeated ones joined by a comma.

    The methods give a header as a type, and None if it is missing or holds no such value: unknown is not zero.

    Args:
        received: Names and values as they were received, in their order.
    """

    received: tuple[tuple[str, str], ...] = ()
    _joined: dict[str, str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        joined: dict[str, str] = {}
        for name, value in self.received:
            key = name.lower()
            joined[key] = f"{joined[key]}, {value}" if key in joined else value
        object.__setattr__(self, "_joined", joined)

    def __getitem__(self, name: str) -> str:
        return self._joined[str(name).lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._joined)

    def __len__(self) -> int:
        return len(self._joined)

    def text(self, name: str) -> str | None:
        """The header as text."""
        return self.get(name)

    def number(self, name: str) -> Decimal | None:
        """The header as an exact decimal number; None also for more than 30 digits before or after the point."""
        return exact_number(self._joined.get(name.lower(), "").strip())

    def integer(self, name: str) -> int | None:
        """The header as a whole number."""
        number = self.number(name)
        return int(number) if number is not None and number == int(number) else None

    def boolean(self, name: str) -> bool | None:
        """The header as `true` or `false`."""
        return {"true": True, "false": False}.get(self.get(name, "").strip().lower())

    def date(self, name: str) -> datetime.date | None:
        """The header as a date."""
        return _or_none(datetime.date.fromisoformat, self.get(name, "").strip())

    def date_time(self, name: str) -> datetime.datetime | None:
        """The header as a moment, written as in RFC 3339 or as in the header `Date`."""
        text = self.get(name, "").strip()
        found = _or_none(datetime.datetime.fromisoformat, text)
        if found is not None:
            return found
        from email.utils import parsedate_to_datetime

        return _or_none(parsedate_to_datetime, text)

    def texts(self, name: str) -> list[str] | None:
        """The header as texts that commas separate."""
        value = self.get(name)
        if value is None:
            return None
        return [part.strip() for part in value.split(",")] if value.strip() else []

    def numbers(self, name: str) -> list[Decimal] | None:
        """The header as exact decimal numbers that commas separate."""
        found = [exact_number(text) for text in self.texts(name) or ()]
        known = [number for number in found if number is not None]
        return known if name in self and len(known) == len(found) else None

    def integers(self, name: str) -> list[int] | None:
        """The header as whole numbers that commas separate."""
        numbers = self.numbers(name)
        if numbers is None or any(number != int(number) for number in numbers):
            return None
        return [int(number) for number in numbers]


def _or_none(read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text)
    except (ValueError, TypeError, OverflowError):
        return None


def shown_size(content: bytes) -> str:
    """What a repr shows in place of a body."""
    return f"<{len(content)} bytes>"


def decoded(content: bytes, headers: Headers) -> str:
    """A body as text in the charset of its content type, UTF-8 by default; undecodable bytes are replaced."""
    from email.message import Message

    message = Message()
    message["content-type"] = headers.get("content-type", "")
    try:
        return content.decode(message.get_content_charset("utf-8"), errors="replace")
    except (LookupError, ValueError):
        return content.decode(errors="replace")


@frozen(kw_only=True)
class Request:
    """What a call sends, without the key and without the origin.

    Args:
        operation: Name of the operation, as a method of the client.
        method: HTTP method, upper case.
        path: Path on the server, with its parameters filled in.
        query: Query parameters as they are sent: names and values, percent-encoded.
        headers: Headers that are parameters of the operation.
        cookies: Cookies that are parameters of the operation.
        json: The body that is sent as JSON, or None.
        content: The body as bytes, text or an open file, if it is not JSON. A pickle leaves an open file out.
        data: The fields of a form, if the body is one: names and values, percent-encoded.
        files: The parts of a multipart body, if it is one. A pickle leaves them out.
        server: Base URL of the operation where the document has one for it alone, or None.
    """

    operation: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    # What has no hash is left out of that of the request: images are members of sets, and rows of data frames.
    headers: Mapping[str, str] = field(factory=dict[str, str], hash=False)
    cookies: Mapping[str, str] = field(factory=dict[str, str], hash=False)
    json: Any = field(default=None, hash=False)
    content: Any = field(default=None, repr=False, hash=False)
    data: tuple[tuple[str, str], ...] | None = None
    files: Any = field(default=None, repr=False, hash=False)
    server: str | None = None

    def __str__(self) -> str:
        return f"{self.operation} ({self.method} {self.path})"

    def __reduce__(self) -> tuple[Any, ...]:
        # A file that is open here is not open elsewhere.
        content = self.content if isinstance(self.content, (bytes, str)) else None
        return functools.partial(Request, **{**asdict(self, recurse=False), "files": None, "content": content}), ()


class Response(NamedTuple):
    """The response to a request.

    Args:
        status_code: HTTP status.
        headers: Its headers.
        content: Its body in bytes, as far as it was received.
        request_id: The service's name for the call, or None.
        flaw: Why the body is not whole, in words; empty if it is.
        broke_off: Whether the flaw is that it broke off: another attempt may get all of it.
        retry_after: Seconds to wait before the next request, as the service requests, or None if it does not say.
        cost: Credits that the service reports as charged, or None if it does not say.
        spool: Holds the body instead of `content`, or None.
        attempts: How often the request was sent until this response.
        follows_unknown: Whether the outcome of an earlier attempt is unknown.
        first_failure: What the first of several attempts failed with; empty if this response says the same.
        given_up: Why the client did not wait longer and send the request again; empty if no wait was at stake.
    """

    status_code: int
    headers: Headers = Headers()
    content: bytes = b""
    request_id: str | None = None
    flaw: str = ""
    broke_off: bool = False
    retry_after: float | None = None
    cost: Decimal | None = None
    spool: Spool | None = None
    attempts: int = 1
    follows_unknown: bool = False
    first_failure: str = ""
    given_up: str = ""

    def __repr__(self) -> str:
        # A spool is closed once its file is in place, and a traceback can show its response afterwards.
        held = "a spool" if self.spool is not None else f"{len(self.content)} bytes"
        return f"<Response {self.status_code}, {self.media_type}, {held}>"

    @property
    def body(self) -> bytes:
        """The body in bytes, from memory or from the spool."""
        return self.spool.content() if self.spool is not None else self.content

    @property
    def size(self) -> int:
        """Length of the body, in bytes."""
        return self.spool.size if self.spool is not None else len(self.content)

    def view(self) -> Any:
        """The body as something to slice: a spool reads only the slices."""
        return self.spool.view() if self.spool is not None else self.content

    @property
    def media_type(self) -> str | None:
        """The content type in lower case without its parameters, or None if there is none."""
        value = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return value or None

    @property
    def text(self) -> str:
        """The body as text in the charset of its content type, UTF-8 by default; undecodable bytes are replaced."""
        return decoded(self.body, self.headers)

    def json(self) -> Any:
        """The body read as JSON.

        Raises:
            ValueError: It is not JSON, or not whole.
        """
        if self.flaw:
            raise ValueError(self.flaw)
        return json.loads(self.body)
