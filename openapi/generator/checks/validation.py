"""All checks of a document: that it is valid OpenAPI, does not contradict itself, and is supported."""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from attrs import evolve

from ..document.defects import settled
from ..document.document import GRADES, Document, Problem, child, is_grade
from ..document.limits import MOST_LEVELS
from ..document.memory import remembered
from ..document.selection import Selection
from ..document.structure import fitted, mended
from ..document.traversal import Node, objects, operations
from .causes import unusable_causes
from .jobs import unusable_jobs
from .links import unusable_links
from .odd_schemas import odd_schemas
from .openapi_schema import schema_violations
from .pages import unusable_pages
from .servers import unusable_servers
from .streams import unusable_streams
from .unsupported import unsupported

Step = Callable[[Document], tuple[Document, Sequence[Problem]]]
"""Gives the document as the next step needs it, and what is wrong with it."""


def selected(document: Document) -> Selection:
    """What can be generated of a document: each step runs on what the steps before it have left.

    Raises:
        SpecError: Nothing, or it has a problem that concerns all of it.
    """
    selection, count = Selection(document), -1
    # What is left out can be missed by what is left: a link that leads to it, for instance.
    while len(selection.left_out) != count:
        count = len(selection.left_out)
        for step in _STEPS:
            selection = settled(selection, partial(_passed, step))
    return selection


def _passed(step: Step, selection: Selection) -> Selection:
    """What a step leaves."""
    document, problems = step(selection.document)
    serious = [problem for problem in problems if problem.instead is None and not selection.is_settled(problem)]
    if not serious:
        noted = (problem for problem in problems if problem.instead is not None)
        return evolve(selection, document=document).noting(noted)
    return _passed(step, selection.without(serious))


def _found_in_files(document: Document) -> Iterator[Problem]:
    return iter(document.remarks)


def _halves(document: Document) -> Iterator[Problem]:
    if _is_plain(document):
        return
    for pointer, text in _strings(document.root, ""):
        if re.search("[\ud800-\udfff]", text):
            yield Problem(f"{text!a} has half of a character, which no file can hold", pointer)


@remembered
def _is_plain(document: Document) -> bool:
    """Whether JSON can hold all of a document, and a file its text: to write it is faster than to search it."""
    try:
        json.dumps(document.root, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def _strings(node: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """All texts, names included, each with its place."""
    if isinstance(node, str):
        yield pointer, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield child(pointer, key), key
            yield from _strings(value, child(pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _strings(value, child(pointer, str(index)))


def _broken_references(document: Document) -> Iterator[Problem]:
    known = {problem.pointer for problem in document.remarks}
    for node in objects(document):
        if "$ref" in node.value and child(node.pointer, "$ref") not in known:
            reason = _broken(document, node, node.value["$ref"])
            if reason:
                yield Problem(f"$ref {node.value['$ref']!r}: {reason}", child(node.pointer, "$ref"))


def _broken(document: Document, node: Node, target: Any) -> str:
    if not isinstance(target, str) or not target.startswith("#/"):
        return "a reference has to lead to a place in this document"
    seen = [node.pointer]
    while isinstance(document.at(seen[-1]), dict) and isinstance(further := document.at(seen[-1]).get("$ref"), str):
        place = further.removeprefix("#")
        if not document.has(place):
            return "the document has no such place" if len(seen) == 1 else "it leads on to a place that is not there"
        if place in seen:
            return "it leads back to itself"
        if len(seen) > MOST_LEVELS:
            return f"it leads on over more than {MOST_LEVELS} further references"
        seen.append(place)
    return "" if isinstance(document.at(seen[-1]), (dict, bool)) else "it does not lead to an object"


def _contradictions(document: Document) -> Iterator[Problem]:
    yield from () if _is_plain(document) else _infinities(document.root, "")
    for node in objects(document):
        yield from _unknown_grades(node)
    yield from odd_schemas(document)
    yield from unusable_causes(document)
    yield from unusable_links(document)
    yield from unusable_jobs(document)
    yield from unusable_pages(document)
    yield from unusable_streams(document)
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


def _check(check: Callable[[Document], Iterable[Problem]]) -> Step:
    return lambda document: (document, [*check(document)])


# Each relies on those before it.
_STEPS: tuple[Step, ...] = (
    mended,
    _check(_found_in_files),
    _check(_halves),
    _check(_broken_references),
    fitted,
    _check(schema_violations),
    _check(_contradictions),
    _check(unsupported),
)
