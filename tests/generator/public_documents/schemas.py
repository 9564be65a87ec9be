"""The schemas of a document as JSON Schema 2020-12, for each direction, and what is valid by them."""

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal
from urllib.parse import quote, unquote

import jsonschema_rs
from attrs import field, frozen

from tests.generator.public_documents.specification import (
    DanglingReferenceError,
    Node,
    Specification,
)

Direction = Literal["request", "response"]

_BASE = "urn:document"
_SINGLE = ("not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems")
_SINGLE_OR_BOOLEAN = ("additionalProperties", "unevaluatedProperties", "items", "additionalItems")
_LISTS = ("allOf", "oneOf", "anyOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")


def parts(schema: Node) -> Iterator[Node]:
    """The schemas that a schema has in it."""
    if not isinstance(schema.value, dict):
        return
    for name in (*_SINGLE, *_SINGLE_OR_BOOLEAN):
        if isinstance(schema.value.get(name), dict):
            yield schema.child(name)
    for name in _LISTS:
        if isinstance(schema.value.get(name), list):
            yield from (schema.child(name, index) for index in range(len(schema.value[name])))
    for name in _MAPS:
        if isinstance(schema.value.get(name), dict):
            yield from (schema.child(name, key) for key in schema.value[name])


@frozen(eq=False)
class Schemas:
    """The schemas of a document in one direction.

    Args:
        specification: The document.
        direction: Whether requests or responses are made from them.
    """

    specification: Specification
    direction: Direction
    _converted: set[int] = field(factory=set[int], init=False)
    _validators: dict[str, Any] = field(factory=dict[str, Any], init=False)

    @cached_property
    def root(self) -> Any:
        """A copy of the document, in which all schemas are of JSON Schema 2020-12."""
        root = copy.deepcopy(dict(self.specification.root))
        for schema in schema_places(Specification(root)):
            self._convert(schema)
        return root

    @cached_property
    def converted(self) -> Specification:
        """The same, to look things up in."""
        return Specification(self.root)

    def is_valid(self, pointer: str, value: object) -> bool:
        """Whether a value is allowed by the schema at a place. An `anyOf` does for a `oneOf`."""
        return not self.flaw(pointer, value)

    def flaw(self, pointer: str, value: object) -> str:
        """What is wrong with a value by the schema at a place, or nothing."""
        if pointer not in self._validators:
            self._validators[pointer] = self._validator(pointer)
        validator = self._validators[pointer]
        error = next(validator.iter_errors(value), None) if validator is not None else None
        return "" if error is None else f"{error.message[:200]} at {list(error.instance_path)}"

    def _validator(self, pointer: str) -> Any:
        """A validator for the schema at a place, or None where the schema itself is wrong."""
        schema = {"$ref": f"{_BASE}#{_quoted(pointer)}"}
        try:
            return jsonschema_rs.Draft202012Validator(schema, registry=self._registry, validate_formats=False)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
            return None

    @cached_property
    def _registry(self) -> Any:
        plain = json.loads(json.dumps(self.root, default=str))
        return jsonschema_rs.Registry([(_BASE, plain)], draft=jsonschema_rs.Draft202012)

    def _convert(self, schema: Node) -> None:
        if not isinstance(schema.value, dict) or id(schema.value) in self._converted:
            return
        self._converted.add(id(schema.value))
        for part in list(parts(schema)):
            self._convert(part)
        _convert(schema.value, self.specification.is_30)
        self._drop_one_sided(schema.value)

    def _drop_one_sided(self, schema: dict[str, Any]) -> None:
        """Do not require what this direction does not have."""
        keyword = "readOnly" if self.direction == "request" else "writeOnly"
        names = schema.get("properties")
        if isinstance(schema.get("required"), list) and isinstance(names, dict):
            schema["required"] = [name for name in schema["required"] if not self.is_marked(names.get(name), keyword)]

    def is_marked(self, schema: object, keyword: str) -> bool:
        """Whether a property is marked, where it stands or where it leads to."""
        for _ in range(10):
            if not isinstance(schema, Mapping):
                return False
            if schema.get(keyword) is True:
                return True
            if "$ref" not in schema:
                return any(self.is_marked(part, keyword) for part in schema.get("allOf") or ())
            try:
                schema = self.specification.at(str(schema["$ref"])).value
            except DanglingReferenceError:
                return False
        return False


def schema_places(specification: Specification) -> Iterator[Node]:
    """Where schemas stand in a document: in components, parameters, headers, media types."""
    yield from _schemas_in(Node("", specification.root))


def _schemas_in(node: Node, name: str = "") -> Iterator[Node]:
    value = node.value
    if isinstance(value, dict):
        for key in value:
            child = node.child(key)
            if name in ("example", "examples", "default", "enum") or str(key).startswith("x-"):
                continue
            if key in ("schema", "itemSchema") and isinstance(value[key], dict):
                yield child
            elif key in ("schemas", "definitions") and node.pointer in ("", "/components"):
                yield from (child.child(one) for one in value[key] or ())
            else:
                yield from _schemas_in(child, str(key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from _schemas_in(node.child(index))


def _convert(schema: dict[str, Any], is_30: bool) -> None:
    """Turn the words of OpenAPI 3.0 into those of JSON Schema."""
    if isinstance(schema.get("$ref"), str):
        schema["$ref"] = _quoted(unquote(schema["$ref"]))
    if is_30 and "$ref" in schema:
        # Whatever stands beside a reference is ignored in 3.0.
        kept: dict[str, Any] = {key: schema[key] for key in ("$ref", "readOnly", "writeOnly") if key in schema}
        schema.clear()
        schema.update(kept)
        return
    schema.pop("$schema", None)
    schema.pop("$id", None)
    schema.pop("id", None) if isinstance(schema.get("id"), str) else None
    for flag, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(flag), bool) and schema.pop(flag) and limit in schema:
            schema[flag] = schema.pop(limit)
    if isinstance(schema.get("required"), bool):
        del schema["required"]
    if schema.get("type") in ("file", "any", "") or schema.get("type", "") is None:
        del schema["type"]
    for name in ("oneOf", "anyOf", "allOf", "enum"):
        if schema.get(name) == []:
            # Nothing would be allowed, which nobody means.
            del schema[name]
    if "oneOf" in schema:
        # Alternatives that overlap are how documents are: which of them is meant, the client has to find out.
        alternatives = schema.pop("oneOf")
        if "anyOf" in schema:
            schema["allOf"] = [*(schema.get("allOf") or ()), {"anyOf": alternatives}]
        else:
            schema["anyOf"] = alternatives
    if schema.get("nullable") is True and is_30:
        _allow_null(schema)
    schema.pop("nullable", None)


def _quoted(pointer: str) -> str:
    """A pointer as it can stand in a URL."""
    return quote(pointer, safe="#/~!$&'()*+,;=:@")


def _allow_null(schema: dict[str, Any]) -> None:
    """Write `nullable` as an alternative. An enum without null in it is meant to have it."""
    if isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
        if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        composed = {key: schema.pop(key) for key in ("allOf", "anyOf") if key in schema}
        if composed:
            schema["anyOf"] = [composed, {"type": "null"}]
    else:
        own = {key: schema.pop(key) for key in list(schema) if key not in ("readOnly", "writeOnly", "discriminator")}
        schema["anyOf"] = [own, {"type": "null"}]
