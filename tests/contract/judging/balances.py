"""The cross-oracle for balances: what the account has before and after shows what was billed in between."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from generator.document.document import child
from tests.contract.judging.jobs import asked_for
from tests.contract.model.balances import balance, balance_of, number_of, rounded
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.model.links import at, body_of
from tests.contract.model.operation_contract import OperationContract


def balances_agree(contract: Contract, interactions: Sequence[Interaction]) -> Iterator[Finding]:
    """What is billed lowers the balance of its account, and nothing else does.

    Args:
        contract: The document.
        interactions: All interactions, in the order of sending.
    """
    operation = balance_of(contract)
    if operation is None:
        return
    known: dict[tuple[str, str], list[tuple[int, Decimal]]] = {}
    for index, one in enumerate(interactions):
        value = balance(operation, one) if one.request.operation == operation.name else None
        if value is not None and one.request.account not in ("none", "wrong"):
            known.setdefault((one.request.account, one.recorded_at), []).append((index, value))
    # The balances of two recordings have nothing to do with each other.
    for (account, _), values in known.items():
        for (start, before), (end, after) in pairwise(values):
            between = [one for one in interactions[start + 1 : end] if one.request.account == account]
            yield from _between(contract, between, rounded(before - after), after)


def _between(contract: Contract, between: Sequence[Interaction], drop: Decimal, after: Decimal) -> Iterator[Finding]:
    bought = [one for one in between if one.accepted and _is_billed(contract, one)]
    jobs = [one for one in bought if not _has_failed(contract, one, between)]
    asked = [one for one in jobs if _is_asked(contract, one)]
    if asked:
        yield from _of_questions(contract, asked, between, drop)
    elif not bought:
        yield from _of_refusals(contract, between, drop)
    elif not jobs:
        yield from _of_failed_jobs(contract, between, drop)
    elif len(bought) == 1 and len(jobs) == 1:
        yield from _of_job(contract, jobs[0], between, drop, after)


def _of_refusals(contract: Contract, between: Sequence[Interaction], drop: Decimal) -> Iterator[Finding]:
    refused = [one for one in between if one.refused and _is_billed(contract, one)]
    for one in {(one.request.operation, one.response.status_code): one for one in reversed(refused)}.values():
        operation = contract.contract_of(one)
        response = operation.response(one.response.status_code) if operation is not None else None
        if operation is None:
            continue
        promised = contract.document.at(response).get("x-billed") if response is not None else None
        place = child(response, "x-billed") if response is not None else f"{operation.pointer}/responses"
        status = one.response.status_code
        if drop > 0 and promised is not True:
            yield _finding(place, f"a {status} is free", f"the balance fell by {drop}", one)
        # Of a status with several causes, one can be billed and another not.
        elif drop <= 0 and promised is True and response is not None and not operation.causes(response):
            yield _finding(place, f"a {status} is billed", "the balance did not fall", one)


def _of_failed_jobs(contract: Contract, between: Sequence[Interaction], drop: Decimal) -> Iterator[Finding]:
    for one in between:
        operation = contract.contract_of(one)
        response = operation.response(one.response.status_code) if operation is not None and operation.linked else None
        if response is None or not one.refused:
            continue
        place, promised = child(response, "x-billed"), contract.document.at(response).get("x-billed")
        if drop > 0 and promised is not True:
            yield _finding(place, "a job that fails is free", f"the balance fell by {drop}", one)
            return
        if drop <= 0 and promised is True:
            yield _finding(place, "a job that fails is billed", "the balance did not fall", one)
            return


def _of_job(
    contract: Contract, started: Interaction, between: Sequence[Interaction], drop: Decimal, after: Decimal
) -> Iterator[Finding]:
    operation = contract.contract_of(started)
    if operation is None:
        return
    promised, place = contract.document.at(operation.success).get("x-billed"), child(operation.success, "x-billed")
    if promised is False and drop > 0:
        yield _finding(place, "the call is free", f"the balance fell by {drop}", started)
    elif promised is not False and drop <= 0:
        yield _finding(place, "the call is billed", f"the balance changed by {-drop}", started)
    else:
        for semantics, true in (("cost", drop), ("remaining-credits", rounded(after))):
            yield from _of_report(operation, between, semantics, true)


def _of_report(
    operation: OperationContract, between: Sequence[Interaction], semantics: str, true: Decimal
) -> Iterator[Finding]:
    """What the result of a job reports of the credits is what the balance says."""
    pointer = (operation.job or {}).get("reports", {}).get(semantics)
    for one in between if pointer else ():
        value: Any = at(body_of(one), pointer)
        number = number_of(value)
        if isinstance(value, (int, float)) and (number is None or rounded(number) != true):
            fact = child(operation.success, "x-job", "reports", semantics)
            yield _finding(fact, f"as the balance says: {true}", f"{value}", one)


def _is_asked(contract: Contract, interaction: Interaction) -> bool:
    """Whether an interaction asks about a job that another one has started."""
    operation = contract.contract_of(interaction)
    return operation is not None and bool(operation.linked)


def _of_questions(
    contract: Contract, asked: Sequence[Interaction], between: Sequence[Interaction], drop: Decimal
) -> Iterator[Finding]:
    """Questions about a job are billed by the document, but the balance fell by no more than the job costs."""
    started = [operation for one in between if (operation := contract.contract_of(one)) and operation.job]
    pointer = (started[0].job or {}).get("reports", {}).get("cost") if started else None
    costs = [number_of(at(body_of(one), pointer)) for one in between] if pointer else []
    if any(cost is not None and rounded(cost) >= drop for cost in costs):
        for one in asked:
            operation = contract.contract_of(one)
            if operation is not None:
                place = child(operation.success, "x-billed")
                yield _finding(place, "the call is billed", f"the balance fell by {drop}, for the job alone", one)


def _is_billed(contract: Contract, interaction: Interaction) -> bool:
    operation = contract.contract_of(interaction)
    return operation is not None and operation.is_billed


def _has_failed(contract: Contract, started: Interaction, interactions: Sequence[Interaction]) -> bool:
    """Whether a request started a job that failed."""
    operation = contract.contract_of(started)
    job = None if operation is None else operation.job
    return (
        operation is not None
        and job is not None
        and any(
            at(body_of(one), job["state"]) in job["failed"]
            for link in operation.links
            for one in asked_for(contract, operation, link, started, interactions)
        )
    )


def _finding(pointer: str, expected: str, seen: str, interaction: Interaction) -> Finding:
    return Finding(
        severity="breaking", pointer=pointer, expected=expected, seen=seen, probe=interaction.probe, oracle="billing"
    )
