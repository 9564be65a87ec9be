"""The part of a document that is generated: all operations but those that use what has a problem."""

from collections.abc import Collection, Iterable
from typing import Any

from attrs import evolve, frozen

from .document import Document, Problem, SpecError, child, join, tokens
from .traversal import METHODS
from .usage import Usage

_UNUSED = "left out, as no operation uses it"


@frozen
class LeftOut:
    """An operation that is not generated.

    Args:
        pointer: Where it stands.
        problems: The problems of what it uses.
    """

    pointer: str
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """Its method and path."""
        _, path, method = tokens(self.pointer)
        return f"{method.upper()} {path}"


@frozen
class Selection:
    """What is generated of a document.

    Args:
        document: The document with only what is generated.
        left_out: The operations that are not.
        approximated: Where the client does something else than the document says.
        gone: Where the paths, operations and components stood that are left out.
    """

    document: Document
    left_out: tuple[LeftOut, ...] = ()
    approximated: tuple[Problem, ...] = ()
    gone: frozenset[str] = frozenset()

    @property
    def operations(self) -> list[str]:
        """Where the operations stand that are generated."""
        return Usage(self.document).operations

    @property
    def is_whole(self) -> bool:
        """Whether everything is generated as the document says."""
        return not self.left_out and not self.approximated

    @property
    def error(self) -> SpecError:
        """All that keeps the client from being as the document says."""
        found = dict.fromkeys((*(problem for one in self.left_out for problem in one.problems), *self.approximated))
        return self.document.error(found)

    def noting(self, problems: Iterable[Problem]) -> "Selection":
        """The same, with further approximations."""
        return evolve(self, approximated=tuple(dict.fromkeys((*self.approximated, *problems))))

    def is_settled(self, problem: Problem) -> bool:
        """Whether all that uses the place of a problem has been left out already, because of it."""
        return evolve(problem, instead=_UNUSED) in self.approximated or any(
            problem in one.problems for one in self.left_out
        )

    def without(self, problems: Collection[Problem]) -> "Selection":
        """What is left without all that uses the places of some problems.

        Components that only such operations use go as well.

        Raises:
            SpecError: Nothing is left, or a problem concerns the document as a whole.
        """
        usage = Usage(self.document)
        affected: dict[str, list[Problem]] = {}
        for problem in problems:
            users = usage.users(problem.pointer)
            if users is None:
                self.document.problems(one for one in problems if usage.users(one.pointer) is None)
            for part in users or ():
                affected.setdefault(part, []).append(problem)
        lost = tuple(LeftOut(one, tuple(affected[one])) for one in usage.operations if one in affected)
        left_out = (*self.left_out, *lost)
        document = _without(self.document, affected)
        further, used = Usage(document), usage.used_by(usage.operations)
        if not further.operations:
            document.problems(problem for one in left_out for problem in one.problems)
        # Components that no operation has used before are kept, with what they use.
        document = _without(document, used - further.used_by({*further.operations, *(usage.parts - used)}))
        unused = {*problems} - {problem for one in lost for problem in one.problems}
        gone = self.gone | (usage.places - Usage(document).places)
        selection = evolve(self, document=document, left_out=left_out, gone=gone)
        return selection.noting(evolve(one, instead=_UNUSED) for one in problems if one in unused)

    def only(self, operations: Collection[str]) -> "Selection":
        """The same with only some operations, and with only the components that they use."""
        usage = Usage(self.document)
        return evolve(self, document=_without(self.document, usage.parts - usage.used_by(operations)))

    def finished(self) -> "Selection":
        """The same, without approximations of what is not generated in the end."""
        kept = [one for one in self.approximated if one.instead == _UNUSED or not self._is_gone(one.pointer)]
        return evolve(self, approximated=tuple(kept))

    def _is_gone(self, pointer: str) -> bool:
        path = tokens(pointer)
        return not self.gone.isdisjoint((join(path[:2]), join(path[:3])))


def _without(document: Document, parts: Collection[str]) -> Document:
    """A document without some operations, paths and components, and without paths that have no operation left."""
    root = dict(document.root)
    if isinstance(root.get("components"), dict):
        sections = root["components"].items()
        root["components"] = {name: _kept(one, child("/components", name), parts) for name, one in sections}
    if isinstance(root.get("paths"), dict):
        items = _kept(root["paths"], "/paths", parts)
        kept = {path: (item, _kept(item, child("/paths", path), parts)) for path, item in items.items()}
        root["paths"] = {path: new for path, (old, new) in kept.items() if new == old or not _is_empty(new)}
    return evolve(document, root=root)


def _kept(named: Any, around: str, parts: Collection[str]) -> Any:
    if not isinstance(named, dict):
        return named
    return {name: value for name, value in named.items() if child(around, name) not in parts}


def _is_empty(path: Any) -> bool:
    return not any(method in path for method in METHODS)
