"""Spec mutants: each changes one fact of the document, and the committed recordings have to contradict it."""

from collections.abc import Iterator

from tests.contract.model.contract import Contract
from tests.contract.mutants.spec_edits import SpecMutant
from tests.contract.mutants.spec_jobs import job_mutants
from tests.contract.mutants.spec_requests import request_mutants
from tests.contract.mutants.spec_responses import response_mutants

__all__ = ["SpecMutant", "spec_mutants"]


def spec_mutants(contract: Contract) -> Iterator[SpecMutant]:
    """All single changes of a document that matter to a caller, of all its operations. Shared parts change once."""
    seen: set[tuple[str, str]] = set()
    for mutants in (request_mutants, response_mutants, job_mutants):
        for mutant in mutants(contract):
            if (mutant.pointer, mutant.change) not in seen:
                seen.add((mutant.pointer, mutant.change))
                yield mutant
