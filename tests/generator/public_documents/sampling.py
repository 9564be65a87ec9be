"""Values that a schema allows: one with what is required, one with everything, and one for each alternative.

They are made by hand and not by a library: what is wanted is not many values, but that each optional property is given
once and left out once, that each alternative and each member of an enum comes up, and that all values are the same each
time.
"""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from random import Random
from typing import Any

from attrs import Factory, define, field, frozen
from hypothesis import HealthCheck, find, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from tests.generator.public_documents.schemas import Schemas
from tests.generator.public_documents.specification import DanglingReferenceError, Node

DEEPEST = 14
"""How many levels a value can have before it counts as endless."""

_SHALLOW = 3
"""Below this level, objects have only what they need."""

_TEXTS = ("text", "a b", "ünï", "a&b=c", "50%", "q\"'s", "a+b", "x/y", "émoji 😀", "1", "true", "null", "a,b", "")
_INTEGERS = (1, 0, 7, -3, 42, 1000, 2**31 - 1, 2**40)
_NUMBERS = (0.5, 1.0, -2.25, 0.1, 100.125, 3)
_FORMATS: dict[str, tuple[str, ...]] = {
    "date-time": ("2024-05-01T12:30:45Z", "2023-12-31T23:59:59.123456+00:00", "2024-02-29T00:00:00-07:00"),
    "date": ("2024-05-01", "2024-02-29"),
    "time": ("12:30:45Z", "23:59:59+02:00"),
    "duration": ("P1DT2H", "PT5M"),
    "uuid": ("7f4df1e2-8c3b-4d52-9d3c-0f6b1b7a9c11", "00000000-0000-4000-8000-000000000001"),
    "email": ("a@example.com", "b.c@example.org"),
    "uri": ("https://example.com/a?b=c", "http://example.org/"),
    "url": ("https://example.com/a?b=c",),
    "uri-reference": ("/a/b",),
    "hostname": ("example.com",),
    "ipv4": ("127.0.0.1",),
    "ipv6": ("::1",),
    "byte": ("aGVsbG8=", "AAEC"),
    "base64": ("aGVsbG8=",),
    "binary": ("bytes of a file", "more bytes"),
    "int64": ("12", "9007199254740993"),
    "int32": ("12",),
    "decimal": ("12.50",),
    "color": ("#ff8800",),
}


class NoSampleError(Exception):
    """No value could be made that a schema allows."""


@frozen
class Place:
    """Where a value goes, which decides what texts it can have.

    Args:
        name: A place of a parameter, `json` or `form`.
        forbidden: Characters that no text has, as the style has no way to write them.
    """

    name: str = "json"
    forbidden: str = ""

    def allows(self, text: str) -> bool:
        """Whether a text can go there."""
        if any(letter in self.forbidden for letter in text):
            return False
        if self.name == "header":
            return text.isascii() and text.isprintable() and text == text.strip() and bool(text)
        return bool(text) if self.name in ("path", "cookie", "query", "form") else True

    @property
    def takes_null(self) -> bool:
        """Whether null can be written."""
        return self.name == "json"


@define
class _Merged:
    """Schemas that all hold for one value."""

    types: set[str] | None = None
    keywords: dict[str, Any] = Factory(dict[str, Any])
    enum: list[Any] | None = None
    properties: dict[str, list[Node]] = Factory(dict[str, list[Node]])
    required: list[str] = Factory(list[str])
    additional: list[Node] = Factory(list[Node])
    items: list[Node] = Factory(list[Node])
    prefix: list[list[Node]] = Factory(list[list[Node]])
    closed: bool = False
    tags: dict[str, list[str]] = Factory(dict[str, list[str]])
    choices: list[Node] = Factory(list[Node])
    pointer: str = ""

    def check(self) -> None:
        """Raise an error if nothing is left that would be allowed."""
        if self.types is not None and not self.types:
            raise NoSampleError("types that exclude each other")
        if self.enum is not None and not _members(self):
            raise NoSampleError("an enum without members that have its type")


