"""Recording: all or nothing, without keys, byte for byte."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.output.folders import replacing_folder
from segmind_flux_schnell import NotSentError
from segmind_flux_schnell_sandbox.server import running_sandbox
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.probing.measurement import CouldNotTellError
from tests.contract.probing.probe import Probe
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.recording.cassettes import load, recorder
from tests.contract.recording.leaks import leaks
from tests.contract.recording.recording import LeakError, RecordingPlan, record_into

pytestmark = pytest.mark.usefixtures("generated_from_document")


def _recorded(folder: Path, probe: Probe, keys: Mapping[str, str] | None = None) -> Interaction:
    """Record one probe against the sandbox."""
    with running_sandbox() as sandbox:
        target = Target(sandbox.url, keys, "sandbox") if keys else Target.sandbox(sandbox.url)
        with Sender(target) as sender, recorder(folder).use_cassette(f"{probe.name}.yaml"):
            return sender.send(probe.name, probe.request)


def test_a_failed_run_leaves_the_old_recordings(tmp_path: Path, contract: Contract) -> None:
    """If the service cannot be reached, the folder is unchanged, and nothing is left beside it."""
    target = tmp_path / "cassettes"
    target.mkdir()
    (target / "old.yaml").write_text("old")
    plan = RecordingPlan.of(contract, Target.sandbox("http://127.0.0.1:9"))
    with pytest.raises((NotSentError, CouldNotTellError)), replacing_folder(target) as folder:
        record_into(folder, contract, plan, keep=True)
    assert [path.name for path in tmp_path.rglob("*")] == ["cassettes", "old.yaml"]


def test_images_are_kept_byte_for_byte(tmp_path: Path, contract: Contract) -> None:
    """An image is kept in a file named after its hash and read back unchanged; the cassette stays small."""
    probe = next(one for one in derived_probes(contract) if one.name == "accepted-base")
    interaction = _recorded(tmp_path, probe)
    loaded = load(tmp_path, probe.name, account="main", operation=probe.request.operation)
    assert loaded.response.content == interaction.response.content
    assert loaded.request == probe.request
    assert (tmp_path / "accepted-base.yaml").stat().st_size < 3000


def test_a_changed_image_is_not_replayed(tmp_path: Path, contract: Contract) -> None:
    """An image whose bytes do not have the hash in its name is refused."""
    probe = next(one for one in derived_probes(contract) if one.name == "accepted-base")
    _recorded(tmp_path, probe)
    blob = next((tmp_path / "blobs").iterdir())
    blob.write_bytes(blob.read_bytes()[:-1])
    with pytest.raises(ValueError, match="not what was recorded"):
        load(tmp_path, probe.name, account="main", operation=probe.request.operation)


def test_keys_are_scrubbed(tmp_path: Path, contract: Contract) -> None:
    """A cassette contains no key and nothing shaped like one, wherever the service repeats it."""
    probe = next(one for one in derived_probes(contract) if one.name == "status-401-wrong-key")
    canary = "SG_" + "0123456789abcdef"
    _recorded(tmp_path, probe, {"wrong": canary})
    assert list(leaks(tmp_path, [canary])) == []
    assert "SCRUBBED" in (tmp_path / f"{probe.name}.yaml").read_text()


def test_a_leak_stops_the_recording(tmp_path: Path, contract: Contract) -> None:
    """If a key gets into a file all the same, the run fails, and its recordings are deleted."""
    with running_sandbox() as sandbox:
        plan = RecordingPlan.of(
            contract, Target(sandbox.url, {**Target.sandbox("").keys, "leaky": "flux-schnell"}, "sandbox")
        )
        with pytest.raises(LeakError), replacing_folder(tmp_path / "cassettes") as folder:
            record_into(folder, contract, plan, keep=True)
    assert list(tmp_path.iterdir()) == []
