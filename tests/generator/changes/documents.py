"""Versions of the real document, and what is said of the differences between two of them."""

import copy
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from generator.changes.change import Change
from generator.changes.document_changes import document_changes, whole
from generator.document.document import Document
from generator.document.pointers import tokens
from tests.contract.adoption.verdict import Edit, Remove, SetValue
from tests.generator.generation import real_document


def said_of(before: Iterable[Edit], after: Iterable[Edit]) -> list[Change]:
    """What differs between two edits of the real document."""
    return document_changes(edited(tuple(before)), edited(tuple(after)))


def edited(edits: tuple[Edit, ...]) -> Document:
    """The real document with some edits, as the generator takes it."""
    return _whole(json.dumps(_root(edits), indent=1))


def document(**root: Any) -> Document:
    """A small document of one operation, or of what is given."""
    own = {"openapi": "3.1.0", "info": {"title": "Things", "version": "1.0.0"}, **root}
    return _whole(json.dumps(own, indent=1))


@cache
def _whole(text: str) -> Document:
    return whole(Document.parse("things.json", text))


def _root(edits: Iterable[Edit]) -> Any:
    root = json.loads(json.dumps(real_document()))
    for edit in edits:
        *around, last = tokens(edit.pointer)
        node = root
        for token in around:
            node = node[int(token)] if isinstance(node, list) else node.setdefault(token, {})
        if isinstance(edit, Remove):
            node.pop(int(last) if isinstance(node, list) else last)
        elif last == "-":
            node.append(copy.deepcopy(edit.value))
        else:
            node[int(last) if isinstance(node, list) else last] = copy.deepcopy(edit.value)
    return root


__all__ = ["Remove", "SetValue", "document", "edited", "said_of"]
