"""The names of operations in Python, each of which is the only one of its kind."""

from collections.abc import Iterator
from hashlib import sha256
from unicodedata import normalize

from ..document.document import Document, Problem, child, tokens
from ..document.traversal import Node, operations
from .internals import PythonIdentifier
from .naming import PREFIX, RESERVED_METHODS, class_name

_LONGEST = 120
"""Bytes of the longest name: most file systems take 255, endings and prefixes included."""

_DIGITS = 8


def operation_names(document: Document) -> dict[str, str]:
    """Name of each operation as a function, by its pointer.

    It is made of the `operationId`. An operation without one, or with one that another has before it, is named by its
    method and path.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    nodes = list(operations(document))
    for node in nodes:
        name = _own_name(node)
        if name and _class(name) not in taken:
            found[node.pointer] = name
            taken.add(_class(name))
    for node in nodes:
        if node.pointer not in found:
            found[node.pointer] = _unused(_name_of_place(node), taken)
            taken.add(_class(found[node.pointer]))
    return {node.pointer: found[node.pointer] for node in nodes}


def renamed_operations(document: Document, names: dict[str, str]) -> Iterator[Problem]:
    """Operations that are not called like their `operationId`."""
    for node in operations(document):
        if "operationId" in node.value and names[node.pointer] != _own_name(node, shorten=False):
            instead = f"the method is called {names[node.pointer]!r}"
            yield Problem(_reason(node.value["operationId"]), child(node.pointer, "operationId"), instead)


def _reason(own: str) -> str:
    """Why nothing can be called like an `operationId`."""
    if not any(one.isalnum() for one in own):
        return f"the operationId {own!r} has no letter or digit, so nothing in Python can be named after it"
    if len(own.encode()) > _LONGEST:
        return f"the operationId is longer than {_LONGEST} bytes, so no file can be named after it"
    return f"another operation has the name that the operationId {own!r} gives in Python"


def _own_name(node: Node, shorten: bool = True) -> str:
    own = node.value.get("operationId")
    if not isinstance(own, str) or not any(one.isalnum() for one in own):
        return ""
    return _usable(own, shorten)


def _name_of_place(node: Node) -> str:
    *_, path, method = tokens(node.pointer)
    return _usable(f"{method}_{path.replace('{', '').replace('}', '').replace('/', '_').strip('_')}")


def _usable(name: str, shorten: bool = True) -> str:
    """The name in a form that stays as it is: the name of a file is made from it, and Python reads it in NFKC."""
    found = PythonIdentifier(normalize("NFKC", name), PREFIX)
    while (further := PythonIdentifier(normalize("NFKC", found), PREFIX)) != found:
        found = further
    text = f"{found}_operation" if found in RESERVED_METHODS else str(found)
    if shorten and len(text.encode()) > _LONGEST:
        digits = sha256(text.encode()).hexdigest()[:_DIGITS]
        text = _usable(f"{text.encode()[: _LONGEST - _DIGITS - 1].decode(errors='ignore')}_{digits}")
    return text


def _unused(name: str, taken: set[str]) -> str:
    found, at = name, 2
    while _class(found) in taken:
        found = _usable(f"{name}_{at}")
        at += 1
    return found


def _class(name: str) -> str:
    return class_name(name).lower()
