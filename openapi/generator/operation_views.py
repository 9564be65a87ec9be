"""Operations of the document as the templates need them: finished names, types and lines of code."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define, frozen
from openapi_python_client.parser.bodies import Body
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty, Property
from openapi_python_client.parser.responses import Response

from runtime.rules import Field, Rule

from . import security
from .document import Document, child, tokens
from .headers import HeaderView, response_headers
from .naming import class_name, error_class, free
from .preparation import POINTER, is_binary
from .schema_rules import SchemaRules
from .traversal import operations


@frozen
class Names:
    """Names that are taken.

    Args:
        models: Classes of the models and of their enums.
        errors: Errors of the runtime and of Python.
    """

    models: frozenset[str]
    errors: frozenset[str]


@define(slots=False)
class ResponseView:
    """A response of an operation.

    Args:
        parsed: The response as openapi-python-client has it.
        pointer: Where it stands.
        document: The document.
        rules: Makes rules.
        names: Names that are taken.
        operation_class: The operation's name as a class.
    """

    parsed: Response
    pointer: str
    document: Document
    rules: SchemaRules
    names: Names
    operation_class: str

    @cached_property
    def status(self) -> str:
        """The status as the document writes it."""
        return self.parsed.status_code.pattern

    @cached_property
    def described(self) -> dict[str, Any]:
        """The response in the document."""
        value: dict[str, Any] = self.document.at(self.document.resolved(self.pointer))
        return value

    @cached_property
    def statuses(self) -> tuple[int, int]:
        """First and last status that it stands for."""
        return self.parsed.status_code.range or (0, 999)

    @cached_property
    def is_success(self) -> bool:
        """Whether a call that is answered so has succeeded."""
        return 200 <= self.statuses[0] <= self.statuses[1] <= 299

    @cached_property
    def reader(self) -> str:
        """Name of the function that reads its body."""
        return f"_read_{self.status.lower()}"

    @cached_property
    def media_types(self) -> tuple[str, ...]:
        """Content types that it can have."""
        return tuple(name.partition(";")[0].strip().lower() for name in self.described.get("content", {}))

    @cached_property
    def headers(self) -> list[HeaderView]:
        """Its headers."""
        return list(response_headers(self.document, self.pointer))

    @cached_property
    def is_file(self) -> bool:
        """Whether its body is a file."""
        return bool(self.media_types) and all(is_binary(name) for name in self.media_types)

    @cached_property
    def result_base(self) -> str:
        """The class of the runtime that its file is an instance of."""
        return "Image" if all(name.startswith("image/") for name in self.media_types) else "Binary"

    @cached_property
    def result_class(self) -> str:
        """The class of its file."""
        return free(f"{self.operation_class}Result", self.names.models)

    @cached_property
    def is_empty(self) -> bool:
        """Whether it has no body that the document describes."""
        return not any("schema" in media for media in self.described.get("content", {}).values())

    @cached_property
    def type(self) -> str:
        """What its body is read into."""
        if self.is_file and self.is_success:
            return self.result_class
        return "None" if self.is_empty else self.parsed.prop.get_type_string().as_unembedded_code()

    @cached_property
    def error(self) -> str | None:
        """The class that is raised for it, or None for a success."""
        if self.is_success:
            return None
        target = self.document.resolved(self.pointer)
        component = target.removeprefix("/components/responses/") if target != self.pointer else None
        return error_class(component, self.status, self.names.errors)

    @cached_property
    def billed(self) -> bool | None:
        """Whether it is charged for, as far as the document says."""
        billed = self.described.get("x-billed")
        return billed if isinstance(billed, bool) else None

    @cached_property
    def message(self) -> tuple[str, ...]:
        """Properties of its body that hold the service's message."""
        found = {self._meaning(prop): str(prop.python_name) for prop in properties(self.parsed.prop)}
        return tuple(found[meaning] for meaning in ("message", "message-detail") if meaning in found)

    def _meaning(self, prop: Property) -> object:
        model = self.parsed.prop
        place = model.data.model_extra[POINTER] if isinstance(model, ModelProperty) and model.data.model_extra else ""
        pointers = self.rules.property_pointers(place, prop.name.get_untrusted_value())
        return next((meaning for at in pointers if (meaning := self.document.at(at).get("x-meaning"))), None)


