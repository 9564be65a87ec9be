# @generated from openapi/runtime/client/pages.py by `make generate`. Do not edit: change that file.
"""Results that a service gives page by page: each page is a call of its own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import evolve

from ..base.body import with_extra
from ..base.errors import ConfigurationError, InvalidResponseError
from ..base.json_pointer import value_at
from ..base.paths import form_pairs
from ..base.unset import UNSET, Unset
from ..base.wording import shown
from .client_access import driven, driven_async, finish, flow_of

if TYPE_CHECKING:
    from ..base.messages import Request, Response
    from ..spec.pages import PageSpec
    from ..transport.options import Timeout
    from .clients import AsyncClient, SyncClient

P = TypeVar("P")
M = TypeVar("M")


class _Walk(Generic[P, M]):
    """The way from page to page.

    Args:
        spec: How pages follow each other.
        request: The request for the first page.
        max_pages: Most pages to request, or None for no limit.
    """

    def __init__(self, spec: PageSpec[P, M], request: Request, max_pages: int | None) -> None:
        self._spec = spec
        self._left = max_pages
        self._seen: set[object] = set()
        self._former = b""
        self.request: Request | None = request

    def take(self, response: Response) -> None:
        """Find out from a page which request the next one takes, if there is one.

        Raises:
            InvalidResponseError: The page names a page that was requested already, or what names the next page is not
                as documented.
        """
        request = self.request
        if request is None:
            raise AssertionError("there is no page without its request")
        self.request = None
        self._left = None if self._left is None else self._left - 1
        if self._left != 0:
            flaw = self._go_on(request, response)
            if flaw:
                billed = self._spec.operation.billed(response)
                raise InvalidResponseError(request, response, flaw, billed=billed)

    def _go_on(self, request: Request, response: Response) -> str:
        """Set the next request, if there is one. Gives back what is wrong, or nothing."""
        whole = response.json() if response.body else None
        more = None if self._spec.more is None else self._value(self._spec.more, whole, response)
        if self._spec.more is not None and more is not True:
            return "" if more in (None, False) else f"what says whether there are more pages is {shown(more)}"
        if self._spec.is_counted:
            return self._count(request, response, whole)
        position = self._value(self._spec.next, whole, response)
        if position in (None, ""):
            return "" if more is None else "there are more pages, but the response does not name the next one"
        if isinstance(position, bool) or not isinstance(position, (str, int)):
            return f"what names the next page is {shown(position)}"
        values = self._named(position)
        return self._turn(request, values) if values else f"the address of the next page has no parameter: {position}"

    def _count(self, request: Request, response: Response, whole: object) -> str:
        members = value_at(whole, self._spec.pointer)
        size = len(cast("list[object]", members)) if isinstance(members, list) else 0
        if size == 0 and self._spec.more is None:
            return ""
        if response.body == self._former:
            return "the page is the same as the one before"
        self._former = response.body
        place, name = self._spec.parameter or ("query", "")
        current = _given(request, place, name)
        number = self._spec.first if current is None else current
        if isinstance(number, bool) or not str(number).isdecimal():
            return f"the number of the page is {shown(number)}"
        step = size if self._spec.next == "offset" else 1
        return self._turn(request, {(place, name): int(number) + step})

    def _turn(self, request: Request, values: Mapping[tuple[str, str], object]) -> str:
        position = tuple(sorted((place, name, str(value)) for (place, name), value in values.items()))
        given = tuple(sorted((place, name, str(_given(request, place, name))) for place, name in values))
        self._seen.add(given)
        if position in self._seen:
            return (
                f"the page names one that was requested already: {', '.join(f'{one[1]}={one[2]}' for one in position)}"
            )
        self._seen.add(position)
        for (place, name), value in values.items():
            request = _placed(request, place, name, value)
        self.request = request
        return ""

    def _value(self, expression: str, whole: object, response: Response) -> object:
        """What an expression takes of a response; None if there is nothing."""
        kind, _, rest = expression.partition("#")
        if kind == "$response.body":
            return value_at(whole, rest)
        if kind == "$member":
            members = value_at(whole, self._spec.pointer)
            return value_at(cast("list[object]", members)[-1], rest) if isinstance(members, list) and members else None
        name = expression.removeprefix("$response.header.")
        found = response.headers.get(name)
        return _next_link(found or "") if name.lower() == "link" else found

    def _named(self, position: str | int) -> Mapping[tuple[str, str], object]:
        """The parameters of the next page."""
        if self._spec.parameter is not None:
            return {self._spec.parameter: position}
        # Its host and path are not looked at: the key goes nowhere else.
        found: dict[str, list[str]] = {}
        for name, value in parse_qsl(urlsplit(str(position)).query, keep_blank_values=True):
            if name in self._spec.query:
                found.setdefault(name, []).append(value)
        return {("query", name): values if len(values) > 1 else values[0] for name, values in found.items()}


class Pages(Generic[P, M]):
    """The pages of a result. Iterating requests them one after another; `members` gives what they hold.

    Each page is a call with its own retries, events and time limit, and is paid for where calls are. Nothing is
    requested before it is needed.
    """

    def __init__(
        self,
        client: SyncClient,
        spec: PageSpec[P, M],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        max_pages: int | None = None,
    ) -> None:
        self._client = client
        self._spec = spec
        self._request = with_extra(request, extra_body)
        self._timeout = timeout
        self._max_pages = _usable(max_pages)

    def __iter__(self) -> Iterator[P]:
        for page, _ in self._pages():
            yield page

    def members(self) -> Iterator[M]:
        """The members of all pages, one after another."""
        for _, members in self._pages():
            yield from members

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._request}>"

    def _pages(self) -> Iterator[tuple[P, list[M]]]:
        walk = _Walk(self._spec, self._request, self._max_pages)
        while (request := walk.request) is not None:
            response = driven(self._client, flow_of(self._client, self._spec.operation, request, self._timeout))
            page = finish(self._client, self._spec.operation, request, response)
            yield page, self._spec.members_of(page)
            walk.take(response)


class AsyncPages(Generic[P, M]):
    """`Pages` of an asynchronous client."""

    def __init__(
        self,
        client: AsyncClient,
        spec: PageSpec[P, M],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        max_pages: int | None = None,
    ) -> None:
        self._client = client
        self._spec = spec
        self._request = with_extra(request, extra_body)
        self._timeout = timeout
        self._max_pages = _usable(max_pages)

    async def __aiter__(self) -> AsyncIterator[P]:
        async for page, _ in self._pages():
            yield page

    async def members(self) -> AsyncIterator[M]:
        """The members of all pages, one after another."""
        async for _, members in self._pages():
            for member in members:
                yield member

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._request}>"

    async def _pages(self) -> AsyncIterator[tuple[P, list[M]]]:
        walk = _Walk(self._spec, self._request, self._max_pages)
        while (request := walk.request) is not None:
            response = await driven_async(
                self._client, flow_of(self._client, self._spec.operation, request, self._timeout)
            )
            page = finish(self._client, self._spec.operation, request, response)
            yield page, self._spec.members_of(page)
            walk.take(response)


def _usable(max_pages: object) -> int | None:
    if max_pages is None:
        return None
    if isinstance(max_pages, bool) or not isinstance(max_pages, int) or max_pages < 1:
        raise ConfigurationError(f"max_pages is {shown(max_pages)}: it takes a whole number from 1, or None.")
    return max_pages


def _given(request: Request, place: str, name: str) -> Any:
    """The value of a parameter in a request; None if it has none."""
    if place == "header":
        return request.headers.get(name)
    pairs = request.query if place == "query" else request.data
    if pairs is None:
        value = cast("Mapping[str, Any]", request.json or {}).get(name)
        return None if isinstance(value, Unset) else value
    found = [unquote(value) for key, value in pairs if unquote(key) == name]
    return found if len(found) > 1 else next(iter(found), None)


def _placed(request: Request, place: str, name: str, value: object) -> Request:
    """A request with another value of a parameter."""
    if place == "query":
        names = [unquote(key) for key, _ in request.query]
        at = names.index(name) if name in names else len(names)
        others = [pair for pair, key in zip(request.query, names, strict=True) if key != name]
        return evolve(request, query=(*others[:at], *form_pairs(name, value), *others[at:]))
    if place == "header":
        return evolve(request, headers={**request.headers, name: str(value)})
    return with_extra(request, {name: value})


def _next_link(header: str) -> str | None:
    """The address of the next page in a header `Link` (RFC 8288), or None."""
    for link in _LINK.finditer(header):
        relations = re.search(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))', link["parameters"], re.IGNORECASE)
        if relations is not None and "next" in (relations[1] or relations[2] or "").lower().split():
            return link["address"]
    return None


_LINK = re.compile(r'<(?P<address>[^>]*)>(?P<parameters>(?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:"[^"]*"|[^",;\s]*))?)*)')
