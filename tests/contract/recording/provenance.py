"""What was recorded, when, from which host, against which document, with which tools, at which cost."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from tests.contract import SPEC

_TOOLS = ("segmind-flux-schnell", "httpx", "vcrpy", "pytest-recording", "openapi-python-client")
_FILE = "provenance.json"


@frozen(kw_only=True)
class RecordingProvenance:
    """Where recordings come from.

    Args:
        recorded_at: Date and time, UTC.
        source: `sandbox`, or the host of the service.
        base_url: Where it was reached.
        spec: SHA-256 of the document.
        tools: Versions of what was used.
        images: How many images were made.
        cost_usd: What they cost, at the documented price; nothing on loopback.
        probes: Account of each probe, by its name, in the order of sending.
        not_probed: Probes that were not sent, each with the reason.
    """

    recorded_at: str
    source: str
    base_url: str
    spec: str
    tools: dict[str, str]
    images: int
    cost_usd: float
    probes: dict[str, str]
    not_probed: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> "RecordingProvenance":
        """That of a folder of recordings.

        Raises:
            FileNotFoundError: There are no recordings.
        """
        found: dict[str, Any] = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(**found)

    def write(self, folder: Path) -> None:
        """Put it beside the cassettes."""
        (folder / _FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @property
    def caveat(self) -> str:
        """What a reader has to know of recordings that are not the service's own; empty for those that are."""
        if self.source != "sandbox":
            return ""
        return (
            "These recordings are of the sandbox, a stand-in written from the vendor's documentation. "
            "The first recording of the live service is still to be made."
        )


def spec_hash(path: Path = SPEC) -> str:
    """SHA-256 of the document."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tool_versions() -> dict[str, str]:
    """Versions of what recordings depend on."""
    return {name: version(name) for name in _TOOLS}
