"""Names of properties and parameters that would be one in Python."""

from collections.abc import Sequence

from .internals import PythonIdentifier
from .naming import PREFIX

_WORDS = {"<": "less", ">": "greater", "=": "equal", "!": "not", "+": "plus", "-": "minus", "*": "star", "$": "dollar"}
"""Signs that tell names apart, in words: `+1` and `-1`, `StartTime<` and `StartTime>`."""


def distinct_names(names: Sequence[str]) -> dict[str, str]:
    """For each name, one that openapi-python-client makes a variable of its own of: itself wherever possible."""
    found = {name: name for name in names}
    while clashing := _clashing(list(found.values())):
        taken = {_variable(alias) for alias in found.values()}
        for name in names:
            if found[name] in clashing:
                found[name] = _free(name, taken)
                taken.add(_variable(found[name]))
    return found


def _clashing(names: Sequence[str]) -> set[str]:
    """The names that openapi-python-client cannot tell apart: neither in its own spelling nor in theirs."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(_variable(name), []).append(name)
    groups = [group for group in alike.values() if len(group) > 1]
    plain = {name: _spelled(name) for group in groups for name in group}
    spelled = list(plain.values())
    return {
        name
        for group in groups
        for name in group[1:]
        if len(group) > 2
        or any(spelled.count(plain[one]) > 1 or alike.get(plain[one], group) is not group for one in group)
    }


def _free(name: str, taken: set[str]) -> str:
    worded = "".join(f" {_WORDS[sign]} " if sign in _WORDS else sign for sign in name)
    at = 2
    found = worded
    while _variable(found) in taken:
        found = f"{worded}_{at}"
        at += 1
    return found


def _variable(name: str) -> str:
    return str(PythonIdentifier(name, PREFIX))


def _spelled(name: str) -> str:
    return str(PythonIdentifier(name, PREFIX, skip_snake_case=True))
