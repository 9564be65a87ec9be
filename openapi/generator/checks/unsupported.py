"""What OpenAPI allows and this generator does not support."""

import re
from collections.abc import Iterator

from ..document.alternatives import Alternatives, described_properties
from ..document.document import Document, Problem, child
from ..document.further_rules import unchecked
from ..document.media_types import media_kind
from ..document.parameter_styles import SEPARATORS
from ..document.shapes import EVERYTHING, kinds
from ..document.simplification import simplified
from ..document.traversal import Node, objects, operations, sent

_LONGEST_NAME = 200
"""Bytes of the longest name: most file systems take 255, endings and prefixes included."""

_STYLES = {"path": ("simple",), "header": ("simple",), "query": tuple(SEPARATORS), "cookie": ("form",)}


def unsupported(document: Document) -> Iterator[Problem]:
    """What the generated client would get wrong."""
    plain, _ = simplified(document)
    yield from _paths(document)
    yield from _schemes(document)
    for node in objects(plain):
        if node.kind == "parameter" and "$ref" not in node.value:
            yield from _parameter(plain, node)
        if node.kind == "media type":
            yield from _form(plain, node)
    yield from _unchecked_rules(plain)
    yield from Alternatives(plain).ambiguous()


def _paths(document: Document) -> Iterator[Problem]:
    if not any(True for _ in operations(document)):
        yield Problem(
            "there are no operations, so there is nothing to generate", "/paths" if document.has("/paths") else ""
        )
    for node in objects(document):
        if node.kind == "path item":
            if "servers" in node.value:
                yield Problem("`servers` of a path is not supported", child(node.pointer, "servers"))
            if re.search("[?#]", node.name):
                yield Problem("a path with a query is not supported: describe the query by parameters", node.pointer)
        if node.kind == "operation":
            if "servers" in node.value:
                place = child(node.pointer, "servers")
                yield Problem("`servers` of an operation is not supported: put them at the top of the document", place)
            yield from _operation_id(node)
            if not node.value.get("responses"):
                yield Problem("there are no responses, so no call could succeed", node.pointer)


def _operation_id(node: Node) -> Iterator[Problem]:
    """Why a method and a module cannot be named after an operation."""
    pointer = child(node.pointer, "operationId")
    name = str(node.value.get("operationId") or "") if "operationId" in node.value else None
    if name is None:
        return
    if not re.search(r"[^\W_]", name):
        yield Problem(
            f"the operationId {name!r} has no letter or digit, so nothing in Python can be named after it", pointer
        )
    elif len(name.encode(errors="replace")) > _LONGEST_NAME:
        text = f"the operationId is longer than {_LONGEST_NAME} bytes, so no file can be named after it"
        yield Problem(text, pointer)


def _schemes(document: Document) -> Iterator[Problem]:
    for name in document.root.get("components", {}).get("securitySchemes", {}):
        pointer = child("/components/securitySchemes", name)
        scheme = document.resolved_at(pointer)
        if scheme["type"] == "mutualTLS":
            yield Problem("mutualTLS is not supported: pass an http_client that has the certificate", pointer)
        if scheme["type"] == "http" and scheme["scheme"].lower() not in ("basic", "bearer"):
            yield Problem(
                f"the scheme {scheme['scheme']!r} is not supported; basic and bearer are", child(pointer, "scheme")
            )


def _parameter(document: Document, node: Node) -> Iterator[Problem]:
    place = node.value["in"]
    if "schema" not in node.value:
        yield Problem("a parameter with `content` is not supported: describe it by a `schema`", node.pointer)
        return
    style = node.value.get("style")
    if style is not None and style not in _STYLES[place]:
        yield Problem(f"the style {style!r} of a {place} parameter is not supported", child(node.pointer, "style"))
    found = kinds(document, child(node.pointer, "schema"))
    if found != EVERYTHING and "object" in found and not _is_spread(document, node, found):
        yield Problem(
            "a parameter that is an object is not supported, but for one of plain values in the query",
            node.pointer,
        )
    if place != "query" and found != EVERYTHING and "array" in found:
        yield Problem(f"a {place} parameter that is a list is not supported", node.pointer)


def _is_spread(document: Document, node: Node, found: frozenset[str]) -> bool:
    """Whether a parameter is an object whose properties are sent as parameters of their own."""
    if found != {"object"} or node.value["in"] != "query" or not node.value.get("explode", True):
        return False
    members = described_properties(document, child(node.pointer, "schema")).values()
    return bool(members) and not any({"array", "object"} & kinds(document, pointer) for pointer in members)


def _form(document: Document, node: Node) -> Iterator[Problem]:
    if media_kind(node.name) == "form":
        schema = document.resolved(child(node.pointer, "schema"))
        for name, field in document.at(schema).get("properties", {}).items():
            pointer = child(schema, "properties", name)
            found = kinds(document, child(pointer, "items") if "items" in field else pointer)
            if found != EVERYTHING and "object" in found:
                yield Problem("a field of a form that is an object is not supported", pointer)


def _unchecked_rules(document: Document) -> Iterator[Problem]:
    for node in sent(document).values():
        if node.kind == "schema":
            for keyword in unchecked(document, node):
                text = f"the client cannot check `{keyword}`"
                yield Problem(text, child(node.pointer, keyword), "requests are sent without this check")
