"""Spec mutants: each changes one fact of the document, and the committed recordings have to contradict it."""

import copy
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from generator.document.document import Document, child, tokens
from tests.contract.model.contract import Contract
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.probes import step_of

NON_MEMBER = "no_such_value"


@frozen(kw_only=True)
class SpecMutant:
    """A document with one change.

    Args:
        pointer: JSON pointer of the changed fact.
        change: The change in a few words.
        document: The changed document.
        invisible: Why no recording can contradict the change; empty if one can.
    """

    pointer: str
    change: str
    document: Document
    invisible: str = ""


def spec_mutants(contract: Contract) -> Iterator[SpecMutant]:
    """All single changes of a document that matter to a caller."""
    yield from _of_properties(contract.main)
    yield from _of_schema(contract.main)
    yield from _of_operation(contract.main)
    yield from _of_responses(contract.main)
    yield from _of_headers(contract.main)
    yield from _of_errors(contract.main)
    yield from _of_security(contract.main)


def _of_properties(contract: OperationContract) -> Iterator[SpecMutant]:
    for name, node in contract.properties.items():
        pointer = contract.fact(name)
        yield _removed(contract, pointer)
        yield _renamed(contract, pointer, f"{name}_2")
        yield from _of_type(contract, pointer, node)
        yield from _of_bounds(contract, pointer, node)
        yield from _of_default(contract, pointer, node)
        for index, member in enumerate(node.get("enum", ())):
            yield _removed(contract, child(pointer, "enum", str(index)))
            yield _set(contract, child(pointer, "enum", str(index)), f"{member}_2", f"renamed to {member}_2")
        if "enum" in node:
            yield _set(contract, child(pointer, "enum"), [*node["enum"], NON_MEMBER], f"{NON_MEMBER} added")
            yield _removed(contract, child(pointer, "enum"))
        if "format" in node:
            yield _set(contract, child(pointer, "format"), "int32", "format int32")
            yield _removed(contract, child(pointer, "format"))


