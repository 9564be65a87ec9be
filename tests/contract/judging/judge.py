"""The judge: runs every oracle on every interaction, and the cross-oracles on all of them together."""

from collections.abc import Iterator, Sequence

from tests.contract.judging.balances import balances_agree
from tests.contract.judging.case import Case
from tests.contract.judging.client_reading import client_reads
from tests.contract.judging.cross_oracles import images_agree, money
from tests.contract.judging.diagnosis import is_missing, is_unserved, refusals
from tests.contract.judging.jobs import jobs_agree
from tests.contract.judging.oracles import ORACLES
from tests.contract.judging.uniqueness import calls_named, seeds_drawn
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding, merged
from tests.contract.model.interactions import Interaction
from tests.contract.model.runs import runs_of


def judge_one(contract: Contract, interaction: Interaction) -> list[Finding]:
    """The findings on one interaction on its own."""
    operation = contract.contract_of(interaction)
    if operation is None:
        return list(undocumented(interaction))
    return [finding for oracle in ORACLES for finding in oracle(Case(operation, interaction))]


def undocumented(interaction: Interaction) -> Iterator[Finding]:
    """The service has an operation that the document does not have (any more)."""
    request = interaction.request
    if interaction.accepted and request.operation:
        yield Finding(
            severity="addition",
            pointer="/paths",
            expected=f"no operation {request.operation}",
            seen=f"{request.method} {request.path} responds with {interaction.response.status_code}",
            probe=interaction.probe,
            oracle="operations",
        )


def judge(
    contract: Contract, interactions: Sequence[Interaction], *, exact: bool = True, with_client: bool = True
) -> list[Finding]:
    """All findings on a run, the most severe first.

    Args:
        contract: The document.
        interactions: The interactions, in the order of sending.
        exact: Whether equal images have equal pixels. A service that runs on GPUs is granted some noise.
        with_client: Whether the generated client reads the responses too. Not if the client was generated from another
            document.
    """
    found = merged(list(_findings(contract, interactions, exact, with_client)))
    return [finding for finding in found if not _is_named_more_precisely(contract, finding, found)]


def _is_named_more_precisely(contract: Contract, finding: Finding, found: Sequence[Finding]) -> bool:
    """Whether another finding of the same oracle names a single property where this one names the whole schema."""
    schemas = {operation.schema for operation in contract.operations if operation.has_json_body}
    return finding.pointer in schemas and any(
        other.oracle == finding.oracle and other.pointer.startswith(f"{finding.pointer}/") for other in found
    )


def _findings(
    contract: Contract, interactions: Sequence[Interaction], exact: bool, with_client: bool
) -> Iterator[Finding]:
    for operation in contract.operations:
        own = contract.own(operation, interactions)
        if is_missing(operation, own):
            # How the service responds to what it does not have says nothing of the responses that are documented.
            yield from refusals(operation, own)
            continue
        unserved = is_unserved(operation, own)
        for interaction in own:
            if unserved and interaction.request.account not in ("main", "none", "wrong"):
                continue  # If no account is served, what special accounts meet proves nothing.
            yield from judge_one(contract, interaction)
            if with_client:
                yield from client_reads(operation, interaction)
        yield from refusals(operation, own)
        if operation.gives_images:
            yield from images_agree(operation, own, exact=exact)
            yield from money(operation, runs_of(contract, operation, interactions))
        yield from calls_named(operation, own)
        yield from seeds_drawn(operation, own)
    yield from jobs_agree(contract, interactions, exact=exact)
    yield from balances_agree(contract, interactions)
    for interaction in interactions:
        if contract.contract_of(interaction) is None:
            yield from undocumented(interaction)
