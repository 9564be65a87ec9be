"""Cross-oracles, which compare interactions with each other: images that have to be equal or not, and billing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from attrs import evolve

from generator.document.document import child
from tests.contract.model.balances import rounded
from tests.contract.model.expectations import expectation
from tests.contract.model.findings import Finding
from tests.contract.model.grades import is_documented
from tests.contract.model.images import image_of
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import OperationContract

CROSS_ORACLES = frozenset({"same image", "other image", "billing", "uniqueness"})
"""Names of the oracles whose findings are about several interactions, whichever of them they name."""

_SIZES = ("width", "height")


def images_agree(contract: OperationContract, interactions: Sequence[Interaction], *, exact: bool) -> Iterator[Finding]:
    """Equal parameters give equal images, with defaults sent or left out; a changed parameter changes the image."""
    comparable = [one for one in interactions if _is_comparable(contract, one)]
    shown = [(one, contract.effective(one.body), image_of(one.response.content)) for one in comparable]
    for (one, requested, first), (other, requested_too, second) in combinations(shown, 2):
        differing = [name for name in requested if requested[name] != requested_too.get(name)]
        differing = [name for name in differing if not contract.properties.get(name, {}).get("x-no-effect")]
        if len(differing) > 1 or any(name in requested_too and name in _SIZES for name in differing):
            continue
        same = first.same_as(second, exact=exact)
        if not differing and not same:
            yield from _unlike(contract, one, other)
        if differing and same:
            yield _alike(contract, differing[0], one, other)


def _is_image(interaction: Interaction) -> bool:
    return interaction.accepted and isinstance(interaction.body, dict) and interaction.request.account == "main"


def _is_comparable(contract: OperationContract, interaction: Interaction) -> bool:
    # Nobody has promised what an undocumented field does to an image, or what a converted value is converted to.
    converted = expectation(contract, interaction.request).outcome == "accepted" and contract.broken_rules(
        interaction.body
    )
    return _is_image(interaction) and not set(interaction.body) - set(contract.properties) and not converted


def _unlike(contract: OperationContract, one: Interaction, other: Interaction) -> Iterator[Finding]:
    left_out = [name for name in contract.defaults if (name in one.body) != (name in other.body)]
    pointers = [contract.fact(name, "default") for name in left_out] or [contract.fact("seed")]
    expected = "leaving a default out equals sending it" if left_out else "equal requests give equal images"
    # Only follow-up requests can tell which of several defaults has changed; see the measurement.
    pointer = pointers[0] if len(pointers) == 1 else contract.schema
    yield Finding(
        severity="breaking",
        pointer=pointer,
        expected=expected,
        seen=f"a different image from that of {one.probe}",
        probe=other.probe,
        oracle="same image",
    )


def _alike(contract: OperationContract, name: str, one: Interaction, other: Interaction) -> Finding:
    given = name in one.body and name in other.body
    return Finding(
        severity="breaking",
        pointer=contract.fact(name) if given else contract.fact(name, "default"),
        expected=f"a different {name} gives a different image",
        seen=f"the same image as that of {one.probe}",
        probe=other.probe,
        oracle="other image",
    )


def money(contract: OperationContract, runs: Sequence[Sequence[Interaction]]) -> Iterator[Finding]:
    """Each image lowers the credits by its cost, and nothing else does.

    Args:
        contract: The operation.
        runs: Its interactions in the order of sending, divided where something else was bought.
    """
    credits_header, cost_header = contract.header_with("remaining-credits"), contract.header_with("cost")
    if credits_header is None:
        return
    drops = [drop for run in runs for drop in _drops(credits_header, run)]
    usual = _usual([drop for between, _, drop in drops if not between] or [drop for _, _, drop in drops])
    for between, one, drop in drops:
        yield from _judged(contract, between, one, drop, usual)
    if cost_header is not None and usual is not None:
        yield from _costs(contract, cost_header, [(one, drop) for between, one, drop in drops if not between])


def _drops(header: str, run: Sequence[Interaction]) -> Iterator[tuple[Sequence[Interaction], Interaction, Decimal]]:
    """By how much each image lowered the credits, with what was sent since the image before."""
    paid = [(at, one) for at, one in enumerate(run) if _is_image(one)]
    for (start, previous), (end, one) in pairwise(paid):
        before, after = (each.response.headers.number(header) for each in (previous, one))
        # What an earlier run recorded says nothing of the credits of this one.
        if previous.recorded_at == one.recorded_at and before is not None and after is not None:
            yield run[start + 1 : end], one, rounded(before - after)


def _usual(drops: Sequence[Decimal]) -> Decimal | None:
    return Counter(drops).most_common(1)[0][0] if drops else None


def _judged(
    contract: OperationContract, between: Sequence[Interaction], one: Interaction, drop: Decimal, usual: Decimal | None
) -> Iterator[Finding]:
    promised = contract.document.at(contract.success).get("x-billed")
    billed = child(contract.success, "x-billed")
    if promised is False and drop > 0:
        yield _billing(billed, "an image is free", f"credits fell by {drop}", one)
    elif promised is not False and drop <= 0:
        yield _billing(billed, "an image lowers the credits", f"credits changed by {-drop}", one)
    elif usual is not None and usual > 0:
        yield from _beside_the_image(contract, between, one, drop, usual)


def _beside_the_image(
    contract: OperationContract, between: Sequence[Interaction], one: Interaction, drop: Decimal, usual: Decimal
) -> Iterator[Finding]:
    """What the credits say about the refusals between two images."""
    refused = [other for other in between if other.refused and other.request.account == "main"]
    if drop > usual and not refused:
        yield _billing(child(contract.success, "x-billed"), f"an image costs {usual}", f"credits fell by {drop}", one)
    for other in {other.response.status_code: other for other in reversed(refused)}.values():
        status = other.response.status_code
        pointer = contract.response(status)
        promised = contract.document.at(pointer).get("x-billed") if pointer else None
        if drop > usual and promised is not True:
            place = child(pointer, "x-billed") if pointer else f"{contract.pointer}/responses"
            yield _billing(place, f"a {status} is free", f"credits fell by {drop - usual}", other)
        if drop == usual and promised is True and pointer:
            yield _billing(child(pointer, "x-billed"), f"a {status} is billed", "credits did not fall", other)


def _costs(contract: OperationContract, header: str, drops: Sequence[tuple[Interaction, Decimal]]) -> Iterator[Finding]:
    pointer = contract.headers(contract.success)[header]
    for one, drop in drops:
        cost = one.response.headers.number(header)
        if cost is not None and rounded(cost) != drop:
            finding = _billing(pointer, f"{header} is the amount charged: {drop}", f"{header}: {cost}", one)
            yield finding if is_documented(contract.document.grade(pointer)) else evolve(finding, severity="unknown")


def _billing(pointer: str, expected: str, seen: str, interaction: Interaction) -> Finding:
    return Finding(
        severity="breaking", pointer=pointer, expected=expected, seen=seen, probe=interaction.probe, oracle="billing"
    )
