"""Spec mutants of jobs: the links of the response that starts one, and what `x-job` says beside them."""

from collections.abc import Iterator

from generator.document.document import child
from tests.contract.model.contract import Contract
from tests.contract.model.operation_contract import OperationContract
from tests.contract.mutants.spec_edits import SpecMutant, with_value, without

_TOO_LONG = "no recording takes as long as a record or an image lives"


def job_mutants(contract: Contract) -> Iterator[SpecMutant]:
    """All single changes of how a job is asked for, and of what its answers mean."""
    for operation in contract.operations:
        yield from _of_links(operation)
        if operation.job is not None:
            yield from _of_states(operation)
            yield from _of_places(operation)
            yield from _of_lives(operation)


def _of_links(operation: OperationContract) -> Iterator[SpecMutant]:
    document, links = operation.document, f"{operation.success}/links"
    targets = {name: link.get("operationId") for name, link in operation.links.items()}
    for name, link in operation.links.items():
        yield without(document, child(links, name))
        for other in dict.fromkeys(target for target in targets.values() if target != link.get("operationId")):
            yield with_value(document, child(links, name, "operationId"), other, f"to {other}")
        for parameter, source in link.get("parameters", {}).items():
            place = child(links, name, "parameters", parameter)
            yield with_value(document, place, f"{source}_2", f"from {source}_2")


def _of_states(operation: OperationContract) -> Iterator[SpecMutant]:
    document, pointer = operation.document, f"{operation.success}/x-job"
    job = operation.job or {}
    for meaning in ("active", "done", "failed"):
        for at, state in enumerate(job.get(meaning, ())):
            yield with_value(document, child(pointer, meaning, str(at)), f"{state}_2", f"{state} renamed")
    if "done" in job and "active" in job:
        yield with_value(document, child(pointer, "done"), job["active"], "the states that are active")
    for status in job.get("gone", ()):
        yield with_value(document, child(pointer, "gone"), [410], f"410 instead of {status}")


def _of_places(operation: OperationContract) -> Iterator[SpecMutant]:
    document, pointer = operation.document, f"{operation.success}/x-job"
    job = operation.job or {}
    for key in ("state", "error", "image"):
        if key in job:
            yield with_value(document, child(pointer, key), f"{job[key]}_2", f"at {job[key]}_2")
    for semantics, place in job.get("reports", {}).items():
        yield with_value(document, child(pointer, "reports", semantics), f"{place}_2", f"at {place}_2")
    for key in ("status", "result"):
        if key in job:
            yield with_value(document, child(pointer, key), "no-such-link", "another link")


def _of_lives(operation: OperationContract) -> Iterator[SpecMutant]:
    document, pointer = operation.document, f"{operation.success}/x-job"
    job = operation.job or {}
    for key in ("record-seconds", "image-seconds"):
        if key in job:
            place = child(pointer, key)
            yield with_value(document, place, 2 * job[key], f"{2 * job[key]} seconds", invisible=_TOO_LONG)
    if "image-key" in job:
        yield with_value(
            document, child(pointer, "image-key"), not job["image-key"], f"image-key: {not job['image-key']}"
        )
