"""What operations have in common: parts of the document that several decide, jobs that one starts for another."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrs import evolve

from tests.contract.adoption.verdict import Verdict, undecided
from tests.contract.judging.jobs import asked_for
from tests.contract.model.balances import balance, balance_of
from tests.contract.model.contract import Contract
from tests.contract.model.expectations import provoking_words
from tests.contract.model.interactions import Interaction


def reconciled(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """One verdict on each fact, where several operations share a part of the document.

    What one operation shows need not be shown by the others. What one confirms and another refutes is left to people:
    no edit of the shared part would be right for both.
    """
    by_fact: dict[tuple[str, str], list[Verdict]] = {}
    for one in verdicts:
        by_fact.setdefault((one.pointer, one.expected), []).append(one)
    for (pointer, expected), found in by_fact.items():
        refuted = [one for one in found if one.outcome == "refuted"]
        confirmed = [one for one in found if one.outcome == "confirmed"]
        if refuted and confirmed:
            seen = f"it holds for {confirmed[0].probe}, and not for {refuted[0].probe}: {refuted[0].seen}"
            yield evolve(undecided(pointer, expected, seen), probe=refuted[0].probe)
        elif refuted:
            # Operations that share a response refute it alike, each with its own number of responses.
            yield from {str(one.edits) if one.edits else one.seen: one for one in reversed(refuted)}.values()
        else:
            yield (confirmed or found)[0]


def words_of_jobs(contract: Contract, interactions: Sequence[Interaction]) -> dict[str, list[str]]:
    """What in a request makes its job fail, by the probes that ask for that job."""
    found: dict[str, list[str]] = {}
    for operation in contract.operations:
        for started in contract.own(operation, interactions) if operation.job is not None else ():
            words = [one for one in provoking_words(operation, started.request) if one in operation.job_words]
            for link in operation.links:
                for one in asked_for(contract, operation, link, started, interactions):
                    found.setdefault(one.probe, []).extend(words)
    return found


def unbilled(contract: Contract, interactions: Sequence[Interaction]) -> dict[str, dict[int, Interaction]]:
    """Refusals beside which the balance of the account did not change, by operation and status."""
    found: dict[str, dict[int, Interaction]] = {}
    for between, drop in _between_balances(contract, interactions):
        for one in between if drop == 0 else ():
            if one.refused:
                found.setdefault(one.request.operation, {}).setdefault(one.response.status_code, one)
    return found


def charges(contract: Contract, interactions: Sequence[Interaction]) -> dict[str, Decimal]:
    """What one call of an operation was charged, where a balance was asked for before and after it."""
    found: dict[str, Decimal] = {}
    for between, drop in _between_balances(contract, interactions):
        operations = [contract.contract_of(one) for one in between if one.accepted]
        bought = [one for one in operations if one is not None and one.is_billed]
        if len(bought) == 1 and drop > 0:
            found.setdefault(bought[0].name, drop.normalize())
    return found


def _between_balances(
    contract: Contract, interactions: Sequence[Interaction]
) -> Iterator[tuple[list[Interaction], Decimal]]:
    """What an account sent between two questions for its balance, and by how much that fell."""
    operation = balance_of(contract)
    for account in sorted({one.request.account for one in interactions} - {"none", "wrong"}) if operation else ():
        own = [one for one in interactions if one.request.account == account]
        known = [
            (at, value)
            for at, one in enumerate(own)
            if operation and one.request.operation == operation.name and (value := balance(operation, one)) is not None
        ]
        for (start, before), (end, after) in pairwise(known):
            yield own[start + 1 : end], before - after
