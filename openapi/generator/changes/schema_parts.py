"""The parts of a schema by names, so that those of two versions can be found to belong together."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..document.alternatives import described_properties
from ..document.document import Document, child
from ..document.shapes import EVERYTHING, kinds, member_pointers
from .comparison import ABSENT, Comparison, same

ALTERNATIVES = ("anyOf", "oneOf")
"""The keywords of alternatives, which mean the same to a client."""


def positions(names: list[str], required: frozenset[str]) -> list[str]:
    """The fields of a class in the order in which it takes them: required ones first."""
    return [*(name for name in names if name in required), *(name for name in names if name not in required)]


def fields_of(document: Document, pointer: str) -> dict[str, str]:
    """The properties of an object, in the order of the fields of its class."""
    found = described_properties(document, pointer)
    return {name: found[name] for name in _names(document, pointer)}


def further_descriptions(document: Document, pointer: str, name: str) -> list[str]:
    """The other places of an `allOf` that describe a property, behind the one that `fields_of` finds."""
    return list(_descriptions(document, document.resolved(pointer), name))[1:]


def _descriptions(document: Document, pointer: str, name: str) -> Iterator[str]:
    node = document.at(pointer)
    if name in node.get("properties", {}):
        yield child(pointer, "properties", name)
    for part in member_pointers(node, pointer, "allOf"):
        yield from _descriptions(document, document.resolved(part), name)


def _names(document: Document, pointer: str) -> Iterator[str]:
    """As openapi-python-client takes them: of parts that are references, then of the object, then of other parts."""
    node = document.resolved_at(pointer)
    parts = member_pointers(node, document.resolved(pointer), "allOf")
    references = [part for part in parts if "$ref" in document.at(part)]
    for part in references:
        yield from _names(document, part)
    yield from node.get("properties", {})
    for part in parts:
        if part not in references:
            yield from _names(document, part)


def renamed_fields(both: Comparison, old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """New names by old ones, where a property is gone and a new one says the same."""
    gone = {name: _facts(both.old, pointer) for name, pointer in old.items() if name not in new}
    come = {name: _facts(both.new, pointer) for name, pointer in new.items() if name not in old}
    found: dict[str, str] = {}
    for name, facts in gone.items():
        alike = [other for other, own in come.items() if same(facts, own) and other not in found.values()]
        if len(alike) == 1 and sum(same(facts, one) for one in gone.values()) == 1:
            found[name] = alike[0]
    return found


def _facts(document: Document, pointer: str) -> Any:
    node = document.at(pointer)
    silent = ("description", "x-evidence", "x-mistaken-names", "example", "examples", "title")
    return {key: value for key, value in node.items() if key not in silent} if isinstance(node, dict) else node


def component_name(value: Any) -> str:
    """The name of the schema that a schema refers to, also as its only part, or an empty text."""
    parts = value.get("allOf") if isinstance(value, dict) else None
    if isinstance(parts, list) and len(parts) == 1 and "properties" not in value:
        return component_name(parts[0])
    target = value.get("$ref", "") if isinstance(value, dict) else ""
    prefix = "#/components/schemas/"
    return target.removeprefix(prefix) if isinstance(target, str) and target.startswith(prefix) else ""


def named_alternatives(document: Document, pointer: str | None) -> dict[str, str]:
    """The alternatives of a schema by names that tell which is which; null is a type, and no alternative."""
    if pointer is None:
        return {}
    node = document.at(pointer)
    places = [at for keyword in ALTERNATIVES for at in member_pointers(node, pointer, keyword)]
    return dict(_named_members(document, [at for at in places if kinds(document, at) != {"null"}]))


def as_alternatives(document: Document, pointer: str) -> dict[str, str]:
    """A schema without alternatives as the only one of itself, or as one for each of its types."""
    node = document.at(pointer)
    name = component_name(node) or (node.get("title") if isinstance(node, dict) else None)
    return dict.fromkeys([str(name)] if name else type_names(kinds(document, pointer)).split(" or "), pointer)


def named_parts(document: Document, pointer: str | None) -> dict[str, str]:
    """The parts of an `allOf` by names that tell which is which."""
    if pointer is None:
        return {}
    return dict(_named_members(document, list(member_pointers(document.at(pointer), pointer, "allOf"))))


def _named_members(document: Document, places: list[str]) -> Iterator[tuple[str, str]]:
    count = Counter[str]()
    for place in places:
        node = document.at(place)
        name = component_name(node) or (node.get("title") if isinstance(node, dict) else None)
        known = str(name or type_names(kinds(document, place)))
        count[known] += 1
        yield known if count[known] == 1 else f"{known} {count[known]}", place


def describes_only_properties(document: Document, parts: list[str]) -> bool:
    """Whether the parts of an `allOf` say nothing but which properties there are."""
    said = ("properties", "required", "type", "description", "title", "x-evidence", "$ref", "allOf", "example", "xml")
    found = [document.resolved_at(part) for part in parts]
    return all(isinstance(one, dict) and {*one} <= {*said} for one in found)


def type_names(found: frozenset[str]) -> str:
    """Types as a message names them."""
    names = found - ({"integer"} if "number" in found else set())
    return "anything" if found == EVERYTHING else " or ".join(sorted(names - {"null"}))


def listed_values(values: dict[str, Any] | None) -> Any:
    """Values as a list, or `ABSENT`."""
    return ABSENT if values is None else list(values.values())
