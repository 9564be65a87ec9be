"""Whether a document is valid OpenAPI: each violation with its place."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import validator_for
from openapi_spec_validator.schemas import schema_v30, schema_v31
from referencing import Registry, Resource

from ..document.document import Document, Problem, child, join

_MOST_SHOWN = 300
_INSTEAD = "it has no effect"

_STYLED = {"properties": {"style": True, "explode": True, "allowReserved": True, "example": True, "examples": True}}
"""What a parameter can have beside a schema. Whether its place has the style is judged with the parameters."""


def schema_violations(document: Document) -> Iterator[Problem]:
    """What OpenAPI does not allow, and the client does not need: nothing else relies on it."""
    is_30 = str(document.root.get("openapi", "")).startswith("3.0")
    for error in map(_narrowest, _structure(is_30).iter_errors(_doubtful(document.root, is_30))):
        path = [str(part) for part in error.absolute_path]
        # The version is judged when the document is read, and 3.2 knows more of tags; no responses are described later.
        is_judged = path[:1] in (["openapi"], ["tags"] if _is_32(document) else []) or path[3:] == ["responses"]
        # What is null counts as left out.
        if not is_judged and error.instance is not None:
            yield _problem(document, error)


def _doubtful(root: dict[str, Any], is_30: bool) -> dict[str, Any]:
    """The document without the paths and components that a fast validator finds valid: it has no texts for people."""
    places = {tuple(map(str, error.instance_path[:3])) for error in _fast(is_30).iter_errors(root)}
    if any(place[:1] not in (("paths",), ("components",)) or len(place) < 2 for place in places):
        return root
    paths = {place[1] for place in places if place[0] == "paths"}
    parts = {place[1:] for place in places if place[0] == "components"}
    sections = root.get("components", {}).items()
    components = {
        section: {name: value for name, value in named.items() if {(section, name), (section,)} & parts}
        if isinstance(named, dict)
        else named
        for section, named in sections
    }
    kept = {"paths": {path: item for path, item in root.get("paths", {}).items() if path in paths}}
    return {**root, **(kept if "paths" in root else {}), **({"components": components} if sections else {})}


def _is_32(document: Document) -> bool:
    return str(document.root.get("openapi", "")).startswith("3.2")


@cache
def _fast(is_30: bool) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(_schema(is_30), validate_formats=False)


@cache
def _structure(is_30: bool) -> Any:
    schema = _schema(is_30)
    # Crawled once: a validator would crawl it again for each reference.
    known: Registry[Any] = Registry().with_resource("", Resource.from_contents(schema)).crawl()
    return validator_for(schema)(schema, registry=known)


def _schema(is_30: bool) -> dict[str, Any]:
    schema = dict(schema_v30 if is_30 else schema_v31)
    if is_30:
        # Schemas are mended keyword by keyword; OpenAPI 3.1 leaves them to JSON Schema anyway. Where one can stand,
        # `oneOf` allows a schema or a reference: a reference must not be both.
        loose = {"Schema": {"not": {"required": ["$ref"]}}, "ParameterLocation": {}}
        schema["definitions"] = {**schema["definitions"], **loose}
    else:
        parameter = {**schema["$defs"]["parameter"], "dependentSchemas": {"schema": _STYLED}}
        schema["$defs"] = {**schema["$defs"], "parameter": parameter}
    return schema


def _problem(document: Document, error: ValidationError) -> Problem:
    pointer = join([str(part) for part in error.absolute_path])
    unexpected = next(_unexpected(error), None)
    if unexpected is not None and document.has(child(pointer, unexpected)):
        return Problem(f"OpenAPI has no field {unexpected!r} here", child(pointer, unexpected), _INSTEAD)
    text = f"{error.instance!r} is not what OpenAPI allows here" if error.context else error.message
    return Problem(text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…", pointer, _INSTEAD)


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
