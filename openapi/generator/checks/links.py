"""Links of responses: each has to lead to an operation of the document, and give what that takes."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from attrs import evolve

from ..document.described_values import of_response, values_of_response
from ..document.document import Document, Problem, child
from ..document.jobs import operation_by_id, parameters
from ..document.parameters import PLACES
from ..document.traversal import Node, operations, received

_USERS = {"x-job", "x-pages"}
"""What a response has where something is generated from its links."""


def unusable_links(document: Document) -> Iterator[Problem]:
    """Links to operations that do not exist, or with parameters that these do not have.

    Only of responses that an operation has: what is left of one that was taken out does no harm. Where nothing is
    generated from a link, it does none either.
    """
    nodes = received(document).values()
    used = {place for node in nodes if _USERS & node.value.keys() for place in _links(document, node)}
    for node in nodes:
        for problem in _unusable(document, node):
            is_used = any(f"{problem.pointer}/".startswith(f"{place}/") for place in used)
            yield problem if is_used else evolve(problem, instead="the link has no effect")


def _unusable(document: Document, node: Node) -> Iterator[Problem]:
    if node.kind == "link" and "operationId" in node.value and "$ref" not in node.value:
        target = operation_by_id(document, node.value["operationId"])
        if target is None:
            yield unknown_operation(document, node.value["operationId"], child(node.pointer, "operationId"))
        else:
            yield from _unknown_parameters(document, node, target)
    if node.kind == "response" and "$ref" not in node.value:
        for name in node.value.get("links", {}):
            yield from _missing_values(document, node.pointer, child(node.pointer, "links", name))


def _links(document: Document, response: Node) -> list[str]:
    return [document.resolved(child(response.pointer, "links", name)) for name in response.value.get("links", {})]


def unknown_operation(document: Document, name: object, place: str) -> Problem:
    """The problem of an operationId that no operation has."""
    known = [str(node.value["operationId"]) for node in operations(document) if "operationId" in node.value]
    near = get_close_matches(str(name), known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return Problem(f"there is no operation with the operationId {name!r}{hint}", place)


def parameter_of(document: Document, operation: str, name: str) -> tuple[str, str] | None:
    """Place and name of the parameter that a link names: by its name, or with its place (`path.id`)."""
    known = parameters(document, operation)
    place, _, rest = name.partition(".")
    if place in PLACES and (place, rest) in known:
        return place, rest
    return next((key for key in known if key[1] == name), None)


def _unknown_parameters(document: Document, link: Node, target: Node) -> Iterator[Problem]:
    for name in _parameters(link.value):
        if parameter_of(document, target.pointer, name) is None:
            known = ", ".join(name for _, name in parameters(document, target.pointer)) or "none"
            yield Problem(
                f"{link.value['operationId']} has no parameter {name!r}; its parameters: {known}",
                child(link.pointer, "parameters", name),
            )


def _missing_values(document: Document, response: str, link: str) -> Iterator[Problem]:
    """Values that a link takes from a response that has no such value."""
    place = document.resolved(link)
    for name, expression in _parameters(document.at(place)).items():
        source = of_response(expression)
        if source is not None and not _has_value(document, response, *source):
            kind, where = source
            what = f"header {where!r}" if kind == "header" else f"value at {where} in its body"
            yield Problem(f"{expression}: the response has no {what}", child(place, "parameters", name))


def _has_value(document: Document, response: str, kind: str, where: str) -> bool:
    """Whether a response has a header, or a value in its body, as far as the document tells."""
    if kind == "header":
        return where.lower() in {name.lower() for name in document.at(response).get("headers", {})}
    return values_of_response(document, response, where) != []


def _parameters(link: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = link.get("parameters", {})
    return found
