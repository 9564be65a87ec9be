"""Provenance: what was recorded, when, from which service, for which document, with which tools, at what cost."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

_TOOLS = ("segmind-flux-schnell", "httpx", "vcrpy", "pytest-recording", "openapi-python-client")
_FILE = "provenance.json"


@frozen(kw_only=True)
class RecordingProvenance:
    """Where recordings come from.

    Args:
        recorded_at: Date and time, UTC.
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
    """

    recorded_at: str
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

    @classmethod
    def read(cls, folder: Path) -> "RecordingProvenance":
        """Read the provenance of a folder of recordings.

        Raises:
            FileNotFoundError: There are no recordings.
        """
        found: dict[str, Any] = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(**found)

    def write(self, folder: Path) -> None:
        """Write the provenance beside the cassettes."""
        (folder / _FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

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
