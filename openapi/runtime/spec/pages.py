"""What the document says of an operation that gives its result page by page (`x-pages`, `links`, `Link`)."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar, cast

from .operation import Operation

P = TypeVar("P")
M = TypeVar("M")


class PageSpec(NamedTuple, Generic[P, M]):
    """How the pages of a result follow each other; P is the type of a page, M that of its members.

    Args:
        operation: What is called for each page.
        next: Where the next page is named: `$response.body#` or `$member#` (the last member) with a JSON pointer,
            `$response.header.` with a name, or `page` or `offset` for a number that is counted.
        parameter: Place and name of the parameter that takes the position: the place is `query`, `header` or `body`.
            None where what names the next page is its address.
        members: Attributes of a page that lead to its members.
        pointer: JSON pointer of the members in the response.
        first: The number that is counted from, unless a call names another.
        more: Where the response says whether there is a further page, as in `next`; None if it does not.
        query: Names of the query parameters of the operation: they are taken from the address of the next page.
    """

    operation: Operation[P]
    next: str
    parameter: tuple[str, str] | None
    members: tuple[str, ...] = ()
    pointer: str = ""
    first: int = 0
    more: str | None = None
    query: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether the next page is named by a number that the client counts."""
        return self.next in ("page", "offset")

    def members_of(self, page: Any) -> list[M]:
        """The members of a page; none where it leaves them out."""
        found = page
        for name in self.members:
            found = getattr(found, name, None)
        return list(cast("list[M]", found)) if isinstance(found, list) else []
