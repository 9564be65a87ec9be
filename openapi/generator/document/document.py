"""The document with what parsers usually drop: the line of each place, and how well each fact is known."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from .loading import Loaded, load, parse
from .pointers import child as child
from .pointers import join as join
from .pointers import known_tokens
from .pointers import tokens as tokens
from .problems import Place as Place
from .problems import Problem as Problem
from .problems import SpecError as SpecError
from .source_map import SourceMap

GRADES = ("page", "vendor", "vendor-2026", "seen", "inferred")
"""How well a fact can be known without a recording, best first. The head of the document explains them."""

RECORDED = re.compile(r"recorded \d{4}-\d{2}-\d{2}")
"""The best grade: a recording of the service shows the fact. It has the date of the recording."""


@frozen
class Document:
    """An OpenAPI document.

    Args:
        name: The file's name, for messages.
        root: The document as plain JSON values.
        lines: The line of each place, by JSON pointer; the first line is 1.
        remarks: What was found while the files were read, and is not seen in the document itself.
        sha256: SHA-256 of the file, or of all files that the document is made of, in hexadecimal.
        overlays: Names of the overlays that changed it.
        is_final: Whether nothing changes it any more, so that what is found in it can be remembered.
    """

    name: str
    root: dict[str, Any]
    lines: Mapping[str, int] = field(repr=False)
    remarks: tuple[Problem, ...] = ()
    sha256: str = ""
    overlays: tuple[str, ...] = ()
    is_final: bool = field(default=False, eq=False, repr=False)
    found: dict[object, Any] = field(init=False, factory=dict[object, Any], eq=False, repr=False)

    @classmethod
    def load(cls, path: Path, overlays: Sequence[Path] = (), folder: Path | None = None) -> "Document":
        """Read a document, with all files that it refers to.

        Args:
            path: Its file.
            overlays: Files of overlays, applied in this order.
            folder: References may lead to files below this folder; by default to those below the document's own.

        Raises:
            SpecError: It is not an OpenAPI document, or an overlay cannot be applied.
            OSError: A file cannot be read.
        """
        return cls._of(load(path, overlays, folder))

    @classmethod
    def parse(cls, name: str, text: str) -> "Document":
        """Read a document from its text. References into other files lead nowhere.

        Raises:
            SpecError: It is not an OpenAPI document.
        """
        return cls._of(parse(name, text))

    @classmethod
    def _of(cls, loaded: Loaded) -> "Document":
        return cls(loaded.name, loaded.root, loaded.lines, loaded.problems, loaded.sha256, loaded.overlays)

    def copied(self) -> "Document":
        """A copy that can be changed."""
        return evolve(self, root=_copied(self.root), is_final=False)

    def final(self) -> "Document":
        """The same, which is not to be changed any more."""
        return evolve(self, is_final=True)

    def at(self, pointer: str) -> Any:
        """What is at a JSON pointer.

        Raises:
            LookupError: Nothing is there.
        """
        node: Any = self.root
        for token in known_tokens(pointer):
            node = node[int(token)] if isinstance(node, list) else node[token]
        return node

    def has(self, pointer: str) -> bool:
        """Whether anything is at a JSON pointer."""
        try:
            self.at(pointer)
        except (LookupError, ValueError, TypeError):
            return False
        return True

    def line(self, pointer: str) -> int:
        """The line of a place, or of the nearest place around it that has one."""
        return self.place(pointer).line

    def place(self, pointer: str) -> Place:
        """The file and line of a place, or of the nearest place around it that has one."""
        if isinstance(self.lines, SourceMap):
            return self.lines.place(pointer)
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return Place(self.name, self.lines[pointer])

    def place_of(self, problem: Problem) -> Place:
        """The file and line of a problem."""
        return problem.place or self.place(problem.pointer)

    def resolved(self, pointer: str) -> str:
        """The pointer that a place leads to: its own, or the target if it is a `$ref`."""
        known = self.found.get(pointer) if self.is_final else None
        return self._resolved(pointer) if known is None else str(known)

    def _resolved(self, pointer: str) -> str:
        seen, place = set[str](), pointer
        while isinstance(node := self.at(place), dict) and isinstance(node.get("$ref"), str) and place not in seen:
            seen.add(place)
            place = node["$ref"].removeprefix("#")
        if self.is_final:
            self.found[pointer] = place
        return place

    def resolved_at(self, pointer: str) -> Any:
        """What a place leads to: its own value, or the target if it is a `$ref`."""
        return self.at(self.resolved(pointer))

    @property
    def has_grades(self) -> bool:
        """Whether anything in the document is graded."""
        if not self.is_final:
            return True
        if _GRADED not in self.found:
            self.found[_GRADED] = _has_key(self.root, "x-evidence")
        return bool(self.found[_GRADED])

    def grade(self, pointer: str) -> str | None:
        """How well the fact at a place is known, or None where it is not graded."""
        if not self.has_grades:
            return None
        target = self.resolved(pointer)
        path = tokens(target)
        for depth in range(len(path), -1, -1):
            node = self.at(join(path[:depth]))
            found = _own_grade(node.get("x-evidence"), path[depth:]) if isinstance(node, dict) else None
            if found is not None:
                return found
        return None

    def problems(self, problems: Iterator[Problem]) -> None:
        """Raise all problems for which the client does nothing else instead as one error, in the order of their lines.

        Raises:
            SpecError: There are any.
        """
        fatal = [problem for problem in problems if problem.instead is None]
        if fatal:
            raise self.error(fatal)

    def error(self, problems: Iterable[Problem]) -> SpecError:
        """Problems as one error, in the order of their places."""
        return SpecError(self.name, {one: self.place_of(one) for one in self.sorted(problems)})

    def sorted(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems in the order of their places: those of the document's own file first."""
        return sorted(problems, key=lambda one: self._order(self.place_of(one)))

    def _order(self, place: Place) -> tuple[bool, str, int, int]:
        return place.file != self.name, place.file, place.line, place.column or 0


_GRADED = object()


def is_grade(grade: object) -> bool:
    """Whether a value is a grade of evidence."""
    return grade in GRADES or (isinstance(grade, str) and RECORDED.fullmatch(grade) is not None)


def _copied(value: Any) -> Any:
    """A deep copy of JSON, several times as fast as `copy.deepcopy`."""
    if isinstance(value, dict):
        return {key: _copied(member) for key, member in value.items()}
    return [_copied(member) for member in value] if isinstance(value, list) else value


def _has_key(value: Any, key: str) -> bool:
    if isinstance(value, dict):
        return key in value or any(_has_key(one, key) for one in value.values())
    return isinstance(value, list) and any(_has_key(one, key) for one in value)


def _own_grade(evidence: Any, below: list[str]) -> str | None:
    if not isinstance(evidence, dict):
        return evidence if isinstance(evidence, str) else None
    entry = evidence.get(below[0] if below else "here", evidence.get("here"))
    if isinstance(entry, (dict, list)):
        runs = entry.items() if isinstance(entry, dict) else ((grade, 1) for grade in entry)
        grades = [grade for grade, count in runs for _ in range(count)]
        index = int(below[1]) if len(below) > 1 else len(grades) - 1
        return grades[index] if index < len(grades) else None
    return entry
