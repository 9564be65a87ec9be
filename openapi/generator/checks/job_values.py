"""The JSON pointers and states of a job: they have to fit the schemas of the responses that have them."""

from collections.abc import Iterator
from typing import Any

from ..document.described_values import allowed_values, together, values_of_response
from ..document.document import Document, Problem, child
from ..document.jobs import JobPlace, operation_by_id, successes
from ..document.shapes import kinds
from ..document.traversal import Node

_STATES = ("active", "done", "failed")


def unusable_values(document: Document, job: JobPlace) -> Iterator[Problem]:
    """Values that the responses of a job do not have, or not of such a type."""
    status, result = _target(document, job, "status"), _target(document, job, "result")
    for target in filter(None, (status, result)):
        yield from _state(document, job, target)
    whole = result if "result" in job.described else status
    if whole is not None:
        yield from _value(document, job, whole, job.described["image"], child(job.pointer, "image"), {"string"})
        if "error" in job.described:
            # A failed job may be told by another response than that of success: any of them may have the reason.
            yield from _error(document, job, whole, child(job.pointer, "error"))
        for meaning, pointer in job.described.get("reports", {}).items():
            place = child(job.pointer, "reports", meaning)
            yield from _value(document, job, whole, pointer, place, {"string", "integer", "number"})
    if status is not None:
        yield from _gone(document, job, status)


def _target(document: Document, job: JobPlace, role: str) -> Node | None:
    name = job.described.get(role)
    if name is None or name not in document.at(job.response).get("links", {}):
        return None
    return operation_by_id(document, document.resolved_at(job.link(role)).get("operationId"))


def _places(document: Document, responses: list[str], pointer: str) -> list[str] | None:
    """Where a value of some responses is described; none if it is in none of them; None if that cannot be told."""
    return together(values_of_response(document, response, pointer) for response in responses)


def _value(
    document: Document, job: JobPlace, target: Node, pointer: str, place: str, expected: set[str]
) -> Iterator[Problem]:
    places = _places(document, successes(document, target.pointer), pointer)
    if places == []:
        yield _lacking(target, pointer, place)
    for found in places or ():
        if not expected & kinds(document, found):
            types = " or ".join(sorted(kinds(document, found)))
            yield Problem(f"{pointer} is of type {types}, not {' or '.join(sorted(expected))}", place)


def _error(document: Document, job: JobPlace, target: Node, place: str) -> Iterator[Problem]:
    described = [child(target.pointer, "responses", status) for status in target.value["responses"]]
    responses = [document.resolved(response) for response in described if document.has(response)]
    pointer = job.described["error"]
    if all(_places(document, [response], pointer) == [] for response in responses):
        yield _lacking(target, pointer, place)


def _lacking(target: Node, pointer: str, place: str) -> Problem:
    return Problem(f"the response of {target.value['operationId']} has no value at {pointer}", place)


def _state(document: Document, job: JobPlace, target: Node) -> Iterator[Problem]:
    pointer, place = job.described["state"], child(job.pointer, "state")
    yield from _value(document, job, target, pointer, place, {"string", "integer"})
    places = _places(document, successes(document, target.pointer), pointer) or []
    values = allowed_values(document, places)
    types = frozenset[str]().union(*(kinds(document, found) for found in places))
    for key in _STATES:
        for at, state in enumerate(job.described.get(key, [])):
            own = child(job.pointer, key, str(at))
            if values is not None and not _is_among(state, values):
                listed = ", ".join(map(repr, values))
                yield Problem(f"the schema of {pointer} has no {state!r}: {listed}", own)
            elif types and _type(state) not in types:
                yield Problem(f"{state!r} is of type {_type(state)}; {pointer} is not", own)


def _is_among(state: object, values: list[Any]) -> bool:
    return any(type(one) is type(state) and one == state for one in values)


def _type(state: object) -> str:
    return "string" if isinstance(state, str) else "integer"


def _gone(document: Document, job: JobPlace, target: Node) -> Iterator[Problem]:
    statuses = [str(status) for status in target.value["responses"]]
    for at, status in enumerate(job.described.get("gone", [])):
        if not {str(status), f"{status // 100}XX", "default"} & {*statuses}:
            place = child(job.pointer, "gone", str(at))
            yield Problem(f"{target.value['operationId']} has no response with the status {status}", place)
