"""What no probe shows: documented statuses that nothing provokes, each with the reason."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from generator.document.document import child
from tests.contract.model.contract import Contract
from tests.contract.model.expectations import provoking_words
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.probe import MOST_IMAGES, Probe
from tests.contract.probing.probes import all_probes, beyond_limit
from tests.contract.probing.valid_requests import why_not_valid


@frozen(kw_only=True)
class Unprobed:
    """A fact that no probe of the document shows.

    Args:
        name: What reports call it, in the place of a probe's name.
        fact: JSON pointer of the fact.
        reason: Why there is no probe.
    """

    name: str
    fact: str
    reason: str


def unprobed(contract: Contract, probes: Sequence[Probe]) -> list[Unprobed]:
    """The documented statuses that no probe is to provoke.

    Args:
        contract: The document.
        probes: All its probes.
    """
    statuses = [one for operation in contract.operations for one in _statuses(operation, probes)]
    return [*statuses, *_beyond_limit(contract)]


def _beyond_limit(contract: Contract) -> Iterator[Unprobed]:
    for probe in beyond_limit(contract, all_probes(contract)):
        reason = f"it would buy more than the {MOST_IMAGES} images of a run"
        yield Unprobed(name=probe.name, fact=probe.fact, reason=reason)


def _statuses(contract: OperationContract, probes: Sequence[Probe]) -> Iterator[Unprobed]:
    own = [probe for probe in probes if probe.request.operation == contract.name]
    # What makes the job fail does not make the call fail that starts it.
    provoked = {word for probe in own for word in provoking_words(contract, probe.request)} - contract.job_words
    expected = {probe.expected for probe in own}
    for status, response in contract.statuses.items():
        words = [word for word, provoked_by in contract.provocations if provoked_by.response == response]
        shown = "accepted" in expected if contract.is_success(response) else provoked & set(words) or status in expected
        if not shown:
            yield Unprobed(
                name=f"{contract.prefix}status-{status.lower()}",
                fact=child(contract.pointer, "responses", status),
                reason=_why(contract, response, words),
            )


def _why(contract: OperationContract, response: str, words: Sequence[str]) -> str:
    if contract.is_success(response):
        return why_not_valid(contract) or f"no probe is derived for {contract.method} {contract.path}"
    if not words:
        return "the document does not say what provokes it (x-provoked-by)"
    if set(words) <= contract.job_words:
        return f"{', '.join(words)}: makes the job fail, and not the call that starts it"
    return f"{', '.join(words)}: does not apply to {contract.method} {contract.path}"
