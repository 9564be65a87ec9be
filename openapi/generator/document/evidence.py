"""How well the facts of a schema are known, summed up for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .document import Document, child

_NO_FACTS = ("$ref", "description", "example", "examples", "title", "items", "properties", "allOf", "anyOf", "oneOf")


def evidence(document: Document, pointer: str) -> str:
    """The grade of most facts of a place, followed by the facts with another grade: `page; minLength: inferred`.

    Empty where nothing is graded.
    """
    if not document.has_grades:
        return ""
    pointer = document.resolved(pointer)
    found = dict(_grades(document, pointer, document.at(pointer)))
    plain = Counter(grade for grade in found.values() if grade and "," not in grade)
    usual = plain.most_common(1)[0][0] if plain else document.grade(pointer)
    others = [f"{keyword}: {grade}" for keyword, grade in found.items() if grade and grade != usual]
    return "; ".join([*([usual] if usual else []), *others])


def _grades(document: Document, pointer: str, node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for keyword, value in node.items():
        if keyword.startswith("x-") or keyword in _NO_FACTS:
            continue
        if keyword == "enum" and isinstance(value, list):
            yield keyword, _counted(document.grade(child(pointer, keyword, str(at))) for at in range(len(value)))
        else:
            yield keyword, document.grade(child(pointer, keyword)) or ""


def _counted(grades: Iterator[str | None]) -> str:
    counts = Counter(grade or "unknown" for grade in grades)
    if len(counts) == 1:
        return next(iter(counts)).replace("unknown", "")
    return ", ".join(f"{count} {grade}" for grade, count in counts.items())
