"""Cross-oracles for what differs from call to call: the identifiers of calls, and the seeds that the service draws."""

from collections.abc import Iterator, Sequence

from tests.contract.model.findings import Finding, Severity
from tests.contract.model.grades import is_documented
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import OperationContract


def calls_named(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[Finding]:
    """Each response names its call (`x-semantics: request-id`), and no two calls have the same name."""
    seen: dict[str, Interaction] = {}
    for interaction in interactions:
        for name, pointer in _identifiers(contract, interaction):
            value = interaction.response.headers.get(name, "").strip()
            if not value:
                yield _finding(contract, pointer, "an identifier of the call", "an empty text", interaction)
            elif value in seen:
                what = f"{value!r}, as in {seen[value].probe}"
                yield _finding(contract, pointer, "an identifier of this call alone", what, interaction)
            else:
                seen[value] = interaction


def seeds_drawn(contract: OperationContract, interactions: Sequence[Interaction]) -> Iterator[Finding]:
    """A request for a random seed (`x-random`) gets one, and no two of them get the same."""
    header = contract.header_with("seed")
    seen: dict[int, Interaction] = {}
    for interaction in interactions:
        for name, asked in _random_seeds(contract, interaction):
            reported = interaction.response.headers.integer(header) if header else None
            pointer = contract.fact(name, "x-random")
            if reported == asked:
                what = f"{header}: {reported}"
                yield _finding(contract, pointer, "a seed that the service has drawn", what, interaction)
            elif reported in seen:
                what = f"{reported}, as in {seen[reported].probe}"
                yield _finding(contract, pointer, "another seed in each call", what, interaction)
            elif reported is not None:
                seen[reported] = interaction


def _identifiers(contract: OperationContract, interaction: Interaction) -> Iterator[tuple[str, str]]:
    response = contract.response(interaction.response.status_code)
    for name, pointer in (contract.headers(response) if response else {}).items():
        semantics = contract.document.at(pointer).get("x-semantics")
        if semantics == "request-id" and name in interaction.response.headers:
            yield name, pointer


def _random_seeds(contract: OperationContract, interaction: Interaction) -> Iterator[tuple[str, int]]:
    body = interaction.body
    if not interaction.accepted or not isinstance(body, dict):
        return
    for name, node in contract.properties.items():
        if "x-random" in node and body.get(name) == node["x-random"]:
            yield name, node["x-random"]


def _finding(contract: OperationContract, pointer: str, expected: str, seen: str, interaction: Interaction) -> Finding:
    severity: Severity = "breaking" if is_documented(contract.document.grade(pointer)) else "unknown"
    return Finding(
        severity=severity, pointer=pointer, expected=expected, seen=seen, probe=interaction.probe, oracle="uniqueness"
    )
