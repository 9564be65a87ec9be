"""Responses of an operation as the templates need them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import define, frozen

from ..document.document import Document, child
from ..document.media_types import IMAGES, media_kind, plain_type, readable
from ..upstream.internals import ModelProperty, Property, Response
from ..upstream.naming import cause_class, error_class, free, identifier
from ..upstream.properties import model_pointer, properties
from .headers import HeaderView, ResponseHeaders
from .json_types import JsonTypes
from .schema_rules import SchemaRules
from .stream_views import StreamFacts, stream_facts


@frozen
class PackageFacts:
    """What all operations and responses of a package share.

    Args:
        document: The document.
        rules: Makes rules.
        json_types: Makes types.
        headers: Names the headers of responses.
        models: The classes of objects, by name.
        classes: Names of all classes that stand for schemas.
    """

    document: Document
    rules: SchemaRules
    json_types: JsonTypes
    headers: ResponseHeaders
    models: Mapping[str, ModelProperty]
    classes: frozenset[str]


@frozen
class CauseView:
    """One of several causes of a status.

    Args:
        error: The class that is raised for it.
        pattern: What the text of such a response has in it, as a regular expression.
        meaning: What the document says of it.
        stops_batch: Whether any further request would be answered so too.
        pointer: Where it stands.
    """

    error: str
    pattern: str
    meaning: str
    stops_batch: bool
    pointer: str


@define(slots=False)
class ResponseView:
    """A response of an operation.

    Args:
        parsed: The response as openapi-python-client has it.
        pointer: Where it stands.
        package: What all views share.
        statuses: First and last status that it stands for.
        result_class: Name for the class of its file, where it is one.
        has_body: Whether a response to such a request can have a body.
    """

    parsed: Response
    pointer: str
    package: PackageFacts
    statuses: tuple[int, int]
    result_class: str
    has_body: bool

    @cached_property
    def status(self) -> str:
        """The status as the document writes it."""
        return self.parsed.status_code.pattern

    @cached_property
    def described(self) -> dict[str, Any]:
        """The response in the document."""
        value: dict[str, Any] = self.package.document.resolved_at(self.pointer)
        return value

    @cached_property
    def is_success(self) -> bool:
        """Whether a call that is answered so has succeeded."""
        return 200 <= self.statuses[0] <= self.statuses[1] <= 299

    @cached_property
    def reading(self) -> tuple[str, str]:
        """What its body is read from and into: responses that have both in common share a function that reads them."""
        return self.parsed.source["attribute"], self.type

    @cached_property
    def reader(self) -> str:
        """What reads its body, as code. That of a file of success takes the class of the result."""
        if self.is_empty:
            return "_json.read_nothing"
        if self.is_file:
            return "_json.read_file"
        kind = "_json.TextReader" if self.parsed.source["attribute"] == "response.text" else "_json.JsonReader"
        return f"{kind}({self.package.json_types.source(self.parsed.prop)})"

    @cached_property
    def media_types(self) -> tuple[str, ...]:
        """Content types that it can have."""
        if self.stream is not None:
            return self.stream.media_types
        return tuple(dict.fromkeys(plain_type(name) for name in self.described.get("content", {})))

    @cached_property
    def read_types(self) -> tuple[str, ...]:
        """Content types that the client reads."""
        if self.stream is not None:
            return self.stream.media_types
        content = self.described.get("content", {})
        return tuple(dict.fromkeys(plain_type(name) for name in (readable(content) if content else ())))

    @cached_property
    def headers(self) -> list[HeaderView]:
        """Its headers."""
        return list(self.package.headers.of(self.pointer))

    @cached_property
    def is_file(self) -> bool:
        """Whether its body is a file."""
        if self.stream is not None or not self.has_body or not self.read_types:
            return False
        return media_kind(self.read_types[0]) == "file"

    @cached_property
    def result_base(self) -> str:
        """The class of the runtime that its file is an instance of."""
        return "Image" if IMAGES.issuperset(self.read_types) else "Binary"

    @cached_property
    def is_empty(self) -> bool:
        """Whether it has no body that the document describes."""
        return not self.has_body or not self.read_types

    @cached_property
    def stream(self) -> StreamFacts | None:
        """What is known of the stream that it is, or None."""
        return stream_facts(self.described)

    @cached_property
    def event_type(self) -> str:
        """What an event of it holds, where it is a stream."""
        return self.parsed.prop.get_type_string().as_unembedded_code()

    @cached_property
    def type(self) -> str:
        """What its body is read into."""
        if self.stream is not None:
            return f"list[{self.event_type}]"
        if self.is_file and self.is_success:
            return self.result_class
        return "None" if self.is_empty else self.parsed.prop.get_type_string().as_unembedded_code()

    @cached_property
    def imports(self) -> set[str]:
        """Imports that its type needs, from a module beside the models."""
        if self.is_empty or (self.is_file and self.is_success):
            return set()
        return {*self.parsed.prop.get_imports(prefix="."), *self.parsed.prop.get_lazy_imports(prefix=".")}

    @cached_property
    def error(self) -> str | None:
        """The class that is raised for it, or None for a success."""
        if self.is_success:
            return None
        target = self.package.document.resolved(self.pointer)
        component = target.removeprefix("/components/responses/") if target != self.pointer else None
        return error_class(component, self.status, self.package.classes)

    @cached_property
    def causes(self) -> tuple[CauseView, ...]:
        """What its status can mean, where the text of the response tells."""
        place = self.package.document.resolved(self.pointer)
        return tuple(
            CauseView(
                error=cause_class(cause["name"], self.error or "", self.package.classes),
                pattern=cause["pattern"],
                meaning=cause["description"],
                stops_batch=cause.get("x-stops-batch") is True,
                pointer=child(place, "x-causes", str(at)),
            )
            for at, cause in enumerate(self.described.get("x-causes", ()))
        )

    @cached_property
    def billed(self) -> bool | None:
        """Whether it is charged for, as far as the document says."""
        billed = self.described.get("x-billed")
        return billed if isinstance(billed, bool) else None

    @cached_property
    def temporary(self) -> bool:
        """Whether it means "not now": nothing was done, and the client sends the request again."""
        return self.described.get("x-retry") is True

    @cached_property
    def file_class(self) -> str:
        """Name for the class of its file on disk."""
        return free(f"{self.result_class.removesuffix('Result')}File", self.package.classes)

    @cached_property
    def spec_name(self) -> str:
        """Name of the constant that says what its file has to be."""
        return f"{identifier(self.result_class).upper()}_SPEC"

    @cached_property
    def message(self) -> tuple[str, ...]:
        """Names in JSON of the properties of its body that hold the service's message."""
        found = self.meant_properties
        return tuple(
            found[meaning].name.get_untrusted_value() for meaning in ("message", "message-detail") if meaning in found
        )

    @cached_property
    def meant_properties(self) -> dict[object, Property]:
        """The properties of its body, by what they mean to the client."""
        if self.is_empty or self.stream is not None or not isinstance(self.parsed.prop, ModelProperty):
            return {}
        # The parser's copy of the class in the response lacks what has been found out about the class since.
        model = self.package.models[str(self.parsed.prop.class_info.name)]
        return {self._meaning(model, prop): prop for prop in properties(model)}

    @cached_property
    def stops_batch(self) -> bool:
        """Whether any further request would be answered so too."""
        return self.described.get("x-stops-batch") is True

    def _meaning(self, model: ModelProperty, prop: Property) -> object:
        rules = self.package.rules
        pointers = rules.property_pointers(model_pointer(model), prop.name.get_untrusted_value())
        return next((meaning for at in pointers if (meaning := rules.document.at(at).get("x-semantics"))), None)
