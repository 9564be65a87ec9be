"""The YAML document with what parsers usually drop: the line of each place, and how well each fact is known."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

GRADES = ("page", "vendor", "vendor-2026", "seen", "inferred")
"""How well a fact can be known without a recording, best first. The head of the document explains them."""

RECORDED = re.compile(r"recorded \d{4}-\d{2}-\d{2}")
"""The best grade: a recording of the service shows the fact. It has the date of the recording."""


@frozen
class Problem:
    """One thing that is wrong with a document, or that the client cannot do as the document says.

    Args:
        message: What is wrong.
        pointer: JSON pointer of the place.
        instead: What the client does instead, or None where it cannot have what uses the place.
    """

    message: str
    pointer: str = ""
    instead: str | None = None


class SpecError(Exception):
    """The document cannot be made into a client. Its text has a line for each problem: file, line and message."""

    def __init__(self, name: str, problems: Mapping[Problem, int]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(_report(name, problem, line) for problem, line in problems.items()))


def _report(name: str, problem: Problem, line: int) -> str:
    place = f" (at {problem.pointer})" if problem.pointer else ""
    instead = f"; instead: {problem.instead}" if problem.instead is not None else ""
    return f"{name}:{line}: {problem.message}{place}{instead}"


@frozen
class Document:
    """An OpenAPI document.

    Args:
        name: The file's name, for messages.
        root: The document as plain JSON values.
        lines: The line of each place, by JSON pointer; the first line is 1.
    """

    name: str
    root: dict[str, Any]
    lines: Mapping[str, int] = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> "Document":
        """Read a document.

        Raises:
            SpecError: It is not YAML, or not a mapping.
            OSError: The file cannot be read.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise SpecError(path.name, {Problem(f"not YAML: {error}"): 1}) from error
        return cls.parse(path.name, text)

    @classmethod
    def parse(cls, name: str, text: str) -> "Document":
        """Read a document from its text.

        Raises:
            SpecError: It is not YAML, or not a mapping.
        """
        try:
            parsed = _yaml().load(text)
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise SpecError(name, {Problem(f"not YAML: {error.problem or error.context}"): line}) from error
        except YAMLError as error:
            raise SpecError(name, {Problem(f"not YAML: {error}"): 1}) from error
        if not isinstance(parsed, CommentedMap):
            raise SpecError(name, {Problem("not an OpenAPI document: a mapping is expected"): 1})
        lines: dict[str, int] = {"": 1}
        return cls(name, _plain(parsed, "", lines), lines)

    def at(self, pointer: str) -> Any:
        """What is at a JSON pointer.

        Raises:
            LookupError: Nothing is there.
        """
        node: Any = self.root
        for token in tokens(pointer):
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
        while pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines[pointer]

    def resolved(self, pointer: str) -> str:
        """The pointer that a place leads to: its own, or the target if it is a `$ref`."""
        seen: set[str] = set()
        while isinstance(node := self.at(pointer), dict) and isinstance(node.get("$ref"), str) and pointer not in seen:
            seen.add(pointer)
            pointer = node["$ref"].removeprefix("#")
        return pointer

    def resolved_at(self, pointer: str) -> Any:
        """What a place leads to: its own value, or the target if it is a `$ref`."""
        return self.at(self.resolved(pointer))

    def grade(self, pointer: str) -> str | None:
        """How well the fact at a place is known, or None where it is not graded."""
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
        found = sorted(((problem, self.line(problem.pointer)) for problem in fatal), key=lambda pair: pair[1])
        if found:
            raise SpecError(self.name, dict(found))


def is_grade(grade: object) -> bool:
    """Whether a value is a grade of evidence."""
    return grade in GRADES or (isinstance(grade, str) and RECORDED.fullmatch(grade) is not None)


def tokens(pointer: str) -> list[str]:
    """The parts of a JSON pointer."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def join(parts: list[str]) -> str:
    """The JSON pointer of its parts."""
    return "".join(f"/{_escaped(part)}" for part in parts)


def child(pointer: str, *parts: str) -> str:
    """The pointer of a place below another."""
    return pointer + join(list(parts))


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1") if "~" in part or "/" in part else part


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


class _Constructor(RoundTripConstructor):
    """Reads `2024-01-01` as a text: JSON, and so OpenAPI, has no dates."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    return yaml


def _plain(node: Any, pointer: str, lines: dict[str, int]) -> Any:
    if isinstance(node, CommentedMap):
        return {
            _joined(str(key)): _placed(node.lc.data, key, value, child(pointer, _joined(str(key))), lines)
            for key, value in node.items()
        }
    if isinstance(node, CommentedSeq):
        return [
            _placed(node.lc.data, index, value, child(pointer, str(index)), lines) for index, value in enumerate(node)
        ]
    # To ruamel.yaml, a boolean with an anchor is an int.
    kinds = {ScalarBoolean: bool, bool: bool, int: int, float: float}
    return next((plain(node) for kind, plain in kinds.items() if isinstance(node, kind)), node and _joined(str(node)))


def _joined(text: str) -> str:
    """A text whose letters beyond the first 65,536 are whole: JSON writes each as two escapes, and YAML reads two."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if _HALF.search(text) else text


_HALF = re.compile("[\ud800-\udfff]")


def _placed(places: Any, key: Any, value: Any, pointer: str, lines: dict[str, int]) -> Any:
    place = (places or {}).get(key)
    if place is not None:
        lines[pointer] = place[0] + 1
    return _plain(value, pointer, lines)
