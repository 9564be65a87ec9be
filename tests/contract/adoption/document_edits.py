"""Edits of the YAML document that leave every other line as it is: comments, order, layout."""

import difflib
import io
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from generator.document.document import tokens
from tests.contract.adoption.verdict import Edit, Remove, SetValue

_EVIDENCE = "x-evidence"
_LONGEST_FLOW = 90
# An empty one of these says nothing, and OpenAPI forbids some of them.
_NOT_EMPTY = ("x-provoked-by", "headers", "content", "required", "enum")


class DocumentText:
    """A YAML document that can be edited and written again."""

    def __init__(self, text: str) -> None:
        """Parse a document. What is not edited is written as it was."""
        self._yaml = YAML(typ="rt")
        self._yaml.preserve_quotes = True
        # Lines are as long as they were, and none is folded anew.
        self._yaml.width = 4096
        self._yaml.explicit_start = text.startswith("---")
        self._yaml.indent(mapping=2, sequence=4, offset=2)
        self.root: Any = self._yaml.load(text)

    def text(self) -> str:
        """The document as YAML."""
        stream = io.StringIO()
        self._yaml.dump(self.root, stream)
        return stream.getvalue()

    def at(self, pointer: str) -> Any:
        """What is at a place, or None."""
        node = self.root
        for token in tokens(pointer):
            if isinstance(node, CommentedSeq):
                node = node[int(token)] if token.isdigit() and int(token) < len(node) else None
            else:
                node = node.get(token) if isinstance(node, CommentedMap) else None
            if node is None:
                return None
        return node

    def apply(self, edits: Iterable[Edit]) -> None:
        """Apply edits, in an order in which none moves the place of another."""
        unique = [one.edit for one in dict.fromkeys(map(_Key, edits))]
        for edit in sorted((one for one in unique if isinstance(one, SetValue)), key=_depth):
            self._set(edit)
        for removal in sorted((one for one in unique if isinstance(one, Remove)), key=_last_first, reverse=True):
            self._remove(removal.pointer)

    def _set(self, edit: SetValue) -> None:
        parent_pointer, _, _ = edit.pointer.rpartition("/")
        key = tokens(edit.pointer)[-1]
        if key == "-":
            self._append(parent_pointer, edit.value)
            return
        parent = self.at(parent_pointer)
        if parent is None:
            self._set(SetValue(parent_pointer, {}))
            parent = self.at(parent_pointer)
        if key in parent:
            parent[key] = _as_yaml(edit.value)
        else:
            self._insert(parent, key, _as_yaml(edit.value))

    def _append(self, pointer: str, value: Any) -> None:
        if self.at(pointer) is None:
            self._set(SetValue(pointer, []))
        items = self.at(pointer)
        if value not in items:
            items.append(value)

    def _insert(self, parent: CommentedMap, key: str, value: Any) -> None:
        """Add a key: a status in its order, anything else before the grade of evidence, which stands last."""
        keys = [str(one) for one in parent]
        if key.isdigit():
            position = next((at for at, one in enumerate(keys) if one.isdigit() and int(one) > int(key)), len(keys))
            parent.insert(position, DoubleQuotedScalarString(key), value)
        elif _EVIDENCE in keys and key != _EVIDENCE:
            parent.insert(keys.index(_EVIDENCE), key, value)
        else:
            add_last(parent, key, value)

    def _remove(self, pointer: str) -> None:
        parent, key = self.at(pointer.rpartition("/")[0]), tokens(pointer)[-1]
        if isinstance(parent, CommentedSeq):
            _hand_on(parent, int(key), int(key) - 1, 0)
            del parent[int(key)]
        elif isinstance(parent, CommentedMap) and key in parent:
            keys = list(parent)
            at = keys.index(key)
            if at and isinstance(parent[keys[at - 1]], (str, int, float)):
                _hand_on(parent, key, keys[at - 1], 2)
            del parent[key]
        container = pointer.rpartition("/")[0]
        if parent is not None and len(parent) == 0 and tokens(container)[-1] in _NOT_EMPTY:
            self._remove(container)


def add_last(parent: CommentedMap, key: str, value: Any) -> None:
    """Add a key behind the last one, which may carry the empty lines and comments that follow the map."""
    last = next(reversed(parent), None)
    following = parent.ca.items.pop(last, None) if isinstance(parent.get(last), (str, int, float)) else None
    parent[key] = value
    if following is not None:
        parent.ca.items[key] = following


def _hand_on(parent: Any, removed: Any, previous: Any, slot: int) -> None:
    """Keep the lines of comment that follow a member which is removed, behind the member before it.

    ruamel.yaml holds comments and empty lines with what stands before them.
    """
    held = parent.ca.items.get(removed)
    token = held[slot] if held is not None else None
    if held is None or token is None:
        return
    _, line_end, following = token.value.partition("\n")
    if not following or (isinstance(previous, int) and previous < 0):
        return
    before = parent.ca.items.get(previous)
    if before is not None and before[slot] is not None:
        before[slot].value += following
    else:
        token.value = f"{line_end}{following}"
        parent.ca.items[previous] = [token if at == slot else None for at in range(4)]
        held[slot] = None


def lost_comments(old: str, new: str) -> list[str]:
    """The lines of comment of a document that its edited text lacks."""
    kept = [line.strip() for line in new.splitlines()]
    return [line.strip() for line in old.splitlines() if line.strip().startswith("#") and line.strip() not in kept]


class _Key:
    """Makes edits comparable, whose values are JSON."""

    def __init__(self, edit: Edit) -> None:
        self.edit = edit

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and repr(self.edit) == repr(other.edit)

    def __hash__(self) -> int:
        return hash(repr(self.edit))


def _depth(edit: SetValue) -> tuple[bool, int]:
    # Lists get their new members last, when what holds them is there.
    return edit.pointer.endswith("/-"), len(tokens(edit.pointer))


def _last_first(edit: Remove) -> tuple[str, int]:
    last = tokens(edit.pointer)[-1]
    return edit.pointer.rpartition("/")[0], int(last) if last.isdigit() else 0


def _as_yaml(value: Any) -> Any:
    """A value in the layout of the document: short maps and lists on one line, references in quotation marks."""
    if isinstance(value, dict):
        members = CommentedMap((key, _as_yaml(one)) for key, one in value.items())
        nested = any(isinstance(one, dict) for one in value.values())
        if not nested and len(str(value)) < _LONGEST_FLOW and "description" not in value:
            members.fa.set_flow_style()
        return members
    if isinstance(value, list):
        items = CommentedSeq(_as_yaml(one) for one in value)
        items.fa.set_flow_style()
        return items
    if isinstance(value, str) and (value.startswith("#") or value in ("null", "true", "false")):
        return DoubleQuotedScalarString(value)
    return value


def patch_of(old: str, new: str, path: str) -> str:
    """The difference between two texts of a file, as `git apply` takes it; empty if there is none."""
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{path}", f"b/{path}")
    return "".join(lines)
