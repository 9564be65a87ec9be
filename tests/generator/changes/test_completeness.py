"""Nothing is passed over: whatever is edited in the document, something is said of it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from generator.changes.comparison import OURS
from generator.changes.document_changes import document_changes
from generator.changes.rules import RULES
from generator.changes.versions import strongest
from generator.document.document import Document
from generator.document.pointers import child, join, tokens
from tests.contract.adoption.verdict import SetValue
from tests.generator import ROOT
from tests.generator.changes.documents import edited, said_of
from tests.generator.changes.rows import ROWS, Row

_BETWEEN_STEPS = frozenset(
    f"x-{name}" for name in ("any-required", "closed", "media-type", "one-required", "pointer", "separated-stream")
)
"""Keywords that one step of the generator writes for the next: no document has them."""

_KEYS = frozenset({"$ref"})
_NAMED = ("properties", "responses", "headers", "schemas", "parameters", "links", "securitySchemes", "paths")


def _places(node: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    yield pointer, node
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield from _places(value, child(pointer, str(key)))


def _shape(pointer: str) -> tuple[str, ...]:
    """Where a place is in OpenAPI, without the names that documents give."""
    path = tokens(pointer)
    return tuple("*" if at and (path[at - 1] in _NAMED or one.isdigit()) else one for at, one in enumerate(path))


def _one_of_each(*, leaves: bool) -> list[str]:
    """A place of each kind that the document has: values, or objects."""
    found: dict[tuple[str, ...], str] = {}
    for pointer, node in _places(edited(()).root):
        if isinstance(node, (dict, list)) is not leaves and pointer.rpartition("/")[2] not in _KEYS:
            found.setdefault(_shape(pointer), pointer)
    return [pointer for pointer in found.values() if pointer not in ("", "/info/version")]


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, (int, float)) else f"{value}x"


def _changed(pointer: str, value: Any) -> Document:
    old = edited(())
    root = json.loads(json.dumps(old.root))
    *around, last = tokens(pointer)
    node = Document("it", root, {"": 1}).at(join(around))
    node[int(last) if isinstance(node, list) else last] = value
    return Document("it.json", root, old.lines).final()


_BREAKING = {row.kind.partition("-")[0]: row for row in ROWS.values() if RULES[row.kind].verdict == "breaking"}
"""A breaking edit of each family of kinds."""

_BESIDE = (
    SetValue("/info/description", "Other words."),
    SetValue("/components/schemas/ErrorBody/properties/hint", {"type": "string"}),
)


@pytest.mark.parametrize("row", _BREAKING.values(), ids=_BREAKING)
def test_a_breaking_change_is_seen_beside_others(row: Row) -> None:
    """Neither other words nor a new field hide what breaks callers."""
    changes = said_of(row.before, (*row.before, *row.edits, *_BESIDE))
    assert strongest(change.verdict for change in changes) == "breaking"


@pytest.mark.parametrize("section", ["headers", "parameters"])
def test_another_name_of_a_component_without_a_class_changes_nothing(section: str) -> None:
    """Headers and parameters have their own names: that of the component is seen by nobody."""
    old = edited(())
    name = next(iter(old.root["components"][section]))
    text = json.dumps(old.root, indent=1)
    text = text.replace(f'"#/components/{section}/{name}"', f'"#/components/{section}/Another"')
    root = json.loads(text)
    root["components"][section]["Another"] = root["components"][section].pop(name)
    (change,) = document_changes(old, Document("it.json", root, old.lines).final())
    assert (change.verdict, change.rule.kind) == ("docs", "written")


def test_each_keyword_that_the_generator_reads_is_one_of_ours() -> None:
    """What is a note for other tools is classified as one; a keyword of the generator never is."""
    sources = [path for path in (ROOT / "openapi" / "generator").rglob("*.py") if path.parent.name != "changes"]
    read = {name for path in sources for name in re.findall(r'"(x-[a-z-]+)"', path.read_text("utf-8"))}
    assert read - _BETWEEN_STEPS <= OURS
    assert not OURS & _BETWEEN_STEPS


@pytest.mark.parametrize("pointer", _one_of_each(leaves=True))
def test_another_value_is_a_difference(pointer: str) -> None:
    """Each value of the document, of which there is one of each kind here, is compared."""
    value = edited(()).at(pointer)
    assert document_changes(edited(()), _changed(pointer, _other(value)))


@pytest.mark.parametrize("pointer", [one for one in _one_of_each(leaves=False) if isinstance(edited(()).at(one), dict)])
def test_an_unknown_keyword_is_a_difference(pointer: str) -> None:
    """A keyword that no rule knows is named in any object of the document."""
    value = {**edited(()).at(pointer), "x-of-tomorrow": 1}
    found = document_changes(edited(()), _changed(pointer, value))
    assert found
    # Where a document gives names, it is a new field or header of this name.
    if tokens(pointer)[-1] not in ("content", "properties", "headers", "links"):
        assert {change.verdict for change in found} != {"additive"}
