"""JSON of strangers, read so that no text of theirs can end a run: it is JSON, or it is not."""

import json
from typing import Any

_DEEPEST = 100
"""Levels of objects and lists. What reads them descends level by level, and Python limits how far."""


def read_json(text: str | bytes) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: It is not JSON as RFC 8259 defines it (which has no NaN and no Infinity), or is nested more than
            100 levels deep.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    level, depth = [value], 0
    while level := [below for one in level for below in _below(one)]:
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(_TOO_DEEP)
    return value


_TOO_DEEP = f"nested more than {_DEEPEST} levels deep"


def _below(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
