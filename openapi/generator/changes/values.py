"""Differences of which values a schema allows: types, null, lists of values, formats and defaults."""

from typing import Any

from ..document.shapes import EVERYTHING, kinds
from .comparison import ABSENT, Comparison, Pair, Use, same
from .effects import Effect, format_effect, listed, set_effect
from .rules import rule_of
from .schema_parts import listed_values, type_names


class ValueComparison:
    """Compares the values that schemas allow, and notes what differs.

    Args:
        comparison: The two versions.
        use: Where the schemas are used.
    """

    def __init__(self, comparison: Comparison, use: Use) -> None:
        self.both = comparison
        self.use = use
        self.side = use.side

    def _note(self, facet: str, effect: Effect, pair: Pair, what: str, was: Any, now: Any) -> None:
        """Note what a changed rule means for values that go this way."""
        if effect != "none":
            rule = rule_of(f"{self.side}-{facet}-{effect}", f"{self.side}-{effect}")
            self.both.note(rule, pair, self.use, what, was, now)

    def _types(self, places: Pair, what: str, was: Any, now: Any) -> None:
        old, new = self._kinds(places)
        place = places.child("type")
        if old - {"null"} != new - {"null"}:
            self._note(
                "type", set_effect(old - {"null"}, new - {"null"}), place, what, type_names(old), type_names(new)
            )
        elif not same(was, now) and old == new:
            self.both.note(rule_of("written"), place, self.use, what)
        self._null(places, place, what)

    def _null(self, places: Pair, place: Pair, what: str) -> bool:
        """Note whether a value can be null now, or cannot any more, and say whether that is so."""
        old, new = self._kinds(places)
        differs = ("null" in old) is not ("null" in new) and EVERYTHING not in (old, new)
        if differs:
            self._note("null", "wider" if "null" in new else "narrower", place, what, ABSENT, ABSENT)
        return differs

    def _kinds(self, places: Pair) -> tuple[frozenset[str], frozenset[str]]:
        assert places.old is not None
        assert places.new is not None
        return kinds(self.both.old, places.old), kinds(self.both.new, places.new)

    def _values(self, pair: Pair, what: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        self._listed(pair, what, old, new)
        was, now = old.get("format", ABSENT), new.get("format", ABSENT)
        if was != now:
            effect = format_effect(was, now)
            if effect == "none":
                self.both.note(rule_of("unchecked"), pair.child("format"), self.use, what, was, now)
            self._note("format", effect, pair.child("format"), what, was, now)

    def _defaults(self, pair: Pair, what: str, was: Any, now: Any) -> None:
        """Compare defaults: those of requests decide what a call buys that leaves the value out."""
        if not same(was, now):
            kind = "response-default" if self.side == "response" else f"default-{_step(was, now)}"
            self.both.note(rule_of(kind), pair.child("default"), self.use, what, was, now)

    def _listed(self, pair: Pair, what: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        was, now = listed(old), listed(new)
        keyword = "const" if "const" in {**old, **new} and "enum" not in new else "enum"
        place = pair.child(keyword)
        if was is None or now is None:
            if was is not now:
                effect: Effect = "narrower" if was is None else "wider"
                self._note("bound", effect, place, f"`{keyword}` of {what}", listed_values(was), listed_values(now))
            return
        if lost := [value for value in was if value not in now]:
            self._note("enum", "narrower", place, what, ", ".join(lost), ABSENT)
        if further := [value for value in now if value not in was]:
            self._note("enum", "wider", place, what, ABSENT, ", ".join(further))
        if [*was] != [*now] and {*was} == {*now}:
            self.both.note(rule_of("written"), place, self.use, what)


def _step(was: Any, now: Any) -> str:
    return "added" if was is ABSENT else "removed" if now is ABSENT else "changed"
