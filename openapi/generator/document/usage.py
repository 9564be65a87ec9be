"""What uses what in a document: the operations and components to which a place matters."""

from collections.abc import Iterable, Iterator
from typing import Any

from .document import Document, child, join, tokens
from .traversal import METHODS, Node, objects

_SCHEMES = "/components/securitySchemes"


class Usage:
    """The parts of a document, and which of them use which.

    A part is what can be taken out: an operation, a component, or a path that has no operation. Each place is in one of
    them, but for those of the document as a whole and those that all operations of a path share.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        self.operations = list(_operations(document))
        self.parts = {*self.operations, *_components(document), *_paths(document)}
        self.places = {*self.parts, *(one.rpartition("/")[0] for one in self.operations)}
        self._nodes = {node.pointer: node for node in objects(document)}
        self._security = document.root.get("security")
        self._users: dict[str, set[str]] = {}
        for node in self._nodes.values():
            self._connect(node)

    def users(self, pointer: str) -> set[str] | None:
        """The parts that use a place, the one that it is in included.

        Returns:
            None if the place belongs to the document as a whole.
        """
        start = self._start(pointer)
        return None if start is None else _closure(start, self._users) & self.parts

    def used_by(self, parts: Iterable[str]) -> set[str]:
        """The parts that some parts use, themselves included."""
        uses: dict[str, set[str]] = {}
        for used, users in self._users.items():
            for user in users:
                uses.setdefault(user, set()).add(used)
        return _closure(parts, uses) & self.parts

    def part(self, pointer: str) -> str | None:
        """The part that a place is in, or None."""
        path = tokens(pointer)
        return next((own for own in (join(path[:3]), join(path[:2])) if own in self.parts), None)

    def _connect(self, node: Node) -> None:
        if node.kind == "path item":
            self._add(node.pointer, [child(node.pointer, method) for method in METHODS if method in node.value])
        elif node.pointer not in self.parts and node.kind not in ("document", "components"):
            # What is wrong with some of a part is wrong with the whole.
            self._add(node.pointer, [self._around(node.pointer)])
        for target in _targets(node):
            self._add(target, [node.pointer])
            # It would go with the part that it is in.
            if (part := self.part(target)) is not None:
                self._add(part, [node.pointer])
        if node.kind == "operation":
            for name in _schemes(node.value.get("security", self._security)):
                self._add(child(_SCHEMES, name), [node.pointer])

    def _add(self, used: str, users: Iterable[str]) -> None:
        self._users.setdefault(used, set()).update(users)

    def _around(self, pointer: str) -> str:
        """The nearest object around a place."""
        while (pointer := pointer.rpartition("/")[0]) not in self._nodes:
            pass
        return pointer

    def _start(self, pointer: str) -> list[str] | None:
        section, *path = tokens(pointer) or [""]
        if section == "security" and path:
            return [one for one in self.operations if "security" not in self._nodes[one].value]
        if (section == "components" and len(path) > 1) or (section == "paths" and path):
            while pointer not in self._nodes and pointer not in self.parts:
                pointer = pointer.rpartition("/")[0]
            return [pointer]
        return None


def _closure(start: Iterable[str], edges: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += edges.get(one, ())
    return found


def _operations(document: Document) -> Iterator[str]:
    for pointer, item in _named(document.root.get("paths"), "/paths"):
        yield from (child(pointer, method) for method in METHODS if isinstance(item, dict) and method in item)


def _paths(document: Document) -> Iterator[str]:
    """The paths that have no operation."""
    for pointer, item in _named(document.root.get("paths"), "/paths"):
        if not isinstance(item, dict) or not {*METHODS} & item.keys():
            yield pointer


def _components(document: Document) -> Iterator[str]:
    for pointer, section in _named(document.root.get("components"), "/components"):
        yield from (name for name, _ in _named(section, pointer))


def _named(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    for name, member in value.items() if isinstance(value, dict) else ():
        yield child(pointer, name), member


def _targets(node: Node) -> Iterator[str]:
    """The places that an object refers to."""
    reference = node.value.get("$ref")
    if isinstance(reference, str):
        yield reference.removeprefix("#")
    discriminator = node.value.get("discriminator") if node.kind == "schema" else None
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    for target in mapping.values() if isinstance(mapping, dict) else ():
        if isinstance(target, str):
            yield target.removeprefix("#") if target.startswith("#") else child("/components/schemas", target)


def _schemes(security: Any) -> Iterator[str]:
    """The security schemes that a list of alternatives names."""
    for alternative in security if isinstance(security, list) else ():
        yield from map(str, alternative if isinstance(alternative, dict) else ())
