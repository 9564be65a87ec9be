"""What a page states: facts of fields and of the call, each with its line."""

from typing import Any

from attrs import define, field, frozen


@frozen
class Stated:
    """A value that a page states.

    Args:
        value: The value.
        line: Its line in the page.
    """

    value: Any
    line: int


@define
class StatedValues:
    """The list of values that a field allows, as far as the page shows it.

    Args:
        line: Where the list begins.
        shown: The values that are shown.
        total: How many there are, if the page says so.
        is_cut: Whether the page leaves values out, and the words that say so.
    """

    line: int
    shown: list[Stated] = field(factory=list[Stated])
    total: int | None = None
    is_cut: str = ""


@define
class PageField:
    """One field of the request, as the page describes it.

    Args:
        name: Its name.
        line: Where its description begins.
        facts: `type`, `required`, `default`, `minimum`, `maximum`, `multipleOf`, as far as stated.
        values: The values that it allows, or None if the page speaks of no list.
    """

    name: str
    line: int
    facts: dict[str, Stated] = field(factory=dict[str, Stated])
    values: StatedValues | None = None

    def state(self, keyword: str, value: Any, line: int) -> None:
        """Add a fact, unless the page has stated it before."""
        self.facts.setdefault(keyword, Stated(value, line))


@frozen(kw_only=True)
class PageFacts:
    """All that could be read from a page.

    Args:
        fields: The fields of the request, by name.
        statuses: The HTTP statuses, each with its text.
        endpoints: Method (empty if none is stated) and URL or path of each call.
        methods: HTTP methods that are named on their own.
        headers: Names of headers (`x-…`), in lower case.
        media_types: Media types.
        examples: The value of each field in the first example that has it.
        prices: Prices of a call, in US dollars.
    """

    fields: dict[str, PageField]
    statuses: dict[str, Stated]
    endpoints: dict[tuple[str, str], int]
    methods: dict[str, int]
    headers: dict[str, int]
    media_types: dict[str, int]
    examples: dict[str, Stated]
    prices: list[Stated]
