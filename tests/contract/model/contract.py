"""What the document promises for an operation, in the form that probes and oracles need."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import define, frozen
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from generator.document.document import Document, child, tokens
from generator.document.traversal import operations
from segmind_flux_schnell._runtime.base.amounts import amount
from tests.contract import SPEC

_INTEGERS = FormatChecker(formats=())
for _bits in (32, 64):
    _INTEGERS.checks(f"int{_bits}")(
        lambda value, bits=_bits: not isinstance(value, int) or -(1 << (bits - 1)) <= value < 1 << (bits - 1)
    )


@frozen
class BrokenRule:
    """A rule of the document that a body breaks.

    Args:
        pointer: JSON pointer of the rule.
        reason: How the body breaks it.
    """

    pointer: str
    reason: str


@frozen
class Provoked:
    """What a request provokes.

    Args:
        status: The status, as the document writes it.
        response: JSON pointer of the response.
        place: JSON pointer of what says so: the response, or one of its causes.
        word: What it is that provokes it (`x-provoked-by`).
    """

    status: str
    response: str
    place: str
    word: str


@define(slots=False, eq=False)
class Contract:
    """The operation of a document that turns a JSON body into an image.

    Args:
        document: The document.
        pointer: JSON pointer of the operation.
    """

    document: Document
    pointer: str

    @classmethod
    def load(cls, path: Path = SPEC) -> "Contract":
        """Read the contract from a YAML file."""
        return cls.of(Document.load(path))

    @classmethod
    def of(cls, document: Document) -> "Contract":
        """The contract of a document, which is its first operation with a JSON body.

        Raises:
            LookupError: The document has no such operation.
        """
        for node in operations(document):
            if document.has(child(node.pointer, "requestBody", "content", "application/json")):
                return cls(document, node.pointer)
        raise LookupError(f"{document.name} has no operation with a JSON body")

    @cached_property
    def method(self) -> str:
        """HTTP method, in upper case."""
        return tokens(self.pointer)[-1].upper()

    @cached_property
    def path(self) -> str:
        """Path on the server."""
        return tokens(self.pointer)[-2]

    @cached_property
    def schema(self) -> str:
        """Pointer of the schema of the request body."""
        return self.document.resolved(child(self.pointer, "requestBody", "content", "application/json", "schema"))

    @cached_property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The properties of the request body."""
        found: dict[str, dict[str, Any]] = self.document.at(self.schema).get("properties", {})
        return found

    @cached_property
    def required(self) -> list[str]:
        """Properties that a request body must have."""
        found: list[str] = self.document.at(self.schema).get("required", [])
        return found

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The values that the service uses for properties that are left out."""
        return {name: node["default"] for name, node in self.properties.items() if "default" in node}

    @cached_property
    def example(self) -> dict[str, Any]:
        """The documented example of a request body."""
        found: dict[str, Any] = self.document.at(child(self.pointer, "requestBody", "content", "application/json"))
        return dict(found.get("example") or self.defaults)

    @cached_property
    def price(self) -> Decimal:
        """Price of an image in US dollars; 0 if the document does not say."""
        return amount(self.document.at(self.pointer).get("x-price-usd", 0)) or Decimal(0)

    def fact(self, name: str, *keywords: str) -> str:
        """Pointer of a property, or of one of its keywords."""
        return child(self.schema, "properties", name, *keywords)

    def response(self, status: int) -> str | None:
        """Pointer of the response that is documented for a status, or None if there is none."""
        for pattern in (str(status), f"{status // 100}XX", "default"):
            pointer = child(self.pointer, "responses", pattern)
            if self.document.has(pointer):
                return self.document.resolved(pointer)
        return None

    @cached_property
    def statuses(self) -> dict[str, str]:
        """Pointer of each documented response, by status as the document writes it."""
        return {
            status: self.document.resolved(child(self.pointer, "responses", status))
            for status in self.document.at(self.pointer)["responses"]
        }

    def causes(self, response: str) -> list[str]:
        """Pointers of the causes of a response, in the order in which they are looked for."""
        found = self.document.at(response).get("x-causes", ())
        return [child(response, "x-causes", str(at)) for at in range(len(found))]

    @cached_property
    def provocations(self) -> list[tuple[str, Provoked]]:
        """What provokes a failure (`x-provoked-by`), each with what it provokes."""
        return [
            (str(word), Provoked(status, response, place, str(word)))
            for status, response in self.statuses.items()
            for place in (response, *self.causes(response))
            for word in self.document.at(place).get("x-provoked-by", ())
        ]

    def provoked(self, word: str) -> list[Provoked]:
        """What the document says that something provokes."""
        return [provoked for one, provoked in self.provocations if one == word]

    def messages(self, response: str) -> list[str]:
        """Names of the properties that hold the service's message in the JSON of a response."""
        pointer = child(response, "content", "application/json", "schema")
        node = self.document.resolved_at(pointer) if self.document.has(pointer) else {}
        properties = node.get("properties", {}).items()
        return [name for name, one in properties if one.get("x-semantics") in ("message", "message-detail")]

    @cached_property
    def success(self) -> str:
        """Pointer of the response to a successful request."""
        found = (pointer for status, pointer in self.statuses.items() if status.startswith("2"))
        return next(found, f"{self.pointer}/responses")

    def headers(self, response: str) -> dict[str, str]:
        """Pointer of each header that is documented for a response, by name in lower case."""
        declared = self.document.at(response).get("headers", {})
        return {name.lower(): self.document.resolved(child(response, "headers", name)) for name in declared}

    def header_with(self, semantics: str) -> str | None:
        """Name of the response header with the given `x-semantics`, or None if an image has no such header."""
        for name, pointer in self.headers(self.success).items():
            if self.document.at(pointer).get("x-semantics") == semantics:
                return name
        return None

    @cached_property
    def key(self) -> tuple[str, str] | None:
        """Pointer of the security scheme and name of its header, or None if the operation needs no key."""
        needed = self.document.at(self.pointer).get("security", self.document.root.get("security", []))
        for requirement in needed:
            for name in requirement:
                pointer = child("/components/securitySchemes", name)
                return pointer, self.document.at(pointer).get("name", "Authorization")
        return None

    def broken_rules(self, body: Any) -> list[BrokenRule]:
        """The rules of the document that a request body breaks."""
        return list(dict.fromkeys(_broken(self.document, self.schema, error) for error in self._errors(body)))

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A request body with the defaults filled in and undocumented fields removed."""
        known = {name: value for name, value in body.items() if name in self.properties}
        return {**self.defaults, **known}

    def value_fact(self, name: str, value: Any) -> str:
        """Pointer of the rule that allows a value most directly: its place in an enum, or the bound that it equals."""
        node = self.properties.get(name, {})
        if value in node.get("enum", ()):
            return self.fact(name, "enum", str(node["enum"].index(value)))
        for keyword in ("x-random", "minimum", "maximum", "default"):
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
        # The components are included because the schema may refer to them.
        schema = {"$ref": f"#{self.schema}", "components": self.document.root.get("components", {})}
        return Draft202012Validator(schema, format_checker=_INTEGERS)


def _broken(document: Document, schema: str, error: ValidationError) -> BrokenRule:
    pointer = schema
    # jsonschema's path of an error leaves out the `$ref`s on the way.
    for token in error.absolute_schema_path:
        pointer = child(document.resolved(pointer), str(token))
    return BrokenRule(pointer, error.message if len(error.message) < 120 else f"{error.message[:117]}…")
