"""YAML texts: plain JSON values and where they stand, built from the events of a parser.

libyaml is fast, and a parser of YAML 1.1: what it refuses is read again by ruamel.yaml, whose word on YAML 1.2 counts.
No tag makes anything but a JSON value, and aliases are copies, of which there is a limit.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import yaml
from attrs import define, field
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from .limits import MOST_COPIES, MOST_LEVELS, TOO_DEEP, Unreadable
from .pointers import child
from .problems import Problem
from .spots import Spot
from .yaml_scalars import joined, plain_value, tagged_value

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> tuple[Any, Spot, tuple[Problem, ...]]:
    """The value of a YAML text, where its values stand, and what was read other than it is written.

    Raises:
        Unreadable: It is not YAML, has several documents, a tag that JSON has no value for, or asks for too much.
    """
    try:
        return _built(yaml.parse(text, Loader=_Loader))
    except (yaml.YAMLError, ValueError):
        return _built(_events_of_12(text))


def _events_of_12(text: str) -> Iterator[Any]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise Unreadable(f"not YAML: {error.problem or error.context}", line) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position)
        seen = f"U+{ord(text[error.position]):04X}" if error.position < len(text) else "its end"
        raise Unreadable(f"not YAML: the character {seen} is not allowed", line) from error
    except RecursionError as error:
        raise Unreadable(TOO_DEEP) from error
    except (YAMLError, ValueError, IndexError, AttributeError, AssertionError) as error:
        raise Unreadable(f"not YAML: {error}") from error


def _built(events: Iterable[Any]) -> tuple[Any, Spot, tuple[Problem, ...]]:
    builder = _Builder()
    for event in events:
        builder.take(event)
    return builder.value, builder.spot, tuple(builder.remarks)


@define
class _Open:
    """A mapping or sequence that has not ended.

    Args:
        value: What it holds so far.
        spots: Where its members stand.
        pointer: Its JSON pointer.
        mark: Where it begins.
        anchor: Its name for aliases.
        key: The key of the next value, or None where a key comes next.
        key_mark: Where that key stands.
        merges: Whether that key is `<<`.
        merged: The mappings that `<<` adds, with their spots.
    """

    value: Any
    spots: Any
    pointer: str
    mark: Any
    anchor: str | None = None
    key: str | None = None
    key_mark: Any = None
    merges: bool = False
    merged: list[tuple[dict[str, Any], dict[str, Spot]]] = field(factory=list)

    @property
    def awaits_key(self) -> bool:
        """Whether a key comes next."""
        return self.key is None and isinstance(self.value, dict)


@define
class _Anchored:
    value: Any
    spots: Any
    size: int
    levels: int


@define
class _Builder:
    value: Any = None
    spot: Spot = field(factory=lambda: Spot(0, 0))
    remarks: list[Problem] = field(factory=list)
    _stack: list[_Open] = field(factory=list)
    _anchors: dict[str, _Anchored | None] = field(factory=dict)
    _documents: int = 0
    _copies: int = 0

    def take(self, event: Any) -> None:
        """Go on with the next event of the parser."""
        handler = _HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            text = "not YAML: expected a single document, but found another document"
            raise Unreadable(text, event.start_mark.line)

    def _scalar(self, event: Any) -> None:
        tag, text = event.tag, event.value
        if self._stack and self._stack[-1].awaits_key:
            is_merge = text == "<<" and tag is None and event.style in (None, "")
            self._begin_member(joined(text), event.start_mark, is_merge)
            self._remember(event.anchor, joined(text), None)
            return
        try:
            value = plain_value(text) if tag is None and event.style in (None, "") else tagged_value(tag, text)
        except ValueError as error:
            raise Unreadable(f"not YAML: {error}", event.start_mark.line) from error
        self._remember(event.anchor, value, None)
        self._put(value, event.start_mark, None)

    def _start_mapping(self, event: Any) -> None:
        self._start(event, {}, {}, "tag:yaml.org,2002:map")

    def _start_sequence(self, event: Any) -> None:
        self._start(event, [], [], "tag:yaml.org,2002:seq")

    def _start(self, event: Any, value: Any, spots: Any, usual_tag: str) -> None:
        mark = event.start_mark
        if event.tag is not None and str(event.tag) not in ("!", usual_tag):
            raise Unreadable(f"not YAML: the tag {str(event.tag)!r} makes what JSON does not have", mark.line)
        if len(self._stack) >= MOST_LEVELS:
            raise Unreadable(TOO_DEEP, mark.line, mark.column + 1)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(value, spots, self._next_pointer(mark), mark, event.anchor))

    def _end(self, event: Any) -> None:
        done = self._stack.pop()
        if done.merged:
            _add_merged(done)
        self._remember(done.anchor, done.value, done.spots)
        self._put(done.value, done.mark, done.spots)

    def _alias(self, event: Any) -> None:
        mark, name = event.start_mark, event.anchor
        found = self._anchors.get(name)
        if found is None:
            text = "stands for what it is a part of" if name in self._anchors else "stands for nothing"
            raise Unreadable(f"not YAML: the alias {name!r} {text}", mark.line)
        self._copies += found.size
        if self._copies > MOST_COPIES:
            raise Unreadable(f"aliases stand for more than {MOST_COPIES:,} values: use `$ref` instead", mark.line)
        if len(self._stack) + found.levels > MOST_LEVELS:
            raise Unreadable(TOO_DEEP, mark.line)
        if self._stack and self._stack[-1].awaits_key:
            if isinstance(found.value, (dict, list)):
                raise Unreadable(_KEY, mark.line)
            self._begin_member(found.value if isinstance(found.value, str) else json.dumps(found.value), mark, False)
            return
        self._put(_copied(found.value), mark, found.spots)

    def _remember(self, anchor: str | None, value: Any, spots: Any) -> None:
        if anchor:
            self._anchors[anchor] = _Anchored(value, spots, *_measured(value))

    def _begin_member(self, key: str, mark: Any, is_merge: bool) -> None:
        top = self._stack[-1]
        top.key, top.key_mark, top.merges = key, mark, is_merge

    def _next_pointer(self, mark: Any) -> str:
        if not self._stack:
            return ""
        top = self._stack[-1]
        if isinstance(top.value, list):
            return child(top.pointer, str(len(top.value)))
        if top.key is None:
            raise Unreadable(_KEY, mark.line)
        return child(top.pointer, top.key)

    def _put(self, value: Any, mark: Any, spots: Any) -> None:
        if not self._stack:
            self.value, self.spot = value, Spot(0, 0, spots)
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            top.spots.append(Spot(mark.line, mark.column, spots))
            return
        key, top.key = top.key or "", None
        if top.merges:
            top.merged += _mappings(value, spots, mark)
            return
        if key in top.value:
            message = f'duplicate key "{key}", first at line {top.spots[key].line + 1}'
            self.remarks.append(Problem(message, child(top.pointer, key), "the last one is used"))
        top.value[key] = value
        top.spots[key] = Spot(top.key_mark.line, top.key_mark.column, spots)


_HANDLERS: dict[str, Callable[[_Builder, Any], None]] = {
    "ScalarEvent": _Builder._scalar,
    "MappingStartEvent": _Builder._start_mapping,
    "SequenceStartEvent": _Builder._start_sequence,
    "MappingEndEvent": _Builder._end,
    "SequenceEndEvent": _Builder._end,
    "AliasEvent": _Builder._alias,
    "DocumentStartEvent": _Builder._document,
}

_KEY = "not YAML: a key is a list or mapping, which JSON does not have"


def _mappings(value: Any, spots: Any, mark: Any) -> list[tuple[dict[str, Any], dict[str, Spot]]]:
    """What a `<<` adds: a mapping, or each of a list of them."""
    is_list = isinstance(value, list)
    members = [(one, at.below) for one, at in zip(value, spots, strict=True)] if is_list else [(value, spots)]
    if not all(isinstance(one, dict) for one, _ in members):
        raise Unreadable("not YAML: `<<` adds a mapping or a list of mappings, and nothing else", mark.line)
    return members


def _add_merged(done: _Open) -> None:
    """Put what `<<` adds before a mapping's own members, which count more, as does the first of several mappings."""
    own, own_spots = dict(done.value), dict(done.spots)
    done.value.clear()
    for members, spots in done.merged:
        for key in members:
            if key not in done.value:
                done.value[key], done.spots[key] = members[key], spots[key]
    done.value.update(own)
    done.spots.update(own_spots)


def _measured(value: Any) -> tuple[int, int]:
    """How many values a value is made of, where long texts count more, and how deep it is."""
    if isinstance(value, str):
        return 1 + len(value) // 64, 0
    if not isinstance(value, (dict, list)):
        return 1, 0
    inner = [_measured(one) for one in (value.values() if isinstance(value, dict) else value)]
    return 1 + sum(size for size, _ in inner), 1 + max((levels for _, levels in inner), default=0)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value
