"""All probes of a document, in the order of sending."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from attrs import evolve

from tests.contract.model.contract import Contract
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.balance_probes import MAIN, with_balance_after_each, with_balances
from tests.contract.probing.body_probes import accepted_body_probes, rejected_body_probes
from tests.contract.probing.job_probes import failing_probes, followed_probes
from tests.contract.probing.parameter_probes import accepted_parameter_probes, rejected_parameter_probes
from tests.contract.probing.probe import MOST_IMAGES, Probe
from tests.contract.probing.status_probes import status_probes
from tests.contract.probing.valid_requests import why_not_valid

LENT = 2
"""Images that probes to be refused may take from those to be accepted: a lenient service refuses some of these too."""


def derived_probes(contract: Contract) -> list[Probe]:
    """All probes of a document in the order of sending.

    What is free goes first, then jobs, and last what the main operation is to accept. A run has a limit of images; the
    main operation and jobs come first in it.
    """
    probes = all_probes(contract)
    dropped = {probe.name for probe in beyond_limit(contract, probes)}
    return [probe for probe in probes if probe.name not in dropped]


def beyond_limit(contract: Contract, probes: Sequence[Probe]) -> list[Probe]:
    """The probes that would buy more than a run may buy, in the order in which they would be sent."""
    billable = [probe for probe in probes if probe.billable]
    first = [one for one in billable if _is_first(contract, one)]
    return [one for one in billable if one not in first][max(0, MOST_IMAGES - LENT - len(first)) :]


def _is_first(contract: Contract, probe: Probe) -> bool:
    operation = contract.contract_of(probe.request)
    return operation is contract.main or (operation is not None and operation.job is not None)


def all_probes(contract: Contract) -> list[Probe]:
    """The probes of a document, be they more than a run may buy."""
    free: list[Probe] = []
    paid: list[Probe] = []
    for operation in contract.operations:
        refused = [*_refused(operation)]
        # The credits that images report show it of the main operation, see below.
        free += refused if operation is contract.main else with_balance_after_each(contract, operation, refused)
        bought = [*_accepted(operation)]
        if not operation.is_billed:
            free += bought
        elif operation is contract.main:
            paid += _mixed(operation, bought, refused)
        else:
            paid = [*_with_jobs(contract, operation, bought), *paid]
    return [*with_balances(contract, free, "refusals", but=MAIN), *paid]


def _refused(contract: OperationContract) -> Iterator[Probe]:
    yield from status_probes(contract)
    yield from rejected_parameter_probes(contract)
    yield from rejected_body_probes(contract)


def _accepted(contract: OperationContract) -> Iterator[Probe]:
    if contract.has_json_body and not why_not_valid(contract):
        yield from accepted_body_probes(contract)
    yield from accepted_parameter_probes(contract)


def _with_jobs(contract: Contract, operation: OperationContract, bought: Sequence[Probe]) -> list[Probe]:
    if operation.job is None or not bought:
        return list(bought)
    followed = [*bought, *followed_probes(contract, operation, bought[0])]
    failing = list(failing_probes(contract, operation))
    named = operation.prefix
    return [*with_balances(contract, followed, f"{named}job"), *with_balances(contract, failing, f"{named}failed-jobs")]


def _mixed(contract: OperationContract, paid: Sequence[Probe], free: Sequence[Probe]) -> list[Probe]:
    """What is to be accepted, and between two of these a refusal once more.

    Only the credits reported with the next image show whether a refusal was billed.
    """
    between = list(_unbilled(contract, free))[: len(paid) - 1]
    return [probe for pair in zip_longest(paid, between) for probe in pair if probe is not None]


def _unbilled(contract: OperationContract, free: Sequence[Probe]) -> Iterator[Probe]:
    """One refusal of each kind that the main account can meet."""
    seen: set[str] = set()
    for probe in free:
        kind = probe.fact.rpartition("/")[2]
        if probe.request.account == "main" and kind not in seen:
            seen.add(kind)
            name = f"{contract.prefix}unbilled-{contract.local(probe.name)}"
            yield evolve(probe, name=name, purpose=f"{probe.purpose}, between two images: not billed")
