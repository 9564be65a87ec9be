"""The grade `recorded` for what a recording decides: where it is written, and what keeps the grade that it had."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from generator.document.document import Document, child, tokens
from tests.contract.adoption.document_edits import DocumentText, add_last

_EVIDENCE = "x-evidence"
_HERE = "here"
_NAMED = ("properties", "headers", "content", "responses", "schemas", "x-causes", "parameters")
_NO_FACTS = (
    *("description", "summary", "title", "example", "examples", "$ref", "properties", "x-semantics"),
    *("x-mistaken-names", "x-causes", "x-varies", "name", _EVIDENCE),
)
_LONGEST_FLOW = 105
# Maps in a response whose members are graded together, where all of them have been decided.
_TOGETHER = ("headers", "content")


def grade(
    text: DocumentText, document: Document, pointers: Iterable[str], removed: Iterable[str], recorded: str
) -> None:
    """Give facts the grade `recorded`.

    Args:
        text: The document as it is edited.
        document: The document as it was.
        pointers: The facts that were decided.
        removed: The facts that are not in the document any more: nor is their grade.
        recorded: The grade, with its date.
    """
    decided: dict[str, set[str]] = {}
    for pointer in pointers:
        place, keyword = _place(pointer)
        if isinstance(text.at(place), CommentedMap):
            decided.setdefault(place, set()).add(keyword)
    for pointer in removed:
        place = pointer.rpartition("/")[0]
        if isinstance(text.at(place), CommentedMap) and _EVIDENCE in text.at(place):
            decided.setdefault(place, set())
    _join(text, decided)
    for place, keywords in decided.items():
        _regrade(text, document, place, keywords, recorded)


def grade_members(text: DocumentText, pointer: str, grades: list[str | None]) -> None:
    """Write the grades of the members of a list (`enum`), whose property has evidence of its own.

    Args:
        text: The document as it is edited.
        pointer: The list.
        grades: The grade of each member.
    """
    place = pointer.rpartition("/")[0]
    node = text.at(place)
    known = [one or "inferred" for one in grades]
    runs = [(one, len(list(run))) for one, run in groupby(known)]
    value: Any = known[0]
    if len(runs) > 1:
        value = CommentedMap(runs) if len({one for one, _ in runs}) == len(runs) else CommentedSeq(known)
        value.fa.set_flow_style()
    evidence = node.get(_EVIDENCE)
    if not isinstance(evidence, CommentedMap):
        evidence = _flow({_HERE: evidence} if evidence else {})
        node[_EVIDENCE] = evidence
    evidence["enum"] = value


def _place(pointer: str) -> tuple[str, str]:
    """The object that has the grade of a fact, and the keyword of the fact in it."""
    path = tokens(pointer)
    parent = pointer.rpartition("/")[0]
    if len(path) > 1 and (path[-2] in _NAMED):
        return pointer, _HERE
    return parent, path[-1]


def _join(text: DocumentText, decided: dict[str, set[str]]) -> None:
    """If all members of a response's headers, or content, are decided, grade the map instead of each member."""
    members = [place for place in decided if len(tokens(place)) == 5 and tokens(place)[-2] in _TOGETHER]
    for container in {place.rpartition("/")[0] for place in members}:
        response, keyword = container.rpartition("/")[0], tokens(container)[-1]
        whole = text.at(container)
        places = [child(container, str(name)) for name in whole]
        if all(place in decided for place in places):
            decided.setdefault(response, set()).add(keyword)
            for place in places:
                text.at(place).pop(_EVIDENCE, None)
        for place in places:
            # A reference has no grade of its own.
            if place in decided and ("$ref" in text.at(place) or all(one in decided for one in places)):
                del decided[place]


def _regrade(text: DocumentText, document: Document, place: str, keywords: set[str], recorded: str) -> None:
    node = text.at(place)
    old = node.get(_EVIDENCE)
    grades: dict[str, Any] = dict(old) if isinstance(old, CommentedMap) else {_HERE: str(old)} if old else {}
    if _HERE in keywords:
        kept = grades.get(_HERE) or (document.grade(place) if document.has(place) else None)
        for keyword in node:
            if keyword not in (*_NO_FACTS, *keywords) and kept and document.has(child(place, str(keyword))):
                grades.setdefault(str(keyword), kept)
    grades |= dict.fromkeys(keywords, recorded)
    grades = {key: value for key, value in grades.items() if key == _HERE or key in node}
    facts = [str(key) for key in node if key not in _NO_FACTS]
    if _HERE not in grades and all(grades.get(key) == recorded for key in facts):
        grades = {_HERE: recorded}
    here = grades.get(_HERE)
    grades = {key: value for key, value in grades.items() if key == _HERE or value != here}
    value: Any = here if list(grades) == [_HERE] else _flow(grades)
    if old is None:
        add_last(node, _EVIDENCE, value)
    elif old != value:
        node[_EVIDENCE] = value


def _flow(grades: dict[str, Any]) -> CommentedMap:
    value = CommentedMap(sorted(grades.items(), key=lambda pair: pair[0] != _HERE))
    if len(str(dict(value))) < _LONGEST_FLOW:
        value.fa.set_flow_style()
    return value
