"""Operations of the document as the templates need them: finished names, types and lines of code."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define

from runtime.base.rules import Field, Rule
from runtime.spec.parameter_styles import Parameter
from runtime.spec.semantics import RequestSemantics

from ..document.document import child
from ..document.parameters import own_query
from ..document.paths import path_of, path_parts
from ..document.servers import operation_server
from ..document.traversal import operations
from ..upstream.internals import Body, Endpoint, ModelProperty, Property
from ..upstream.naming import free
from ..upstream.properties import has_default
from ..upstream.properties import properties as properties
from . import security, semantics
from .body_views import BodyView, body_views
from .operation_responses import OperationResponses, union
from .parameter_views import ParameterView, parameter_views
from .response_views import PackageFacts
from .response_views import ResponseView as ResponseView
from .rule_fitting import fitted


@define(slots=False)
class OperationView(OperationResponses):
    """An operation: what comes back, what it takes, and what is said of it."""

    @cached_property
    def parameter_views(self) -> list[ParameterView]:
        """Its parameters but for the body: those of the path, then those that are required."""
        return parameter_views(self.endpoint, self.pointer, self.package.document, self.package.rules)

    @cached_property
    def parameters(self) -> list[Property]:
        """Its parameters as openapi-python-client has them."""
        return [view.parsed for view in self.parameter_views]

    @cached_property
    def parameter_fields(self) -> list[Field]:
        """What its parameters have to be."""
        return [view.field for view in self.parameter_views]

    @cached_property
    def path(self) -> str:
        """Its path, with the names of parameters in braces."""
        return path_parts(path_of(self.pointer)).path

    @cached_property
    def described_path(self) -> str:
        """Its path as the document writes it, without the fragment that only tells operations apart."""
        return path_of(self.pointer).partition("#")[0]

    @cached_property
    def own_query(self) -> tuple[tuple[str, str], ...]:
        """The query that the document has in its path."""
        return own_query(self.package.document, self.pointer)

    @cached_property
    def written_parameters(self) -> tuple[Parameter, ...]:
        """How its parameters are written."""
        return tuple(view.written for view in self.parameter_views)

    @cached_property
    def server(self) -> str | None:
        """The base URL that it alone has, or None."""
        return operation_server(self.package.document, self.pointer)

    @cached_property
    def body_fields(self) -> list[Field]:
        """What its body has to be, as one parameter."""
        if not self.endpoint.bodies:
            return []
        bodies = self.endpoint.bodies
        rules = tuple(fitted(self.package.rules.rule(self._body_schema(body)), body.prop) for body in bodies)
        rule = rules[0] if all(rule == rules[0] for rule in rules) else Rule(any_of=rules)
        return [Field(name="body", api_name="body", required=self.body_required, rule=rule)]

    @cached_property
    def bodies(self) -> list[BodyView]:
        """The bodies that a request can have."""
        if not self.endpoint.bodies:
            return []
        document = self.package.document
        content = child(document.resolved(child(self.pointer, "requestBody")), "content")
        return list(body_views(self.endpoint.bodies, self.body_required, self.name, document, content))

    @cached_property
    def flat_body(self) -> ModelProperty | None:
        """The object whose properties a method takes as keywords, or None where it takes the body as one."""
        if len(self.endpoint.bodies) != 1:
            return None
        body = self.endpoint.bodies[0]
        if not isinstance(body.prop, ModelProperty) or not body.prop.required or body.body_type == "files":
            return None
        # The parser's copy of the class in the operation lacks what has been found out about the class since.
        model = self.package.models[str(body.prop.class_info.name)]
        taken = {str(prop.python_name) for prop in self.parameters}
        names = [str(prop.python_name) for prop in properties(model)]
        return model if names and taken.isdisjoint(names) else None

    @cached_property
    def method_properties(self) -> list[Property]:
        """What the method of the client takes as keywords, but for a body as one."""
        body = [prop for prop in properties(self.flat_body) if not self.asks(prop)] if self.flat_body else []
        return sorted([*self.parameters, *body], key=has_default)

    @cached_property
    def extra_body(self) -> str | None:
        """Name of the method's option for further fields of the body, or None if the body is not an object."""
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
    def on_mismatch(self) -> str:
        """Name of the method's option for an image other than requested."""
        return self._option("on_mismatch")

    @cached_property
    def body_type(self) -> str:
        """Type of the body as one parameter."""
        types = union(body.prop.get_type_string(no_optional=True).as_unembedded_code() for body in self.endpoint.bodies)
        return types if self.body_required else f"{types} | Unset = UNSET"

    @cached_property
    def body_required(self) -> bool:
        """Whether it needs a body."""
        return bool(self.endpoint.bodies) and all(body.prop.required for body in self.endpoint.bodies)

    @cached_property
    def security(self) -> tuple[tuple[str, ...], ...]:
        """The keys that it needs."""
        return security.alternatives(self.package.document, self.described)

    @cached_property
    def file_method(self) -> str:
        """Name of the method that writes its result to a file."""
        return f"{self.name}_to_file"

    @cached_property
    def path_option(self) -> str:
        """Name of that method's parameter for the file."""
        return self._option("path")

    @cached_property
    def has_queue(self) -> bool:
        """Whether a job can stand in for it."""
        own = self.described.get("operationId")
        return own is not None and any(job.described.get("instead-of") == own for job in self.package.headers.jobs)

    @cached_property
    def orders_images(self) -> bool:
        """Whether its requests order images, be it that the images come with another response."""
        return self.gives_images or self.starts_job or self.semantics.describes_images

    @cached_property
    def request_class(self) -> ModelProperty | None:
        """The class of its body, where that is one object."""
        body = self.endpoint.bodies[0].prop if len(self.endpoint.bodies) == 1 else None
        return self.package.models[str(body.class_info.name)] if isinstance(body, ModelProperty) else None

    @cached_property
    def random(self) -> frozenset[str]:
        """Keywords of its method for which the client draws the value where a caller gives "random"."""
        return frozenset(
            str(prop.python_name)
            for prop in (properties(self.flat_body) if self.flat_body else ())
            if has_default(prop) and semantics.is_random(self._request_properties[prop.name.get_untrusted_value()])
        )

    @cached_property
    def semantics(self) -> RequestSemantics:
        """Which properties of its requests mean what."""
        return semantics.request_semantics(self._request_properties, self.package.headers.meaning("seed"))

    @cached_property
    def semantics_name(self) -> str:
        """Name of the constant that says so."""
        return f"{self.name.upper()}_SEMANTICS"

    @cached_property
    def largest_image(self) -> int | None:
        """Bytes that an image which it orders can have, where the document says how large one can get."""
        return semantics.largest_response(self._request_properties)

    @property
    def largest_response(self) -> int | None:
        """The same for a body of success, where that is an image."""
        return self.largest_image if self.gives_images else None

    @cached_property
    def price(self) -> str | None:
        """Credits that a call costs, roughly, as the document writes them."""
        price = self.described.get("x-price-usd")
        return str(price) if isinstance(price, (int, float)) and not isinstance(price, bool) else None

    @cached_property
    def _request_properties(self) -> dict[str, dict[str, Any]]:
        if self.request_class is None:
            return {}
        return semantics.request_properties(self.request_class, self.package.rules)

    @cached_property
    def timeout_seconds(self) -> float | None:
        """How long a response can take, where the document says."""
        seconds = self.described.get("x-timeout-seconds")
        return float(seconds) if isinstance(seconds, (int, float)) else None

    @cached_property
    def imports(self) -> list[str]:
        """Imports that the types of its parameters and results need, from a module beside the models."""
        used = [*self.method_properties, *(body.prop for body in self.endpoint.bodies)]
        found = {line for prop in used for line in (*prop.get_imports(prefix="."), *prop.get_lazy_imports(prefix="."))}
        return sorted(found.union(*(response.imports for response in self.responses)))

    @cached_property
    def method_imports(self) -> set[str]:
        """Imports that the signature of its method needs, from a module beside the models."""
        bodies = [] if self.flat_body else [body.prop for body in self.endpoint.bodies]
        props = [*self.method_properties, *bodies]
        found = {line for prop in props for line in (*prop.get_imports(prefix="."), *prop.get_lazy_imports(prefix="."))}
        return found if self.starts_job else found.union(*(response.imports for response in self.successes))

    @cached_property
    def module_imports(self) -> tuple[list[str], list[str]]:
        """Imports that the code of its own module needs, and those that only type checkers need there."""
        results = [response.parsed.prop for response in self.responses if not response.is_empty]
        props = [*self.parameters, *(body.prop for body in self.endpoint.bodies), *results]
        needed = {line for prop in props for line in prop.get_imports(prefix="...")}
        classes = {line for prop in props for line in prop.get_lazy_imports(prefix="...")}
        # Of several bodies, the class of the argument tells which one it is.
        return (sorted(needed | classes), []) if len(self.bodies) > 1 else (sorted(needed), sorted(classes))

    def parameter_pointers(self) -> dict[str, str]:
        """Pointer of each parameter, by its name."""
        return {view.field.api_name: view.pointer for view in self.parameter_views}

    def _option(self, name: str) -> str:
        return free(name, {str(prop.python_name) for prop in self.method_properties})

    def _body_schema(self, body: Body) -> str:
        place = self.package.document.resolved(child(self.pointer, "requestBody"))
        return child(place, "content", body.content_type.get_untrusted_value(), "schema")


def views(package: PackageFacts, endpoints: Mapping[str, Sequence[Endpoint]]) -> list[OperationView]:
    """The operations of a document, in its order."""
    found = [
        OperationView(endpoint, child("/paths", endpoint.path.get_untrusted_value(), endpoint.method), package, tag)
        for tag, members in endpoints.items()
        for endpoint in members
    ]
    order = {node.pointer: index for index, node in enumerate(operations(package.document))}
    return sorted(found, key=lambda view: order[view.pointer])
