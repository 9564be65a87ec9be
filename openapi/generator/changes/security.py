"""Differences of who may call: which keys an operation needs, and how each is sent."""

from typing import Any

from .comparison import Comparison, Pair, Use
from .rules import rule_of

SCHEMES = "/components/securitySchemes"

_SCHEME = {
    **dict.fromkeys(("description", "bearerFormat", "flows", "openIdConnectUrl"), "description"),
    "x-evidence": "evidence",
    "x-env": "env",
    **dict.fromkeys(("type", "in", "name", "scheme"), "key"),
}


def compare_security(both: Comparison, pair: Pair, use: Use) -> None:
    """Compare the keys that an operation needs: one of several sets."""
    old, new = both.objects(pair)
    was, now = _needed(old, both.old.root), _needed(new, both.new.root)
    place = pair.child("security") if "security" in {**old, **new} else Pair("/security", "/security")
    for lost in [one for one in was if one not in now]:
        both.note(rule_of("security-removed"), place, use, "the call", _named(lost))
    for further in [one for one in now if one not in was]:
        both.note(rule_of("security-added"), place, use, "the call", "", _named(further))
    for name in sorted(set().union(*was) & set().union(*now)):
        _compare_scheme(both, Pair(SCHEMES, SCHEMES).child(name), name)


def _needed(operation: dict[str, Any], root: dict[str, Any]) -> list[frozenset[str]]:
    listed = operation.get("security", root.get("security", []))
    # No requirement at all is the same as an empty one.
    return list(dict.fromkeys(frozenset(one) for one in listed)) or [frozenset()]


def _named(needed: frozenset[str]) -> str:
    return " with ".join(sorted(needed)) or "no key"


def _compare_scheme(both: Comparison, pair: Pair, name: str) -> None:
    if pair in both.seen:
        return
    both.seen.add(pair)
    both.keywords(_SCHEME, pair, Use(""), f"the key `{name}`")
