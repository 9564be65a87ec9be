"""Seeds that the client draws: a service may use the same seed for all requests without one."""

from typing import Literal, cast

from ..base.rules import Rule
from ..base.unset import Unset
from .tunables import LARGEST_SEED


def draw(rule: Rule) -> int:
    """A seed from 1 to 2 ** 53 - 1, as far as its rule allows. Never 0 or less: that can have a meaning of its own."""
    import secrets

    first = max(1, int(rule.minimum or 1))
    last = min(LARGEST_SEED, int(rule.maximum or LARGEST_SEED), (1 << (rule.bits or 64) - 1) - 1)
    return first + secrets.randbelow(last - first + 1)


def drawn(value: int | Literal["random"] | Unset) -> int | Unset:
    """A seed in which the check has replaced "random" already. It only tells type checkers so."""
    return cast("int | Unset", value)