@define(slots=False)
class OperationView:
    """An operation.

    Args:
        endpoint: The operation as openapi-python-client has it.
        pointer: Where it stands.
        document: The document.
        rules: Makes rules.
        names: Names that are taken.
        tag: Module that it stands in.
        models: The classes of objects, by name.
    """

    endpoint: Endpoint
    pointer: str
    document: Document
    rules: SchemaRules
    names: Names
    tag: str
    models: Mapping[str, ModelProperty]

    @cached_property
    def name(self) -> str:
        """Its name as a method of the client."""
        return str(self.endpoint.name)

    @cached_property
    def class_name(self) -> str:
        """Its name as a class."""
        return class_name(self.endpoint.name)

    @cached_property
    def described(self) -> dict[str, Any]:
        """The operation in the document."""
        value: dict[str, Any] = self.document.at(self.pointer)
        return value

    @cached_property
    def responses(self) -> list[ResponseView]:
        """Its responses: exact statuses before ranges, the default last."""
        return [
            ResponseView(
                response, self._response_pointer(response), self.document, self.rules, self.names, self.class_name
            )
            for response in self.endpoint.responses
        ]

    @cached_property
    def successes(self) -> list[ResponseView]:
        """Its responses of success."""
        return [response for response in self.responses if response.is_success]

    @cached_property
    def failures(self) -> list[ResponseView]:
        """Its responses of failure."""
        return [response for response in self.responses if not response.is_success]

    @cached_property
    def result_type(self) -> str:
        """What a call gives back."""
        return _union(response.type for response in self.successes)

    @cached_property
    def parsed_type(self) -> str:
        """What any documented answer is read into."""
        return _union(response.type for response in self.responses)

    @cached_property
    def detailed_class(self) -> str:
        """The class of a whole answer."""
        return free(f"{self.class_name}Response", self.names.models)

    @cached_property
    def success_headers(self) -> list[HeaderView]:
        """Headers of its responses of success."""
        return list({header.wire: header for response in self.successes for header in response.headers}.values())

    @cached_property
    def parameters(self) -> list[Property]:
        """Its parameters but for the body: those of the path, then those that are required."""
        found = self.endpoint.list_all_parameters()
        found = [prop for prop in found if not any(prop is body.prop for body in self.endpoint.bodies)]
        return sorted(found, key=has_default)

    @cached_property
    def parameter_fields(self) -> list[Field]:
        """What its parameters have to be."""
        places = self.parameter_pointers()
        return [
            self.rules.field(prop.python_name, wire, prop.required, [child(places[wire], "schema")])
            for prop in self.parameters
            if (wire := prop.name.get_untrusted_value()) in places
        ]

    @cached_property
    def body_fields(self) -> list[Field]:
        """What its body has to be, as one parameter."""
        if not self.endpoint.bodies:
            return []
        required = all(body.prop.required for body in self.endpoint.bodies)
        rules = tuple(self.rules.rule(self._body_schema(body)) for body in self.endpoint.bodies)
        rule = rules[0] if len(rules) == 1 else Rule(any_of=rules)
        return [Field(name="body", wire="body", required=required, rule=rule)]

    @cached_property
    def flat_body(self) -> ModelProperty | None:
        """The object whose properties a method takes as keywords, or None where it takes the body as one."""
        if len(self.endpoint.bodies) != 1:
            return None
        body = self.endpoint.bodies[0]
        if not isinstance(body.prop, ModelProperty) or not body.prop.required or body.body_type == "files":
            return None
        # The parser's copy of the class in the operation lacks what has been found out about the class since.
        model = self.models[str(body.prop.class_info.name)]
        taken = {str(prop.python_name) for prop in self.parameters}
        names = [str(prop.python_name) for prop in properties(model)]
        return model if names and taken.isdisjoint(names) else None

    @cached_property
    def method_properties(self) -> list[Property]:
        """What the method of the client takes as keywords, but for a body as one."""
        body = properties(self.flat_body) if self.flat_body else []
        return sorted([*self.parameters, *body], key=has_default)

    @cached_property
    def extra_body(self) -> str | None:
        """Name of the method's option for further fields of the body, or None where the body is no object."""
        bodies = self.endpoint.bodies
        if (
            len(bodies) != 1
            or bodies[0].body_type not in ("json", "data")
            or not isinstance(bodies[0].prop, ModelProperty)
        ):
            return None
        return self._option("extra_body")

    @cached_property
    def timeout(self) -> str:
        """Name of the method's option for the timeout."""
        return self._option("timeout")

    @cached_property
    def body_type(self) -> str:
        """Type of the body as one parameter."""
        types = _union(
            body.prop.get_type_string(no_optional=True).as_unembedded_code() for body in self.endpoint.bodies
        )
        return types if self.body_required else f"{types} | Unset = UNSET"

    @cached_property
    def body_required(self) -> bool:
        """Whether it needs a body."""
        return bool(self.endpoint.bodies) and all(body.prop.required for body in self.endpoint.bodies)

    @cached_property
    def security(self) -> tuple[tuple[str, ...], ...]:
        """The keys that it needs."""
        return security.alternatives(self.document, self.described)

    @cached_property
    def timeout_seconds(self) -> float | None:
        """How long an answer can take, where the document says."""
        seconds = self.described.get("x-timeout-seconds")
        return float(seconds) if isinstance(seconds, (int, float)) else None

    @cached_property
    def imports(self) -> list[str]:
        """Imports that the types of its parameters and results need, from a module beside the models."""
        used = [*self.method_properties, *(body.prop for body in self.endpoint.bodies)]
        used += [response.parsed.prop for response in self.responses if not response.is_empty]
        return sorted(
            line for prop in used for line in (*prop.get_imports(prefix="."), *prop.get_lazy_imports(prefix="."))
        )

    def _option(self, name: str) -> str:
        return free(name, {str(prop.python_name) for prop in self.method_properties})

    def _response_pointer(self, response: Response) -> str:
        return child(self.pointer, "responses", response.status_code.pattern)

    def parameter_pointers(self) -> dict[str, str]:
        """Pointer of each parameter, by its name; one of the operation wins over one of its path."""
        path_item = self.pointer.rpartition("/")[0]
        found: dict[str, str] = {}
        for owner in (path_item, self.pointer):
            for index in range(len(self.document.at(owner).get("parameters", ()))):
                pointer = self.document.resolved(child(owner, "parameters", str(index)))
                found[self.document.at(pointer)["name"]] = pointer
        return found

    def _body_schema(self, body: Body) -> str:
        place = self.document.resolved(child(self.pointer, "requestBody"))
        return child(place, "content", body.content_type.get_untrusted_value(), "schema")


