# @generated from openapi/runtime/base/equality.py by `make generate`. Do not edit: change that file.
"""When two values are the same in JSON."""

from collections.abc import Sequence
from typing import cast


def same(value: object, member: object) -> bool:
    """Whether two values are the same: in JSON true is not 1, in Python it is."""
    if isinstance(value, (list, tuple)) and isinstance(member, (list, tuple)):
        one, other = cast("Sequence[object]", value), cast("Sequence[object]", member)
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(value, dict) and isinstance(member, dict):
        left, right = cast("dict[object, object]", value), cast("dict[object, object]", member)
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return value == member and isinstance(value, bool) == isinstance(member, bool)


def repeats(members: Sequence[object]) -> bool:
    """Whether an array has a member twice."""
    if all(type(member) in (str, int) for member in members):
        return len({*members}) < len(members)
    return any(same(a, b) for i, a in enumerate(members) for b in members[:i])
