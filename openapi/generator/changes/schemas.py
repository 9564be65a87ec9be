"""Differences of two versions of a schema, by the way its values go: from callers, or to readers."""

from typing import Any

from ..document.alternatives import required_names
from ..document.document import tokens
from .comparison import ABSENT, Pair, meant, same
from .effects import LOWER, UPPER, Effect, bound_effect, presence, rule_effect
from .rules import rule_of
from .schema_parts import (
    ALTERNATIVES,
    as_alternatives,
    component_name,
    describes_only_properties,
    fields_of,
    further_descriptions,
    named_alternatives,
    named_parts,
    positions,
    renamed_fields,
)
from .values import ValueComparison

KEYWORDS = {
    **dict.fromkeys(("title", "description", "externalDocs", "$comment", "xml"), "description"),
    **dict.fromkeys(("example", "examples"), "example"),
    **dict.fromkeys(("x-provoked-by", "x-varies", "x-no-effect", "x-accepts-also"), "probing"),
    "x-evidence": "evidence",
    "x-mistaken-names": "hint",
    "x-semantics": "semantics",
    "x-random": "random",
    "deprecated": "deprecated",
    "discriminator": "discriminator",
    **dict.fromkeys(("contentMediaType", "contentEncoding"), "content"),
    "$defs": "written",
    "definitions": "written",
}
"""The beginnings of the kinds of the keywords that mean the same in requests and in responses."""

_BOUNDS = (*LOWER, *UPPER, "multipleOf")
_RULES = ("pattern", "uniqueItems", "dependentRequired", "propertyNames", "contains", "not", "if", "then", "else")
_FURTHER_RULES = ("dependentSchemas", "patternProperties", "prefixItems", "unevaluatedItems", "contentSchema")
_OPEN = ("additionalProperties", "unevaluatedProperties", "items")
_STRUCTURE = ("type", "nullable", "properties", "required", "readOnly", "writeOnly", "allOf", "anyOf", "oneOf")
_VALUES = ("enum", "const", "default", "format")
_HANDLED = frozenset((*_BOUNDS, *_RULES, *_FURTHER_RULES, *_OPEN, *_STRUCTURE, *_VALUES))

_BESIDE_ALTERNATIVES = ("properties", "required", "additionalProperties", "allOf", "enum", "const")
"""What stands beside alternatives where these are further rules of an object, and not all that there is to say."""

_NOT_FOR = {"request": "readOnly", "response": "writeOnly"}


