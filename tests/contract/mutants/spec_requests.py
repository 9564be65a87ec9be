"""Spec mutants of what goes in: methods, paths, parameters, bodies, keys."""

from collections.abc import Iterator
from typing import Any

from generator.document.document import Document, child
from tests.contract.model.contract import Contract
from tests.contract.model.operation_contract import OperationContract
from tests.contract.mutants.spec_edits import SpecMutant, renamed, with_value, without
from tests.contract.probing.body_probes import step_of

NON_MEMBER = "no_such_value"
TYPES = ("string", "integer", "number", "boolean", "array")

_NO_TRACE = "the provenance names the host of recordings, the interactions do not"


def request_mutants(contract: Contract) -> Iterator[SpecMutant]:
    """All single changes of what requests look like."""
    document = contract.document
    for operation in contract.operations:
        yield from _of_operation(operation)
        yield from _of_parameters(operation)
        if operation.has_json_body:
            yield from _of_properties(operation)
            yield from _of_schema(operation)
    for server in range(len(document.root.get("servers", ()))):
        url = f"/servers/{server}/url"
        yield with_value(document, url, "https://elsewhere.example", "another host", invisible=_NO_TRACE)
    yield from _of_security(contract)


def _of_operation(operation: OperationContract) -> Iterator[SpecMutant]:
    document = operation.document
    path_item, _, method = operation.pointer.rpartition("/")
    yield renamed(document, path_item, f"{operation.path}-2")
    yield renamed(document, operation.pointer, "put" if method != "put" else "post")
    if operation.request_body is not None:
        content = f"{operation.request_body}/content"
        text = {"text/plain": {"schema": {"type": "string"}}}
        yield with_value(document, content, {**document.at(content), **text}, "text/plain too")


def _of_parameters(operation: OperationContract) -> Iterator[SpecMutant]:
    document = operation.document
    for parameter in operation.parameters.values():
        # The name of a parameter in the path is not sent.
        if parameter.location != "path":
            other, name = "query" if parameter.location != "query" else "header", f"{parameter.name}_2"
            yield with_value(document, f"{parameter.pointer}/name", name, f"renamed to {name}")
            yield with_value(document, f"{parameter.pointer}/in", other, f"in the {other}")
        for kind in TYPES:
            if kind != parameter.rules.get("type"):
                yield with_value(document, f"{parameter.schema}/type", kind, f"type {kind}")
        if "minLength" in parameter.rules:
            longer = parameter.rules["minLength"] + 64
            yield with_value(document, f"{parameter.schema}/minLength", longer, f"{longer} characters")


def _of_properties(operation: OperationContract) -> Iterator[SpecMutant]:
    document = operation.document
    for name, node in operation.properties.items():
        pointer = operation.fact(name)
        yield without(document, pointer)
        yield renamed(document, pointer, f"{name}_2")
        yield from _of_type(document, pointer, node)
        yield from _of_bounds(document, pointer, node)
        yield from _of_default(document, pointer, node)
        yield from enum_mutants(document, pointer, node)
        if "format" in node:
            yield with_value(document, child(pointer, "format"), "int32", "format int32")
            yield without(document, child(pointer, "format"))


def enum_mutants(document: Document, pointer: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    """Changes of a list of values, and of each of its members."""
    if "enum" not in node:
        return
    for index, member in enumerate(node["enum"]):
        yield without(document, child(pointer, "enum", str(index)))
        yield with_value(document, child(pointer, "enum", str(index)), f"{member}_2", f"renamed to {member}_2")
    yield with_value(document, child(pointer, "enum"), [*node["enum"], NON_MEMBER], f"{NON_MEMBER} added")
    yield without(document, child(pointer, "enum"))


def _of_type(document: Document, pointer: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    for kind in TYPES:
        # A multiple of an integer is an integer anyway: the type number would change nothing.
        if kind != node.get("type") and not (kind == "number" and "multipleOf" in node):
            yield with_value(document, child(pointer, "type"), kind, f"type {kind}")
    if "enum" not in node:  # An enum of strings excludes other types anyway.
        yield with_value(document, child(pointer, "type"), [node["type"], "null"], "null allowed")
        yield without(document, child(pointer, "type"))


def _of_bounds(document: Document, pointer: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    for keyword in ("minimum", "maximum"):
        if keyword in node:
            for by in (-step_of(node), step_of(node)):
                value = node[keyword] + by if isinstance(node[keyword] + by, int) else round(node[keyword] + by, 10)
                yield with_value(document, child(pointer, keyword), value, f"{keyword} {value}")
            yield without(document, child(pointer, keyword))
    if "multipleOf" in node:
        for value in (node["multipleOf"] // 2, node["multipleOf"] * 2):
            yield with_value(document, child(pointer, "multipleOf"), value, f"multiple of {value}")
        yield without(document, child(pointer, "multipleOf"))
    if "minLength" in node:
        yield with_value(document, child(pointer, "minLength"), node["minLength"] + 1, "one character more")
        yield without(document, child(pointer, "minLength"))


def _of_default(document: Document, pointer: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    if "default" in node:
        yield with_value(document, child(pointer, "default"), _other(node), f"default {_other(node)!r}")
        yield without(document, child(pointer, "default"))


def _other(node: dict[str, Any]) -> Any:
    if "enum" in node:
        return next(member for member in node["enum"] if member != node["default"])
    if "minimum" in node:
        return node["minimum"]
    return node["default"] + 1


def _of_schema(operation: OperationContract) -> Iterator[SpecMutant]:
    document, required = operation.document, operation.required
    pointer = f"{operation.schema}/required"
    for name in required:
        yield with_value(document, pointer, [one for one in required if one != name], f"{name} optional")
    for name in operation.properties:
        if name not in required:
            yield with_value(document, pointer, [*required, name], f"{name} required")
    yield with_value(document, f"{operation.schema}/additionalProperties", False, "unknown fields refused")
    yield with_value(document, f"{operation.schema}/type", "array", "an array")


def _of_security(contract: Contract) -> Iterator[SpecMutant]:
    document = contract.document
    for pointer in dict.fromkeys(operation.key[0] for operation in contract.operations if operation.key):
        yield with_value(document, f"{pointer}/name", "x-other-key", "another header")
    if document.root.get("security"):
        yield with_value(document, "/security", [], "no key needed")
    for operation in contract.operations:
        yield with_value(document, f"{operation.pointer}/security", [], "no key needed")
