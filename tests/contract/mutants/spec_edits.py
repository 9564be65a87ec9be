"""What a spec mutant is, and the three edits that make one of a document."""

import copy
from collections.abc import Callable
from typing import Any

from attrs import frozen

from generator.document.document import Document, tokens


@frozen(kw_only=True)
class SpecMutant:
    """A document with one change.

    Args:
        pointer: JSON pointer of the changed fact.
        change: The change in a few words.
        document: The changed document.
        invisible: Why no recording can contradict the change; empty if one can.
    """

    pointer: str
    change: str
    document: Document
    invisible: str = ""


def with_value(document: Document, pointer: str, value: Any, change: str, *, invisible: str = "") -> SpecMutant:
    """A document in which a fact has another value."""
    return _edited(document, pointer, change, lambda parent, key: parent.__setitem__(key, value), invisible)


def without(document: Document, pointer: str, *, invisible: str = "") -> SpecMutant:
    """A document that lacks a fact."""
    return _edited(document, pointer, "removed", lambda parent, key: parent.__delitem__(key), invisible)


def renamed(document: Document, pointer: str, name: str, *, invisible: str = "") -> SpecMutant:
    """A document in which a fact has another name."""

    def rename(parent: Any, key: Any) -> None:
        parent[name] = parent.pop(key)

    return _edited(document, pointer, f"renamed to {name}", rename, invisible)


def _edited(
    document: Document, pointer: str, change: str, edit: Callable[[Any, Any], None], invisible: str
) -> SpecMutant:
    edited = Document(document.name, copy.deepcopy(document.root), document.lines)
    *above, last = tokens(pointer)
    parent: Any = edited.root
    for token in above:
        parent = parent[int(token)] if isinstance(parent, list) else parent.setdefault(token, {})
    edit(parent, int(last) if isinstance(parent, list) else last)
    return SpecMutant(pointer=pointer, change=change, document=edited, invisible=invisible)
