"""Operations that recordings show and the document does not have (any more)."""

from collections.abc import Iterator
from pathlib import Path

from tests.contract import CASSETTES
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.probing.probe import Probe
from tests.contract.recording.recording import recorded_interactions


def former_probes(contract: Contract, folder: Path = CASSETTES) -> list[Probe]:
    """A probe for each operation that was recorded and that the document lacks, to see whether the service has it.

    Only what was free to ask is asked again: a GET that was accepted.

    Args:
        contract: The document.
        folder: The recordings.
    """
    try:
        interactions = recorded_interactions(folder)
    except (FileNotFoundError, ValueError):
        return []
    return list({probe.request.operation: probe for probe in _former(contract, interactions)}.values())


def _former(contract: Contract, interactions: list[Interaction]) -> Iterator[Probe]:
    for one in reversed(interactions):
        request = one.request
        is_known = any(
            operation.method == request.method and operation.fits_path(request.path)
            for operation in contract.operations
        )
        is_asked = one.accepted and request.method == "GET" and request.account == "main"
        if is_asked and request.operation and not is_known and contract.contract_of(request) is None:
            yield Probe(
                name=one.probe,
                fact="/paths",
                purpose=f"{request.method} {request.path}, which was recorded, and is not in the document",
                expected="rejected",
                request=request,
            )
