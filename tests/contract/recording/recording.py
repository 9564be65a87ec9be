"""Recording: all probes into a folder, which takes the place of the old one only when all went well."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from attrs import frozen

from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction, Sent
from tests.contract.probing.measurement import CouldNotTellError, Measurement, measure
from tests.contract.probing.probes import Probe, derived_probes
from tests.contract.probing.sending import NO_RESPONSE, Sender
from tests.contract.probing.target import Target
from tests.contract.recording.cassettes import key_shaped, load, recorder
from tests.contract.recording.provenance import RecordingProvenance, spec_hash, tool_versions


class LeakError(Exception):
    """Something that looks like a key stands in a recording."""


@frozen(kw_only=True)
class RecordingPlan:
    """What a run sends.

    Args:
        probes: All of them, in the order of sending.
        unsendable: Those that there is no key for.
        price: US dollars for an image.
        target: Where to.
    """

    probes: Sequence[Probe]
    unsendable: Sequence[Probe]
    price: float
    target: Target

    @classmethod
    def of(cls, contract: Contract, target: Target) -> "RecordingPlan":
        """The plan for a document and a service."""
        probes = derived_probes(contract)
        unsendable = [probe for probe in probes if not target.can_send(probe)]
        return cls(probes=probes, unsendable=unsendable, price=contract.price, target=target)

    @property
    def images(self) -> int:
        """How many of the requests are to be accepted, and so billed."""
        return sum(probe.billable for probe in self.probes)

    @property
    def cost(self) -> float:
        """US dollars for them, at the documented price."""
        return self.images * self.price

    def __str__(self) -> str:
        sent = len(self.probes) - len(self.unsendable)
        lines = [
            f"{self.target.name} at {self.target.base_url}: {sent} probes, {self.images} of which can be billed:",
            f"about ${self.cost:.2f} at the documented price of ${self.price} an image"
            + (" (nothing is charged on loopback)." if self.target.is_local else "."),
            f"billable: {', '.join(probe.name for probe in self.probes if probe.billable)}",
            *(f"not probed: {probe.name}: no key for the account {probe.sent.account}" for probe in self.unsendable),
        ]
        return "\n".join(lines)


def record_into(folder: Path, contract: Contract, plan: RecordingPlan, *, keep: bool) -> Measurement:
    """Send all probes and keep each interaction in a cassette, with the provenance beside them.

    Args:
        folder: Where the cassettes go.
        contract: The document.
        plan: What to send.
        keep: Whether the recordings are there to stay, so that each has to be whole.

    Raises:
        CouldNotTellError: The account is not served.
        APIError: No response came.
        LeakError: A key got into a recording.
    """
    tape = recorder(folder)
    with Sender(plan.target) as sender:

        def send(name: str, sent: Sent) -> Interaction:
            with tape.use_cassette(f"{name}.yaml"):
                return sender.send(name, sent)

        measurement = measure(contract, plan.probes, sender, send, exact=plan.target.is_local)
        broken = [one.probe for one in measurement.all if one.response.status_code == NO_RESPONSE]
        _provenance(plan, sender, measurement).write(folder)
    if broken and keep:
        raise CouldNotTellError(f"responses broke off, and cannot be recorded: {', '.join(broken)}")
    leaks = list(key_shaped(folder, list(plan.target.keys.values())))
    if leaks:
        raise LeakError(f"something that looks like a key stands in {', '.join(leaks)}")
    return measurement


def recorded(folder: Path) -> list[Interaction]:
    """The interactions of a folder, in the order of sending.

    Raises:
        FileNotFoundError: The folder has no recordings, or lacks one.
    """
    return [load(folder, probe, account) for probe, account in RecordingProvenance.read(folder).probes.items()]


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new folder that takes the place of the target if all goes well; else the target stays as it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield _made(staged / "new")
        if target.exists():
            os.replace(target, staged / "old")
        os.replace(staged / "new", target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _provenance(plan: RecordingPlan, sender: Sender, measurement: Measurement) -> RecordingProvenance:
    return RecordingProvenance(
        recorded_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        source=plan.target.name,
        base_url="http://127.0.0.1" if plan.target.name == "sandbox" else plan.target.base_url,
        spec=spec_hash(),
        tools=tool_versions(),
        images=sender.images,
        cost_usd=0.0 if plan.target.is_local else round(sender.images * plan.price, 4),
        probes={one.probe: one.sent.account for one in measurement.all},
        not_probed=measurement.not_probed,
    )
