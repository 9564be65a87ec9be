"""Seeds that the client draws, since a service that is asked for none may always use the same."""

from typing import Literal, cast

from ..base.rules import Rule
from ..base.unset import Unset

# What every JSON library reads exactly, since some read all numbers as floats.
_LARGEST = (1 << 53) - 1


def draw(rule: Rule) -> int:
    """A seed from 1 to 2 ** 53 - 1, as far as its rule allows that. Never 0 or less, which can mean something else."""
    import secrets

    first = max(1, int(rule.minimum or 1))
    last = min(_LARGEST, int(rule.maximum or _LARGEST), (1 << (rule.bits or 64) - 1) - 1)
    return first + secrets.randbelow(last - first + 1)


def drawn(value: int | Literal["random"] | Unset) -> int | Unset:
    """A seed whose "random" the check of its class has replaced already: type checkers read this signature."""
    return cast("int | Unset", value)
