"""One document of several files: what a reference leads to in another file becomes a component of the document."""

import re
from typing import Any

from attrs import define, field

from .kinds import ALL_CHILDREN, Member, members
from .limits import MOST_COPIES
from .pointers import child, tokens
from .problems import Problem
from .reading import SourceFile
from .references import Library, Unresolved
from .source_map import Origin, SourceMap, below

_SECTIONS = {
    "schema": "schemas",
    "parameter": "parameters",
    "response": "responses",
    "request body": "requestBodies",
    "header": "headers",
    "link": "links",
    "example": "examples",
    "security scheme": "securitySchemes",
    "callback": "callbacks",
    "media type": "mediaTypes",
}

_MOST_SHOWN = 200

_IN_PLACE = ("path item", "media type")
"""Kinds that the rest of the generator takes only where they are used."""

_UNUSED = re.compile(
    r"^/webhooks/|^/components/(callbacks|pathItems|mediaTypes|examples)/|/(callbacks|examples)/[^/]+/"
)
"""Places that no client is generated from, except where one of the others refers to them."""


@define
class Bundler:
    """Brings what references lead to into a document, and says which of them lead nowhere.

    Args:
        root: The document, which is changed.
        lines: Where its places come from, which is kept true.
        library: Its files.
        problems: References that lead nowhere, and what is used otherwise than it is written.
    """

    root: dict[str, Any]
    lines: SourceMap
    library: Library
    problems: list[Problem] = field(factory=list)
    _waiting: list[Member] = field(factory=list)
    _settled: dict[int, tuple[dict[str, Any], Any]] = field(factory=dict)
    _places: dict[tuple[str, str, str], str] = field(factory=dict)
    _copies: int = 0

    def bundle(self) -> None:
        """Bring in what is not there yet. The problems are those of this run."""
        self.problems.clear()
        self._waiting = [("document", "", self.root)]
        while self._waiting:
            kind, pointer, value = self._waiting.pop()
            if kind in _IN_PLACE:
                self._inline(kind, pointer, value)
            elif isinstance(value.get("$ref"), str):
                self._settle(kind, pointer, value)
            if "$dynamicRef" in value:
                self._settle_dynamic(pointer, value)
            self._settle_mapping(kind, pointer, value)
            self._waiting += members(kind, pointer, value, ALL_CHILDREN)
        self.problems = [one for one in self.problems if not _UNUSED.search(one.pointer)]

    def _settle(self, kind: str, pointer: str, value: dict[str, Any]) -> None:
        """Let a reference lead to a place of this document."""
        known = self._settled.get(id(value))
        if known is not None and known[1] == value["$ref"]:
            return
        place = self._brought(kind, pointer, value["$ref"], child(pointer, "$ref"))
        if place is not None:
            value["$ref"] = f"#{place}"
            self._settled[id(value)] = (value, value["$ref"])

    def _brought(self, kind: str, pointer: str, reference: str, blamed: str) -> str | None:
        """The place in this document of what a reference leads to, or None where it leads nowhere."""
        file, own = self.lines.origin(pointer)
        try:
            target = self.library.target(reference, file, own)
            return self._placed(kind, target)
        except Unresolved as error:
            self.problems.append(Problem(f"$ref {_shown(reference)}: {error}", blamed))
            return None

    def _placed(self, kind: str, target: Origin) -> str:
        file, start = target
        if file is self.library.main:
            return start
        section = _SECTIONS.get(kind)
        if section is None:
            raise Unresolved(f"a {kind} cannot be in another file")
        key = (file.name, start, section)
        if key not in self._places:
            names = self._section(section)
            name = _free(_component_name(target), names)
            pointer = child("/components", section, name)
            names[name] = self._copied(_at(file.value, start))
            self.lines.graft(pointer, target)
            self._places[key] = pointer
            if isinstance(names[name], dict):
                self._waiting.append((kind, pointer, names[name]))
            else:
                self.problems.append(Problem(f"a {kind} has to be an object", pointer))
        return self._places[key]

    def _section(self, section: str) -> dict[str, Any]:
        components = self.root.setdefault("components", {})
        names = components.setdefault(section, {}) if isinstance(components, dict) else None
        if not isinstance(names, dict):
            raise Unresolved(f"`components` of the document cannot take it: {section} has to be an object")
        return names

    def _inline(self, kind: str, pointer: str, value: dict[str, Any]) -> None:
        """Put what stands elsewhere in its place. What stands beside the reference counts more."""
        seen: set[tuple[str, str]] = set()
        while isinstance(value.get("$ref"), str):
            reference = value["$ref"]
            file, own = self.lines.origin(pointer)
            blamed = child(pointer, "$ref")
            try:
                target = self.library.target(reference, file, own)
                if (target[0].name, target[1]) in seen:
                    raise Unresolved("it leads back to itself")
                seen.add((target[0].name, target[1]))
                found = _at(self.root if target[0] is self.library.main else target[0].value, target[1])
                if not isinstance(found, dict) or found is value:
                    raise Unresolved(f"it does not lead to a {kind}")
                copied = self._copied(found)
            except (Unresolved, LookupError) as error:
                reason = error if isinstance(error, Unresolved) else "it leads to what an overlay has removed"
                self.problems.append(Problem(f"$ref {_shown(reference)}: {reason}", blamed))
                return
            self._replace(pointer, value, copied, target)

    def _replace(self, pointer: str, value: dict[str, Any], copied: dict[str, Any], target: Origin) -> None:
        origin = self.lines.origin(pointer)
        if target[0] is self.library.main:
            inner = {at: one for at, one in self.lines.grafts.items() if at.startswith(f"{target[1]}/")}
            target_origin = self.lines.origin(target[1])
        else:
            inner, target_origin = {}, target
        beside = {key: one for key, one in value.items() if key != "$ref"}
        for key in beside.keys() & copied.keys():
            self.problems.append(
                Problem(f"{key!r} stands beside a `$ref` that has it too", child(pointer, key), "this one is used")
            )
        value.clear()
        value.update({**copied, **beside})
        self.lines.graft(pointer, target_origin)
        for at, one in inner.items():
            self.lines.graft(pointer + at[len(target[1]) :], one)
        for key in beside:
            self.lines.graft(child(pointer, key), below(origin, key))

    def _settle_dynamic(self, pointer: str, value: dict[str, Any]) -> None:
        reference = value["$dynamicRef"]
        if isinstance(reference, str) and "$ref" not in value:
            place = self._brought("schema", pointer, reference, child(pointer, "$dynamicRef"))
            if place is not None:
                del value["$dynamicRef"]
                value["$ref"] = f"#{place}"
                self.lines.graft(child(pointer, "$ref"), below(self.lines.origin(pointer), "$dynamicRef"))
                self._settled[id(value)] = (value, value["$ref"])
                self.problems.append(
                    Problem(
                        f"$dynamicRef {reference!r} depends on the schema that refers to this one",
                        child(pointer, "$ref"),
                        "it always means the schema of this document that has the anchor",
                    )
                )

    def _settle_mapping(self, kind: str, pointer: str, value: dict[str, Any]) -> None:
        """Let a discriminator name schemas of this document."""
        discriminator = value.get("discriminator") if kind == "schema" else None
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if not isinstance(mapping, dict):
            return
        known = self._settled.get(id(mapping))
        if known is not None and known[1] == mapping:
            return
        file, _ = self.lines.origin(pointer)
        for name, text in mapping.items():
            reference = self._meant(file, text) if isinstance(text, str) else None
            if reference is not None:
                place = self._brought("schema", pointer, reference, child(pointer, "discriminator", "mapping", name))
                mapping[name] = text if place is None else f"#{place}"
        self._settled[id(mapping)] = (mapping, dict(mapping))

    def _meant(self, file: SourceFile, text: str) -> str | None:
        """What a mapping names as a reference, or None where it is a schema of this document already."""
        is_name = "#" not in text and "/" not in text
        reference = (
            f"#/components/schemas/{text}" if is_name and _has(file.value, f"/components/schemas/{text}") else text
        )
        if file is not self.library.main:
            return reference
        stays = reference.startswith("#") and "%" not in reference
        return None if stays or (is_name and "." not in text) else reference

    def _copied(self, value: Any) -> Any:
        """A copy, in which references that have been settled stay so."""
        self._copies += 1
        if self._copies > MOST_COPIES:
            raise Unresolved(f"references stand for more than {MOST_COPIES:,} values")
        if isinstance(value, list):
            return [self._copied(one) for one in value]
        if not isinstance(value, dict):
            return value
        copied = {key: self._copied(one) for key, one in value.items()}
        if id(value) in self._settled:
            self._settled[id(copied)] = (copied, self._settled[id(value)][1])
        return copied


def _shown(reference: str) -> str:
    return repr(reference if len(reference) <= _MOST_SHOWN else f"{reference[:_MOST_SHOWN]}…")


def _component_name(target: Origin) -> str:
    """A name for what is at a place: its key, or the name of its file."""
    file, pointer = target
    stem = re.sub(r"(\.schema)?\.[A-Za-z0-9]+$", "", file.name.rpartition("/")[2])
    last = tokens(pointer)[-1] if pointer else stem
    return re.sub(r"[^A-Za-z0-9._-]+", "_", last if not last.isdecimal() else f"{stem}_{last}").strip("_") or "Part"


def _free(name: str, taken: dict[str, Any]) -> str:
    lower = {one.lower() for one in taken}
    candidates = (name if number == 1 else f"{name}_{number}" for number in range(1, len(taken) + 3))
    return next(one for one in candidates if one.lower() not in lower)


def _at(value: Any, pointer: str) -> Any:
    for token in tokens(pointer):
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def _has(value: Any, pointer: str) -> bool:
    try:
        _at(value, pointer)
    except (LookupError, ValueError, TypeError):
        return False
    return True
