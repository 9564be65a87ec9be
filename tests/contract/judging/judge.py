"""The judge: every oracle that applies, on every interaction, and on the interactions beside each other."""

from collections.abc import Iterator, Sequence

from tests.contract.judging.client_reading import client_reads
from tests.contract.judging.cross_oracles import images_agree, money
from tests.contract.judging.diagnosis import is_unserved, refusals
from tests.contract.judging.oracles import ORACLES, Case
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding, merged
from tests.contract.model.interactions import Interaction


def judge_one(contract: Contract, interaction: Interaction) -> list[Finding]:
    """What is wrong with one interaction on its own."""
    return [finding for oracle in ORACLES for finding in oracle(Case(contract, interaction))]


def judge(
    contract: Contract, interactions: Sequence[Interaction], *, exact: bool = True, with_client: bool = True
) -> list[Finding]:
    """All findings on a run, in the order of how grave they are.

    Args:
        contract: The document.
        interactions: What was sent and what came back, in the order of sending.
        exact: Whether the same image means the same pixels; a service that draws on GPUs is given some room.
        with_client: Whether the generated client is to read the responses too. It is not, where the document is another
            than the one that the client was generated from.
    """
    found = merged(list(_findings(contract, interactions, exact, with_client)))
    return [finding for finding in found if not _is_told_better(contract, finding, found)]


def _is_told_better(contract: Contract, finding: Finding, found: Sequence[Finding]) -> bool:
    """Whether a finding on a whole schema is one that another tells of a single property."""
    return finding.pointer == contract.schema and any(
        other.oracle == finding.oracle and other.pointer.startswith(f"{contract.schema}/") for other in found
    )


def _findings(
    contract: Contract, interactions: Sequence[Interaction], exact: bool, with_client: bool
) -> Iterator[Finding]:
    unserved = is_unserved(interactions)
    for interaction in interactions:
        if unserved and interaction.sent.account not in ("main", "none", "wrong"):
            continue  # What other accounts meet says nothing where no account is served.
        yield from judge_one(contract, interaction)
        if with_client:
            yield from client_reads(contract, interaction)
    yield from refusals(contract, interactions)
    yield from images_agree(contract, interactions, exact=exact)
    yield from money(contract, interactions)
