"""Two versions of a document side by side, and what was found to differ."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from attrs import define, field, frozen

from ..document.document import Document, child
from ..document.problems import printable
from ..document.shapes import only_annotates
from ..upstream.operation_names import operation_names
from .change import Change, Rule
from .rules import rule_of

Side = Literal["request", "response"]
"""Which way a value goes: what callers send, or what they read."""

ABSENT = object()
"""Stands for what is not there."""

_MOST_SHOWN = 80
_MOST_NAMED = 3

_LEFT_OUT_MEANS: dict[str, Any] = {
    **dict.fromkeys(("required", "deprecated", "x-retry", "x-stops-batch", "readOnly", "writeOnly"), False),
    **dict.fromkeys(("nullable", "uniqueItems", "allowReserved", "allowEmptyValue", "x-no-effect", "x-varies"), False),
}
"""What a keyword means that is left out."""

OURS = frozenset(
    f"x-{name}"
    for line in (
        "accepts-also billed causes content-type-ignored env evidence job log-env mistaken-names no-effect pages",
        "price-usd provoked-by random retry semantics stops-batch stream timeout-seconds typical-seconds varies",
    )
    for name in line.split()
)
"""The `x-` keywords that the generator or the contract tests read; all others are notes for other tools."""


@frozen
class Pair:
    """A place in both versions.

    Args:
        old: JSON pointer in the old version, or None where it is new.
        new: JSON pointer in the new version, or None where it is gone.
    """

    old: str | None
    new: str | None

    def child(self, *parts: str) -> "Pair":
        """A place below, of the same name in both."""
        old = None if self.old is None else child(self.old, *parts)
        return Pair(old, None if self.new is None else child(self.new, *parts))


@frozen
class Use:
    """Where a place is used.

    Args:
        operation: The operation, as a method of the client.
        part: What of it, with its preposition: `in the request of`.
        side: Which way its values go.
    """

    operation: str
    part: str = "of"
    side: Side = "request"


@define(slots=False)
class Comparison:
    """Two versions of a document, and the differences that have been found so far.

    A difference of a component counts once, with all operations that use it.

    Args:
        old: The old version.
        new: The new version.
    """

    old: Document
    new: Document
    seen: set[object] = field(factory=set[object])
    visited: tuple[set[str], set[str]] = field(factory=lambda: (set[str](), set[str]()))
    _found: dict[tuple[Any, ...], dict[Use, None]] = field(factory=dict[tuple[Any, ...], dict[Use, None]])

    @cached_property
    def old_names(self) -> Mapping[str, str]:
        """The methods of the old version, by the pointers of their operations."""
        return operation_names(self.old)

    @cached_property
    def new_names(self) -> Mapping[str, str]:
        """The methods of the new version, by the pointers of their operations."""
        return operation_names(self.new)

    def resolved(self, pair: Pair) -> Pair:
        """Where a place leads to in both versions, by references and by an `allOf` of one part."""
        found: list[str | None] = []
        for document, pointer, visited in zip((self.old, self.new), (pair.old, pair.new), self.visited, strict=True):
            steps = [] if pointer is None else list(_steps(document, pointer))
            visited.update(steps)
            found.append(steps[-1] if steps else None)
        return Pair(*found)

    def values(self, pair: Pair) -> tuple[Any, Any]:
        """What is at a place in both versions, or `ABSENT`."""
        return _at(self.old, pair.old), _at(self.new, pair.new)

    def objects(self, pair: Pair) -> tuple[dict[str, Any], dict[str, Any]]:
        """The objects that a place leads to in both versions, with what stands beside a reference; empty where none."""
        return _object(self.old, pair.old), _object(self.new, pair.new)

    def note(self, rule: Rule, pair: Pair, use: Use, what: str = "", was: Any = ABSENT, now: Any = ABSENT) -> None:
        """Note a difference.

        Args:
            rule: What it means.
            pair: Where it is.
            use: Where that is used.
            what: What has changed; by default, the operation.
            was: The old value.
            now: The new value.
        """
        key = (rule, pair, what, use.part if what else use, shown(was), shown(now))
        self._found.setdefault(key, {})[use] = None

    def keyword(
        self, prefixes: Mapping[str, str], name: str, pair: Pair, use: Use, what: str, was: Any, now: Any
    ) -> None:
        """Note what another value of a keyword means, by the table of its object.

        Args:
            prefixes: The beginnings of the kinds of the keywords of the object; a whole kind where all changes of a
                keyword are of one kind.
            name: The keyword.
            pair: The place of the object.
            use: Where it is used.
            what: What the object is called.
            was: The old value.
            now: The new value.
        """
        was, now = meant(name, was), meant(name, now)
        if same(was, now):
            return self.note(rule_of("written"), pair.child(name), use, what)
        known = f"`{name}` of {what}" if what else f"`{name}`"
        if is_foreign(name):
            return self.note(rule_of("foreign"), pair.child(name), use, known, was, now)
        prefix = prefixes.get(name)
        kinds = [] if prefix is None else [prefix, f"{prefix}-{step(was, now)}", f"{prefix}-changed"]
        rule = rule_of(*kinds)
        return self.note(rule, pair.child(name), use, what if rule.classified else known, was, now)

    def keywords(
        self, prefixes: Mapping[str, str], pair: Pair, use: Use, what: str = "", without: Iterable[str] = ()
    ) -> None:
        """Note all keywords of an object that differ, but for those that are compared elsewhere."""
        old, new = self.objects(pair)
        places = self.resolved(pair)
        for name in [name for name in {**old, **new} if name not in {*without, "$ref"}]:
            was, now = old.get(name, ABSENT), new.get(name, ABSENT)
            if not same(was, now):
                beside = any(isinstance(value, dict) and name in value for value in self.values(pair))
                self.keyword(prefixes, name, pair if beside else places, use, what, was, now)

    @property
    def noted(self) -> tuple[list[str], list[str]]:
        """The places of all differences so far, as JSON pointers in the old version and in the new one."""
        pairs = [pair for _, pair, *_ in self._found]
        return [pair.old for pair in pairs if pair.old], [pair.new for pair in pairs if pair.new]

    def changes(self) -> list[Change]:
        """All differences, in the order of their places."""
        found = [self._change(key, list(uses)) for key, uses in self._found.items()]
        told: dict[object, Change] = {}
        for _, change in sorted(found, key=lambda one: one[0]):
            # A class that is called differently is told once, and not at each place that refers to it.
            told.setdefault((change.title, change.place if change.verdict == "docs" else ""), change)
        return list(told.values())

    def _change(self, key: tuple[Any, ...], uses: list[Use]) -> tuple[tuple[bool, int], Change]:
        rule, pair, what, _, was, now = key
        is_new = pair.new is not None and (self.new.has(pair.new) or pair.old is None)
        document, pointer = (self.new, pair.new) if is_new else (self.old, pair.old or "")
        place = document.place(pointer or "")
        at = f"{place}{'' if is_new else ' (old)'}"
        change = Change(rule, self._subject(what, uses), was, now, at, pointer or "", name=what)
        return (not is_new, place.line), change

    def _subject(self, what: str, uses: list[Use]) -> str:
        names = list(dict.fromkeys(use.operation for use in uses))
        if not what or not any(names):
            return what or ", ".join(f"`{name}`" for name in names)
        if len(names) > _MOST_NAMED:
            every = {*self.old_names.values(), *self.new_names.values()} <= {*names}
            return f"{what} {uses[0].part} {'all' if every else len(names)} operations"
        return f"{what} {uses[0].part} {' and '.join(f'`{name}`' for name in names)}"


def is_foreign(keyword: str) -> bool:
    """Whether a keyword is a note for other tools."""
    return keyword.startswith("x-") and keyword not in OURS


def meant(name: str, value: Any) -> Any:
    """What a keyword says, if it is left out too."""
    return _LEFT_OUT_MEANS.get(name, value) if value is ABSENT else value


def step(was: Any, now: Any) -> str:
    """How a value has changed: `added`, `removed`, `on`, `off`, `raised`, `lowered` or `changed`."""
    if was is ABSENT or now is ABSENT:
        return "added" if was is ABSENT else "removed"
    if isinstance(was, bool) and isinstance(now, bool):
        return "on" if now else "off"
    if is_number(was) and is_number(now):
        return "raised" if now > was else "lowered"
    return "changed"


def is_number(value: Any) -> bool:
    """Whether a value is a number of JSON."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same(was: Any, now: Any) -> bool:
    """Whether two values are the same JSON: true is not 1, and 1.0 is 1."""
    if isinstance(was, bool) is not isinstance(now, bool):
        return False
    if isinstance(was, dict) and isinstance(now, dict):
        return was.keys() == now.keys() and all(same(value, now[name]) for name, value in was.items())
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(same, was, now))
    return bool(was == now)


