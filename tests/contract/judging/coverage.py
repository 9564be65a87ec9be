"""Facts of the document that no interaction shows: a recording can only guard what it contains."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.document.document import Document, child
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.model.links import body_of
from tests.contract.model.operation_contract import JSON, OperationContract


def unproved(contract: Contract, interactions: Sequence[Interaction]) -> list[Finding]:
    """A finding for each documented status, header, list member and bound that no interaction shows."""
    facts = [
        fact
        for operation in contract.operations
        for kind in (_statuses, _headers, _values)
        for fact in kind(operation, contract.own(operation, interactions))
    ]
    return [
        Finding(
            severity="unknown",
            pointer=pointer,
            expected=expected,
            seen="no interaction shows it",
            probe="(none)",
            oracle="coverage",
        )
        for pointer, expected in facts
    ]


def too_loose(contract: Contract, interactions: Sequence[Interaction]) -> list[Finding]:
    """A finding for what the document leaves open although every interaction settles it: a header documented as text
    that is always a number, a field documented as optional that every body has, a value that no response has.
    """
    return [
        Finding(
            severity="addition",
            pointer=pointer,
            expected=expected,
            seen=seen,
            probe="(all)",
            oracle="tightness",
        )
        for operation in contract.operations
        for kind in (_loose_headers, _loose_errors, _loose_bodies, _members)
        for pointer, expected, seen in kind(operation, contract.own(operation, interactions))
    ]


def _loose_headers(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, str, str]]:
    shown = [one for one in interactions if one.accepted]
    for name, pointer in contract.headers(contract.success).items():
        kind = contract.document.at(pointer).get("schema", {}).get("type")
        values = [one.response.headers[name] for one in shown if name in one.response.headers]
        for narrower, fits in _NARROWER.get(kind, ()):
            if values and all(fits(value) for value in values):
                yield pointer, f"a {kind}", f"always a {narrower}"


def _loose_errors(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, str, str]]:
    bodies = [body for one in interactions if one.refused and isinstance(body := body_of(one), dict)]
    for pointer in {schema for status in contract.statuses.values() if (schema := _error_schema(contract, status))}:
        node = contract.document.at(pointer)
        for name in node.get("properties", {}):
            if name not in node.get("required", ()) and bodies and all(name in body for body in bodies):
                yield pointer, f"{name} may be missing", "every error has it"


def _loose_bodies(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, str, str]]:
    """Fields of JSON that may be missing and never are, and numbers that are always whole."""
    values: dict[str, list[Any]] = {}
    for pointer, value in _shown(contract, interactions):
        values.setdefault(pointer, []).append(value)
    for pointer, shown in values.items():
        node = contract.document.at(pointer)
        objects = [value for value in shown if isinstance(value, dict)]
        for name in node.get("properties", {}):
            if name not in node.get("required", ()) and objects and all(name in value for value in objects):
                yield pointer, f"{name} may be missing", "every body has it"
        if node.get("type") == "number" and all(isinstance(value, int) for value in shown):
            yield pointer, "a number", "always a whole number"


def _members(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, str, str]]:
    """The members of lists of values in responses that no response has."""
    values: dict[str, list[Any]] = {}
    for pointer, value in _shown(contract, interactions):
        values.setdefault(pointer, []).append(value)
    for pointer, shown in values.items():
        for index, member in enumerate(contract.document.at(pointer).get("enum", ())):
            if member not in shown:
                yield child(pointer, "enum", str(index)), f"{member!r} in a response", "none has it"


def _shown(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, Any]]:
    """The values in JSON bodies, each with the pointer of its schema."""
    for one in interactions:
        response = contract.response(one.response.status_code)
        schema = child(response or "", "content", JSON, "schema")
        if contract.document.has(schema) and one.response.media_type == JSON:
            yield from _values_in(contract.document, contract.document.resolved(schema), body_of(one))


def _values_in(document: Document, schema: str, value: Any) -> Iterator[tuple[str, Any]]:
    yield schema, value
    node = document.at(schema)
    if isinstance(value, dict):
        for name in node.get("properties", {}):
            if name in value:
                yield from _values_in(document, document.resolved(child(schema, "properties", name)), value[name])
    elif isinstance(value, list) and "items" in node:
        for item in value:
            yield from _values_in(document, document.resolved(child(schema, "items")), item)


def _error_schema(contract: OperationContract, response: str) -> str | None:
    pointer = child(response, "content", JSON, "schema")
    return contract.document.resolved(pointer) if contract.document.has(pointer) else None


def _is_number(value: str) -> bool:
    try:
        return Decimal(value.strip()).is_finite()
    except InvalidOperation:
        return False


def _is_whole(value: str) -> bool:
    return value.strip().lstrip("-").isdigit()


_NARROWER = {
    "string": (("number", _is_number),),
    "number": (("whole number", _is_whole),),
}


def _statuses(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, str]]:
    seen = {contract.response(one.response.status_code) for one in interactions}
    for status, pointer in contract.statuses.items():
        if pointer not in seen:
            yield child(contract.pointer, "responses", status), f"a response with {status}"


def _headers(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, str]]:
    for pointer in contract.statuses.values():
        shown = [one for one in interactions if contract.response(one.response.status_code) == pointer]
        for name in contract.headers(pointer):
            if shown and not any(name in one.response.headers for one in shown):
                yield child(pointer, "headers", name), f"a header {name}"


def _values(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[tuple[str, str]]:
    if contract.job is not None:
        return  # The operation that it stands in for shows the values: a job for each would be bought twice.
    bodies = [contract.values(one.request) for one in interactions if one.accepted]
    names = dict.fromkeys(
        [*contract.properties, *(name for name in contract.parameters if name not in contract.linked)]
    )
    for name, node in ((name, contract.rules(name)) for name in names):
        sent = [body[name] for body in bodies if name in body]
        for index, member in enumerate(node.get("enum", ())):
            if member not in sent:
                yield contract.fact(name, "enum", str(index)), f"{name}={member!r} accepted"
        for keyword in ("minimum", "maximum"):
            if keyword in node and node[keyword] not in sent:
                yield contract.fact(name, keyword), f"{name}={node[keyword]!r} accepted"
