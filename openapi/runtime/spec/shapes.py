"""Whether an object that was read from a response has the types of its class: reading alone takes any JSON object."""

from collections.abc import Mapping
from functools import lru_cache
from types import UnionType
from typing import Any, get_args, get_type_hints

import attrs

from ..base.messages import Response


def fits(model: object, response: Response) -> bool:
    """Whether the attributes of an object that have plain types hold values of these types.

    Args:
        model: The object; anything but an instance of a generated class fits.
        response: The response whose JSON it was read from.
    """
    own: type[Any] = type(model)
    if not attrs.has(own) or not hasattr(model, "to_dict"):
        return True
    plain = _plain_types(own).items()
    return isinstance(response.json(), Mapping) and all(
        isinstance(getattr(model, name), types) for name, types in plain
    )


@lru_cache
def _plain_types(cls: type[Any]) -> dict[str, tuple[type, ...]]:
    try:
        hints = get_type_hints(cls)
    except NameError:
        # A class that is imported for type checkers only.
        return {}
    found = {name: _classes(hint) for name, hint in hints.items()}
    return {name: classes for name, classes in found.items() if classes}


def _classes(hint: Any) -> tuple[type, ...]:
    members = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if not all(isinstance(member, type) for member in members):
        return ()
    return (*members, int) if float in members else members
