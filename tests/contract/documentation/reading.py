"""From a page to the facts that it states."""

import re
from collections.abc import Iterable

from tests.contract.documentation.calls import (
    read_endpoints,
    read_examples,
    read_headers,
    read_media_types,
    read_methods,
    read_prices,
    read_statuses,
)
from tests.contract.documentation.fields import described, read_fields
from tests.contract.documentation.page import Page
from tests.contract.documentation.stated import PageFacts

_MOST_DIGITS = 1000
"""Python refuses to read numbers of more than 4300."""
_LONG_NUMBER = re.compile(rf"\d{{{_MOST_DIGITS + 1}}}")


class NotUnderstoodError(Exception):
    """A page has no fields that could be read, those of another API, or a number without end: it proves nothing."""


def page_facts(page: Page, documented: Iterable[str]) -> PageFacts:
    """The facts that a page states.

    Args:
        page: The page.
        documented: Names of the fields that the document has.

    Raises:
        NotUnderstoodError: Fewer than half of those fields can be read from the page, or a number in it is too long.
    """
    for line in page.lines:
        if _LONG_NUMBER.search(line.text):
            raise NotUnderstoodError(
                f"{page.place(line.number)} has a number of more than {_MOST_DIGITS} digits: no API has one."
            )
    names = list(documented)
    fields = {one.name: one for one in described(read_fields(page.lines))}
    known = [name for name in names if name in fields]
    if not fields:
        raise NotUnderstoodError(
            f"{page.name} was read as {page.form}, and has no description of a field of a request: is it the page of "
            "the API, and does it need scripts to show its text?"
        )
    if 2 * len(known) < len(names):
        raise NotUnderstoodError(
            f"{page.name} was read as {page.form}, and describes {len(known)} of the {len(names)} documented fields "
            f"({', '.join(known) or 'none of them'}): it is the page of another API, or its layout is not understood."
        )
    return PageFacts(
        fields=fields,
        statuses=read_statuses(page.lines),
        endpoints=read_endpoints(page.lines),
        methods=read_methods(page.lines),
        headers=read_headers(page.lines),
        media_types=read_media_types(page.lines),
        examples=read_examples(page.lines, dict.fromkeys([*names, *fields])),
        prices=read_prices(page.lines),
    )