def shown(value: Any) -> str:
    """A value as a message shows it."""
    if value is ABSENT:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    # It stands between backticks.
    text = printable(text.replace("`", "'"))
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _at(document: Document, pointer: str | None) -> Any:
    try:
        return ABSENT if pointer is None else document.at(pointer)
    except (LookupError, ValueError, TypeError):
        return ABSENT


def _object(document: Document, pointer: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for step in [] if pointer is None else _steps(document, pointer):
        node = _at(document, step)
        if isinstance(node, dict):
            found = {**(_beside_part(node) if _is_wrapped(node) else node), **found}
    return found


def _steps(document: Document, pointer: str) -> Iterator[str]:
    """A place, and all that it leads to."""
    yield pointer
    node = _at(document, pointer)
    if isinstance(node, dict) and (target := document.resolved(pointer)) != pointer:
        yield from _steps(document, target)
    elif isinstance(node, dict) and _is_wrapped(node):
        yield from _steps(document, child(pointer, "allOf", "0"))


def _is_wrapped(node: dict[str, Any]) -> bool:
    """Whether a schema is the only part of its `allOf`, with nothing beside it that restricts values."""
    parts = node.get("allOf")
    return (
        isinstance(parts, list)
        and len(parts) == 1
        and only_annotates({key: None for key in _beside_part(node) if key != "default"})
    )


def _beside_part(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != "allOf"}
