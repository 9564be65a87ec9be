"""All checks of a document: that it is valid OpenAPI, does not contradict itself, and is supported."""

import math
import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain
from typing import Any

from ..document.document import GRADES, Document, Problem, child, is_grade
from ..document.traversal import Node, objects, operations
from .causes import unusable_causes
from .jobs import unusable_jobs
from .links import unusable_links
from .openapi_schema import schema_violations
from .servers import unusable_servers
from .unsupported import unsupported

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


def validate(document: Document) -> None:
    """Check a document.

    Raises:
        SpecError: It is not valid OpenAPI, or the client would get something wrong. Has all problems of the first check
            that found any.
    """
    # Each step relies on the one before it.
    for step in (_halves, _broken_references, schema_violations, _contradictions, unsupported):
        document.problems(step(document))


def _halves(document: Document) -> Iterator[Problem]:
    for pointer, text in _strings(document.root, ""):
        if re.search("[\ud800-\udfff]", text):
            yield Problem(f"{text!a} has half of a character, which no file can hold", pointer)


def _strings(node: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """All texts, names included, each with the nearest place that can be named."""
    if isinstance(node, str):
        yield pointer, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield pointer, key
            yield from _strings(value, child(pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _strings(value, child(pointer, str(index)))


def _broken_references(document: Document) -> Iterator[Problem]:
    for node in objects(document):
        if "$ref" in node.value:
            reason = _broken(document, node, node.value["$ref"])
            if reason:
                yield Problem(f"$ref {node.value['$ref']!r}: {reason}", child(node.pointer, "$ref"))


def _broken(document: Document, node: Node, target: Any) -> str:
    if not isinstance(target, str) or not target.startswith("#/"):
        return "a reference has to lead to a place in this document"
    if not document.has(target.removeprefix("#")):
        return "the document has no such place"
    if "$ref" in document.at(document.resolved(node.pointer)):
        return "it leads back to itself"
    return ""


def _contradictions(document: Document) -> Iterator[Problem]:
    yield from _infinities(document.root, "")
    for node in objects(document):
        yield from _unknown_grades(node)
        if node.kind == "schema":
            for check in (_unknown_keywords, _broken_patterns):
                yield from check(node)
            yield from _unknown_required(document, node)
    yield from unusable_causes(document)
    yield from unusable_links(document)
    yield from unusable_jobs(document)
    yield from _unknown_schemes(document)
    yield from unusable_servers(document)
    yield from _unusable_variables(document)
    yield from _unusable_prices(document)


def _infinities(node: Any, pointer: str) -> Iterator[Problem]:
    if isinstance(node, float) and not math.isfinite(node):
        yield Problem(f"{node} is not a number that JSON can hold", pointer)
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield from _infinities(value, child(pointer, str(key)))


def _unknown_grades(node: Node) -> Iterator[Problem]:
    evidence = node.value.get("x-evidence")
    entries = evidence.values() if isinstance(evidence, dict) else [evidence]
    grades = [grade for entry in entries for grade in (entry if isinstance(entry, (dict, list)) else [entry])]
    for grade in grades:
        if grade is not None and not is_grade(grade):
            yield Problem(
                f"{grade!r} is not a grade of evidence: {', '.join(GRADES)}, or `recorded` with a date (2026-11-26)",
                child(node.pointer, "x-evidence"),
            )


def _unknown_keywords(node: Node) -> Iterator[Problem]:
    for keyword in node.value:
        if keyword not in _SCHEMA_KEYWORDS and not keyword.startswith("x-"):
            near = get_close_matches(keyword, _SCHEMA_KEYWORDS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield Problem(
                f"{keyword!r} is not a keyword of a schema, and would have no effect{hint}",
                child(node.pointer, keyword),
            )


def _broken_patterns(node: Node) -> Iterator[Problem]:
    pattern = node.value.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            yield Problem(
                f"the pattern {pattern!r} is not a regular expression of Python: {error}",
                child(node.pointer, "pattern"),
            )


def _unknown_required(document: Document, node: Node) -> Iterator[Problem]:
    # A part of an `allOf` may require what another part describes.
    if "/allOf/" not in node.pointer and "properties" in node.value:
        known = set(_property_names(document, node.pointer))
        for index, name in enumerate(node.value.get("required", ())):
            if name not in known:
                yield Problem(
                    f"{name!r} is required, but there is no such property", child(node.pointer, "required", str(index))
                )


def _property_names(document: Document, pointer: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    node = document.at(document.resolved(pointer))
    if pointer not in seen:
        yield from node.get("properties", {})
        for index in range(len(node.get("allOf", ()))):
            part = child(document.resolved(pointer), "allOf", str(index))
            yield from _property_names(document, part, seen | {pointer})


def _unknown_schemes(document: Document) -> Iterator[Problem]:
    known = document.root.get("components", {}).get("securitySchemes", {})
    for owner in chain([Node("document", "", document.root)], operations(document)):
        for index, requirement in enumerate(owner.value.get("security", ())):
            for name in requirement:
                if name not in known:
                    place = child(owner.pointer, "security", str(index), name)
                    yield Problem(f"the security scheme {name!r} is not described", place)


def _unusable_prices(document: Document) -> Iterator[Problem]:
    for operation in operations(document):
        price = operation.value.get("x-price-usd", 0)
        if isinstance(price, bool) or not isinstance(price, (int, float)) or price < 0:
            yield Problem(
                f"{price!r} is not a price: it is a number of US dollars from 0",
                child(operation.pointer, "x-price-usd"),
            )


def _unusable_variables(document: Document) -> Iterator[Problem]:
    described = document.root.get("components", {}).get("securitySchemes", {})
    places = [child("/components/securitySchemes", name) for name in described]
    places += [child("/servers", str(index)) for index in range(len(document.root.get("servers") or []))]
    for place in places:
        name = document.at(document.resolved(place)).get("x-env", "NONE")
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            yield Problem(f"{name!r} is not the name of an environment variable", child(place, "x-env"))
