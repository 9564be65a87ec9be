"""Runs: the interactions of an operation, as far as nothing else was bought between them."""

from collections.abc import Sequence

from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import OperationContract


def runs_of(
    contract: Contract, operation: OperationContract, interactions: Sequence[Interaction]
) -> list[list[Interaction]]:
    """The interactions of an operation, divided where another one may have been billed: what they say of the credits
    can be compared within a run.

    Args:
        contract: The document.
        operation: The operation.
        interactions: All interactions, in the order of sending.
    """
    runs: list[list[Interaction]] = [[]]
    for one in interactions:
        if one.request.operation == operation.name:
            runs[-1].append(one)
        elif one.accepted and (other := contract.contract_of(one)) is not None and other.is_billed:
            runs.append([])
    return runs
