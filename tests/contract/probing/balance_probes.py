"""Probes of the balance before and after refusals: they show for free whether those were billed."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from tests.contract.model.balances import balance_of
from tests.contract.model.contract import Contract
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.probe import Probe
from tests.contract.probing.valid_requests import valid_request

MAIN = "main"


def with_balance_after_each(contract: Contract, operation: OperationContract, probes: Sequence[Probe]) -> list[Probe]:
    """Refusals of a billed operation, and after each of the main account the balance: it shows which was billed."""
    own = [probe for probe in probes if _may_cost(contract, probe) and probe.request.account == MAIN]
    if not own:
        return list(probes)
    mixed = list(_balances(contract, [MAIN], f"before-{operation.prefix}refusals", "before refusals"))
    for probe in probes:
        after = _balances(contract, [MAIN], f"after-{probe.name}", f"after {probe.name}") if probe in own else ()
        mixed += [probe, *after]
    return mixed


def with_balances(contract: Contract, probes: Sequence[Probe], what: str, but: str = "") -> list[Probe]:
    """Probes between two questions for the balance of each account that they use in calls that can cost something.

    Args:
        contract: The document.
        probes: The probes.
        what: What they are, in the names of the probes around them.
        but: An account that is not asked for.
    """
    used = (probe.request.account for probe in probes if _may_cost(contract, probe))
    accounts = dict.fromkeys(account for account in used if account != but)
    before, after = (
        [*_balances(contract, accounts, f"{when}-{what}", f"{when} {what}")] for when in ("before", "after")
    )
    return [*before, *probes, *after]


def _may_cost(contract: Contract, probe: Probe) -> bool:
    operation = contract.contract_of(probe.request)
    return operation is not None and operation.is_billed and probe.request.account not in ("none", "wrong")


def _balances(contract: Contract, accounts: Iterable[str], name: str, when: str) -> Iterator[Probe]:
    operation = balance_of(contract)
    if operation is None:
        return
    for account in accounts:
        yield Probe(
            name=f"{operation.prefix}{name}-account-{account}",
            fact=operation.success,
            purpose=f"the balance of the account {account}, {when}",
            expected="accepted",
            request=evolve(valid_request(operation), account=account),
        )