def _of_type(contract: OperationContract, pointer: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    for kind in ("string", "integer", "number", "boolean", "array"):
        # A multiple of an integer is an integer anyway: the type number would change nothing.
        if kind != node.get("type") and not (kind == "number" and "multipleOf" in node):
            yield _set(contract, child(pointer, "type"), kind, f"type {kind}")
    if "enum" not in node:  # An enum of strings excludes other types anyway.
        yield _set(contract, child(pointer, "type"), [node["type"], "null"], "null allowed")
        yield _removed(contract, child(pointer, "type"))


def _of_bounds(contract: OperationContract, pointer: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    for keyword in ("minimum", "maximum"):
        if keyword in node:
            for by in (-step_of(node), step_of(node)):
                value = node[keyword] + by if isinstance(node[keyword] + by, int) else round(node[keyword] + by, 10)
                yield _set(contract, child(pointer, keyword), value, f"{keyword} {value}")
            yield _removed(contract, child(pointer, keyword))
    if "multipleOf" in node:
        for value in (node["multipleOf"] // 2, node["multipleOf"] * 2):
            yield _set(contract, child(pointer, "multipleOf"), value, f"multiple of {value}")
        yield _removed(contract, child(pointer, "multipleOf"))
    if "minLength" in node:
        yield _set(contract, child(pointer, "minLength"), node["minLength"] + 1, "one character more")
        yield _removed(contract, child(pointer, "minLength"))


def _of_default(contract: OperationContract, pointer: str, node: dict[str, Any]) -> Iterator[SpecMutant]:
    if "default" in node:
        yield _set(contract, child(pointer, "default"), _other(node), f"default {_other(node)!r}")
        yield _removed(contract, child(pointer, "default"))


def _other(node: dict[str, Any]) -> Any:
    if "enum" in node:
        return next(member for member in node["enum"] if member != node["default"])
    if "minimum" in node:
        return node["minimum"]
    return node["default"] + 1


def _of_schema(contract: OperationContract) -> Iterator[SpecMutant]:
    required = contract.required
    for name in required:
        yield _set(
            contract, f"{contract.schema}/required", [one for one in required if one != name], f"{name} optional"
        )
    for name in contract.properties:
        if name not in required:
            yield _set(contract, f"{contract.schema}/required", [*required, name], f"{name} required")
    yield _set(contract, f"{contract.schema}/additionalProperties", False, "unknown fields refused")
    yield _set(contract, f"{contract.schema}/type", "array", "an array")


def _of_operation(contract: OperationContract) -> Iterator[SpecMutant]:
    path_item, _, method = contract.pointer.rpartition("/")
    yield _renamed(contract, path_item, f"{contract.path}-2")
    yield _renamed(contract, contract.pointer, "put" if method != "put" else "post")
    content = f"{contract.pointer}/requestBody/content"
    declared = contract.document.at(content)
    yield _set(contract, content, {**declared, "text/plain": {"schema": {"type": "string"}}}, "text/plain too")
    for server in range(len(contract.document.root.get("servers", ()))):
        yield _set(
            contract,
            f"/servers/{server}/url",
            "https://elsewhere.example",
            "another host",
            invisible="the provenance names the host of recordings, the interactions do not",
        )


def _of_responses(contract: OperationContract) -> Iterator[SpecMutant]:
    for status, response in contract.statuses.items():
        place = child(contract.pointer, "responses", status)
        yield _removed(contract, place)
        yield _renamed(contract, place, "418")
        for media in contract.document.at(response).get("content", {}):
            two = len(contract.document.at(response)["content"]) > 1 and media == "application/json"
            other = "image/png" if media != "image/png" else "image/jpeg"
            yield _renamed(contract, child(response, "content", media), other, invisible=_UNSEEN_MEDIA if two else "")
        yield from _of_billing(contract, response)
        yield from _of_causes(contract, response)
    yield _set(contract, f"{contract.pointer}/responses/418", {"description": "A teapot."}, "418 documented")


def _of_causes(contract: OperationContract, response: str) -> Iterator[SpecMutant]:
    for cause in contract.causes(response):
        provoked = contract.document.at(cause).get("x-provoked-by", ())
        unseen = "" if provoked else "no probe provokes this cause"
        yield _set(contract, child(cause, "pattern"), "^no such text$", "another pattern", invisible=unseen)


def _of_billing(contract: OperationContract, response: str) -> Iterator[SpecMutant]:
    node = contract.document.at(response)
    causes = [word for word, provoked in contract.provocations if provoked.response == response]
    if "x-billed" not in node or (causes and all(cause.endswith("key") for cause in causes)):
        return  # Without an account nobody can be billed.
    other = causes and all(cause.startswith("account") for cause in causes)
    pointer, value = child(response, "x-billed"), not node["x-billed"]
    yield _set(contract, pointer, value, f"billed: {value}", invisible=_OTHER_ACCOUNT if other else "")


_UNSEEN_MEDIA = "all recorded responses with this status have the other of its two content types"
_OTHER_ACCOUNT = "only accounts without images meet this status, and only images report credits"


def _of_headers(contract: OperationContract) -> Iterator[SpecMutant]:
    for response in contract.statuses.values():
        for name in contract.document.at(response).get("headers", {}):
            yield _removed(contract, child(response, "headers", name))
            yield _renamed(contract, child(response, "headers", name), f"{name}-2")
        added = f"{response}/headers/x-contract-mutant"
        yield _set(contract, added, {"schema": {"type": "string"}}, "a header added")
    for name, node in contract.document.root["components"].get("headers", {}).items():
        pointer = f"/components/headers/{name}/schema/type"
        for kind in ("string", "integer", "number", "boolean"):
            if kind != node["schema"]["type"]:
                yield _set(contract, pointer, kind, f"type {kind}")


def _of_errors(contract: OperationContract) -> Iterator[SpecMutant]:
    pointer = "/components/schemas/ErrorBody"
    if not contract.document.has(pointer):
        return
    node = contract.document.at(pointer)
    required = node.get("required", [])
    for name in node["properties"]:
        place = child(pointer, "properties", name)
        yield _removed(contract, place)
        yield _set(contract, f"{place}/type", "boolean", "type boolean")
        if name in required:
            rest = [one for one in required if one != name]
            yield _set(contract, f"{pointer}/required", rest, f"{name} optional")
        else:
            yield _set(contract, f"{pointer}/required", [*required, name], f"{name} required")


def _of_security(contract: OperationContract) -> Iterator[SpecMutant]:
    key = contract.key
    if key is not None:
        yield _set(contract, f"{key[0]}/name", "x-other-key", "another header")
        yield _set(contract, "/security", [], "no key needed")


def _set(contract: OperationContract, pointer: str, value: Any, change: str, *, invisible: str = "") -> SpecMutant:
    return _mutant(contract, pointer, change, lambda parent, key: parent.__setitem__(key, value), invisible)


def _removed(contract: OperationContract, pointer: str, *, invisible: str = "") -> SpecMutant:
    return _mutant(contract, pointer, "removed", lambda parent, key: parent.__delitem__(key), invisible)


def _renamed(contract: OperationContract, pointer: str, name: str, *, invisible: str = "") -> SpecMutant:
    def rename(parent: Any, key: Any) -> None:
        parent[name] = parent.pop(key)

    return _mutant(contract, pointer, f"renamed to {name}", rename, invisible)


def _mutant(contract: OperationContract, pointer: str, change: str, edit: Any, invisible: str) -> SpecMutant:
    document = Document(contract.document.name, copy.deepcopy(contract.document.root), contract.document.lines)
    *above, last = tokens(pointer)
    parent: Any = document.root
    for token in above:
        parent = parent[int(token)] if isinstance(parent, list) else parent.setdefault(token, {})
    edit(parent, int(last) if isinstance(parent, list) else last)
    return SpecMutant(pointer=pointer, change=change, document=document, invisible=invisible)
