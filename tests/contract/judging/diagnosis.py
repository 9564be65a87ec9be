"""Why a valid request was refused: which of its values no accepted request has."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.contract.model.contract import Contract
from tests.contract.model.expectations import expectation
from tests.contract.model.findings import Finding, Severity
from tests.contract.model.interactions import Interaction


def refusals(contract: Contract, interactions: Sequence[Interaction]) -> Iterator[Finding]:
    """A finding for each value that only refused requests have, though the document allows it."""
    if is_unserved(interactions):
        yield from _unserved(contract, interactions)
        return
    proved = proved_values(contract, interactions)
    for interaction in interactions:
        if not is_wrongly_refused(contract, interaction):
            continue
        unproved = suspects(contract, interaction, proved)
        if any(one.accepted and one.sent == interaction.sent for one in interactions):
            yield _intermittent(contract, interaction)
        elif len(unproved) == 1:
            yield refused_value(contract, interaction, *unproved[0], proved)
        elif not _is_explained(contract, interactions, proved):
            yield _unexplained(contract, interaction, unproved)


def _is_explained(contract: Contract, interactions: Sequence[Interaction], proved: set[tuple[str, Any]]) -> bool:
    """Whether some refusal has a single suspect: that one will be what the others were refused for."""
    refused = [one for one in interactions if is_wrongly_refused(contract, one)]
    return any(len(suspects(contract, one, proved)) == 1 for one in refused)


def is_wrongly_refused(contract: Contract, interaction: Interaction) -> bool:
    """Whether the document says that the request is accepted, and the service did not."""
    return not interaction.accepted and expectation(contract, interaction.sent).outcome == "accepted"


def proved_values(contract: Contract, interactions: Sequence[Interaction]) -> set[tuple[str, Any]]:
    """The values that some accepted request has, and what accepted requests leave out (as UNSENT)."""
    found: set[tuple[str, Any]] = set()
    for interaction in interactions:
        if interaction.accepted and isinstance(interaction.body, dict):
            found |= set(values_of(contract, interaction.body))
    return found


UNSENT = "(left out)"


def values_of(contract: Contract, body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a body says: each value, each property that it leaves out, each field that the document does not know."""
    for name in {**contract.defaults, **body}:
        value = body.get(name, UNSENT)
        yield name, value if isinstance(value, (str, int, float)) else repr(value)


def suspects(contract: Contract, interaction: Interaction, proved: set[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """What of a refused body no accepted one has."""
    return [pair for pair in values_of(contract, interaction.body or {}) if pair not in proved]


def is_unserved(interactions: Sequence[Interaction]) -> bool:
    """Whether valid requests were sent, and none was accepted."""
    valid = [one for one in interactions if one.probe.startswith("accepted-")]
    return bool(valid) and not any(one.accepted for one in valid)


def _unserved(contract: Contract, interactions: Sequence[Interaction]) -> Iterator[Finding]:
    """Nothing is accepted: the status says which part of the call it is that the service does not know any more."""
    first = next(one for one in interactions if one.probe.startswith("accepted-"))
    key = contract.key
    pointer = {
        **dict.fromkeys((302, 303), contract.success),
        **dict.fromkeys((301, 307, 308), contract.pointer.rpartition("/")[0]),
        401: f"{key[0]}/name" if key is not None and contract.document.has(f"{key[0]}/name") else contract.pointer,
        404: contract.pointer.rpartition("/")[0],
        405: contract.pointer,
        415: f"{contract.pointer}/requestBody/content",
    }.get(first.response.status_code, f"{contract.schema}/required")
    yield _finding(contract, first, pointer, "any valid request is accepted")


def refused_value(
    contract: Contract, interaction: Interaction, name: str, value: Any, proved: set[tuple[str, Any]]
) -> Finding:
    """The finding that one value is refused."""
    known = name in contract.properties
    pointer = contract.schema
    if known:
        pointer = contract.fact(name, "default") if value == UNSENT else _refusing_rule(contract, name, value, proved)
    what = f"{name} left out" if value == UNSENT else f"{name}={value!r}"
    # No document says that unknown fields are ignored: it is only how the service has been seen to behave.
    severity: Severity = "breaking" if known else "unknown"
    return _finding(contract, interaction, pointer, f"accepted: {what}", severity)


def _refusing_rule(contract: Contract, name: str, value: Any, proved: set[tuple[str, Any]]) -> str:
    """Pointer of the rule that a refused value speaks against: the bound, if nothing beyond it is accepted."""
    node = contract.properties[name]
    if not any(other == name and own != UNSENT for other, own in proved) and "type" in node:
        return contract.fact(name, "type")  # Not one value of it is taken.
    accepted = [own for other, own in proved if other == name and isinstance(own, (int, float))]
    if isinstance(value, (int, float)) and accepted:
        for keyword, beyond in (("maximum", value > max(accepted)), ("minimum", value < min(accepted))):
            if beyond and keyword in node:
                return contract.fact(name, keyword)
    return contract.value_fact(name, value)


def _intermittent(contract: Contract, interaction: Interaction) -> Finding:
    return _finding(contract, interaction, contract.success, "the same request is accepted each time")


def _unexplained(contract: Contract, interaction: Interaction, unproved: list[tuple[str, Any]]) -> Finding:
    named = ", ".join(f"{name}={value!r}" for name, value in unproved) or "values that are accepted elsewhere"
    return _finding(contract, interaction, contract.schema, f"accepted: {named}")


def _finding(
    contract: Contract, interaction: Interaction, pointer: str, expected: str, severity: Severity = "breaking"
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
