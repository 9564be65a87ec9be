"""Pages (`x-pages`): where they may stand, and what they have to say for a method to be made of them."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from ..document.described_values import POINTER, of_response, values_of_response
from ..document.document import Document, Problem, child
from ..document.jobs import parameters, successes
from ..document.pages import COUNTED, KEYWORD, only_array, page_body, parameter_of
from ..document.shapes import kinds
from ..document.traversal import objects, operations

_KEYS = ("next", "parameter", "members", "first", "more")

_INSTEAD = "the operation has no method for its pages"


def unusable_pages(document: Document) -> Iterator[Problem]:
    """Pages that no method could be made of. The operation itself is generated all the same."""
    for node in objects(document):
        if node.kind != "operation" and node.kind != "document" and KEYWORD in node.value:
            place = child(node.pointer, KEYWORD)
            yield Problem("`x-pages` has no effect here: it stands at an operation", place, _INSTEAD)
    for node in operations(document):
        described = node.value.get(KEYWORD)
        place = child(node.pointer, KEYWORD)
        if KEYWORD not in node.value or described is False:
            continue
        if not isinstance(described, dict):
            keys = ", ".join(_KEYS)
            yield Problem(f"`x-pages` is an object with the keys {keys}, or false for none", place, _INSTEAD)
        else:
            yield from (Problem(text, at, _INSTEAD) for text, at in _faults(document, node.pointer, described, place))


Fault = tuple[str, str]
"""What is wrong, and where."""


def _faults(document: Document, operation: str, pages: Mapping[str, Any], place: str) -> Iterator[Fault]:
    for key in pages:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield f"{key!r} is not part of `x-pages`: {', '.join(_KEYS)}{hint}", child(place, key)
    body = page_body(document, operation)
    if body is None:
        yield "pages are JSON, in the only response of success of an operation", place
        return
    yield from _wrong_members(document, body, pages, place)
    yield from _wrong_next(document, operation, pages, place)
    yield from _wrong_parameter(document, operation, pages, place)
    if "more" in pages:
        yield from _wrong_expression(document, operation, pages["more"], child(place, "more"), {"boolean"})
    if "first" in pages:
        first, at = pages["first"], child(place, "first")
        if isinstance(first, bool) or not isinstance(first, int) or first < 0:
            yield f"`first` is {first!r}: it is a whole number from 0", at
        elif pages.get("next") not in COUNTED:
            yield f"`first` has no effect: only {' and '.join(COUNTED)} are counted", at


def _wrong_members(document: Document, body: str, pages: Mapping[str, Any], place: str) -> Iterator[Fault]:
    if "members" not in pages:
        if only_array(document, body) is None:
            yield "the response has not exactly one array: say by `members` where the members of a page stand", place
        return
    pointer, at = pages["members"], child(place, "members")
    if not isinstance(pointer, str) or not (pointer == "" or POINTER.fullmatch(pointer)):
        yield f"`members` is {pointer!r}: it is a JSON pointer (/items), or empty for the whole body", at
        return
    places = [body] if pointer == "" else values_of_response(document, body.rpartition("/content/")[0], pointer)
    if places == []:
        yield f"the response has no value at {pointer}", at
    elif places and any("array" not in kinds(document, one) for one in places):
        yield f"the value at {pointer or 'the root'} is not an array", at


def _wrong_next(document: Document, operation: str, pages: Mapping[str, Any], place: str) -> Iterator[Fault]:
    if "next" not in pages:
        if not any(document.at(response).get("links") for response in successes(document, operation)):
            yield "`x-pages` needs `next`, which says what names the next page", place
    elif pages["next"] not in COUNTED:
        expected = {"string", "integer", "number"}
        yield from _wrong_expression(document, operation, pages["next"], child(place, "next"), expected)


def _wrong_expression(
    document: Document, operation: str, expression: object, place: str, expected: set[str]
) -> Iterator[Fault]:
    if isinstance(expression, str) and expression.startswith("$member#"):
        pointer = expression.removeprefix("$member#")
        if pointer and not POINTER.fullmatch(pointer):
            yield f"{expression!r} has no JSON pointer behind $member#", place
        return
    source = of_response(expression)
    if source is None:
        yield (
            f"{expression!r} is not one of {', '.join(COUNTED)}, $response.body#/… (a value of the response), "
            "$response.header.… or $member#/… (a value of the last member)",
            place,
        )
        return
    kind, where = source
    for response in successes(document, operation):
        if kind == "header":
            if where.lower() not in {name.lower() for name in document.at(response).get("headers") or {}}:
                yield f"{expression}: the response has no header {where!r}", place
        else:
            places = values_of_response(document, response, where)
            if places == []:
                yield f"{expression}: the response has no value at {where}", place
            elif places and not any(expected & kinds(document, one) for one in places):
                yield f"{expression}: the value is not {' or '.join(sorted(expected))}", place


def _wrong_parameter(document: Document, operation: str, pages: Mapping[str, Any], place: str) -> Iterator[Fault]:
    name, position = pages.get("parameter"), pages.get("next")
    if name is None:
        if position in COUNTED:
            yield f"`next: {position}` needs `parameter`, which takes the number", place
        elif isinstance(position, str) and position.startswith("$member#"):
            yield "`next` of a member needs `parameter`, which takes it", place
    elif parameter_of(document, operation, name) is None:
        known = ", ".join(one for where, one in parameters(document, operation) if where in ("query", "header"))
        yield (
            f"there is no parameter {name!r} in the query, the headers or the body; parameters: {known or 'none'}",
            child(place, "parameter"),
        )
