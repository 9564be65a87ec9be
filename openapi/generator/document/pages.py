"""Results that come page by page: as `x-pages` says, a link to the same operation, or the header `Link`."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from .alternatives import described_properties
from .described_values import of_response
from .document import Document, child, tokens
from .jobs import parameters, successes
from .media_types import media_kind
from .shapes import kinds

KEYWORD = "x-pages"

COUNTED = ("page", "offset")
"""What can stand in place of an expression: the position is a number that the client counts."""

_PLACES = ("query", "header", "body")


@frozen
class PagePlan:
    """How the pages of the result of an operation follow each other.

    Args:
        next: What names the next page: a runtime expression, `$member#` with a pointer, or one of `COUNTED`.
        members: JSON pointer of the members in a response.
        parameter: Place and name of the parameter that takes the position; None where `next` is an address.
        first: The number that is counted from.
        more: The runtime expression of what says whether there is a further page, or None.
    """

    next: str
    members: str
    parameter: tuple[str, str] | None
    first: int
    more: str | None


def page_plan(document: Document, operation: str) -> PagePlan | None:
    """How the pages of an operation follow each other, or None where its result is whole.

    What `x-pages` leaves out is taken from a link, and from the only array of the response.
    """
    described = document.at(operation).get(KEYWORD)
    body = page_body(document, operation)
    if body is None or described is False:
        return None
    own: Mapping[str, Any] = described if isinstance(described, dict) else {}
    found = dict(_linked(document, operation)) or dict(_by_header(document, operation)) if "next" not in own else {}
    whole = {**found, **own}
    members = whole.get("members", only_array(document, body))
    if "next" not in whole or members is None:
        return None
    name, counted = whole.get("parameter"), whole["next"] in COUNTED
    parameter = parameter_of(document, operation, name) if name is not None else None
    if (name is not None or counted) and parameter is None:
        return None
    first = whole.get("first", 1 if whole["next"] == "page" else 0)
    return PagePlan(whole["next"], members, parameter, first, whole.get("more"))


def page_body(document: Document, operation: str) -> str | None:
    """Where the schema of a page stands: that of the only response of success, if it is JSON."""
    found = successes(document, operation)
    if len(found) != 1:
        return None
    content = document.at(found[0]).get("content") or {}
    bodies = [child(found[0], "content", name, "schema") for name in content if media_kind(name) == "json"]
    return bodies[0] if bodies and document.has(bodies[0]) else None


def only_array(document: Document, body: str) -> str | None:
    """JSON pointer of the array that a body is, or of its only property that is one; else None."""
    if kinds(document, body) == {"array"}:
        return ""
    described = described_properties(document, body)
    found = [name for name, place in described.items() if kinds(document, place) - {"null"} == {"array"}]
    return child("", found[0]) if len(found) == 1 else None


def parameter_of(document: Document, operation: str, name: object) -> tuple[str, str] | None:
    """Place and name of a parameter by its name, or by its place and name (`query.page`, `body.cursor`); None if there
    is none, or it stands in the path or a cookie."""
    if not isinstance(name, str):
        return None
    known = [key for key in parameters(document, operation) if key[0] in _PLACES]
    known += [("body", one) for one in _body_properties(document, operation)]
    place, _, rest = name.partition(".")
    if (place, rest) in known:
        return place, rest
    return next((key for key in known if key[1] == name), None)


def _body_properties(document: Document, operation: str) -> Iterator[str]:
    body = child(operation, "requestBody")
    if document.has(body):
        place = document.resolved(body)
        for media_type in document.at(place).get("content") or {}:
            schema = child(place, "content", media_type, "schema")
            if media_kind(media_type) in ("json", "form") and document.has(schema):
                yield from described_properties(document, schema)


def _linked(document: Document, operation: str) -> Iterator[tuple[str, Any]]:
    """What the first link says that leads to the operation itself, with one value of the response."""
    (response,) = successes(document, operation)
    for name in document.at(response).get("links") or {}:
        link = document.resolved_at(child(response, "links", name))
        taken = {key: value for key, value in (link.get("parameters") or {}).items() if of_response(value) is not None}
        if _leads_back(document, operation, link) and len(taken) == 1:
            parameter, expression = next(iter(taken.items()))
            yield from {"next": expression, "parameter": parameter}.items()
            return


def _leads_back(document: Document, operation: str, link: Mapping[str, Any]) -> bool:
    own = document.at(operation).get("operationId")
    if "operationId" in link:
        return own is not None and link["operationId"] == own
    target = link.get("operationRef")
    return isinstance(target, str) and target.startswith("#") and tokens(target[1:]) == tokens(operation)


def _by_header(document: Document, operation: str) -> Iterator[tuple[str, Any]]:
    """The header `Link`, where the response has it and there is a query that it can change."""
    (response,) = successes(document, operation)
    headers = document.at(response).get("headers") or {}
    has_query = any(place == "query" for place, _ in parameters(document, operation))
    name = next((name for name in headers if name.lower() == "link"), None)
    if name is not None and has_query and tokens(operation)[-1] == "get":
        yield "next", f"$response.header.{name}"
