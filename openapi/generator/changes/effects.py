"""Whether a changed keyword of a schema allows more values than before, or fewer."""

import json
from collections.abc import Iterable
from typing import Any, Literal

from .comparison import ABSENT, is_number

Effect = Literal["narrower", "wider", "other", "none"]
"""Fewer values than before, more, others, or the same ones."""

LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
"""Bounds that allow fewer values the higher they are."""

UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
"""Bounds that allow fewer values the lower they are."""

_NAMED_LISTS = ("dependentRequired",)
_RANGES = {"int32": 32, "int64": 64}


def bound_effect(keyword: str, was: Any, now: Any) -> Effect:
    """What another bound allows: a minimum, a maximum, or a divisor."""
    if (effect := presence(was, now)) is not None:
        return effect
    if not is_number(was) or not is_number(now):
        return "other"
    if keyword == "multipleOf":
        return "narrower" if _divides(was, now) else "wider" if _divides(now, was) else "other"
    return "narrower" if (now > was) is (keyword in LOWER) else "wider"


def format_effect(was: Any, now: Any) -> Effect:
    """What another format allows, of those that the client checks or reads as another type."""
    old, new = _RANGES.get(was), _RANGES.get(now)
    if old is not None and new is not None:
        return "narrower" if new < old else "wider"
    if {was, now} <= {*_RANGES, ABSENT}:
        return presence(was, now) or "other"
    return "other" if {was, now} & {"date", "date-time", "uuid", "binary"} else "none"


def set_effect(was: Iterable[Any], now: Iterable[Any]) -> Effect:
    """What another set of values allows."""
    old, new = {*was}, {*now}
    if old == new:
        return "none"
    return "wider" if old < new else "narrower" if new < old else "other"


def rule_effect(keyword: str, was: Any, now: Any) -> Effect:
    """What another rule allows, of which only the presence is understood, or that names what has to be there."""
    if isinstance(was, bool) and isinstance(now, bool):
        return "narrower" if now else "wider"
    if (effect := presence(was, now)) is not None:
        return effect
    if keyword in _NAMED_LISTS:
        return set_effect(_needs(now), _needs(was))
    return "other"


def presence(was: Any, now: Any) -> Effect | None:
    """What a rule allows that is new or gone; None for one that was there and is."""
    if was is ABSENT or now is ABSENT:
        return "narrower" if was is ABSENT else "wider"
    return None


def listed(schema: dict[str, Any]) -> dict[str, Any] | None:
    """The values that a schema lists, by their JSON; None where it lists none."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else {json.dumps(value, sort_keys=True): value for value in values}


def _divides(divisor: float, number: float) -> bool:
    quotient = number / divisor if divisor else 0
    return bool(quotient) and abs(quotient - round(quotient)) < 1e-9


def _needs(named: Any) -> Iterable[tuple[str, str]]:
    return ((name, needed) for name, others in dict(named).items() for needed in others)
