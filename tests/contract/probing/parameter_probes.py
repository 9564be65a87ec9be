"""Probes of parameters in path, query and headers: values that break one rule each, and those to be accepted."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from generator.document.document import child
from tests.contract.model.interactions import ProbeRequest
from tests.contract.model.operation_contract import OperationContract
from tests.contract.model.parameters import Parameter
from tests.contract.probing.body_probes import breaking_values, step_of
from tests.contract.probing.probe import Probe, accepted, rejected
from tests.contract.probing.valid_requests import valid_request, why_not_valid

_MOST = 12
"""Values of one parameter that are sent at most."""


def rejected_parameter_probes(contract: OperationContract) -> Iterator[Probe]:
    """Requests in which one parameter breaks one rule."""
    for name, parameter in contract.parameters.items():
        if parameter.required and parameter.location != "path":
            request = parameter.placed(valid_request(contract), None)
            fact = child(parameter.pointer, "required")
            yield rejected(contract, f"{name}-missing", fact, f"leave out {name}", request)
        for suffix, value in _breaking(parameter):
            request = _with(contract, parameter, value)
            broken = contract.broken_by(request)
            # As a text, some values break no rule, or two.
            if len(broken) == 1:
                what = f"break {broken[0].pointer.rpartition('/')[2]} alone: {name}={value!r}"
                yield rejected(contract, f"{name}-{suffix}", broken[0].pointer, what, request)


def accepted_parameter_probes(contract: OperationContract) -> Iterator[Probe]:
    """A request with nothing but what is required, and one for each further value that is worth sending."""
    if why_not_valid(contract) or contract.linked:
        return
    if not contract.has_json_body:
        request = valid_request(contract)
        yield accepted(contract, "base", contract.pointer, "what is required, and nothing else", request)
    for name, parameter in contract.parameters.items():
        if parameter.location == "path" and "enum" not in parameter.rules:
            continue  # Which other ids there are, the document cannot know.
        for number, value in enumerate(_valid_values(parameter), start=1):
            request = _with(contract, parameter, value)
            if request != valid_request(contract) and not contract.broken_by(request):
                named = f"{name.replace('_', '-').lower()}-{number:02}"
                yield accepted(contract, named, contract.value_fact(name, value), f"{name}={value!r}", request)


def _with(contract: OperationContract, parameter: Parameter, value: Any) -> ProbeRequest:
    request = valid_request(contract)
    if parameter.location != "path":
        return parameter.placed(request, value)
    # The others are in their places already, this one is put in its own.
    others = [one for one in contract.parameters.values() if one.location == "path" and one is not parameter]
    path = contract.path
    for other in others:
        path = other.placed(evolve(request, path=path), other.value(request, contract.path)).path
    return parameter.placed(evolve(request, path=path), value)


def _breaking(parameter: Parameter) -> Iterator[tuple[str, Any]]:
    rules = parameter.rules
    if rules.get("type") == "array":
        yield from _breaking_lists(parameter)
        return
    for suffix, _, value in breaking_values(rules):
        # In a text there is no null, and no number that is not a numeral.
        if suffix not in ("null", "boolean", "numeral") and not isinstance(value, list):
            yield suffix, value
    if rules.get("type") == "boolean":
        yield "not-boolean", "perhaps"
    if "pattern" in rules:
        yield "other-form", "%"


def _breaking_lists(parameter: Parameter) -> Iterator[tuple[str, Any]]:
    rules = parameter.rules
    items, valid = rules.get("items", {}), _members(rules)
    for suffix, _, value in breaking_values(items):
        if suffix not in ("null", "boolean", "numeral") and not isinstance(value, list):
            yield f"item-{suffix}", [*valid[:1], value]
    if "maxItems" in rules and valid:
        yield "too-many", [valid[at % len(valid)] for at in range(rules["maxItems"] + 1)]
    if rules.get("uniqueItems") and valid:
        yield "repeated", [valid[0], valid[0]]


def _valid_values(parameter: Parameter) -> list[Any]:
    rules = parameter.rules
    if rules.get("type") == "array":
        members = _members(rules)[: rules.get("maxItems", _MOST)]
        return [*([member] for member in members), *([members] if len(members) > 1 else [])]
    return _members(rules)


def _members(rules: dict[str, Any]) -> list[Any]:
    """Valid values that are worth sending: members, bounds, what is next to a bound."""
    if rules.get("type") == "array":
        items = rules.get("items", {})
        return _members(items) or ([items["example"]] if "example" in items else [])
    if "enum" in rules:
        return list(rules["enum"])[:_MOST]
    if rules.get("type") == "boolean":
        return [True, False]
    if rules.get("type") in ("integer", "number"):
        return list(dict.fromkeys(_numbers(rules)))
    shown = _shown(rules)
    return [] if shown is None else [shown]


def _shown(rules: dict[str, Any]) -> Any:
    """A valid value that a schema shows, or None."""
    found = rules.get("example", rules.get("default"))
    if found is None and rules.get("minLength") and "pattern" not in rules and "format" not in rules:
        return "x" * rules["minLength"]
    return found


def _numbers(rules: dict[str, Any]) -> Iterator[int | float]:
    step = step_of(rules)
    if "default" in rules:
        yield rules["default"]
    if "minimum" in rules:
        yield from (rules["minimum"], rules["minimum"] + step)
    if "maximum" in rules:
        yield from (rules["maximum"], rules["maximum"] - step)
