"""JSON texts: read by Python's own parser; where the values stand is found only when a message needs it."""

import json
import re
from bisect import bisect_right
from typing import Any

from .limits import MOST_LEVELS, TOO_DEEP, Unreadable
from .pointers import child
from .problems import Problem
from .spots import Spot

_LAST = "the last one is used"

_TOKEN = re.compile(r'[ \t\n\r]*(?:([\[{])|([\]}])|([:,])|("(?:[^"\\]|\\.)*")|([^\s\[\]{}:,"]+))')


def read_json(text: str) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a JSON text, and the keys that it has twice.

    Raises:
        Unreadable: It is not JSON, or too deep.
    """
    repeats = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeats
        found = dict(pairs)
        repeats = repeats or len(found) < len(pairs)
        return found

    try:
        value = json.loads(text, object_pairs_hook=members)
    except json.JSONDecodeError as error:
        line = text.count("\n", 0, error.pos)
        raise Unreadable(f"not JSON: {error.msg}", line, error.colno) from error
    except RecursionError as error:
        raise _too_deep(text) from error
    except ValueError as error:
        raise Unreadable(f"not JSON: {error}", is_final=True) from error
    if _is_too_deep(value):
        raise _too_deep(text)
    return value, tuple(_scanned(text)[1]) if repeats else ()


def json_spots(text: str) -> Spot:
    """Where the values of a JSON text stand."""
    return _scanned(text)[0]


def _scanned(text: str) -> tuple[Spot, list[Problem]]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: dict[str | int, Any] = {}
    # Each container that is open: its spots, its pointer, and the key or index and the offset of its next member.
    stack: list[list[Any]] = [[found, "", "", 0]]
    repeated: list[Problem] = []
    awaits_key = False

    def spot(offset: int, below: Any = None) -> Spot:
        line = bisect_right(starts, offset) - 1
        return Spot(line, offset - starts[line], below)

    def put(offset: int, below: Any = None) -> None:
        container, pointer, key, key_offset = stack[-1]
        if isinstance(container, list):
            container.append(spot(offset, below))
        else:
            if key in container:
                first = container[key].line + 1
                place = child(pointer, str(key))
                repeated.append(Problem(f"the key {key!r} is written twice, first at line {first}", place, _LAST))
            container[key] = spot(key_offset, below)

    for match in _TOKEN.finditer(text):
        kind, offset = match.lastindex, match.start(match.lastindex or 0)
        container = stack[-1][0]
        if kind == 1:
            below: Any = {} if match[1] == "{" else []
            own = str(len(container)) if isinstance(container, list) else stack[-1][2]
            pointer = child(stack[-1][1], own) if len(stack) > 1 else ""
            put(offset, below)
            stack.append([below, pointer, "", 0])
            awaits_key = match[1] == "{"
        elif kind == 2:
            stack.pop()
        elif kind == 3:
            awaits_key = match[3] == "," and isinstance(container, dict)
        elif kind == 4 and awaits_key:
            stack[-1][2:] = [json.loads(match[4]), offset]
            awaits_key = False
        else:
            put(offset)
    return found[""], repeated


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MOST_LEVELS):
        containers = [one for one in level if isinstance(one, (dict, list))]
        level = [inner for one in containers for inner in (one.values() if isinstance(one, dict) else one)]
    return any(isinstance(one, (dict, list)) for one in level)


def _too_deep(text: str) -> Unreadable:
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += (match.lastindex == 1) - (match.lastindex == 2)
        if depth > MOST_LEVELS:
            offset = match.start(1)
            line_start = text.rfind("\n", 0, offset) + 1
            return Unreadable(TOO_DEEP, text.count("\n", 0, offset), offset - line_start + 1, is_final=True)
    return Unreadable(TOO_DEEP, is_final=True)
