"""The committed recordings, replayed through the generated client and held against the document."""

from collections.abc import Iterator

import pytest
from vcr.cassette import Cassette

from tests.contract import CASSETTES
from tests.contract.commands import replayed
from tests.contract.judging.client_reading import client_reads
from tests.contract.judging.coverage import unproved
from tests.contract.judging.judge import judge_one
from tests.contract.judging.report import Report
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.recording.cassettes import all_played, key_shaped
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import recorded

RECORDED = recorded(CASSETTES)


@pytest.fixture(scope="module")
def sender() -> Iterator[Sender]:
    """Sends to nowhere: every response comes from a cassette."""
    with Sender(Target.sandbox("http://recorded.localhost")) as opened:
        yield opened


@pytest.mark.vcr
@pytest.mark.parametrize("interaction", RECORDED, ids=lambda interaction: interaction.probe)
def test_exchange(interaction: Interaction, contract: Contract, sender: Sender, vcr: Cassette) -> None:
    """The client reads the recorded response as the document says, and the judge has nothing against it."""
    replay = sender.send(interaction.probe, interaction.sent)
    assert replay.response.content == interaction.response.content
    findings = [*judge_one(contract, replay), *client_reads(contract, replay)]
    report = _report(contract, f"Replay of {interaction.probe}", findings)
    if report.breaking:
        pytest.fail(report.text(), pytrace=False)
    assert all_played(vcr)


def test_probes_are_recorded(contract: Contract) -> None:
    """The recordings are of the probes that follow from the document as it is now."""
    before = {interaction.probe: interaction.sent for interaction in RECORDED}
    skipped = RecordingProvenance.read(CASSETTES).not_probed
    stale = [one for one in derived_probes(contract) if one.name not in skipped and before.get(one.name) != one.sent]
    lines = [f"{contract.document.name}:{contract.document.line(one.fact)} {one.fact}: {one.purpose}" for one in stale]
    if stale:
        count = f"{len(stale)} probes have changed with the document and are not recorded: run `make record`"
        pytest.fail("\n".join([count, *lines]), pytrace=False)


def _report(contract: Contract, title: str, findings: list[Finding]) -> Report:
    return Report(
        contract=contract, title=title, findings=findings, recorded=(), not_probed={}, notes=[], probes=1, images=0
    )


def test_contract(contract: Contract) -> None:
    """All recordings together, the images and the money among them, are as the document says."""
    report = replayed(contract)
    if report.breaking:
        pytest.fail(report.text(), pytrace=False)


def test_coverage(contract: Contract) -> None:
    """Each documented status, header, list member and bound is shown by a recording, or is listed as not probed."""
    missing = unproved(contract, RECORDED)
    if missing and not RecordingProvenance.read(CASSETTES).not_probed:
        pytest.fail(_report(contract, "Facts that no recording shows", missing).text(), pytrace=False)


def test_no_cassette_is_left_over() -> None:
    """Each cassette is one that the provenance names."""
    assert {path.stem for path in CASSETTES.glob("*.yaml")} == {interaction.probe for interaction in RECORDED}


def test_no_keys_in_recordings() -> None:
    """Nothing that looks like a key stands in a cassette, an image or the provenance."""
    assert list(key_shaped(CASSETTES, [])) == []


def test_every_blob_is_used() -> None:
    """The images beside the cassettes are those that the cassettes name."""
    texts = "".join(path.read_text(encoding="utf-8") for path in CASSETTES.glob("*.yaml"))
    assert [path.name for path in (CASSETTES / "blobs").iterdir() if path.name not in texts] == []


def test_provenance_says_where_from() -> None:
    """Recordings of the sandbox say so, and so do the reports that rest on them."""
    provenance = RecordingProvenance.read(CASSETTES)
    assert provenance.source
    assert ("sandbox" in provenance.caveat) == (provenance.source == "sandbox")
