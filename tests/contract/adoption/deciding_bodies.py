"""What a recording says of the JSON of responses."""

from collections.abc import Iterator, Sequence
from typing import Any

from generator.document.document import child, tokens
from tests.contract.adoption.evidence import json_bodies
from tests.contract.adoption.verdict import Edit, Remove, SetValue, Verdict, confirmed, refuted, undecided
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import JSON

_JSON_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)
Bodies = Sequence[tuple[Interaction, dict[str, Any]]]


def decided_bodies(contract: Contract, interactions: Sequence[Interaction]) -> Iterator[Verdict]:
    """A verdict on the fields of each JSON object that responses have, whichever operations have it.

    Args:
        contract: The document.
        interactions: All interactions, in the order of sending.
    """
    for schema, bodies in _by_schema(contract, interactions).items():
        if bodies:
            yield from _fields(contract, schema, bodies)
        else:
            yield undecided(schema, f"the fields of {_name(schema)}", "no response had such a JSON object")


def _by_schema(contract: Contract, interactions: Sequence[Interaction]) -> dict[str, Bodies]:
    found: dict[str, list[tuple[Interaction, dict[str, Any]]]] = {}
    for operation in contract.operations:
        shown = list(json_bodies(contract.own(operation, interactions)))
        for response in operation.statuses.values():
            place = child(response, "content", JSON, "schema")
            if contract.document.has(place):
                of_response = [pair for pair in shown if operation.response(pair[0].response.status_code) == response]
                found.setdefault(contract.document.resolved(place), []).extend(of_response)
    return dict(found)


def _name(schema: str) -> str:
    """What an object is called in sentences: most of them are errors."""
    name = tokens(schema)[-1]
    return "an error" if name == "ErrorBody" else name


def _fields(contract: Contract, schema: str, bodies: Bodies) -> Iterator[Verdict]:
    node = contract.document.at(schema)
    documented = node.get("properties", {})
    names = dict.fromkeys(name for _, body in bodies for name in body)
    new = [name for name in names if name not in documented]
    for name, field in documented.items():
        if "$ref" not in field:
            yield _documented(child(schema, "properties", name), name, field, bodies)
    for name in new:
        yield _new(contract, schema, name, bodies)
    yield from _required(schema, node, names, bodies)


def _documented(pointer: str, name: str, field: dict[str, Any], bodies: Bodies) -> Verdict:
    shown = [(one, body[name]) for one, body in bodies if name in body]
    what = f"{name} of {_name(pointer.rpartition('/properties/')[0])} is of type {field.get('type')}"
    if not shown:
        return undecided(pointer, what, "no response has it")
    kinds = list(dict.fromkeys(_type(value) for _, value in shown))
    wrong = [kind for kind in kinds if not _fits(kind, field.get("type"))]
    if wrong:
        probe = next(one.probe for one, value in shown if _type(value) == wrong[0])
        kind: Any = kinds[0] if len(kinds) == 1 else kinds
        return refuted(pointer, what, f"type {', '.join(kinds)}", probe, SetValue(child(pointer, "type"), kind))
    return confirmed(pointer, what, shown[0][0].probe, child(pointer, "type"))


def _new(contract: Contract, schema: str, name: str, bodies: Bodies) -> Verdict:
    """A field that the document lacks. If it holds the message in place of the one that does, it takes its meaning."""
    shown = [(one, body[name]) for one, body in bodies if name in body]
    kinds = list(dict.fromkeys(_type(value) for _, value in shown))
    pointer = child(schema, "properties", name)
    value: dict[str, Any] = {
        "type": kinds[0] if len(kinds) == 1 else kinds,
        "description": "The service sends it; no page of the vendor mentions it.",
    }
    edits: list[Edit] = [SetValue(pointer, value)]
    old = _unused_message(contract, schema, bodies)
    if old is not None and kinds == ["string"] and len(shown) == len(bodies):
        value["x-semantics"] = "message"
        value["description"] = "The message."
        edits.append(Remove(child(schema, "properties", old)))
    return refuted(pointer, f"the documented fields of {_name(schema)}", f"a field {name!r}", shown[0][0].probe, *edits)


def _unused_message(contract: Contract, schema: str, bodies: Bodies) -> str | None:
    """The documented field of the message, if no error has it."""
    for name, field in contract.document.at(schema).get("properties", {}).items():
        if field.get("x-semantics") == "message" and not any(name in body for _, body in bodies):
            return str(name)
    return None


def _required(schema: str, node: dict[str, Any], names: dict[str, None], bodies: Bodies) -> Iterator[Verdict]:
    pointer, required = child(schema, "required"), list(node.get("required", ()))
    if not required:
        return
    absent = {name: next((one.probe for one, body in bodies if name not in body), "") for name in required}
    missing = [name for name in required if absent[name]]
    what = f"each {_name(schema).removeprefix('an ')} has {', '.join(required)}"
    if not missing:
        yield confirmed(pointer, what, bodies[0][0].probe)
        return
    always = [name for name in names if all(name in body for _, body in bodies)]
    edit: Edit = SetValue(pointer, always) if always else Remove(pointer)
    yield refuted(pointer, what, f"{', '.join(missing)} is missing", absent[missing[0]], edit)


def _type(value: Any) -> str:
    return next((name for kind, name in _JSON_TYPES if isinstance(value, kind)), "null")


def _fits(kind: str, documented: Any) -> bool:
    allowed = documented if isinstance(documented, list) else [documented]
    return kind in allowed or (kind == "integer" and "number" in allowed)