class SchemaComparison(ValueComparison):
    """Compares schemas as a whole: values, rules, parts, alternatives and properties."""

    def compare(self, pair: Pair, what: str, *, values_only: bool = False) -> None:
        """Compare a schema that both versions have.

        Args:
            pair: Where it stands.
            what: What it describes.
            values_only: Whether its types, its default and what it means are compared elsewhere.
        """
        # Not the places that they lead to: what stands beside a reference belongs to it.
        key = (pair, self.use)
        if key not in self.both.seen:
            self.both.seen.add(key)
            if self._became_alternatives(pair, what):
                return
            self._class_name(pair)
            self._said(pair, what, values_only=values_only)
            self._properties(self.both.resolved(pair), what)

    def _said(self, pair: Pair, what: str, *, values_only: bool = False) -> None:
        """Compare all that a schema says, but for its properties."""
        places = self.both.resolved(pair)
        old, new = self.both.objects(pair)
        if not values_only:
            self.both.keywords(KEYWORDS, pair, self.use, what, without=_HANDLED)
            self._types(places, what, old.get("type", ABSENT), new.get("type", ABSENT))
            self._defaults(places, what, old.get("default", ABSENT), new.get("default", ABSENT))
        self._values(places, what, old, new)
        self._rules(places, what, old, new)
        self._parts(places, what)
        self._alternatives(places, what, old, new)

    def _class_name(self, pair: Pair) -> None:
        old, new = (component_name(value) or _title(value) or ABSENT for value in self.both.values(pair))
        if old != new and any(self._have_classes(self.both.resolved(pair))):
            # Where both are there still, another class is used; else it is called differently.
            kind = "class-extracted" if old is ABSENT else "class-inlined" if new is ABSENT else "class-renamed"
            self.both.note(rule_of(kind), pair, self.use, "the class", old, new)

    def _have_classes(self, places: Pair) -> tuple[bool, ...]:
        """Whether a class, or a type, is generated of each version: of objects, and of lists of values."""
        return tuple(
            found == {"object"} or bool({"enum", "const"} & {*node})
            for found, node in zip(self._kinds(places), self.both.objects(places), strict=True)
        )

    def _rules(self, pair: Pair, what: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        present = {*old, *new}
        for keyword in [keyword for keyword in (*_BOUNDS, *_RULES, *_FURTHER_RULES) if keyword in present]:
            was, now = (meant(keyword, node.get(keyword, ABSENT)) for node in (old, new))
            if same(was, now):
                continue
            place, known = pair.child(keyword), f"`{keyword}` of {what}"
            if keyword in _BOUNDS:
                self._note("bound", bound_effect(keyword, was, now), place, known, was, now)
            elif keyword in ("pattern", "dependentRequired", "uniqueItems") or presence(was, now):
                self._note("bound", rule_effect(keyword, was, now), place, known, was, now)
            else:
                self.both.note(rule_of("unclassified"), place, self.use, known, was, now)
        for keyword in _OPEN:
            self._openness(keyword, pair, what, old.get(keyword, True), new.get(keyword, True))

    def _openness(self, keyword: str, pair: Pair, what: str, was: Any, now: Any) -> None:
        """Compare what further members there may be: any (true), none (false), or those of a schema."""
        place, known = pair.child(keyword), f"`{keyword}` of {what}"
        was, now = (True if value == {} else value for value in (was, now))
        if isinstance(was, dict) and isinstance(now, dict):
            self.compare(place, f"each member of {what}")
        elif was != now:
            # A reader of objects loses nothing where there can be more members than before.
            is_read = self.side == "response" and was is False
            effect: Effect = "narrower" if was is True or now is False else "wider"
            self._note("bound", "narrower" if is_read else effect, place, known, was, now)

    def _parts(self, places: Pair, what: str) -> None:
        """Compare the parts of an `allOf`, but for their properties, which are compared as those of the whole."""
        was, now = named_parts(self.both.old, places.old), named_parts(self.both.new, places.new)
        pairs = [Pair(was[name], now[name]) for name in was if name in now]
        left = [place for name, place in was.items() if name not in now]
        further = [place for name, place in now.items() if name not in was]
        if len(left) == len(further):
            pairs += map(Pair, left, further)
        elif not (describes_only_properties(self.both.old, left) and describes_only_properties(self.both.new, further)):
            values = (node.get("allOf", ABSENT) for node in self.both.objects(places))
            self.both.note(rule_of("unclassified"), places.child("allOf"), self.use, f"`allOf` of {what}", *values)
        for pair in [pair for pair in pairs if ("part", pair, self.use) not in self.both.seen]:
            self.both.seen.add(("part", pair, self.use))
            self._said(pair, what)

    def _alternatives(self, places: Pair, what: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        was, now = named_alternatives(self.both.old, places.old), named_alternatives(self.both.new, places.new)
        keywords = [next((one for one in ALTERNATIVES if one in node), ALTERNATIVES[0]) for node in (old, new)]
        place = Pair(places.child(keywords[0]).old, places.child(keywords[1]).new)
        if was and now:
            self._match(was, now, what)
            if keywords[0] != keywords[1]:
                self.both.note(rule_of("written"), place, self.use, what)
        elif was or now:
            values = (node.get(keyword, ABSENT) for node, keyword in zip((old, new), keywords, strict=True))
            self.both.note(rule_of("unclassified"), place, self.use, f"`{keywords[bool(now)]}` of {what}", *values)

    def _match(self, was: dict[str, str], now: dict[str, str], what: str, whole: Pair | None = None) -> None:
        """Compare the alternatives of one name, and note all others, at the whole where one side has none."""
        for name in [name for name in was if name in now]:
            self.compare(Pair(was[name], now[name]), what, values_only=whole is not None)
        for name in [name for name in was if name not in now]:
            self._note("alternative", "narrower", whole or Pair(was[name], None), what, name, ABSENT)
        for name in [name for name in now if name not in was]:
            self._note("alternative", "wider", whole or Pair(None, now[name]), what, ABSENT, name)

    def _became_alternatives(self, pair: Pair, what: str) -> bool:
        """Compare a schema that only one version describes by alternatives, if it says nothing beside them."""
        places = self.both.resolved(pair)
        assert pair.old is not None
        assert pair.new is not None
        was, now = named_alternatives(self.both.old, places.old), named_alternatives(self.both.new, places.new)
        old, new = self.both.objects(pair)
        if bool(was) is bool(now) or {*_BESIDE_ALTERNATIVES} & {*(old if was else new)}:
            return False
        was, now = was or as_alternatives(self.both.old, pair.old), now or as_alternatives(self.both.new, pair.new)
        self.both.keywords(KEYWORDS, pair, self.use, what, without=_HANDLED)
        self._defaults(pair, what, old.get("default", ABSENT), new.get("default", ABSENT))
        # Noted at the schema itself: what it said by other keywords is compared with what its alternatives say.
        has_null = self._null(places, pair, what)
        self._match(was, now, what, pair)
        if was.keys() == now.keys() and not has_null:
            self.both.note(rule_of("written"), pair, self.use, what)
        return True

    def _properties(self, places: Pair, what: str) -> None:
        assert places.old is not None
        assert places.new is not None
        old, new = fields_of(self.both.old, places.old), fields_of(self.both.new, places.new)
        had, has = required_names(self.both.old, places.old), required_names(self.both.new, places.new)
        renamed = renamed_fields(self.both, old, new)
        for was, now in renamed.items():
            self._note_field("renamed", Pair(old[was], new[now]), was, was, now)
        for name, pointer in old.items():
            if name in new:
                self._field(Pair(pointer, new[name]), name, name in had, name in has)
                # What several parts of an `allOf` say of a property.
                for pair in map(
                    Pair,
                    further_descriptions(self.both.old, places.old, name),
                    further_descriptions(self.both.new, places.new, name),
                ):
                    self.compare(pair, f"`{name}`")
            elif name not in renamed:
                self._removed(Pair(pointer, None), name)
        for name, pointer in new.items():
            if name not in old and name not in renamed.values():
                self._added(Pair(None, pointer), name, name in has)
        if self.side == "request":
            self._order(places, what, [*old], [*new], had, has)
        lists = [node.get("required") for node in self.both.objects(places)]
        if had == has and not same(*lists):
            self.both.note(rule_of("written"), places.child("required"), self.use, what)
        for name in sorted(had ^ has):
            # Required names that are not described.
            if name not in old and name not in new:
                self._note(
                    "bound", "narrower" if name in has else "wider", places.child("required"), what, ABSENT, name
                )

    def _field(self, pair: Pair, name: str, had: bool, has: bool) -> None:
        hidden = _NOT_FOR[self.side]
        was, now = (bool(node.get(hidden, False)) for node in self.both.objects(pair))
        if was and now:
            if not same(*self.both.objects(pair)) or had is not has:
                self.both.note(rule_of("other-way"), pair, self.use, f"`{name}`")
            return
        if was is not now:
            kinds = {"request": ("now-sent", "now-read-only"), "response": ("now-read", "now-write-only")}
            self._note_field(kinds[self.side][now], pair.child(hidden), name)
            return
        other = "writeOnly" if hidden == "readOnly" else "readOnly"
        before, after = (node.get(other, ABSENT) for node in self.both.objects(pair))
        if before != after:
            self.both.note(rule_of("written"), pair.child(other), self.use, f"`{name}`")
        if had is not has:
            self._note_field("now-required" if has else "now-optional", pair, name)
        self.compare(pair, f"`{name}`")

    def _removed(self, pair: Pair, name: str) -> None:
        if self.both.objects(pair)[0].get(_NOT_FOR[self.side]):
            self.both.note(rule_of("other-way"), pair, self.use, f"`{name}`")
        else:
            self._note_field("removed", pair, name)

    def _added(self, pair: Pair, name: str, is_required: bool) -> None:
        if self.both.objects(pair)[1].get(_NOT_FOR[self.side]):
            self.both.note(rule_of("other-way"), pair, self.use, f"`{name}`")
        else:
            self._note_field("added-required" if is_required and self.side == "request" else "added", pair, name)

    def _note_field(self, kind: str, pair: Pair, name: str, was: Any = ABSENT, now: Any = ABSENT) -> None:
        prefix = "field" if self.side == "request" else "response-field"
        self.both.note(rule_of(f"{prefix}-{kind}"), pair, self.use, f"`{name}`", was, now)

    def _order(
        self, places: Pair, what: str, old: list[str], new: list[str], had: frozenset[str], has: frozenset[str]
    ) -> None:
        """Note that fields that stay have another position: the classes of requests take them by position too."""
        was = [name for name in positions(old, had) if name in new]
        now = positions(new, has)
        if was != now[: len(was)] and not (has - had):
            owner = "/".join(tokens(places.new or "")[-1:])
            self.both.note(
                rule_of("field-order-changed"),
                places.child("properties"),
                self.use,
                f"`{owner}`",
                ", ".join(was),
                ", ".join(now),
            )


def _title(value: Any) -> str:
    """What names the class of a schema that is not a component."""
    return str(value.get("title") or "") if isinstance(value, dict) and "$ref" not in value else ""
