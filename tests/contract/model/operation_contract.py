"""What the document promises for one operation, in the form that probes and oracles need."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import define, frozen
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from generator.document.document import Document, child, tokens
from segmind_flux_schnell._runtime.base.amounts import amount
from tests.contract.model.interactions import ProbeRequest
from tests.contract.model.parameters import Parameter, parameters_of

JSON = "application/json"

_INTEGERS = FormatChecker(formats=())
for _bits in (32, 64):
    _INTEGERS.checks(f"int{_bits}")(
        lambda value, bits=_bits: not isinstance(value, int) or -(1 << (bits - 1)) <= value < 1 << (bits - 1)
    )


@frozen
class BrokenRule:
    """A rule of the document that a request breaks.

    Args:
        pointer: JSON pointer of the rule.
        reason: How the request breaks it.
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
class OperationContract:
    """An operation of a document.

    Args:
        document: The document.
        pointer: JSON pointer of the operation.
        prefix: What the names of its probes begin with.
        linked: Names of the parameters that the links of another operation fill.
        job_words: What the document says to provoke a failure of the job that it starts (`x-provoked-by`).
        endings: Pointers of its responses that a job has, and the call that starts it has not.
    """

    document: Document
    pointer: str
    prefix: str = ""
    linked: frozenset[str] = frozenset()
    job_words: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()

    @cached_property
    def name(self) -> str:
        """The `operationId`; without one, method and path."""
        return str(self.node.get("operationId") or f"{self.method} {self.path}")

    def local(self, probe: str) -> str:
        """The name of a probe without the prefix of the operation."""
        return probe.removeprefix(self.prefix)

    @cached_property
    def node(self) -> dict[str, Any]:
        """The operation as it stands in the document."""
        found: dict[str, Any] = self.document.at(self.pointer)
        return found

    @cached_property
    def method(self) -> str:
        """HTTP method, in upper case."""
        return tokens(self.pointer)[-1].upper()

    @cached_property
    def path(self) -> str:
        """Path on the server, with its parameters in braces."""
        return tokens(self.pointer)[-2]

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters in path, query and headers, by name."""
        return parameters_of(self.document, self.pointer)

    @cached_property
    def request_body(self) -> str | None:
        """Pointer of the request body, or None if there is none."""
        pointer = child(self.pointer, "requestBody")
        return self.document.resolved(pointer) if self.document.has(pointer) else None

    @cached_property
    def media_types(self) -> list[str]:
        """The content types of the request body."""
        return list(self.document.at(self.request_body).get("content", {})) if self.request_body else []

    @cached_property
    def has_json_body(self) -> bool:
        """Whether the request body is JSON."""
        return JSON in self.media_types

    @cached_property
    def schema(self) -> str:
        """Pointer of the schema of the JSON body; of the operation, if it has none."""
        pointer = child(self.request_body or "", "content", JSON, "schema")
        return self.document.resolved(pointer) if self.has_json_body and self.document.has(pointer) else self.pointer

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
        media = self.document.at(child(self.request_body or "", "content", JSON)) if self.has_json_body else {}
        return dict(media.get("example") or self.defaults)

    @cached_property
    def price(self) -> Decimal:
        """Price of a call that is billed, in US dollars; 0 if the document does not say."""
        return amount(self.node.get("x-price-usd", 0)) or Decimal(0)

    @cached_property
    def is_billed(self) -> bool:
        """Whether a success is charged for. Where the document does not say, a priced call and an image are."""
        said = self.document.at(self.success).get("x-billed")
        return bool(said) if said is not None else self.price > 0 or self.gives_images

    @cached_property
    def gives_images(self) -> bool:
        """Whether a success is an image."""
        return any(name.startswith("image/") for name in self.document.at(self.success).get("content", {}))

    @cached_property
    def job(self) -> dict[str, Any] | None:
        """What `x-job` says of the response to a success, which starts a job; None if it starts none."""
        found: dict[str, Any] | None = self.document.at(self.success).get("x-job")
        return found

    @cached_property
    def links(self) -> dict[str, dict[str, Any]]:
        """The `links` of the response to a success, by name."""
        found: dict[str, dict[str, Any]] = self.document.at(self.success).get("links", {})
        return found

    def fact(self, name: str, *keywords: str) -> str:
        """Pointer of a property of the body, or of a parameter's schema, or of one of its keywords."""
        if name not in self.properties and name in self.parameters:
            return child(self.parameters[name].schema, *keywords)
        return child(self.schema, "properties", name, *keywords)

    def rules(self, name: str) -> dict[str, Any]:
        """The schema of a property of the body, or of a parameter; empty for one that the document does not have."""
        if name not in self.properties and name in self.parameters:
            return self.parameters[name].rules
        return self.properties.get(name, {})

    def values(self, request: ProbeRequest) -> dict[str, Any]:
        """The values of a request by name: those of its JSON body, and those of its parameters."""
        body = request.json()
        return {**self.parameter_values(request), **(body if isinstance(body, dict) else {})}

    def parameter_values(self, request: ProbeRequest) -> dict[str, Any]:
        """The values of the parameters that a request has, read as their schemas say."""
        return {
            name: value
            for name, parameter in self.parameters.items()
            if (value := parameter.value(request, self.path)) is not None
        }

    def fits_path(self, path: str) -> bool:
        """Whether a path is that of this operation, with parameters filled in."""
        return re.fullmatch(path_pattern(self.path), path) is not None

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
            for status in self.node.get("responses", {})
            if not status.startswith("x-")
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
        pointer = child(response, "content", JSON, "schema")
        node = self.document.resolved_at(pointer) if self.document.has(pointer) else {}
        properties = node.get("properties", {}).items()
        return [name for name, one in properties if one.get("x-semantics") in ("message", "message-detail")]

    @cached_property
    def success(self) -> str:
        """Pointer of the response to a successful request."""
        found = (pointer for status, pointer in self.statuses.items() if status.startswith("2"))
        return next(found, f"{self.pointer}/responses")

    def is_success(self, response: str) -> bool:
        """Whether a documented response is one of success (2xx)."""
        return any(status.startswith("2") for status, pointer in self.statuses.items() if pointer == response)

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
        needed = self.node.get("security", self.document.root.get("security", []))
        for requirement in needed:
            for name in requirement:
                pointer = child("/components/securitySchemes", name)
                return pointer, self.document.at(pointer).get("name", "Authorization")
        return None

    def broken_rules(self, body: Any) -> list[BrokenRule]:
        """The rules of the document that a request body breaks; none if the operation has no JSON body."""
        if not self.has_json_body:
            return []
        return list(dict.fromkeys(_broken(self.document, self.schema, error) for error in self._errors(body)))

    def broken_by(self, request: ProbeRequest) -> list[BrokenRule]:
        """The rules of the document that a request breaks, with its parameters or with its body."""
        return [*self._broken_parameters(request), *self.broken_rules(request.json())]

    def _broken_parameters(self, request: ProbeRequest) -> Iterator[BrokenRule]:
        values = self.parameter_values(request)
        for name, parameter in self.parameters.items():
            if name not in values:
                if parameter.required:
                    yield BrokenRule(child(parameter.pointer, "required"), f"{name} is left out")
                continue
            for error in _validator(self.document, parameter.schema).iter_errors(values[name]):
                yield _broken(self.document, parameter.schema, error)

    def effective(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A request body with the defaults filled in and undocumented fields removed."""
        known = {name: value for name, value in body.items() if name in self.properties}
        return {**self.defaults, **known}

    def value_fact(self, name: str, value: Any) -> str:
        """Pointer of the rule that allows a value most directly: its place in an enum, or the bound that it equals."""
        node = self.rules(name)
        if isinstance(value, (list, tuple)):
            return self._list_fact(name, list(value))
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
        yield from self._body_validator.iter_errors(body)

    def _list_fact(self, name: str, values: list[Any]) -> str:
        """Pointer of the rule that allows a list most directly: that of its only item, or of its length."""
        node = self.rules(name)
        members = node.get("items", {}).get("enum", ())
        if len(values) == 1 and values[0] in members:
            return self.fact(name, "items", "enum", str(members.index(values[0])))
        keyword = next((one for one in ("maxItems", "type") if one in node), None)
        return self.fact(name) if keyword is None else self.fact(name, keyword)

    @cached_property
    def _body_validator(self) -> Draft202012Validator:
        return _validator(self.document, self.schema)


def path_pattern(template: str) -> str:
    """A regular expression for the paths of a template: each parameter in braces is one segment, which may be empty."""
    parts = re.split(r"(\{[^}]*\})", template)
    return "".join("([^/]*)" if part.startswith("{") else re.escape(part) for part in parts)


def _validator(document: Document, schema: str) -> Draft202012Validator:
    # The components are included because the schema may refer to them, and the paths because it may stand there.
    whole = {"$ref": f"#{schema}", "components": document.root.get("components", {}), "paths": document.root["paths"]}
    return Draft202012Validator(whole, format_checker=_INTEGERS)


def _broken(document: Document, schema: str, error: ValidationError) -> BrokenRule:
    pointer = schema
    # jsonschema's path of an error leaves out the `$ref`s on the way.
    for token in error.absolute_schema_path:
        pointer = child(document.resolved(pointer), str(token))
    return BrokenRule(pointer, error.message if len(error.message) < 120 else f"{error.message[:117]}…")
