"""The schemas of a document in the form that openapi-python-client reads without loss.

It stumbles over much that schemas can say: an `allOf` of anything but objects, classes of one name, references to
anything but components, and those that lead back to an array or union. So it gets none of that. Each object and each
enum is a component of its own, named as it would have named it, with all properties of the schemas that it is composed
of. Anything else is a plain type, an array, or a union of these. What cannot be put so can hold anything, which is a
problem that says so.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from attrs import define, field

from ..document.document import Document, Problem, child, tokens
from ..document.shapes import EVERYTHING, kinds, member_pointers
from ..document.traversal import Node
from .class_names import ClassNames, inner_class
from .defaults import takes_default
from .properties import POINTER
from .property_names import distinct_names
from .schema_sources import (
    Source,
    enum_values,
    is_one_sided,
    kinds_of_boolean,
    mapping,
    only_part,
    scalar,
    union_members,
    width,
    with_null,
)

ANYTHING = "the client takes and gives back any value there"
"""What is done instead where openapi-python-client has no type."""

_COMPONENTS = "/components/schemas"


@define(slots=False)
class SchemaTypes:
    """Translates schemas.

    Args:
        document: The document, simplified.
        one_sided: The objects that requests hold under `readOnly`, those that responses hold under `writeOnly`: what
            the keyword marks is not required there.
    """

    document: Document
    one_sided: Mapping[str, Mapping[str, Node]]
    names: ClassNames = field(factory=ClassNames)
    components: dict[str, Source] = field(factory=dict[str, Source])
    aliases: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
    problems: list[Problem] = field(factory=list[Problem])
    _classes: dict[str, str] = field(factory=dict[str, str])
    _enums: dict[tuple[str, tuple[Any, ...]], str] = field(factory=dict[tuple[str, tuple[Any, ...]], str])
    _others: dict[str, str] = field(factory=dict[str, str])
    _open: list[str] = field(factory=list[str])
    _kinds: dict[str, frozenset[str]] = field(factory=dict[str, frozenset[str]])

    def add_components(self) -> None:
        """Translate all schemas of the components, objects and enums first."""
        places = [child(_COMPONENTS, name) for name in self.document.root.get("components", {}).get("schemas", {})]
        classes = [place for place in places if self._is_class(place)]
        for place in classes:
            key = self.names.key(tokens(place)[-1], is_class=True)
            self._classes[place], self.components[key] = key, {}
        # Defaults are compared with enums, which are therefore there first.
        for place in sorted(classes, key=lambda place: not enum_values(self.document.at(place))):
            self._fill(place)
        for place in places:
            if place not in self._classes:
                self.schema(place, tokens(place)[-1], "")

    def schema(self, pointer: str, name: str, parent: str) -> Source:
        """The schema at a place.

        Args:
            pointer: The place.
            name: What is described there: a property, a parameter, a component.
            parent: Name of the class or operation that has it; empty for a component.
        """
        place = self.document.resolved(pointer)
        node = self.document.at(place)
        if not isinstance(node, dict) or "$ref" in node:
            return self._anything(pointer)
        if self._is_class(place):
            return with_null(self._reference(place, name, parent, pointer), place, node)
        only = only_part(place, node)
        if only is None and place.rpartition("/")[0] == _COMPONENTS:
            return self._component(place, pointer)
        if place in self._open:
            return self._circular(pointer)
        self._open.append(place)
        try:
            if only is not None:
                return self._with_default(self.schema(only, name, parent), pointer, node)
            return {**self._other(place, node, name, parent), POINTER: pointer}
        finally:
            self._open.pop()

    def _is_class(self, place: str) -> bool:
        """Whether openapi-python-client makes a class of it: an object or an enum, be it that it can be null too."""
        node = self.document.at(place)
        if not isinstance(node, dict) or "$ref" in node or only_part(place, node) is not None:
            return False
        if enum_values(node):
            return True
        return not union_members(node) and self._kinds_of(place) - {"null"} == {"object"}

    def _reference(self, place: str, name: str, parent: str, pointer: str) -> Source:
        if place not in self._classes:
            self._add_class(place, name, parent)
        node = self.document.at(place)
        found = {"$ref": f"#{_COMPONENTS}/{self._classes[place]}", POINTER: pointer}
        # As openapi-python-client has it, a default belongs to the place that has it, not to what refers there.
        is_inline = place == pointer and pointer.rpartition("/")[0] != _COMPONENTS
        return self._with_default(found, pointer, node) if is_inline else found

    def _add_class(self, place: str, name: str, parent: str) -> None:
        node = self.document.at(place)
        title = node.get("title")
        wanted = inner_class(parent, title if isinstance(title, str) and title else name)
        values = enum_values(node)
        alike = (wanted, tuple((type(value).__name__, value) for value in values))
        if values and alike in self._enums:
            self._classes[place] = self._enums[alike]
            return
        self._classes[place] = self.names.key(wanted, is_class=True)
        self._enums[alike] = self._classes[place]
        self.components[self._classes[place]] = {}
        self._fill(place)

    def _fill(self, place: str) -> None:
        node, key = self.document.at(place), self._classes[place]
        values = enum_values(node)
        # What is inside is not inside of what refers to this.
        outside, self._open = self._open, []
        source: Source = {"enum": list(values)} if values else self._object(place, key)
        self._open = outside
        described = node.get("description") or node.get("title")
        if isinstance(described, str):
            source["description"] = described
        self.components[key].update({**source, POINTER: place})

    def _object(self, place: str, key: str) -> Source:
        described: dict[str, list[tuple[str, str]]] = {}
        required: set[str] = set()
        for part, owner in self._parts(place, key):
            node = self.document.at(part)
            for name in mapping(node.get("properties")):
                described.setdefault(name, []).append((child(part, "properties", name), owner))
            listed = node.get("required")
            required.update(name for name in (listed if isinstance(listed, list) else ()) if isinstance(name, str))
        found = {name: self._narrowest(places) for name, places in described.items()}
        loose = {name for name, (at, _) in found.items() if is_one_sided(self.document, self.one_sided, place, at)}
        impossible = {name for name, places in described.items() if self._contradict(places)}
        names = distinct_names(list(found))
        self.aliases.update({(place, alias): name for name, alias in names.items() if alias != name})
        ordered = sorted(found, key=lambda name: found[name][0].startswith(f"{place}/"))
        source: Source = {
            "type": "object",
            "properties": {
                names[name]: self._anything(place) if name in impossible else self.schema(place, name, owner)
                for name in ordered
                for place, owner in [found[name]]
            },
            "required": [names[name] for name in ordered if name in required - loose],
        }
        further = self._further_properties(place, key)
        return source if further is None else {**source, "additionalProperties": further}

    def _narrowest(self, places: list[tuple[str, str]]) -> tuple[str, str]:
        """Of several descriptions of a property, the one that says most; the first of those that say as much."""
        if len(places) == 1:
            return places[0]
        return min(places, key=lambda one: width(self.document, one[0], self._kinds_of(one[0])))

    def _contradict(self, places: list[tuple[str, str]]) -> bool:
        if len(places) == 1 or frozenset.intersection(*(self._kinds_of(place) for place, _ in places)):
            return False
        self._say("no value is as all that is composed here describes it", places[0][0])
        return True

    def _parts(self, place: str, key: str, above: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """The schemas that an object is composed of, its own first, each with the class that names what is inside."""
        node = self.document.at(place)
        if place in above or not isinstance(node, dict):
            return
        yield place, key
        for part in member_pointers(node, place, "allOf"):
            target = self.document.resolved(part)
            owner = self._classes.get(target, key) if target != part else key
            yield from self._parts(target, owner, {*above, place})

    def _further_properties(self, place: str, key: str) -> Source | bool | None:
        """What the values of an object can be besides its properties: False for nothing, None for anything."""
        for part, owner in self._parts(place, key):
            node = self.document.at(part)
            further = node.get("additionalProperties")
            patterns = [child(part, "patternProperties", name) for name in mapping(node.get("patternProperties"))]
            if isinstance(further, dict) and further:
                patterns.append(child(part, "additionalProperties"))
            elif patterns and further is not False:
                # Besides the patterns, anything goes.
                return None
            if patterns:
                return self._alternatives(patterns, "AdditionalProperty", owner)
            if part == place and further is False:
                return False
        return None

    def _component(self, place: str, pointer: str) -> Source:
        """A reference to a component that has no class: it has to stand before what refers to it."""
        if place in self._open:
            return self._circular(pointer)
        if place not in self._others:
            name = tokens(place)[-1]
            self._open.append(place)
            source = self._other(place, self.document.at(place), name, "")
            self._open.pop()
            self._others[place] = self.names.key(name, is_class=False)
            self.components[self._others[place]] = {**source, POINTER: place}
        return {"$ref": f"#{_COMPONENTS}/{self._others[place]}", POINTER: pointer}

    def _other(self, place: str, node: Mapping[str, Any], name: str, parent: str) -> Source:
        source = self._form(place, node, name, parent)
        if isinstance(node.get("description"), str):
            source = {"description": node["description"], **source}
        return self._with_default(with_null(source, place, node), place, node)

    def _form(self, place: str, node: Mapping[str, Any], name: str, parent: str) -> Source:
        if "const" in node and isinstance(node["const"], (str, int)):
            constant = node["const"]
            return {"type": "boolean"} if isinstance(constant, bool) and node.get("type") else {"const": constant}
        members = union_members(node)
        if members:
            return self._alternatives([child(place, *at) for at in members], name, parent, node.get("title"))
        if node.get("allOf"):
            return self._merged(place, name, parent)
        found = self._kinds_of(place)
        if found - {"null"} == {"array"}:
            return {"type": "array", "items": self._items(place, node, name, parent)}
        return scalar(found, node)

    def _alternatives(self, places: list[str], name: str, parent: str, title: object = None) -> Source:
        found: list[Source] = []
        for index, place in enumerate(places):
            member = self.document.at(place)
            own = member.get("title") if isinstance(member, dict) and "$ref" not in member else None
            subscript = own if isinstance(own, str) and own and own != title else f"type_{index}"
            if self._kinds_of(place):
                found.append(self.schema(place, name if len(places) == 1 else f"{name}_{subscript}", parent))
        return found[0] if len(found) == 1 else {"anyOf": found} if found else {}

    def _items(self, place: str, node: Mapping[str, Any], name: str, parent: str) -> Source:
        places = member_pointers(node, place, "prefixItems")
        if "items" in node or not places:
            places.append(child(place, "items"))
        if not all(self.document.has(at) for at in places):
            return {}
        item = f"{name}_item"
        return self.schema(places[0], item, parent) if len(places) == 1 else self._alternatives(places, item, parent)

    def _merged(self, place: str, name: str, parent: str) -> Source:
        """An `allOf` of anything but objects: the type that all parts have."""
        parts = [part for part, _ in self._parts(place, "")]
        nodes = {part: self.document.at(part) for part in parts}
        values = [node["enum"] for node in nodes.values() if isinstance(node.get("enum"), list)]
        found = self._kinds_of(place)
        for part, node in nodes.items():
            says = bool(union_members(node) or enum_values(node) or {"const", "items"} & node.keys())
            structural = part != place and says
            if structural and self._kinds_of(part) - {"null"} <= (found or EVERYTHING):
                return self.schema(part, name, parent)
        formats = [node["format"] for node in nodes.values() if isinstance(node.get("format"), str)]
        if not found:
            self._say("no value can be all that `allOf` asks for", place)
            return {}
        return scalar(found, {"format": formats[0]} if formats and not values else {})

    def _with_default(self, source: Source, pointer: str, node: Mapping[str, Any]) -> Source:
        default = node.get("default")
        if default is None or isinstance(default, (dict, list)):
            return source
        if not takes_default(source, default, self.components):
            text = f"the default {default!r} is not a value that the schema describes"
            place = child(self.document.resolved(pointer), "default")
            self.problems.append(Problem(text, place, "the default is left to the service"))
            return source
        if "$ref" in source:
            return {"allOf": [source], "default": default, POINTER: pointer}
        return {**source, "default": default}

    def _anything(self, pointer: str) -> Source:
        return {POINTER: pointer}

    def _circular(self, pointer: str) -> Source:
        self._say("the schema refers to itself without an object in between", pointer)
        return self._anything(pointer)

    def _say(self, message: str, pointer: str) -> None:
        self.problems.append(Problem(message, pointer, ANYTHING))

    def _kinds_of(self, place: str) -> frozenset[str]:
        if place not in self._kinds:
            node = self.document.at(place)
            self._kinds[place] = kinds(self.document, place) if isinstance(node, dict) else kinds_of_boolean(node)
        return self._kinds[place]
