"""Whether a document is valid OpenAPI: each violation with its place."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import validator_for
from openapi_spec_validator.schemas import schema_v30, schema_v31, schema_v32
from referencing import Registry, Resource

from ..document.document import Document, Problem, child, join
from ..document.traversal import objects, operations
from .requests import path_problems, unwritten_bodies

_MOST_SHOWN = 300


def schema_violations(document: Document) -> Iterator[Problem]:
    """What OpenAPI does not allow."""
    version = document.root["openapi"][:3]
    found = [_problem(document, "", error) for error in _structure(version).iter_errors(document.root)]
    # The further checks rely on the structure.
    yield from found
    if not found:
        yield from _repeated_ids(document)
        yield from path_problems(document)
        yield from unwritten_bodies(document)
        yield from _repeated_parameters(document)


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


def _repeated_parameters(document: Document) -> Iterator[Problem]:
    for node in objects(document):
        if node.kind in ("path item", "operation"):
            seen: set[tuple[str, str]] = set()
            for index in range(len(node.value.get("parameters", ()))):
                pointer = child(node.pointer, "parameters", str(index))
                described = document.resolved_at(pointer)
                key = described["in"], described["name"]
                if key in seen:
                    text = f"the {key[0]} parameter {key[1]!r} is described twice"
                    yield Problem(text, pointer, "the first description counts")
                seen.add(key)


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
