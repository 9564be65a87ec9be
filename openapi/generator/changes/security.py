"""Differences of who may call: which keys an operation needs, and how each is sent."""

from typing import Any

from ..document.document import child
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
    names = {name: other for name in set[str]().union(*now) if (other := _old_name(both, name)) != name}
    now = {frozenset(names.get(name, name) for name in one): scopes for one, scopes in now.items()}
    place = pair.child("security") if "security" in {**old, **new} else Pair("/security", "/security")
    # Where no key is needed, nobody who has one is refused.
    for lost in [one for one in was if one not in now and frozenset() not in now]:
        both.note(rule_of("security-removed"), place, use, "the call", _named(lost))
    for further in [one for one in now if one not in was]:
        both.note(rule_of("security-added"), place, use, "the call", "", _named(further))
    for one in [one for one in was if one in now]:
        for scope in sorted(was[one] ^ now[one]):
            kind, values = ("scope-added", ("", scope)) if scope in now[one] else ("scope-removed", (scope, ""))
            both.note(rule_of(kind), place, use, "the call", *values)
    if (list(was) != list(now) and {*was} == {*now}) or names:
        both.note(rule_of("written"), place, use, "the key of the call")
    for name in sorted(set().union(*was) & set().union(*now)):
        new_name = next((one for one, other in names.items() if other == name), name)
        _compare_scheme(both, Pair(child(SCHEMES, name), child(SCHEMES, new_name)), name)


def _needed(operation: dict[str, Any], root: dict[str, Any]) -> dict[frozenset[str], frozenset[str]]:
    """The sets of keys of which one is needed, each with the scopes that its keys need."""
    listed = operation.get("security", root.get("security", []))
    found = {
        frozenset(one): frozenset(scope for scopes in one.values() if isinstance(scopes, list) for scope in scopes)
        for one in listed
    }
    # No requirement at all is the same as an empty one.
    return found or {frozenset(): frozenset()}


def _old_name(both: Comparison, name: str) -> str:
    """What a key was called that is sent in the same way, and whose name is new."""
    old, new = (document.root.get("components", {}).get("securitySchemes", {}) for document in (both.old, both.new))
    if name in old:
        return name
    return next((one for one, scheme in old.items() if one not in new and _sent(scheme) == _sent(new[name])), name)


def _sent(scheme: dict[str, Any]) -> list[Any]:
    return [scheme.get(fact) for fact in ("type", "in", "name", "scheme", "x-env")]


def _named(needed: frozenset[str]) -> str:
    return " with ".join(sorted(needed)) or "no key"


def _compare_scheme(both: Comparison, pair: Pair, name: str) -> None:
    if pair in both.seen:
        return
    both.seen.add(pair)
    both.keywords(_SCHEME, pair, Use(""), f"the key `{name}`")
