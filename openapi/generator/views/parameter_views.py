"""Parameters of an operation as the templates need them."""

from functools import cached_property
from typing import Any

from attrs import define

from runtime.base.rules import Field, Rule
from runtime.spec.parameter_styles import Parameter

from ..document.document import Document, child
from ..document.parameter_styles import parameter_style
from ..document.parameters import parameter_pointers
from ..document.shapes import EVERYTHING, kinds
from ..upstream.internals import Endpoint, Property
from ..upstream.properties import has_default
from .field_facts import with_facts
from .rule_fitting import fitted
from .schema_rules import SchemaRules

_SCALARS = tuple(Rule(kind=kind) for kind in ("string", "integer", "number", "boolean"))


@define(slots=False)
class ParameterView:
    """A parameter of an operation.

    Args:
        parsed: The parameter as openapi-python-client has it.
        location: Where it goes: `path`, `query`, `header`, `cookie`.
        pointer: Where it stands.
        document: The document.
        rules: Makes rules.
    """

    parsed: Property
    location: str
    pointer: str
    document: Document
    rules: SchemaRules

    @cached_property
    def name(self) -> str:
        """Its name as an argument."""
        return str(self.parsed.python_name)

    @cached_property
    def api_name(self) -> str:
        """Its name in the request."""
        return self.parsed.name.get_untrusted_value()

    @cached_property
    def field(self) -> Field:
        """What it has to be."""
        schema = child(self.pointer, "schema")
        plain = self.rules.field(self.name, self.api_name, not has_default(self.parsed), [schema])
        plain = plain._replace(rule=fitted(plain.rule, self.parsed))
        described = with_facts(plain, self.document, [self.pointer, schema])
        if self.location == "query" or self.written.media_type is not None:
            return described
        return described._replace(rule=self._as_text(described.rule, schema))

    @cached_property
    def written(self) -> Parameter:
        """How it is written."""
        found = parameter_style(self.document, self.pointer)
        place: Any = self.location
        style: Any = found.style
        return Parameter(self.name, self.api_name, place, style, found.explode, found.media_type, found.allow_reserved)

    def _as_text(self, rule: Rule, schema: str) -> Rule:
        """The rule of what becomes a text: there is no null, and no segment of a path can be empty."""
        if rule == Rule():
            rule = Rule(any_of=_SCALARS)
        if self.location == "path" and rule.kind in ("string", None) and "array" not in self._kinds(schema):
            return rule._replace(nullable=False, min_length=max(1, rule.min_length or 0))
        return rule._replace(nullable=False)

    def _kinds(self, schema: str) -> frozenset[str]:
        found = kinds(self.document, schema)
        return frozenset() if found == EVERYTHING else found


def parameter_views(endpoint: Endpoint, operation: str, document: Document, rules: SchemaRules) -> list[ParameterView]:
    """The parameters of an operation: those of the path, then those that are required.

    Args:
        endpoint: The operation as openapi-python-client has it.
        operation: Where it stands.
        document: The document.
        rules: Makes rules.
    """
    pointers = parameter_pointers(document, operation)
    found = [
        ParameterView(prop, str(location), pointers[str(location), prop.name.get_untrusted_value()], document, rules)
        for location, prop in endpoint.iter_all_parameters()
    ]
    return sorted(found, key=lambda view: has_default(view.parsed))
