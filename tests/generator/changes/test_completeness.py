"""Nothing is passed over: whatever is edited in the document, something is said of it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from generator.changes.document_changes import document_changes
from generator.document.document import Document
from generator.document.pointers import child, join, tokens
from tests.generator.changes.documents import edited

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