@define
class Sampler:
    """Makes values for one operation.

    Args:
        schemas: The schemas, in the direction of the values.
        seed: Decides the values.
        place: Where they go.
    """

    schemas: Schemas
    seed: str
    place: Place = Place()
    _used: Counter[tuple[str, object]] = field(factory=Counter[tuple[str, object]], init=False)
    _chosen: Counter[tuple[str, object]] = field(factory=Counter[tuple[str, object]], init=False)
    _texts: dict[tuple[str, str], list[str]] = field(factory=dict[tuple[str, str], list[str]], init=False)
    _random: Random = field(factory=Random, init=False)
    _full: bool = field(default=False, init=False)
    _left: int = field(default=0, init=False)
    _round: int = field(default=0, init=False)

    def sample(self, node: Node, full: bool) -> Any:
        """A value that a schema allows.

        Args:
            node: The schema, in the converted document.
            full: Whether objects have what they may have, or only what they need.

        Raises:
            NoSampleError: None was found.
        """
        flaw = "none could be made"
        for attempt in range(8):
            self._round += 1
            self._random.seed(f"{self.seed} {node.pointer} {self._round}")
            self._full, self._left = full and attempt < 6, 300
            try:
                value = self._value([node], 0)
            except (NoSampleError, DanglingReferenceError, RecursionError) as error:
                flaw = flaw if str(error) == "" else str(error)
                continue
            flaw = self.schemas.flaw(node.pointer, value)
            if not flaw:
                return value
        raise NoSampleError(flaw)

    def covered(self) -> int:
        """How many alternatives have come up so far."""
        return len(self._used)

    def _value(self, nodes: Sequence[Node], depth: int) -> Any:
        if depth > DEEPEST:
            raise NoSampleError("endless")
        self._left -= 1
        merged = self._merged(nodes, depth)
        if merged.enum is not None:
            return self._member(merged)
        return self._of_type(merged, self._type(merged, depth), depth)

    # What holds for a value.

    def _merged(self, nodes: Sequence[Node], depth: int) -> _Merged:
        """All that holds for a value, with one alternative chosen wherever there are some."""
        merged = _Merged(pointer=nodes[0].pointer if nodes else "")
        for node in nodes:
            self._merge(node, merged, 0)
        return self._settled(merged, depth, 0)

    def _merge(self, node: Node, merged: _Merged, level: int) -> None:
        if node.value is False or level > 40:
            raise NoSampleError("nothing is allowed")
        if not isinstance(node.value, dict):
            return
        schema = node.value
        if isinstance(schema.get("$ref"), str):
            self._merge(self.schemas.converted.at(schema["$ref"]), merged, level + 1)
        for index in range(len(schema.get("allOf") or ())):
            self._merge(node.child("allOf", index), merged, level + 1)
        self._merge_own(node, merged)
        if schema.get("anyOf"):
            merged.choices.append(node)

    def _settled(self, merged: _Merged, depth: int, level: int) -> _Merged:
        if not merged.choices or level > 20:
            return merged
        node = merged.choices.pop(0)
        alternatives = [node.child("anyOf", index) for index in range(len(node.value["anyOf"]))]
        last: Exception = NoSampleError("no alternative fits")
        for one in self._ordered(node.pointer, alternatives, depth):
            tried = _copy(merged)
            discriminator = node.value.get("discriminator")
            if isinstance(discriminator, dict) and isinstance(one.value, dict) and "$ref" in one.value:
                tried.tags[discriminator["propertyName"]] = _tags(discriminator, one.value["$ref"])
            try:
                self._merge(one, tried, level + 1)
                found = self._settled(tried, depth, level + 1)
            except NoSampleError as error:
                last = error
                continue
            self._used[node.pointer, one.pointer] += 1
            return found
        raise last

    def _ordered(self, pointer: str, alternatives: list[Node], depth: int) -> list[Node]:
        """The least used alternatives first; far down, those first that end soon."""

        def rank(one: Node) -> tuple[int, int, float]:
            deep = self._weight(one, 0) if depth > _SHALLOW or self._left < 0 or not self._full else 0
            return deep, self._used[pointer, one.pointer], self._random.random()

        return sorted(alternatives, key=rank)

    def _weight(self, node: Node, level: int) -> int:
        if not isinstance(node.value, dict) or level > 5:
            return 3 if level > 5 else 0
        try:
            node = self.schemas.converted.resolved(node)
        except DanglingReferenceError:
            return 9
        own = node.value.get("type")
        if "enum" in node.value or "const" in node.value or own in ("null", "string", "integer", "number", "boolean"):
            return 0
        if own == "array":
            return 1
        alternatives = node.value.get("anyOf") or ()
        if alternatives and "properties" not in node.value:
            return min(self._weight(node.child("anyOf", index), level + 1) for index in range(len(alternatives)))
        return 2

    def _merge_own(self, node: Node, merged: _Merged) -> None:
        schema = node.value
        if "type" in schema:
            _merge_types(merged, schema["type"])
        if isinstance(schema.get("enum"), list):
            kept = [one for one in schema["enum"] if merged.enum is None or one in merged.enum]
            merged.enum = kept
        if "const" in schema:
            merged.enum = [schema["const"]] if merged.enum is None or schema["const"] in merged.enum else []
        for name in schema.get("properties") or ():
            merged.properties.setdefault(name, []).append(node.child("properties", name))
        if isinstance(schema.get("required"), list):
            merged.required += [name for name in schema["required"] if name not in merged.required]
        if schema.get("additionalProperties") is False or schema.get("unevaluatedProperties") is False:
            merged.closed = True
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            if isinstance(schema.get(keyword), dict):
                merged.additional.append(node.child(keyword))
        if isinstance(schema.get("items"), dict):
            merged.items.append(node.child("items"))
        for index in range(len(schema.get("prefixItems") or ())):
            if index >= len(merged.prefix):
                merged.prefix.append([])
            merged.prefix[index].append(node.child("prefixItems", index))
        discriminator = schema.get("discriminator")
        if isinstance(discriminator, dict) and "anyOf" not in schema and "propertyName" in discriminator:
            merged.tags.setdefault(discriminator["propertyName"], _tags(discriminator, "#" + merged.pointer))
        for name, limit in schema.items():
            if name in _LIMITS:
                merged.keywords[name] = _stricter(name, merged.keywords.get(name), limit)
        merged.check()

    # Which value it is.

    def _member(self, merged: _Merged) -> Any:
        members = _members(merged)
        members = [one for one in members if one is not None or self.place.takes_null] or members
        return self._pick(merged, members, counts=True)

    def _pick(self, merged: _Merged, pool: Sequence[Any], in_order: bool = False, counts: bool = False) -> Any:
        """One of some values, of those that have come up least so far: the first, or any."""

        def rank(index: int) -> tuple[int, float]:
            return counter[merged.pointer, repr(pool[index])], index if in_order else self._random.random()

        # What the schema lists counts; what is made up does not, as there is no end to it.
        counter = self._used if counts else self._chosen
        picked = pool[min(range(len(pool)), key=rank)]
        counter[merged.pointer, repr(picked)] += 1
        return picked

    def _type(self, merged: _Merged, depth: int) -> str:
        if merged.types is None:
            return self._guessed_type(merged)
        types = sorted(merged.types - ({"null"} if not self.place.takes_null and len(merged.types) > 1 else set()))
        if not types:
            raise NoSampleError("no type is allowed")
        if "integer" in types and "number" in types:
            types.remove("integer")
        if depth > _SHALLOW and self._left < 0 and "null" in types:
            return "null"
        if len(types) == 1:
            return types[0]
        # Null comes last: the other types have more to say.
        return str(self._pick(merged, sorted(types, key=lambda one: one == "null"), in_order=True, counts=True))

    def _guessed_type(self, merged: _Merged) -> str:
        if merged.properties or merged.required or merged.additional or "minProperties" in merged.keywords:
            return "object"
        if merged.items or merged.prefix or "minItems" in merged.keywords:
            return "array"
        if {"minLength", "maxLength", "pattern"} & set(merged.keywords):
            return "string"
        if {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"} & set(merged.keywords):
            return "number"
        if "format" in merged.keywords:
            return "integer" if str(merged.keywords["format"]).startswith("int") else "string"
        return "any"

    def _of_type(self, merged: _Merged, kind: str, depth: int) -> Any:
        if kind == "object":
            return self._object(merged, depth)
        if kind == "array":
            return self._array(merged, depth)
        if kind == "any":
            plain = ("text", 7, True, 1.5, ["a"], {"k": "v"}) if self.place.name == "json" else ("text", "7")
            return self._pick(merged, plain)
        if kind == "null":
            if not self.place.takes_null:
                raise NoSampleError("null cannot be written")
            return None
        if kind == "boolean":
            return self._pick(merged, (True, False))
        return self._text(merged) if kind == "string" else self._number(merged, kind == "integer")

    def _object(self, merged: _Merged, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        most = merged.keywords.get("maxProperties", 10**6)
        generous = self._full and depth < _SHALLOW and self._left > 0
        for name, nodes in merged.properties.items():
            needed = name in merged.required or name in merged.tags
            if self._is_other_direction(nodes) or not (needed or (generous and len(found) < most)):
                continue
            try:
                found[name] = self._value(nodes, depth + 1)
            except NoSampleError:
                if name in merged.required:
                    raise
        for name in merged.required:
            if name not in found and name not in merged.properties:
                found[name] = self._value(merged.additional, depth + 1)
        self._add_further(merged, found, depth, generous)
        for name, tags in merged.tags.items():
            given = found.get(name)
            if not tags or given in tags:
                continue
            allowed = self._merged(merged.properties[name], 0).enum if name in merged.properties else None
            if allowed is None or set(tags) & set(allowed):
                found[name] = next(tag for tag in tags if allowed is None or tag in allowed)
        return found

    def _is_other_direction(self, nodes: Sequence[Node]) -> bool:
        keyword = "readOnly" if self.schemas.direction == "request" else "writeOnly"
        return any(self.schemas.is_marked(node.value, keyword) for node in nodes)

    def _add_further(self, merged: _Merged, found: dict[str, Any], depth: int, generous: bool) -> None:
        least = merged.keywords.get("minProperties", 0)
        for name, nodes in merged.properties.items():
            if len(found) < least and name not in found and not self._is_other_direction(nodes):
                found[name] = self._value(nodes, depth + 1)
        wanted = 2 if generous and (merged.additional or not (merged.properties or merged.closed)) else 0
        most = min(merged.keywords.get("maxProperties", 10**6) - len(found), max(wanted, least - len(found)))
        if merged.closed and not merged.additional:
            return
        for number in range(most):
            name = self._name_of_property(merged, number)
            if name not in merged.properties and name not in found:
                found[name] = self._value(merged.additional, depth + 1)

    def _name_of_property(self, merged: _Merged, number: int) -> str:
        names = merged.keywords.get("propertyNames")
        if isinstance(names, dict):
            parts = self._merged([Node("", names)], 0)
            if parts.enum:
                return str(parts.enum[number % len(parts.enum)])
            return self._text(parts) if parts.keywords else f"key{number}"
        patterns = merged.keywords.get("patternProperties")
        if isinstance(patterns, dict) and patterns and merged.closed:
            return _matching(next(iter(patterns)), number + 1, 100)
        return ("key one", "key2", "third")[number % 3] if self.place.name == "json" else f"key{number}"

    def _array(self, merged: _Merged, depth: int) -> list[Any]:
        least = merged.keywords.get("minItems", 0)
        wanted = 2 if self._full and depth < _SHALLOW and self._left > 0 else 0
        wanted = max(wanted, 1) if self.place.name != "json" else wanted
        size = min(max(wanted, least), merged.keywords.get("maxItems", 10**6))
        if size > 1000:
            raise NoSampleError(f"an array of {size}")
        items: list[Any] = []
        for index in range(size * 4):
            if len(items) == size:
                break
            nodes = merged.prefix[index] if index < len(merged.prefix) else merged.items
            try:
                item = self._value(nodes, depth + 1)
            except NoSampleError:
                if least:
                    raise
                break
            if not merged.keywords.get("uniqueItems") or item not in items:
                items.append(item)
        return items

    def _text(self, merged: _Merged) -> str:
        least, most = merged.keywords.get("minLength", 0), merged.keywords.get("maxLength", 10**9)
        if "pattern" in merged.keywords:
            return self._matching_text(merged, least, most)
        described = _FORMATS.get(str(merged.keywords.get("format", "")), ())
        fitting = [one for one in described if least <= len(one) <= most and self.place.allows(one)]
        if described and fitting:
            return str(self._pick(merged, fitting))
        longest = ["x" * size for size in (least, most) if 0 < size < 300]
        fitting = [one for one in (*_TEXTS, *longest) if least <= len(one) <= most and self.place.allows(one)]
        if fitting:
            return str(self._pick(merged, fitting))
        if least > 10**5:
            raise NoSampleError(f"a text of {least} characters")
        return "text"[:most] if most < 4 else "x" * max(least, 4)

    def _matching_text(self, merged: _Merged, least: int, most: int) -> str:
        pattern = str(merged.keywords["pattern"])
        known = [one for one in _FORMATS.get(str(merged.keywords.get("format", "")), ()) if re.search(pattern, one)]
        if known:
            return str(self._pick(merged, known))
        earlier = self._texts.setdefault((merged.pointer, pattern), [])
        for avoided in (tuple(earlier[-2:]), ()):
            with suppress(NoSampleError):
                text = _matching(pattern, least, most, avoided, self.place)
                earlier.append(text)
                return text
        raise NoSampleError(f"a text that matches {pattern}")

    def _number(self, merged: _Merged, whole: bool) -> int | float:
        limits = merged.keywords
        least = max(limits.get("minimum", -(10**30)), limits.get("exclusiveMinimum", -(10**30)))
        most = min(limits.get("maximum", 10**30), limits.get("exclusiveMaximum", 10**30))
        step = limits.get("multipleOf")
        near = [least, most] if whole else [least, most, (least + most) / 2]
        pool: list[Any] = [one for one in near if abs(one) < 10**29]
        pool += list(_INTEGERS if whole else _NUMBERS)
        pool += [one + offset for one in (least, most) if abs(one) < 10**29 for offset in (1, -1, 0.5, -0.5)]
        if step:
            pool = [round(one / step) * step for one in pool] + [step]
        pool = [int(one) if whole and float(one).is_integer() else one for one in pool]
        fitting = [one for one in pool if self._fits(one, limits, whole)]
        if not fitting:
            raise NoSampleError(f"no number fits {limits}")
        number: int | float = self._pick(merged, fitting, in_order=True)
        return number

    def _fits(self, number: float, limits: dict[str, Any], whole: bool) -> bool:
        if whole and not isinstance(number, int):
            return False
        if limits.get("format") == "int32" and abs(number) >= 2**31:
            return False
        return (
            limits.get("minimum", number) <= number <= limits.get("maximum", number)
            and ("exclusiveMinimum" not in limits or number > limits["exclusiveMinimum"])
            and ("exclusiveMaximum" not in limits or number < limits["exclusiveMaximum"])
        )


_LIMITS = {
    "format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "propertyNames",
    "patternProperties",
}  # fmt: skip


def _stricter(name: str, one: Any, other: Any) -> Any:
    if one is None or not isinstance(other, (int, float)) or isinstance(other, bool):
        return other
    if name in ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"):
        return min(one, other)
    return max(one, other)


def _merge_types(merged: _Merged, given: object) -> None:
    types = set(given) if isinstance(given, list) else {str(given)}
    if "number" in types:
        types = types | {"integer"}
    merged.types = types if merged.types is None else merged.types & types


def _members(merged: _Merged) -> list[Any]:
    return [one for one in merged.enum or () if merged.types is None or _json_type(one) & merged.types]


def _copy(merged: _Merged) -> _Merged:
    return _Merged(
        set(merged.types) if merged.types is not None else None,
        dict(merged.keywords),
        list(merged.enum) if merged.enum is not None else None,
        {name: list(nodes) for name, nodes in merged.properties.items()},
        list(merged.required),
        list(merged.additional),
        list(merged.items),
        [list(nodes) for nodes in merged.prefix],
        merged.closed,
        {name: list(tags) for name, tags in merged.tags.items()},
        list(merged.choices),
        merged.pointer,
    )


def _json_type(value: object) -> set[str]:
    if value is None:
        return {"null"}
    if isinstance(value, bool):
        return {"boolean"}
    if isinstance(value, int):
        return {"integer", "number"}
    names = {float: {"number"}, str: {"string"}, list: {"array"}, dict: {"object"}}
    return names.get(type(value), {"string"})


def _tags(discriminator: dict[str, Any], reference: str) -> list[str]:
    """The values of a discriminator that stand for a schema."""
    name = reference.rpartition("/")[2]
    mapping = discriminator.get("mapping") or {}
    return [tag for tag, target in mapping.items() if target in (reference, name)] or [name]


@cache
def _matching(pattern: str, least: int, most: int, avoided: tuple[str, ...] = (), place: Place = Place()) -> str:
    """A text that a pattern matches."""
    try:
        compiled = re.compile(
            pattern.replace("(?<", "(?P<") if "(?<" in pattern and "(?<=" not in pattern else pattern, re.ASCII
        )
        return find(
            st.from_regex(compiled),
            lambda text: (
                least <= len(text) <= most and not text.endswith("\n") and text not in avoided and place.allows(text)
            ),
            settings=settings(
                database=None,
                max_examples=300,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            ),
            random=Random(0),
        )
    except (re.error, HypothesisException, RecursionError, OverflowError) as error:
        raise NoSampleError(f"a text of {least} to {most} characters that matches {pattern}") from error
