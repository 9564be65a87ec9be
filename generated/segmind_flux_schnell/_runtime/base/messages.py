# @generated from openapi/runtime/base/messages.py by `make generate`. Do not edit: change that file.
"""A request and its response, apart from any HTTP library."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import asdict, field, frozen

if TYPE_CHECKING:
    from .spool import Spool


@frozen
class Headers(Mapping[str, str]):
    """Headers of a response: names in any letter case, repeated ones joined by a comma.

    The typed readings give None for a header that is missing or does not hold such a value: unknown is not zero.
    """

    items_sent: tuple[tuple[str, str], ...] = ()
    _joined: dict[str, str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        joined: dict[str, str] = {}
        for name, value in self.items_sent:
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
        """The header as it is."""
        return self.get(name)

    def number(self, name: str) -> Decimal | None:
        """The header as an exact decimal number; None also for one of more than 30 digits."""
        text = self._joined.get(name.lower(), "").strip()
        if not _NUMBER.fullmatch(text):
            return None
        number = Decimal(text)
        return number if abs(number.adjusted()) < _DIGITS else None

    def integer(self, name: str) -> int | None:
        """The header as a whole number."""
        number = self.number(name)
        return int(number) if number is not None and number == int(number) else None

    def boolean(self, name: str) -> bool | None:
        """The header as `true` or `false`."""
        return {"true": True, "false": False}.get(self.get(name, "").strip().lower())


_DIGITS = 30
# `Decimal` alone also takes underscores, the digits of other scripts, and exponents that it cannot calculate with.
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,3})?")


def shown_size(content: bytes) -> str:
    """What a repr shows of a body."""
    return f"<{len(content)} bytes>"


def decoded(content: bytes, headers: Headers) -> str:
    """A body as text in the charset of its content type, UTF-8 by default; what does not fit is replaced."""
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
        query: Query parameters; a list is repeated.
        headers: Headers that the operation itself asks for.
        cookies: Cookies that the operation itself asks for.
        json: The body to be written as JSON, where there is one.
        content: The body as bytes, where it is not JSON.
        data: Fields of a form, where the body is one.
        files: Parts of a multipart body, where it is one. A pickle leaves them out.
    """

    operation: str
    method: str
    path: str
    query: Mapping[str, Any] = field(factory=dict[str, Any])
    headers: Mapping[str, str] = field(factory=dict[str, str])
    cookies: Mapping[str, str] = field(factory=dict[str, str])
    json: Any = None
    content: Any = field(default=None, repr=False)
    data: Mapping[str, Any] | None = None
    files: Any = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.operation} ({self.method} {self.path})"

    def __reduce__(self) -> tuple[Any, ...]:
        # A file that is open here is not open elsewhere.
        content = self.content if isinstance(self.content, (bytes, str)) else None
        return functools.partial(Request, **{**asdict(self, recurse=False), "files": None, "content": content}), ()


@frozen(kw_only=True)
class Response:
    """What came back.

    Args:
        status_code: HTTP status.
        headers: Its headers.
        content: Its body, as far as it came.
        request_id: The service's name for the call, or None.
        flaw: Why the body is not whole, in words; empty where it is.
        retry_after: Seconds that the service asks to wait before the next request, or None where it does not say.
        cost: Credits that the service says it charged, or None where it does not say.
        spool: Where the body is instead, or None.
        attempts: How often the request was sent until this came.
        doubted: Whether it is unknown what became of an attempt before.
    """

    status_code: int
    headers: Headers = Headers()
    content: bytes = field(default=b"", repr=shown_size)
    request_id: str | None = None
    flaw: str = ""
    retry_after: float | None = None
    cost: Decimal | None = None
    spool: Spool | None = field(default=None, repr=False)
    attempts: int = 1
    doubted: bool = False

    @property
    def body(self) -> bytes:
        """All bytes of the body, from wherever they are."""
        return self.spool.content() if self.spool is not None else self.content

    @property
    def size(self) -> int:
        """How many bytes the body has."""
        return self.spool.size if self.spool is not None else len(self.content)

    def view(self) -> Any:
        """The bytes of the body to look at, without reading those of a file into memory."""
        return self.spool.view() if self.spool is not None else self.content

    @property
    def media_type(self) -> str | None:
        """Content type in lower case without its parameters, or None where there is none."""
        value = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return value or None

    @property
    def text(self) -> str:
        """The body as text in the charset of the content type, UTF-8 by default; what does not fit is replaced."""
        return decoded(self.body, self.headers)

    def json(self) -> Any:
        """The body read as JSON.

        Raises:
            ValueError: It is none, or not whole.
        """
        if self.flaw:
            raise ValueError(self.flaw)
        return json.loads(self.body)
