"""Valid requests: with all that an operation needs, and nothing else."""

import re
from typing import Any

from tests.contract.model.expectations import unknown_id
from tests.contract.model.interactions import ProbeRequest, as_body
from tests.contract.model.operation_contract import OperationContract
from tests.contract.model.parameters import Parameter

PROMPT = "a contract probe: a red square on a white background"


def valid_request(contract: OperationContract, body: dict[str, Any] | None = None) -> ProbeRequest:
    """A request with all required parameters. An id that nobody knows stands in for one that the document lacks.

    Args:
        contract: The operation.
        body: The JSON body; None for the smallest one, if the operation has a body at all.
    """
    content = as_body(minimal_body(contract) if body is None else body) if contract.has_json_body else b""
    request = ProbeRequest(operation=contract.name, method=contract.method, path=contract.path, body=content)
    for parameter in contract.parameters.values():
        if parameter.required:
            known = known_value(parameter)
            request = parameter.placed(request, unknown_id(parameter.rules) if known is None else known)
    return request


def why_not_valid(contract: OperationContract) -> str:
    """Why no valid request can be made from the document alone; empty if one can."""
    for name, parameter in contract.parameters.items():
        if parameter.required and name not in contract.linked and known_value(parameter) is None:
            return f"no valid value of {name} is known: the document has no example of it, and no link that names one"
    return ""


def minimal_body(contract: OperationContract) -> dict[str, Any]:
    """The smallest body that the document allows."""
    return {name: _body_value(contract, name) for name in contract.required}


def known_value(parameter: Parameter) -> Any:
    """A value that the document shows to be valid, or None. An id in a path can be had from an example only."""
    if parameter.example is not None:
        return parameter.example
    rules = parameter.rules
    if "default" in rules or rules.get("enum"):
        return rules.get("default", next(iter(rules.get("enum", ())), None))
    return None if parameter.location == "path" else _value(rules)


def _body_value(contract: OperationContract, name: str) -> Any:
    node = contract.properties.get(name, {})
    if name == "prompt":
        return PROMPT
    if name in contract.example:
        return contract.example[name]
    found = node.get("default", node.get("example", next(iter(node.get("enum", ())), None)))
    return found if found is not None else _value({"type": "string", **node})


def _value(rules: dict[str, Any]) -> Any:
    """A value that fits the rules, or None if none can be told from them."""
    kind = rules.get("type")
    if kind in ("integer", "number"):
        return rules.get("minimum", rules.get("maximum", 1))
    if kind == "boolean":
        return True
    if kind == "array":
        item = _member(rules.get("items", {}))
        return None if item is None else [item]
    if kind != "string" or "format" in rules:
        return None
    text = PROMPT.ljust(rules.get("minLength", 0), ".")[: rules.get("maxLength", len(PROMPT))]
    return text if re.search(rules.get("pattern", ""), text) else None


def _member(rules: dict[str, Any]) -> Any:
    found = rules.get("default", next(iter(rules.get("enum", ())), None))
    return _value(rules) if found is None else found