def views(
    document: Document,
    rules: SchemaRules,
    names: Names,
    endpoints: Mapping[str, Sequence[Endpoint]],
    models: Mapping[str, ModelProperty],
) -> list[OperationView]:
    """The operations of a document, in its order."""
    pointers = {(method, _shape(path)): pointer for method, path, pointer in _places(document)}
    found = [
        OperationView(
            endpoint,
            pointers[endpoint.method, _shape(endpoint.path.get_untrusted_value())],
            document,
            rules,
            names,
            tag,
            models,
        )
        for tag, members in endpoints.items()
        for endpoint in members
    ]
    return sorted(found, key=lambda view: document.line(view.pointer))


def _places(document: Document) -> Iterator[tuple[str, str, str]]:
    for node in operations(document):
        *_, path, method = tokens(node.pointer)
        yield method, path, node.pointer


def _shape(path: str) -> str:
    # openapi-python-client writes its own names into the braces.
    return re.sub(r"{[^}]*}", "{}", path)


def properties(prop: Property) -> list[Property]:
    """The properties of an object in the order of its constructor; of anything else, none."""
    if not isinstance(prop, ModelProperty):
        return []
    found = [*(prop.required_properties or ()), *(prop.optional_properties or ())]
    return sorted(found, key=has_default)


def has_default(prop: Property) -> bool:
    """Whether a value can be left out."""
    return prop.default is not None or not prop.required


def _union(types: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(types))
    return " | ".join(sorted(distinct, key=lambda name: name == "None")) or "None"
