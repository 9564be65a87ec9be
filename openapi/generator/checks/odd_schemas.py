"""Schemas that say less than they seem to: unknown keywords, and names that are required and not described."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from ..document.document import Document, Problem, child
from ..document.shapes import member_pointers
from ..document.traversal import Node, objects, sent

_SCHEMA_KEYWORDS = frozenset(
    keyword
    for line in (
        "$ref $defs $id $schema $anchor $comment $dynamicRef $dynamicAnchor $vocabulary type enum const default",
        "example examples title description deprecated readOnly writeOnly format nullable discriminator xml",
        "externalDocs multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern",
        "items prefixItems contains minContains maxContains maxItems minItems uniqueItems properties",
        "patternProperties additionalProperties propertyNames required minProperties maxProperties",
        "dependentRequired dependentSchemas unevaluatedItems unevaluatedProperties allOf anyOf oneOf not if then else",
        "contentMediaType contentEncoding contentSchema",
    )
    for keyword in line.split()
)

_PARTS = ("allOf", "anyOf", "oneOf")


def odd_schemas(document: Document) -> Iterator[Problem]:
    """What may be a mistake in a schema, and has less of an effect than its author thought."""
    in_requests = sent(document)
    for node in objects(document):
        if node.kind == "schema":
            yield from _unknown_keywords(node)
            # A response is read whether it has such a property or not.
            if node.pointer in in_requests:
                yield from _unknown_required(document, node)


def _unknown_keywords(node: Node) -> Iterator[Problem]:
    for keyword in node.value:
        if isinstance(keyword, str) and keyword not in _SCHEMA_KEYWORDS and not keyword.startswith("x-"):
            text = f"{keyword!r} is not a keyword of a schema{_hint(keyword)}"
            yield Problem(text, child(node.pointer, keyword), "the keyword has no effect")


@cache
def _hint(keyword: str) -> str:
    near = get_close_matches(keyword, _SCHEMA_KEYWORDS, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _unknown_required(document: Document, node: Node) -> Iterator[Problem]:
    # A part of a composition may require what another part describes.
    is_part = any(f"/{keyword}/" in node.pointer for keyword in (*_PARTS, "not"))
    names = node.value.get("required")
    if is_part or not isinstance(names, list) or not isinstance(node.value.get("properties"), dict):
        return
    known = set(_property_names(document, node.pointer))
    for index, name in enumerate(names):
        if isinstance(name, str) and name not in known:
            text = f"{name!r} is required, but not described"
            yield Problem(text, child(node.pointer, "required", str(index)), "a request has to have it, with any value")


def _property_names(document: Document, pointer: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    try:
        place = document.resolved(pointer)
        node = document.at(place)
    except (LookupError, ValueError, TypeError):
        return
    if place in seen or not isinstance(node, dict):
        return
    described = node.get("properties")
    yield from described if isinstance(described, dict) else ()
    for keyword in _PARTS:
        for at in member_pointers(node, place, keyword) if isinstance(node.get(keyword), list) else ():
            yield from _property_names(document, at, seen | {place})
