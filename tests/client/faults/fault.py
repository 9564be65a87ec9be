"""One row of the table."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from tests.client.faults.actions import Script
from tests.client.faults.expectations import ExpectedResult
from tests.client.faults.limits import AMPLE
from tests.client.faults.places import Place, serving


@frozen
class ServiceFault:
    """A row.

    Args:
        name: What goes wrong.
        expected: What the call comes to.
        scripts: What the server does with the first request, the second, and so on; the last holds for all others.
        place: Where the call goes to.
        deadline: Seconds within which the call has to end. By default they are many, and the call ends without them;
            if they are few, it lasts until then, and is given more where they were too few to get as far.
        options: What the client is set up with besides; a timeout here takes the place of the deadline.
        largest: Most bytes of a body that may be kept, or None where it does not matter.
        kept: The bytes that the error has to have, or None where it does not matter.
        image: The bytes that the image has to have, if there is one; None for the usual ones.
        warnings: Codes of the warnings that the image has to have, and to give.
    """

    name: str
    expected: ExpectedResult
    scripts: tuple[Script, ...] = field(default=(), repr=False)
    place: Place = field(default=serving, kw_only=True)
    deadline: float = field(default=AMPLE, kw_only=True)
    options: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True)
    largest: int | None = field(default=None, kw_only=True)
    kept: bytes | None = field(default=None, kw_only=True, repr=False)
    image: bytes | None = field(default=None, kw_only=True, repr=False)
    warnings: tuple[str, ...] = field(default=(), kw_only=True)

    def __str__(self) -> str:
        return self.name
