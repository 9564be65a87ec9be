"""Spec mutants of what comes back: statuses, content types, headers, causes, what is billed, fields of bodies."""

from collections.abc import Iterator
from typing import Any

from generator.document.document import Document, child
from tests.contract.model.contract import Contract
from tests.contract.model.operation_contract import JSON, OperationContract
from tests.contract.mutants.spec_edits import SpecMutant, renamed, with_value, without
from tests.contract.mutants.spec_requests import TYPES, enum_mutants
from tests.contract.probing.status_probes import provoking_request

_UNSEEN_MEDIA = "all recorded responses with this status have the other of its two content types"
_UNSEEN_STATUS = "no probe provokes this status in this call"
_ALWAYS_SENT = "the service sends it with every such response, so that the changed document is true of it"
_UNSEEN_CAUSE = "no probe provokes this cause"


def response_mutants(contract: Contract) -> Iterator[SpecMutant]:
    """All single changes of what responses look like."""
    for operation in contract.operations:
        yield from _of_statuses(operation)
        for response in operation.statuses.values():
            yield from _of_content(operation, response)
            yield from _of_billing(operation, response)
            yield from _of_causes(operation, response)
            yield from _of_headers(operation, response)
            yield from _of_body(operation, response)
    yield from _of_header_types(contract)


def _of_statuses(operation: OperationContract) -> Iterator[SpecMutant]:
    for status in operation.statuses:
        place = child(operation.pointer, "responses", status)
        unseen = "" if _is_provoked(operation, status) else _UNSEEN_STATUS
        yield without(operation.document, place, invisible=unseen)
        yield renamed(operation.document, place, "418", invisible=unseen)
    added = f"{operation.pointer}/responses/418"
    yield with_value(operation.document, added, {"description": "A teapot."}, "418 documented")


def _is_provoked(operation: OperationContract, status: str) -> bool:
    """Whether a probe provokes a status, or it is one of success."""
    if status.startswith("2"):
        return True
    words = [word for word, provoked in operation.provocations if provoked.status == status]
    if operation.linked:
        # What makes a job fail is provoked by the operation that starts it.
        return status == "422" or any(provoking_request(operation, word) is not None for word in words)
    return any(provoking_request(operation, word) is not None for word in words)


def _of_content(operation: OperationContract, response: str) -> Iterator[SpecMutant]:
    content = operation.document.at(response).get("content", {})
    for media in content:
        unseen = _UNSEEN_MEDIA if len(content) > 1 and media == JSON else ""
        other = "image/png" if media != "image/png" else "image/jpeg"
        yield renamed(operation.document, child(response, "content", media), other, invisible=unseen)


def _of_billing(operation: OperationContract, response: str) -> Iterator[SpecMutant]:
    node = operation.document.at(response)
    words = [word for word, provoked in operation.provocations if provoked.response == response]
    # Without an account nobody can be billed.
    if "x-billed" in node and not (words and all(word.endswith("key") for word in words)):
        value = not node["x-billed"]
        yield with_value(operation.document, child(response, "x-billed"), value, f"billed: {value}")


def _of_causes(operation: OperationContract, response: str) -> Iterator[SpecMutant]:
    document = operation.document
    for cause in operation.causes(response):
        unseen = "" if document.at(cause).get("x-provoked-by") else _UNSEEN_CAUSE
        yield with_value(document, child(cause, "pattern"), "^no such text$", "another pattern", invisible=unseen)


def _of_headers(operation: OperationContract, response: str) -> Iterator[SpecMutant]:
    document = operation.document
    for name in document.at(response).get("headers", {}):
        yield without(document, child(response, "headers", name))
        yield renamed(document, child(response, "headers", name), f"{name}-2")
    yield with_value(
        document, f"{response}/headers/x-contract-mutant", {"schema": {"type": "string"}}, "a header added"
    )


def _of_header_types(contract: Contract) -> Iterator[SpecMutant]:
    for name, node in contract.document.root.get("components", {}).get("headers", {}).items():
        pointer = child("/components/headers", name, "schema", "type")
        for kind in ("string", "integer", "number", "boolean"):
            if kind != node["schema"]["type"]:
                yield with_value(contract.document, pointer, kind, f"type {kind}")


def _of_body(operation: OperationContract, response: str) -> Iterator[SpecMutant]:
    pointer = child(response, "content", JSON, "schema")
    if operation.document.has(pointer):
        yield from _of_object(operation.document, operation.document.resolved(pointer))


def _of_object(document: Document, schema: str) -> Iterator[SpecMutant]:
    """Changes of the properties of an object in a response, and of the objects in it."""
    node = document.at(schema)
    required = node.get("required", [])
    for name, property_node in node.get("properties", {}).items():
        place = child(schema, "properties", name)
        yield without(document, place)
        yield renamed(document, place, f"{name}_2")
        if name in required:
            rest = [one for one in required if one != name]
            yield with_value(document, f"{schema}/required", rest, f"{name} optional")
        else:
            yield with_value(
                document, f"{schema}/required", [*required, name], f"{name} required", invisible=_ALWAYS_SENT
            )
        if "$ref" in property_node:
            yield from _of_object(document, document.resolved(place))
        else:
            yield from _of_value(document, place, property_node)


def _of_value(document: Document, place: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    kinds = node.get("type")
    for kind in TYPES:
        if kind != kinds and kind not in (kinds if isinstance(kinds, list) else ()):
            yield with_value(document, child(place, "type"), kind, f"type {kind}")
    if isinstance(kinds, list):
        yield from (with_value(document, child(place, "type"), kind, f"type {kind} alone") for kind in kinds)
    yield from enum_mutants(document, place, node)
    if "format" in node:
        yield with_value(document, child(place, "format"), "date-time", "format date-time")
    if "items" in node:
        yield from _of_object(document, document.resolved(child(place, "items")))
