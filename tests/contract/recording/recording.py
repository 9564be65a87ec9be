"""Recording: sends all probes and writes cassettes into a new folder, which replaces the old one only on success."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from attrs import evolve, frozen

from segmind_flux_schnell import Budget
from tests.contract.model.contract import Contract
from tests.contract.model.facts import facts_hash
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.probing.measurement import CouldNotTellError, Measurement, measure
from tests.contract.probing.probe import MOST_IMAGES, Probe
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import NO_RESPONSE, Sender
from tests.contract.probing.target import Target
from tests.contract.probing.unprobed import Unprobed, unprobed
from tests.contract.recording.cassettes import load, recorder
from tests.contract.recording.leaks import leaks
from tests.contract.recording.provenance import RecordingProvenance, tool_versions


class LeakError(CouldNotTellError):
    """A recording has a key, or something that is shaped like one: the service repeats keys, and nothing is kept."""


@frozen(kw_only=True)
class RecordingPlan:
    """What a run sends.

    Args:
        probes: All probes, in the order of sending.
        unsendable: The probes for whose account there is no key.
        unprobed: What no probe shows.
        prices: Price of each operation that is billed, in US dollars; 0 for one of which the document names none.
        max_cost: What the run may cost at most in US dollars, or None for what its images cost.
        target: The service.
    """

    probes: Sequence[Probe]
    unsendable: Sequence[Probe]
    unprobed: Sequence[Unprobed]
    prices: Sequence[Decimal]
    max_cost: Decimal | None
    target: Target

    @classmethod
    def of(
        cls,
        contract: Contract,
        target: Target,
        max_cost: Decimal | None = None,
        others: Sequence[Probe] = (),
    ) -> "RecordingPlan":
        """The plan for a document and a service.

        Args:
            contract: The document.
            target: The service.
            max_cost: The most to spend, in US dollars; None for what the plan can cost.
            others: Probes that do not follow from the document.
        """
        probes = [*others, *derived_probes(contract)]
        unsendable = [probe for probe in probes if not target.can_send(probe)]
        return cls(
            probes=probes,
            unsendable=unsendable,
            unprobed=unprobed(contract, probes),
            prices=[one.price for one in contract.operations if one.is_billed],
            max_cost=max_cost,
            target=target,
        )

    @property
    def images(self) -> int:
        """How many of the probes are to be accepted, and so billed."""
        return sum(probe.billable for probe in self.probes)

    @property
    def cost(self) -> Decimal:
        """Cost in US dollars, at the documented prices."""
        return sum((probe.price for probe in self.probes if probe.billable), Decimal(0))

    @property
    def most_images(self) -> int:
        """How many images the run buys at most, those included that find out which value a refusal was about."""
        cheapest = min(self.prices, default=Decimal(0))
        return min(MOST_IMAGES, int(self.most_cost // cheapest)) if cheapest else MOST_IMAGES

    @property
    def most_cost(self) -> Decimal:
        """What the run spends at most in US dollars, whatever the service does."""
        most = MOST_IMAGES * max(self.prices, default=Decimal(0))
        return most if self.max_cost is None else min(most, self.max_cost)

    @property
    def budget(self) -> Budget:
        """Ends the run before it buys more than the plan announces."""
        # Each call is expected to cost its own price. Where the document names none, it may be the dearest.
        expected = None if all(self.prices) else max(self.prices)
        return Budget(max_images=self.most_images, max_credits=self.most_cost, image_credits=expected)

    def __str__(self) -> str:
        sent = len(self.probes) - len(self.unsendable)
        lines = [
            f"{self.target.name} at {self.target.base_url}: {sent} probes, of which {self.images} can be billed:",
            f"about ${self.cost:.2f} at the documented prices, and never more than {self.most_images} images for "
            f"${self.most_cost.normalize():f}, whatever there is to find out"
            + (" (nothing is charged on loopback)." if self.target.is_local else "."),
            *(f"billable, ${price} each: {', '.join(names)}" for price, names in self._by_price().items()),
            *(f"not probed: {probe.name}: no key for the account {probe.request.account}" for probe in self.unsendable),
            *(f"not probed: {one.name}: {one.reason}" for one in self.unprobed),
        ]
        return "\n".join(lines)

    def _by_price(self) -> dict[Decimal, list[str]]:
        found: dict[Decimal, list[str]] = {}
        for probe in self.probes:
            if probe.billable:
                found.setdefault(probe.price, []).append(probe.name)
        return found


def record_into(
    folder: Path, contract: Contract, plan: RecordingPlan, *, keep: bool, budget: Budget | None = None
) -> Measurement:
    """Send all probes and write each interaction to a cassette, with the provenance beside them.

    Args:
        folder: Folder of the cassettes.
        contract: The document.
        plan: What to send.
        keep: Whether the recordings are to be kept, so that each response has to be complete.
        budget: What the run may spend, or None for no limit.

    Raises:
        CouldNotTellError: The account is not served, or a response that is to be kept broke off.
        APIError: The service cannot be reached.
        LeakError: A recording contains a key.
    """
    tape = recorder(folder)
    with Sender(plan.target, budget=budget) as sender:

        def send(name: str, request: ProbeRequest) -> Interaction:
            with tape.use_cassette(f"{name}.yaml"):
                return sender.send(name, request)

        measurement = measure(contract, plan.probes, sender, send, exact=plan.target.is_local)
        broken = [one.probe for one in measurement.all if one.response.status_code == NO_RESPONSE]
        _provenance(contract, plan, sender, measurement).write(folder)
    if broken and keep:
        raise CouldNotTellError(f"these responses broke off and cannot be recorded: {', '.join(broken)}")
    leaking = list(leaks(folder, list(plan.target.keys.values())))
    if leaking:
        raise LeakError(f"the service repeats a key, or something that is shaped like one: {', '.join(leaking)}")
    return measurement


def recorded_interactions(folder: Path) -> list[Interaction]:
    """The interactions of a folder, in the order of sending.

    Raises:
        FileNotFoundError: The folder has no recordings, or lacks a cassette.
    """
    provenance = RecordingProvenance.read(folder)
    return [recorded_interaction(folder, provenance, probe) for probe in provenance.probes]


def recorded_interaction(folder: Path, provenance: RecordingProvenance, probe: str) -> Interaction:
    """The interaction of one probe.

    Raises:
        FileNotFoundError: It has no cassette.
    """
    interaction = load(
        folder,
        probe,
        account=provenance.probes[probe],
        operation=provenance.operations[probe],
        header_parameters=provenance.header_parameters.get(probe, ()),
    )
    return evolve(interaction, recorded_at=provenance.time_of(probe))


def _provenance(
    contract: Contract, plan: RecordingPlan, sender: Sender, measurement: Measurement
) -> RecordingProvenance:
    now = datetime.now(UTC)
    return RecordingProvenance(
        recorded_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        confirmed_at=now.strftime("%Y-%m-%d"),
        source=plan.target.name,
        base_url="http://127.0.0.1" if plan.target.name == "sandbox" else plan.target.base_url,
        facts=facts_hash(contract.document),
        tools=tool_versions(),
        images=sender.images,
        cost_usd=0.0 if plan.target.is_local else round(float(sender.images * contract.price), 4),
        probes={one.probe: one.request.account for one in measurement.all},
        not_probed=measurement.not_probed,
        operations={one.probe: one.request.operation for one in measurement.all},
        header_parameters={
            one.probe: [name for name, _ in one.request.headers] for one in measurement.all if one.request.headers
        },
    )
