"""What the document promises of an operation, as questions that a probe or an oracle can ask."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import define, frozen
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from generator.document.document import Document, child, tokens
from generator.document.traversal import operations
from tests.contract import SPEC

_INTEGERS = FormatChecker(formats=())
for _bits in (32, 64):
    _INTEGERS.checks(f"int{_bits}")(
        lambda value, bits=_bits: not isinstance(value, int) or -(1 << (bits - 1)) <= value < 1 << (bits - 1)
    )


@frozen
class Broken:
    """A rule of the document that a body breaks.

    Args:
        pointer: Where the rule stands.
        reason: In what way it is broken.
    """

    pointer: str
    reason: str


@define(slots=False, eq=False)
class Contract:
    """The operation of a document that makes images of a JSON body.

    Args:
        document: The document.
        pointer: Where the operation stands.
    """

    document: Document
    pointer: str

    @classmethod
    def load(cls, path: Path = SPEC) -> "Contract":
        """Read the contract from a file."""
        return cls.of(Document.load(path))

    @classmethod
    def of(cls, document: Document) -> "Contract":
        """The contract of a document: its first operation with a JSON body.

        Raises:
            LookupError: It has none.
        """
        for node in operations(document):
            if document.has(child(node.pointer, "requestBody", "content", "application/json")):
                return cls(document, node.pointer)
        raise LookupError(f"{document.name} has no operation with a JSON body")

    @cached_property
    def method(self) -> str:
        """HTTP method, upper case."""
        return tokens(self.pointer)[-1].upper()

    @cached_property
    def path(self) -> str:
        """Path on the server."""
        return tokens(self.pointer)[-2]

    @cached_property
    def schema(self) -> str:
        """Pointer of the schema of the body."""
        return self.document.resolved(child(self.pointer, "requestBody", "content", "application/json", "schema"))

    @cached_property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The properties of the body."""
        found: dict[str, dict[str, Any]] = self.document.at(self.schema).get("properties", {})
        return found

    @cached_property
    def required(self) -> list[str]:
        """Properties that a body must have."""
        found: list[str] = self.document.at(self.schema).get("required", [])
        return found

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What the service uses for properties that are left out."""
        return {name: node["default"] for name, node in self.properties.items() if "default" in node}

    @cached_property
    def example(self) -> dict[str, Any]:
        """The documented request."""
        found: dict[str, Any] = self.document.at(child(self.pointer, "requestBody", "content", "application/json"))
        return dict(found.get("example") or self.defaults)

    @cached_property
    def price(self) -> float:
        """US dollars for an image."""
        return float(self.document.at(self.pointer).get("x-price-usd", 0))

    def fact(self, name: str, *keywords: str) -> str:
        """Pointer of a property, or of one of its rules."""
        return child(self.schema, "properties", name, *keywords)

    def response(self, status: int) -> str | None:
        """Pointer of the response that is documented for a status, or None."""
        for pattern in (str(status), f"{status // 100}XX", "default"):
            pointer = child(self.pointer, "responses", pattern)
            if self.document.has(pointer):
                return self.document.resolved(pointer)
        return None

    @cached_property
    def statuses(self) -> dict[str, str]:
        """Pointer of each documented response, by its status as the document writes it."""
        return {
            status: self.document.resolved(child(self.pointer, "responses", status))
            for status in self.document.at(self.pointer)["responses"]
        }

    @cached_property
    def success(self) -> str:
        """Pointer of the response of success."""
        found = (pointer for status, pointer in self.statuses.items() if status.startswith("2"))
        return next(found, f"{self.pointer}/responses")

    def headers(self, response: str) -> dict[str, str]:
        """Pointer of each header that is documented for a response, by its name in lower case."""
        declared = self.document.at(response).get("headers", {})
        return {name.lower(): self.document.resolved(child(response, "headers", name)) for name in declared}

    def header_meaning(self, meaning: str) -> str | None:
        """Name of the header of an image that has a meaning, or None."""
        for name, pointer in self.headers(self.success).items():
            if self.document.at(pointer).get("x-semantics") == meaning:
                return name
        return None

    @cached_property
    def key(self) -> tuple[str, str] | None:
        """Pointer of the security scheme and name of its header, or None where the operation needs no key."""
        needed = self.document.at(self.pointer).get("security", self.document.root.get("security", []))
        for requirement in needed:
            for name in requirement:
                pointer = child("/components/securitySchemes", name)
                return pointer, self.document.at(pointer).get("name", "Authorization")
        return None

    def broken_rules(self, body: Any) -> list[Broken]:
        """The rules of the document that a body breaks."""
        return list(dict.fromkeys(_broken(self.document, self.schema, error) for error in self._errors(body)))

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A body with the defaults of what it leaves out, without what the document does not know."""
        known = {name: value for name, value in body.items() if name in self.properties}
        return {**self.defaults, **known}

    def value_fact(self, name: str, value: Any) -> str:
        """Pointer of the rule that most closely allows a value: the bound that it equals, its place in a list."""
        node = self.properties.get(name, {})
        if value in node.get("enum", ()):
            return self.fact(name, "enum", str(node["enum"].index(value)))
        for keyword in ("minimum", "maximum", "default"):
            if keyword in node and node[keyword] == value:
                return self.fact(name, keyword)
        if isinstance(value, str) and len(value) == node.get("minLength"):
            return self.fact(name, "minLength")
        for keyword in ("multipleOf", "format", "type"):
            if keyword in node:
                return self.fact(name, keyword)
        return self.fact(name)

    def _errors(self, body: Any) -> Iterator[ValidationError]:
        yield from self._validator.iter_errors(body)

    @cached_property
    def _validator(self) -> Draft202012Validator:
        # The components come along, so that what the schema refers to is found.
        schema = {"$ref": f"#{self.schema}", "components": self.document.root.get("components", {})}
        return Draft202012Validator(schema, format_checker=_INTEGERS)


def _broken(document: Document, schema: str, error: ValidationError) -> Broken:
    pointer = schema
    # The path of an error leaves out each `$ref` that it goes through.
    for token in error.absolute_schema_path:
        pointer = child(document.resolved(pointer), str(token))
    return Broken(pointer, error.message if len(error.message) < 120 else f"{error.message[:117]}…")
