"""One row of the table."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from tests.client.calling import Kind
from tests.client.faults.actions import Script
from tests.client.faults.expectations import ExpectedResult
from tests.client.faults.places import Place, serving


@frozen
class ServiceFault:
    """A row.

    Args:
        name: What goes wrong.
        expected: What the call comes to.
        scripts: What the server does with the first request, the second, and so on; the last holds for all others.
        place: Where the call goes to.
        deadline: Seconds within which the call has to end.
        options: What the client is set up with besides; a timeout here takes the place of the deadline.
        largest: Most bytes of a body that may be kept, or None where it does not matter.
        kept: The bytes that the error has to have, or None where it does not matter.
        over_aiohttp: What the call comes to over aiohttp, where that differs: it reads more of a response at once, and
            what is wrong in there costs the head of the response too. It never says less than that the bill is unknown.
    """

    name: str
    expected: ExpectedResult
    scripts: tuple[Script, ...] = field(default=(), repr=False)
    place: Place = field(default=serving, kw_only=True)
    deadline: float = field(default=10.0, kw_only=True)
    options: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True)
    largest: int | None = field(default=None, kw_only=True)
    kept: bytes | None = field(default=None, kw_only=True, repr=False)
    over_aiohttp: ExpectedResult | None = field(default=None, kw_only=True)

    def expected_of(self, kind: Kind) -> ExpectedResult:
        """What the call comes to with a kind of client."""
        return self.over_aiohttp if kind == "aiohttp" and self.over_aiohttp is not None else self.expected

    def __str__(self) -> str:
        return self.name
