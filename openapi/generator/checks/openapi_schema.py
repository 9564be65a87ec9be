"""Whether a document is valid OpenAPI: each violation with its place."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import validator_for
from openapi_spec_validator.schemas import schema_v30, schema_v31, schema_v32
from referencing import Registry, Resource

from ..document.document import Document, Problem, child, join, tokens
from ..document.traversal import Node, operations

_MOST_SHOWN = 300


def schema_violations(document: Document) -> Iterator[Problem]:
    """What OpenAPI does not allow."""
    version = document.root["openapi"][:3]
    found = [_problem(document, "", error) for error in _structure(version).iter_errors(document.root)]
    # The further checks rely on the structure.
    yield from found
    if not found:
        yield from _repeated_ids(document)
        for operation in operations(document):
            yield from _wrong_parameters(document, operation)


@cache
def _structure(version: str) -> Any:
    schema = dict({"3.0": schema_v30, "3.1": schema_v31}.get(version, schema_v32))
    # Crawled once: a validator would crawl it again for each reference.
    known: Registry[Any] = Registry().with_resource("", Resource.from_contents(schema)).crawl()
    return validator_for(schema)(schema, registry=known)


def _repeated_ids(document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for node in operations(document):
        if "operationId" in node.value:
            name = str(node.value["operationId"])
            if name in seen:
                yield Problem(f"the operationId {name!r} is used twice", child(node.pointer, "operationId"))
            seen.add(name)


def _wrong_parameters(document: Document, operation: Node) -> Iterator[Problem]:
    *_, path, _method = tokens(operation.pointer)
    found: set[str] = set()
    for owner in (operation.pointer.rpartition("/")[0], operation.pointer):
        own = list(_parameters(document, owner))
        for index, (pointer, name, place) in enumerate(own):
            if any(other[1:] == (name, place) for other in own[:index]):
                yield Problem(f"the {place} parameter {name!r} is described twice", pointer)
            if place == "path" and f"{{{name}}}" not in path:
                yield Problem(f"the path has no {{{name}}}", pointer)
        found |= {name for _, name, place in own if place == "path"}
    for name in re.findall(r"{([^}]*)}", path):
        if name not in found:
            yield Problem(f"the path parameter {name!r} is not described", operation.pointer)


def _parameters(document: Document, owner: str) -> Iterator[tuple[str, str, str]]:
    for index in range(len(document.at(owner).get("parameters", ()))):
        pointer = child(owner, "parameters", str(index))
        described = document.at(document.resolved(pointer))
        yield pointer, described["name"], described["in"]


def _problem(document: Document, base: str, error: ValidationError) -> Problem:
    error = _narrowest(error)
    pointer = base + join([str(part) for part in error.absolute_path])
    unexpected = child(pointer, next(_unexpected(error), ""))
    return Problem(_shortened(error), unexpected if document.has(unexpected) else pointer)


def _narrowest(error: ValidationError) -> ValidationError:
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    # OpenAPI 3.0 allows a reference almost everywhere: of no interest where there is none.
    relevant = [branch for branch in branches.values() if not any(_requires_reference(inner) for inner in branch)]
    if len(relevant) == 1:
        return _narrowest(relevant[0][0])
    return best_match([error]) or error


def _requires_reference(error: ValidationError) -> bool:
    return error.validator == "required" and "'$ref'" in error.message


def _unexpected(error: ValidationError) -> Iterator[str]:
    if error.validator in ("unevaluatedProperties", "additionalProperties") and isinstance(error.instance, dict):
        return (key for key in error.instance if f"'{key}'" in error.message)
    return iter(())


def _shortened(error: ValidationError) -> str:
    return error.message if len(error.message) <= _MOST_SHOWN else f"{error.message[:_MOST_SHOWN]}…"
