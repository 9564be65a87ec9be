"""Probes of jobs (`x-job`): one that is bought and followed to its image, and those that fail."""

from collections.abc import Iterator

from attrs import evolve

from generator.document.document import child
from tests.contract.model.contract import Contract
from tests.contract.model.expectations import BROKEN
from tests.contract.model.interactions import ProbeRequest
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.body_probes import broken_body
from tests.contract.probing.probe import JobStep, Probe
from tests.contract.probing.valid_requests import valid_request


def followed_probes(contract: Contract, operation: OperationContract, started: Probe) -> Iterator[Probe]:
    """What follows a job that was bought: its states, its result, its image.

    Args:
        contract: The document.
        operation: The operation that starts jobs.
        started: The probe that buys one.
    """
    status, result = _links(operation)
    yield from _followed(contract, operation, started, status, "active", waits=False)
    if result != status:
        yield from _followed(contract, operation, started, result, "active", waits=False)
    yield from _followed(contract, operation, started, status, "done", waits=True)
    if result != status:
        yield from _followed(contract, operation, started, result, "done", waits=True)
    yield from _image(contract, operation, started, result)


def failing_probes(contract: Contract, operation: OperationContract) -> Iterator[Probe]:
    """Jobs that fail, which are free: what the document says to provoke that, and what their links then respond."""
    for word in sorted(operation.job_words):
        failing = _failing(operation, word)
        if failing is not None:
            yield failing
            for link in dict.fromkeys(_links(operation)):
                yield from _followed(contract, operation, failing, link, word.replace(" ", "-"), waits=True)


def _links(operation: OperationContract) -> tuple[str, str]:
    """The links that tell the state and give the result, which can be one."""
    job = operation.job or {}
    return job["status"], job.get("result") or job["status"]


def _followed(
    contract: Contract, operation: OperationContract, started: Probe, link: str, what: str, *, waits: bool
) -> Iterator[Probe]:
    """A probe that follows a link of a response; none if the document does not have the link or its operation."""
    linked = contract.operation(operation.links.get(link, {}).get("operationId", ""))
    if linked is None:
        return
    failing = next(
        (one for word in operation.job_words if word.replace(" ", "-") == what for one in linked.provoked(word)), None
    )
    request = ProbeRequest(operation=linked.name, method=linked.method, path=linked.path)
    yield Probe(
        name=f"{linked.prefix}{what}",
        fact=linked.success if failing is None else failing.place,
        purpose=f"{link} of the job of {started.name}" + (", once it has ended" if waits else ", at once"),
        expected="accepted" if failing is None else failing.status,
        request=evolve(request, account=started.request.account),
        after=JobStep(operation=operation.name, probe=started.name, link=link, waits=waits),
    )


def _image(contract: Contract, operation: OperationContract, started: Probe, link: str) -> Iterator[Probe]:
    linked = contract.operation(operation.links.get(link, {}).get("operationId", ""))
    if linked is not None and "image" in (operation.job or {}):
        yield Probe(
            name=f"{operation.prefix}image",
            fact=child(operation.success, "x-job", "image"),
            purpose=f"the image of the job of {started.name}, without a key",
            expected="accepted",
            request=ProbeRequest(operation="", method="GET", path="/", account="none"),
            after=JobStep(operation=operation.name, probe=f"{linked.prefix}done", link="", waits=False),
        )


def _failing(operation: OperationContract, word: str) -> Probe | None:
    """A submit that is accepted, and whose job fails; None if nothing of the document provokes it."""
    kind, _, what = word.partition(" ")
    request, purpose = valid_request(operation), word
    if kind == "account":
        request = evolve(request, account=what)
    elif kind == BROKEN and (broken := broken_body(operation, what)) is not None:
        name, value, body = broken
        request, purpose = valid_request(operation, body), f"{name}={value!r}"
    else:
        return None
    return Probe(
        name=f"{operation.prefix}failing-{word.replace(' ', '-')}",
        fact=operation.success,
        purpose=f"{purpose}: accepted, and the job fails",
        expected="accepted",
        request=request,
    )
