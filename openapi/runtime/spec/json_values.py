"""JSON values: their kinds, and what is said of one that is not as documented."""

from collections.abc import Mapping
from decimal import Decimal

from ..base.unset import UNSET
from ..base.wording import one_line, shown

EVERY_KIND = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
"""The kinds of JSON values. A number without a fraction has the kind `integer` if it is written so."""

_KINDS: dict[type, str] = {
    # What a number of JSON can be read as, to keep all of its digits.
    Decimal: "number",
    bool: "boolean",
    dict: "object",
    float: "number",
    int: "integer",
    list: "array",
    str: "string",
    type(None): "null",
}


class UnreadableError(ValueError):
    """JSON is not what the document says.

    Attributes:
        pointer: The place, as a JSON pointer; empty for the whole.
        expected: What the document says, in words.
        seen: The value that is there, or UNSET if none is.
    """

    def __init__(self, expected: str, seen: object) -> None:
        super().__init__(expected, seen)
        self.pointer = ""
        self.expected = expected
        self.seen = seen

    def __str__(self) -> str:
        place = one_line(self.pointer) if self.pointer else "the JSON"
        return f"{place}: {self.expected} is expected, not {described(self.seen)}"

    def below(self, token: str | int) -> "UnreadableError":
        """The same error, as seen from the object or array that holds the value."""
        escaped = str(token).replace("~", "~0").replace("/", "~1")
        self.pointer = f"/{escaped}{self.pointer}"
        return self


def kind_of(value: object) -> str:
    """The kind of a JSON value; for anything else the name of its type."""
    found = _KINDS.get(type(value))
    if found is None:
        found = "object" if isinstance(value, Mapping) else type(value).__name__
    return found


def described(value: object) -> str:
    """A JSON value in a few words: `null`, `an array`, `the string 'abc'`."""
    if value is UNSET:
        return "nothing"
    kind = kind_of(value)
    if kind in ("array", "object"):
        return f"an {kind}"
    if kind == "null":
        return "null"
    return f"the string {shown(value)}" if kind == "string" else shown(value).lower()
