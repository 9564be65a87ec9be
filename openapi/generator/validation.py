"""What has to hold of a document before anything is generated from it."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from jsonschema.exceptions import best_match
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from .document import GRADES, Document, Problem, child, join
from .traversal import Node, objects, operations

_SCHEMA_KEYWORDS = frozenset(
    keyword
    for line in (
        "$ref $defs $id $schema $anchor $comment $dynamicRef $dynamicAnchor $vocabulary type enum const default",
        "example examples title description deprecated readOnly writeOnly format nullable discriminator xml",
        "externalDocs multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern",
        "items prefixItems contains minContains maxContains maxItems minItems uniqueItems properties",
        "patternProperties additionalProperties propertyNames required minProperties maxProperties",
        "dependentRequired dependentSchemas unevaluatedItems unevaluatedProperties allOf anyOf oneOf not if then else",
        "contentMediaType contentEncoding contentSchema",
    )
    for keyword in line.split()
)


def validate(document: Document) -> None:
    """Stop at what is no OpenAPI, and at what a client would silently get wrong.

    Raises:
        SpecError: With all problems that could be found.
    """
    document.problems(_dangling_references(document))
    document.problems(_openapi_errors(document))
    document.problems(_own_errors(document))


def _dangling_references(document: Document) -> Iterator[Problem]:
    for pointer, target in _references(document.root, ""):
        if not isinstance(target, str) or not target.startswith("#/"):
            yield Problem(f"$ref {target!r}: only places in this document can be referred to", pointer)
        elif not document.has(target.removeprefix("#")):
            yield Problem(f"$ref {target!r}: there is no such place", pointer)


def _references(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        if "$ref" in node and not pointer.endswith("/properties"):
            yield child(pointer, "$ref"), node["$ref"]
        for key, value in node.items():
            yield from _references(value, child(pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _references(value, child(pointer, str(index)))


def _openapi_errors(document: Document) -> Iterator[Problem]:
    is_30 = str(document.root.get("openapi", "")).startswith("3.0")
    validator: Any = (OpenAPIV30SpecValidator if is_30 else OpenAPIV31SpecValidator)(document.root)
    for error in validator.iter_errors():
        narrowest = best_match([error]) or error
        pointer = join([str(part) for part in narrowest.absolute_path])
        yield Problem(_first_line(narrowest.message), pointer if document.has(pointer) else "")


def _first_line(message: str) -> str:
    return message if len(message) <= 300 else f"{message[:300]}…"


def _own_errors(document: Document) -> Iterator[Problem]:
    for node in objects(document):
        yield from _unknown_grades(node)
        if node.kind == "schema" and "$ref" not in node.value:
            yield from _unknown_keywords(node)
            yield from _broken_patterns(node)
    for operation in operations(document):
        if "servers" in operation.value:
            yield Problem("servers of one operation are not supported: name them at the top", operation.pointer)
    if not document.root.get("servers"):
        yield Problem("no servers: the client would not know where to send anything")
    for name, scheme in document.root.get("components", {}).get("securitySchemes", {}).items():
        if scheme.get("type") == "mutualTLS":
            yield Problem("mutualTLS is not supported", f"/components/securitySchemes/{name}")


def _unknown_grades(node: Node) -> Iterator[Problem]:
    evidence = node.value.get("x-evidence")
    entries = evidence.values() if isinstance(evidence, dict) else [evidence]
    grades = [grade for entry in entries for grade in (entry if isinstance(entry, dict) else [entry])]
    for grade in grades:
        if grade is not None and grade not in GRADES:
            yield Problem(f"{grade!r} is no grade of evidence: {', '.join(GRADES)}", child(node.pointer, "x-evidence"))


def _unknown_keywords(node: Node) -> Iterator[Problem]:
    for keyword in node.value:
        if keyword not in _SCHEMA_KEYWORDS and not keyword.startswith("x-"):
            near = get_close_matches(keyword, _SCHEMA_KEYWORDS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield Problem(
                f"{keyword!r} is no keyword of a schema, and would rule nothing out{hint}", child(node.pointer, keyword)
            )


def _broken_patterns(node: Node) -> Iterator[Problem]:
    pattern = node.value.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            yield Problem(f"the pattern {pattern!r} is none that Python knows: {error}", child(node.pointer, "pattern"))
