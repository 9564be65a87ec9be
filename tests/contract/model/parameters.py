"""Parameters of an operation: where a request has their values, and how those are written there."""

import re
from typing import Any
from urllib.parse import quote, unquote

from attrs import evolve, frozen

from generator.document.document import Document, child
from tests.contract.model.interactions import ProbeRequest

_DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple"}


@frozen(kw_only=True)
class Parameter:
    """A parameter in the path, the query or a header. (Cookies are not read.)

    Args:
        name: Its name in the request.
        location: `path`, `query` or `header`.
        pointer: JSON pointer of the parameter.
        schema: JSON pointer of its schema.
        rules: The schema.
        required: Whether a request must have it.
        example: A value that the document shows, or None.
        is_repeated: Whether each item of a list is a parameter of its own (`a=1&a=2`, not `a=1,2`).
    """

    name: str
    location: str
    pointer: str
    schema: str
    rules: dict[str, Any]
    required: bool
    example: Any
    is_repeated: bool

    def value(self, request: ProbeRequest, path: str) -> Any:
        """The value in a request, read as the schema says; a text where it cannot be. None if it is left out.

        Args:
            request: The request.
            path: The path of the operation, with its parameters in braces.
        """
        texts = self._texts(request, path)
        if not texts:
            return None
        if self._is_list:
            items = self.rules.get("items", {})
            return [_read(text, items) for one in texts for text in ([one] if self.is_repeated else one.split(","))]
        return _read(texts[0], self.rules)

    def placed(self, request: ProbeRequest, value: Any) -> ProbeRequest:
        """A request with this value; without the parameter for None."""
        texts = [] if value is None else [_written(one) for one in (value if isinstance(value, list) else [value])]
        if self._is_list and not self.is_repeated and texts:
            texts = [",".join(texts)]
        if self.location == "path":
            return evolve(request, path=request.path.replace(f"{{{self.name}}}", quote("".join(texts), safe="")))
        own = tuple((self.name, text) for text in texts)
        if self.location == "query":
            return evolve(request, query=(*(pair for pair in request.query if pair[0] != self.name), *own))
        return evolve(request, headers=(*(pair for pair in request.headers if pair[0] != self.name), *own))

    @property
    def _is_list(self) -> bool:
        return self.rules.get("type") == "array"

    def _texts(self, request: ProbeRequest, path: str) -> list[str]:
        if self.location == "query":
            return [text for name, text in request.query if name == self.name]
        if self.location == "header":
            return [text for name, text in request.headers if name.lower() == self.name.lower()]
        template = re.escape(path).replace(re.escape(f"{{{self.name}}}"), "(?P<value>[^/]*)")
        found = re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]*", template), request.path)
        return [unquote(found["value"])] if found and f"{{{self.name}}}" not in request.path else []


def parameters_of(document: Document, operation: str) -> dict[str, Parameter]:
    """The parameters of an operation by name, those of its path item included.

    Args:
        document: The document.
        operation: JSON pointer of the operation.
    """
    found: dict[str, Parameter] = {}
    for holder in (operation.rpartition("/")[0], operation):
        for at in range(len(document.at(holder).get("parameters", ()))):
            pointer = document.resolved(child(holder, "parameters", str(at)))
            node = document.at(pointer)
            if node.get("in") in _DEFAULT_STYLES:
                found[node["name"]] = _parameter(document, pointer, node)
    return found


def _parameter(document: Document, pointer: str, node: dict[str, Any]) -> Parameter:
    place = child(pointer, "schema")
    schema = document.resolved(place) if document.has(place) else pointer
    rules: dict[str, Any] = document.at(schema) if document.has(place) else {}
    if "items" in rules:
        rules = {**rules, "items": document.resolved_at(child(schema, "items"))}
    style = node.get("style", _DEFAULT_STYLES[node["in"]])
    return Parameter(
        name=node["name"],
        location=node["in"],
        pointer=pointer,
        schema=schema,
        rules=rules,
        required=bool(node.get("required")),
        example=node.get("example", rules.get("example")),
        is_repeated=node["in"] == "query" and bool(node.get("explode", style == "form")),
    )


def _read(text: str, rules: dict[str, Any]) -> Any:
    kind = rules.get("type")
    try:
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        return text
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
