"""Parameters of an operation as the templates need them."""

from functools import cached_property

from attrs import define

from runtime.base.rules import Field, Rule

from ..document.document import Document, child
from ..document.parameter_styles import SEPARATORS
from ..document.shapes import kinds
from ..upstream.internals import Endpoint, Property
from ..upstream.properties import has_default
from .field_facts import with_facts
from .rule_fitting import fitted
from .schema_rules import SchemaRules, together

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
        if self.location == "query":
            return described._replace(rule=self._as_list(described.rule))
        return described._replace(rule=self._as_text(described.rule, schema))

    @cached_property
    def separator(self) -> str | None:
        """What stands between the members of a list that is sent as one text, or None."""
        described = self.document.at(self.pointer)
        style = described.get("style", "form")
        is_list = self.location == "query" and "array" in kinds(self.document, child(self.pointer, "schema"))
        return SEPARATORS[style] if is_list and not described.get("explode", style == "form") else None

    def _as_list(self, rule: Rule) -> Rule:
        """The rule of a list that may be sent as one text: a member that holds the separator would be read as two."""
        if self.separator is None or rule.items is None or rule.items.kind != "string":
            return rule
        return rule._replace(items=together(rule.items, Rule(pattern=f"^[^{self.separator}]*$")))

    def _as_text(self, rule: Rule, schema: str) -> Rule:
        """The rule of what becomes a text: there is no null, and no segment of a path can be empty."""
        if rule == Rule():
            rule = Rule(any_of=_SCALARS)
        # openapi-python-client has no dates and no UUIDs in headers: the caller writes them.
        if self.location == "header" and self.document.resolved_at(schema).get("type") == "string":
            rule = rule._replace(kind="string")
        shortest = max(1, rule.min_length or 0) if self.location == "path" else rule.min_length
        return rule._replace(nullable=False, min_length=shortest if rule.kind in ("string", None) else None)


def parameter_views(endpoint: Endpoint, operation: str, document: Document, rules: SchemaRules) -> list[ParameterView]:
    """The parameters of an operation: those of the path, then those that are required.

    Args:
        endpoint: The operation as openapi-python-client has it.
        operation: Where it stands.
        document: The document.
        rules: Makes rules.
    """
    pointers = _pointers(document, operation)
    found = [
        ParameterView(prop, str(location), pointers[str(location), prop.name.get_untrusted_value()], document, rules)
        for location, prop in endpoint.iter_all_parameters()
    ]
    return sorted(found, key=lambda view: has_default(view.parsed))


def _pointers(document: Document, operation: str) -> dict[tuple[str, str], str]:
    """Pointer of each parameter, by place and name; one of the operation wins over one of its path."""
    found: dict[tuple[str, str], str] = {}
    for owner in (operation.rpartition("/")[0], operation):
        for index in range(len(document.at(owner).get("parameters", ()))):
            pointer = document.resolved(child(owner, "parameters", str(index)))
            found[document.at(pointer)["in"], document.at(pointer)["name"]] = pointer
    return found
