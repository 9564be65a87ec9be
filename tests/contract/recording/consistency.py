"""Whether the document, the generated package and the recordings belong together; if not, which command mends it.

The package belongs to the document if it was generated from this very file. Recordings belong to it if they were made
for the same facts and contain all its probes. With a package of another document nothing is judged, since no finding
would mean anything. Recordings for other facts are still judged, since they may contradict an edited fact.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from segmind_flux_schnell._service import SPEC_SHA256
from tests.contract import CASSETTES, ROOT, SPEC
from tests.contract.model.contract import Contract
from tests.contract.model.facts import facts_hash
from tests.contract.model.interactions import ProbeRequest
from tests.contract.probing.probe import Probe
from tests.contract.probing.probes import derived_probes
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import recorded_interaction


def package_mismatch(spec: Path = SPEC, generated_from: str = SPEC_SHA256) -> str | None:
    """A sentence if the package was generated from another document; None if they belong together.

    Args:
        spec: The document.
        generated_from: SHA-256 of the document that the package was generated from.
    """
    if hashlib.sha256(spec.read_bytes()).hexdigest() == generated_from:
        return None
    return f"generated/ and {_shown(spec)} do not belong together, since the document has changed: run `make generate`."


def recordings_mismatch(contract: Contract, folder: Path = CASSETTES) -> str | None:
    """A sentence if recordings were made for another document; None if they belong together.

    Args:
        contract: The document.
        folder: The recordings.
    """
    try:
        reason = _difference(contract, folder)
    except FileNotFoundError:
        return f"{_shown(folder)} has no recordings: run `make record`."
    except ValueError as error:
        return f"{_shown(folder)} cannot be read, since {error}: restore it, or run `make record`."
    if reason is None:
        return None
    return f"{_shown(folder)} and {contract.document.name} do not belong together, since {reason}: run `make record`."


def _difference(contract: Contract, folder: Path) -> str | None:
    if RecordingProvenance.read(folder).facts != facts_hash(contract.document):
        return "facts of the document have changed since the recording"
    return "not all probes of the document are recorded" if unrecorded_probes(contract, folder) else None


def unrecorded_probes(contract: Contract, folder: Path = CASSETTES) -> Sequence[Probe]:
    """The probes that follow from the document and are not recorded with the same request, nor listed as not probed."""
    provenance = RecordingProvenance.read(folder)
    requests = {name: _recorded_request(folder, provenance, name) for name in provenance.probes}
    probes = [probe for probe in derived_probes(contract) if probe.name not in provenance.not_probed]
    return [probe for probe in probes if not probe.is_sent_as(requests.get(probe.name))]


def _recorded_request(folder: Path, provenance: RecordingProvenance, probe: str) -> ProbeRequest | None:
    try:
        return recorded_interaction(folder, provenance, probe).request
    except FileNotFoundError:
        return None


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
