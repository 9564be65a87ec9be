"""The patch between `make record`, which proposes it, and `make adopt`, which applies it."""

import os
import subprocess
import sys

from attrs import evolve, frozen

from tests.contract import CASSETTES, ROOT, SPEC
from tests.contract.adoption.adoption import adoption
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.facts import facts_hash
from tests.contract.model.findings import Finding
from tests.contract.probing.measurement import Measurement
from tests.contract.recording.consistency import unrecorded_probes
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import recorded_interactions

PATCH = CASSETTES.parent / "adoption.patch"
"""The edits of the document that follow from the last recording of the service; git ignores it."""

_SPEC, _PATCH = SPEC.relative_to(ROOT), PATCH.relative_to(ROOT)


class NotAdoptedError(Exception):
    """Nothing was changed: there is no patch, it does not fit, or the edited document cannot be used."""


@frozen
class Adopted:
    """The edited document beside the recordings.

    Args:
        contract: The document.
        missing: How many of its probes are not recorded.
        left: What it still contradicts in the recordings.
    """

    contract: Contract
    missing: int
    left: tuple[Finding, ...]

    def __str__(self) -> str:
        document = self.contract.document
        lines = [f"{_SPEC} is edited, and generated/ is generated anew."]
        if self.missing:
            lines.append(f"{self.missing} probes of the edited document are not recorded: run `make record` again.")
        for one in self.left:
            place = f"{document.name}:{one.line(document)}"
            lines.append(f"left: {place}  {one.pointer}: expected {one.expected}; seen {one.seen}  [{one.probe}.yaml]")
        return "\n".join(lines)


def proposed(contract: Contract, measurement: Measurement, *, is_service: bool, exact: bool) -> str:
    """What the last recording decides, as a table. Writes the patch, in place of an older one.

    Args:
        contract: The document that was recorded.
        measurement: What was recorded.
        is_service: Whether it was recorded from the service itself; nothing else shows what that does.
        exact: Whether equal images have equal pixels.
    """
    PATCH.unlink(missing_ok=True)
    if not is_service:
        server = contract.document.at("/servers/0/url")
        return f"No grade changes: only a recording of {server} shows what the service does."
    day = RecordingProvenance.read(CASSETTES).confirmed_at
    found = adoption(contract, measurement, SPEC, day, exact=exact)
    if not found.patch:
        return found.table()
    PATCH.write_text(found.patch, encoding="utf-8")
    return f"{found.table()}\n\nThe edits are in {_PATCH}: read it, and run `make adopt` to apply it."


def apply_patch() -> Adopted:
    """Apply the patch to the document, and generate the package anew.

    Raises:
        NotAdoptedError: Nothing was changed.
    """
    if not PATCH.exists():
        raise NotAdoptedError("nothing to adopt: `make record` writes the edits, from a recording of the service.")
    before = SPEC.read_bytes()
    done = _run("git", "apply", "--whitespace=nowarn", str(PATCH))
    if done.returncode:
        raise NotAdoptedError(
            f"nothing was changed: {_PATCH} does not fit {_SPEC}, which has changed since the recording, or the patch "
            f"has ({' '.join(done.stderr.split())[:200]})."
        )
    done = _run(sys.executable, "openapi/generate.py", "--strict")
    if done.returncode:
        SPEC.write_bytes(before)
        raise NotAdoptedError(f"nothing was changed, since the edited document cannot be used:\n{done.stderr}")
    PATCH.unlink()
    return _adopted()


def _adopted() -> Adopted:
    contract, provenance = Contract.load(), RecordingProvenance.read(CASSETTES)
    missing = unrecorded_probes(contract, CASSETTES)
    if not missing:
        # The recordings have all that the edited document needs, and need not be bought again.
        evolve(provenance, facts=facts_hash(contract.document)).write(CASSETTES)
    interactions = recorded_interactions(CASSETTES)
    # The client that this process has loaded is the one of the document before the edits.
    found = judge(contract, interactions, exact=provenance.source == "sandbox", with_client=False)
    return Adopted(contract, len(missing), tuple(one for one in found if one.severity == "breaking"))


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    # In a folder within another repository, git would take the paths of the patch for those of that one.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
