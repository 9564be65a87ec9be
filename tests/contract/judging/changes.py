"""What has changed since the same service was recorded: facts that held then and do not hold now.

An inferred fact that does not hold proves only that it was inferred wrongly. But if the recordings of the same service
agree with it, the service has changed, and callers who rely on what they saw break: that is drift.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from generator.document.document import Document, child
from tests.contract.judging.causes import STATUS_OF_A_CAUSE
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding, merged
from tests.contract.model.images import image_of
from tests.contract.model.interactions import Interaction
from tests.contract.model.links import at, body_of
from tests.contract.model.operation_contract import OperationContract

_HELD = "as the recordings show"


def changed_since(
    contract: Contract,
    findings: Sequence[Finding],
    interactions: Sequence[Interaction],
    *,
    recorded_findings: Sequence[Finding],
    recorded: Sequence[Interaction],
    exact: bool,
) -> Iterator[Finding]:
    """Breaking findings on facts that the recordings show, and that no longer hold.

    Args:
        contract: The document.
        findings: The findings of the run. Those that are breaking already are left alone.
        interactions: The interactions of the run.
        recorded_findings: The findings on the recordings.
        recorded: The recordings. They have to be of the same service, and for the same facts.
        exact: Whether equal images have equal pixels.
    """
    yield from _no_longer_held(findings, recorded_findings)
    before = {one.probe: one for one in recorded}
    for operation in contract.operations:
        own = contract.own(operation, interactions)
        same = [(before[one.probe], one) for one in own if _is_repeated(operation, one, before)]
        yield from _statuses_replaced(operation, same)
        yield from _fields_gone(operation, same)
        yield from _odd_images(operation, same, exact)


def with_changes(findings: Sequence[Finding], changes: Sequence[Finding]) -> list[Finding]:
    """The findings of a run, the most severe first, where changes take the place of the milder findings on them."""
    replaced = {(one.pointer, one.oracle, one.probe) for one in changes}
    kept = [one for one in findings if one.severity == "breaking"]
    milder = [one for one in findings if one.severity != "breaking"]
    left = [one for one in milder if (one.pointer, one.oracle, one.probe) not in replaced]
    return merged([*kept, *changes, *left])


def _is_repeated(operation: OperationContract, interaction: Interaction, before: dict[str, Interaction]) -> bool:
    """Whether the same request was recorded; one that follows a job has another id in its path each time."""
    earlier = before.get(interaction.probe)
    if earlier is None:
        return False
    path = interaction.request.path if operation.linked else earlier.request.path
    return evolve(earlier.request, path=path) == interaction.request


def _no_longer_held(findings: Sequence[Finding], recorded: Sequence[Finding]) -> Iterator[Finding]:
    known = {one.merged_by for one in recorded}
    for finding in findings:
        # Which of the documented statuses a wrong value gets, nobody has promised.
        if finding.severity == "unknown" and finding.oracle != STATUS_OF_A_CAUSE and finding.merged_by not in known:
            yield evolve(finding, severity="breaking", expected=f"{finding.expected}, {_HELD}")


def _statuses_replaced(
    contract: OperationContract, same: Sequence[tuple[Interaction, Interaction]]
) -> Iterator[Finding]:
    """A documented status in the place of which an undocumented one has come. Clients know only the former."""
    for earlier, now in same:
        status, seen = earlier.response.status_code, now.response.status_code
        if now.refused and contract.response(status) is not None and contract.response(seen) is None:
            yield Finding(
                severity="breaking",
                pointer=f"{contract.pointer}/responses",
                expected=f"status {status}, {_HELD}",
                seen=f"status {seen}, which is not documented",
                probe=now.probe,
                oracle="status",
            )


def _fields_gone(contract: OperationContract, same: Sequence[tuple[Interaction, Interaction]]) -> Iterator[Finding]:
    """A documented field that the same success had, even if the document does not require it. Callers read it."""
    for earlier, now in same:
        status = earlier.response.status_code
        schema = child(contract.response(status) or "", "content", "application/json", "schema")
        if not earlier.accepted or now.response.status_code != status or not contract.document.has(schema):
            continue
        body = body_of(now)
        for pointer, place in _fields(contract.document, contract.document.resolved(schema), body_of(earlier), ""):
            parent, _, name = place.rpartition("/")
            if isinstance(at(body, parent), dict) and name not in at(body, parent):
                yield Finding(
                    severity="breaking",
                    pointer=pointer,
                    expected=f"a field {name}, {_HELD}",
                    seen="none",
                    probe=now.probe,
                    oracle="fields",
                )


def _fields(document: Document, schema: str, value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Pointer of each documented field of a body, and its own JSON pointer in the body."""
    node = document.at(schema)
    if isinstance(value, dict):
        for name in node.get("properties", {}):
            pointer = child(schema, "properties", name)
            if name in value:
                yield pointer, child(place, name)
                yield from _fields(document, document.resolved(pointer), value[name], child(place, name))
    elif isinstance(value, list) and value and "items" in node:
        yield from _fields(document, document.resolved(child(schema, "items")), value[0], child(place, "0"))


def _odd_images(
    contract: OperationContract, same: Sequence[tuple[Interaction, Interaction]], exact: bool
) -> Iterator[Finding]:
    """An image that differs from the recorded one, although most are as recorded.

    If most differ, the model is another one, which the document does not rule out.
    """
    pairs = [(earlier, now) for earlier, now in same if _is_repeatable(contract, earlier, now)]
    odd = [(earlier, now) for earlier, now in pairs if not _are_alike(earlier, now, exact)]
    if 2 * len(odd) >= len(pairs):
        return
    for _, now in odd:
        yield Finding(
            severity="breaking",
            pointer=_seed(contract),
            expected=f"the same image for the same request, {_HELD}",
            seen="another image, while most are as recorded",
            probe=now.probe,
            oracle="recorded image",
        )


def _seed(contract: OperationContract) -> str:
    """Pointer of the property that promises equal images; of the operation, if it has none."""
    named = (name for name, node in contract.properties.items() if node.get("x-semantics") == "seed")
    return next((contract.fact(name) for name in named), contract.pointer)


def _is_repeatable(contract: OperationContract, earlier: Interaction, now: Interaction) -> bool:
    """Whether two interactions are images of a request that does not ask for a random one."""
    body = now.body
    if not earlier.accepted or not now.accepted or not isinstance(body, dict):
        return False
    random = any(
        "x-random" in node and body.get(name) == node["x-random"] for name, node in contract.properties.items()
    )
    return not random and image_of(earlier.response.content).media_type is not None


def _are_alike(earlier: Interaction, now: Interaction, exact: bool) -> bool:
    return image_of(earlier.response.content).same_as(image_of(now.response.content), exact=exact)
