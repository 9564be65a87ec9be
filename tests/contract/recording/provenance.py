"""Provenance: what was recorded, when, from which service, for which document, with which tools, at what cost."""

import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

from attrs import asdict, evolve, field, frozen

_TOOLS = ("segmind-flux-schnell", "httpx", "vcrpy", "pytest-recording", "openapi-python-client")
OLD_AFTER_DAYS = 90
"""Recordings that no run has confirmed for longer come with a warning in each report."""


@frozen(kw_only=True)
class RecordingProvenance:
    """Where recordings come from.

    Args:
        recorded_at: Date and time, UTC, of the oldest cassette.
        confirmed_at: The last day on which a run is known to have shown the same as all cassettes, as ISO 8601. It may
            have been shown later too: a run that changes nothing moves this date only now and then.
        source: `sandbox`, or the host of the service.
        base_url: URL of the service.
        facts: Hash of the facts that the document stated, as `facts_hash` computes it.
        tools: Versions of the tools.
        images: How many images were made.
        cost_usd: Their cost at the documented price; 0 on loopback.
        probes: Account of each probe, by name, in the order of sending.
        not_probed: Probes that were not sent, each with the reason.
        operations: The operation of each probe, by name.
        header_parameters: Names of the headers that are parameters, for each probe that sends any.
        newer: Date and time of the cassettes that a later run has changed or added, by probe.
    """

    FILE: ClassVar[str] = "provenance.json"

    recorded_at: str
    confirmed_at: str
    source: str
    base_url: str
    facts: str
    tools: dict[str, str]
    images: int
    cost_usd: float
    probes: dict[str, str]
    not_probed: dict[str, str]
    operations: dict[str, str]
    header_parameters: dict[str, list[str]]
    newer: dict[str, str] = field(factory=dict[str, str])

    @classmethod
    def read(cls, folder: Path) -> "RecordingProvenance":
        """Read the provenance of a folder of recordings.

        Raises:
            FileNotFoundError: There are no recordings.
            ValueError: It cannot be read.
        """
        found: dict[str, Any] = json.loads((folder / cls.FILE).read_text(encoding="utf-8"))
        # Recordings of before there was such a date were confirmed by the run that made them.
        try:
            read = cls(**{"confirmed_at": found["recorded_at"][:10], **found})
            date.fromisoformat(read.confirmed_at)
        except (TypeError, LookupError, ValueError) as error:
            raise ValueError(f"{cls.FILE} is not a provenance: {error}") from error
        return read

    def time_of(self, probe: str) -> str:
        """When a probe was recorded."""
        return self.newer.get(probe, self.recorded_at)

    def with_older(self, older: Mapping[str, str]) -> "RecordingProvenance":
        """The provenance of a recording of which some cassettes are older.

        Args:
            older: When these were recorded, by probe.
        """
        times = {probe: older.get(probe, self.time_of(probe)) for probe in self.probes}
        oldest = min(times.values(), default=self.recorded_at)
        newer = {probe: time for probe, time in times.items() if time != oldest}
        return evolve(self, recorded_at=oldest, newer=newer)

    def age(self, today: date) -> int:
        """Days since the recordings were last confirmed."""
        return (today - date.fromisoformat(self.confirmed_at)).days

    def dated(self, today: date) -> str:
        """How old the recordings are, in a sentence."""
        first, last = self.recorded_at[:10], max([self.recorded_at, *self.newer.values()])[:10]
        days = first if first == last else f"{first} to {last}"
        confirmed = "" if last == self.confirmed_at else f", and were last confirmed on {self.confirmed_at}"
        age = self.age(today)
        return f"The recordings are of {days}{confirmed}: they are {age} day{'' if age == 1 else 's'} old."

    def outdated(self, today: date) -> str:
        """A warning if nobody has confirmed the recordings for long; empty otherwise."""
        if self.age(today) <= OLD_AFTER_DAYS:
            return ""
        return f"the recordings have not been confirmed for {self.age(today)} days: run `make record`"

    def write(self, folder: Path) -> None:
        """Write the provenance beside the cassettes."""
        (folder / self.FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @property
    def caveat(self) -> str:
        """What a reader has to know about recordings of the sandbox; empty for recordings of the service."""
        if self.source != "sandbox":
            return ""
        return (
            "These recordings are of the sandbox, a stand-in written from the vendor's documentation. "
            "The first recording of the live service is still to be made."
        )


def tool_versions() -> dict[str, str]:
    """Versions of the tools that recordings depend on."""
    return {name: version(name) for name in _TOOLS}
