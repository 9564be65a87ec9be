"""Why a valid request was refused: which of its values no accepted request has."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.contract.judging.case import Case
from tests.contract.judging.causes import named_cause
from tests.contract.model.expectations import OTHER_CONTENT_TYPE, expectation
from tests.contract.model.findings import Finding, Severity
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import OperationContract

_NOT_FOUND = 404


def refusals(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[Finding]:
    """A finding for each value that the document allows but only refused requests have."""
    if is_unserved(contract, interactions):
        yield from _unserved(contract, interactions)
        return
    proved = proved_values(contract, interactions)
    for interaction in interactions:
        if not is_wrongly_refused(contract, interaction):
            continue
        unproved = suspects(contract, interaction, proved)
        if any(one.accepted and one.request == interaction.request for one in interactions):
            yield _intermittent(contract, interaction)
        elif len(unproved) == 1:
            yield refused_value(contract, interaction, *unproved[0], proved)
        elif not _is_explained(contract, interactions, proved):
            yield _unexplained(contract, interaction, unproved)


def _is_explained(
    contract: OperationContract, interactions: Sequence[Interaction], proved: set[tuple[str, Any]]
) -> bool:
    """Whether some refusal has a single suspect, which then explains the other refusals too."""
    refused = [one for one in interactions if is_wrongly_refused(contract, one)]
    return any(len(suspects(contract, one, proved)) == 1 for one in refused)


def is_wrongly_refused(contract: OperationContract, interaction: Interaction) -> bool:
    """Whether the document says that the request is accepted, but the service refused it."""
    return not interaction.accepted and expectation(contract, interaction.request).outcome == "accepted"


def proved_values(contract: OperationContract, interactions: Sequence[Interaction]) -> set[tuple[str, Any]]:
    """The values that some accepted request has, with LEFT_OUT for properties that it leaves out."""
    found: set[tuple[str, Any]] = set()
    for interaction in interactions:
        if interaction.accepted and (isinstance(interaction.body, dict) or not contract.has_json_body):
            found |= set(values_of(contract, contract.values(interaction.request)))
    return found


LEFT_OUT = "(left out)"
"""Stands for the value of a property that a body leaves out."""


def values_of(contract: OperationContract, body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each value of a request, undocumented fields included, and LEFT_OUT for each property that it leaves out."""
    for name in {**contract.defaults, **body}:
        value = body.get(name, LEFT_OUT)
        scalars = isinstance(value, list) and all(isinstance(one, (str, int, float)) for one in value)
        yield name, value if isinstance(value, (str, int, float)) else tuple(value) if scalars else repr(value)


def suspects(
    contract: OperationContract, interaction: Interaction, proved: set[tuple[str, Any]]
) -> list[tuple[str, Any]]:
    """The values of a refused request that no accepted request has."""
    return [pair for pair in values_of(contract, contract.values(interaction.request)) if pair not in proved]


def is_unserved(contract: OperationContract, interactions: Sequence[Interaction]) -> bool:
    """Whether valid requests were sent for an operation but none was accepted."""
    valid = _valid(contract, interactions)
    return bool(valid) and not any(one.accepted for one in valid)


def is_missing(contract: OperationContract, interactions: Sequence[Interaction]) -> bool:
    """Whether the service does not have the operation: all valid requests get a 404."""
    valid = _valid(contract, interactions)
    return bool(valid) and all(one.response.status_code == _NOT_FOUND for one in valid)


def _valid(contract: OperationContract, interactions: Sequence[Interaction]) -> list[Interaction]:
    return [one for one in interactions if contract.local(one.probe).startswith("accepted-")]


def _unserved(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[Finding]:
    """Nothing is accepted: the status says which part of the operation the service no longer knows."""
    first = _valid(contract, interactions)[0]
    key = contract.key
    pointer = {
        **dict.fromkeys((302, 303), contract.success),
        **dict.fromkeys((301, 307, 308), contract.pointer.rpartition("/")[0]),
        401: f"{key[0]}/name" if key is not None and contract.document.has(f"{key[0]}/name") else contract.pointer,
        404: contract.pointer.rpartition("/")[0],
        405: contract.pointer,
        415: f"{contract.pointer}/requestBody/content",
    }.get(first.response.status_code, f"{contract.schema}/required" if contract.has_json_body else contract.pointer)
    cause = named_cause(Case(contract, first))
    if cause is not None and OTHER_CONTENT_TYPE in contract.document.at(cause).get("x-provoked-by", ()):
        pointer = f"{contract.pointer}/requestBody/content"
    yield _finding(contract, first, pointer, "any valid request is accepted")


def refused_value(
    contract: OperationContract, interaction: Interaction, name: str, value: Any, proved: set[tuple[str, Any]]
) -> Finding:
    """A finding that one value is refused."""
    known = name in contract.properties or name in contract.parameters
    pointer = contract.schema
    if known:
        pointer = contract.fact(name, "default") if value == LEFT_OUT else _refusing_rule(contract, name, value, proved)
    what = f"{name} left out" if value == LEFT_OUT else f"{name}={value!r}"
    # The document does not promise that unknown fields are ignored; the service has only been seen to do so.
    severity: Severity = "breaking" if known else "unknown"
    return _finding(contract, interaction, pointer, f"accepted: {what}", severity)


def _refusing_rule(contract: OperationContract, name: str, value: Any, proved: set[tuple[str, Any]]) -> str:
    """Pointer of the rule that a refused value contradicts: a bound, if nothing beyond it is accepted."""
    node = contract.rules(name)
    if not any(other == name and own != LEFT_OUT for other, own in proved) and "type" in node:
        return contract.fact(name, "type")  # No value of it is accepted.
    accepted = [own for other, own in proved if other == name and isinstance(own, (int, float))]
    if isinstance(value, (int, float)) and accepted:
        for keyword, beyond in (("maximum", value > max(accepted)), ("minimum", value < min(accepted))):
            if beyond and keyword in node:
                return contract.fact(name, keyword)
    return contract.value_fact(name, value)


def _intermittent(contract: OperationContract, interaction: Interaction) -> Finding:
    return _finding(contract, interaction, contract.success, "the same request is accepted every time")


def _unexplained(contract: OperationContract, interaction: Interaction, unproved: list[tuple[str, Any]]) -> Finding:
    named = ", ".join(f"{name}={value!r}" for name, value in unproved) or "values that are accepted elsewhere"
    return _finding(contract, interaction, contract.schema, f"accepted: {named}")


def _finding(
    contract: OperationContract, interaction: Interaction, pointer: str, expected: str, severity: Severity = "breaking"
) -> Finding:
    said = " ".join(interaction.response.text.split())[:80]
    return Finding(
        severity=severity,
        pointer=pointer,
        expected=expected,
        seen=f"refused with {interaction.response.status_code}: {said}",
        probe=interaction.probe,
        oracle="acceptance",
    )
