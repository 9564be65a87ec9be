"""The committed recordings are replayed through the generated client and judged against the document."""

from collections.abc import Iterator

import pytest
from vcr.cassette import Cassette

from tests.contract import CASSETTES
from tests.contract.judging.client_reading import client_reads
from tests.contract.judging.coverage import unproved
from tests.contract.judging.judge import judge_one
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.probing.unprobed import unprobed
from tests.contract.recording.cassettes import all_played
from tests.contract.recording.consistency import recordings_mismatch
from tests.contract.recording.leaks import leaks
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import recorded_interactions
from tests.contract.reporting.report import Report
from tests.contract.reports import accepted_apart, replay_report

pytestmark = pytest.mark.usefixtures("generated_from_document")

RECORDED = recorded_interactions(CASSETTES) if CASSETTES.exists() else []


@pytest.fixture(autouse=True)
def _with_recordings() -> None:
    """Without recordings `test_the_recordings_are_of_the_document` fails, and there is nothing to replay."""
    if not RECORDED:
        pytest.skip("there are no recordings")


@pytest.fixture(scope="module")
def sender() -> Iterator[Sender]:
    """A sender without a service: every response is read from a cassette."""
    with Sender(Target.sandbox("http://recorded.localhost")) as opened:
        yield opened


@pytest.mark.vcr
@pytest.mark.parametrize("interaction", RECORDED, ids=lambda interaction: interaction.probe)
def test_interaction(interaction: Interaction, contract: Contract, sender: Sender, vcr: Cassette) -> None:
    """The client reads the recorded response as documented, and no oracle finds it breaking."""
    replay = sender.send(interaction.probe, interaction.request)
    assert replay.response.content == interaction.response.content
    operation = contract.contract_of(replay)
    reading = client_reads(operation, replay) if operation is not None else ()
    findings = [*judge_one(contract, replay), *reading]
    report = _report(contract, f"Replay of {interaction.probe}", findings)
    if report.breaking:
        pytest.fail(report.text(), pytrace=False)
    assert all_played(vcr)


def _report(contract: Contract, title: str, findings: list[Finding]) -> Report:
    report = Report(
        contract=contract, title=title, findings=findings, recorded=(), not_probed={}, notes=[], probes=[], images=0
    )
    return accepted_apart(report, finds_anything=False)


def test_contract(contract: Contract) -> None:
    """All recordings together, images and billing included, are as the document says."""
    report = replay_report(contract)
    if report.breaking:
        pytest.fail(report.text(), pytrace=False)


def test_coverage(contract: Contract) -> None:
    """Each documented status, header, enum member and bound is shown by a recording, or named as not probed."""
    mismatch = recordings_mismatch(contract)
    if mismatch is not None:
        pytest.skip(mismatch)
    probes = derived_probes(contract)
    named = {one.fact for one in unprobed(contract, probes)}
    missing = [one for one in unproved(contract, RECORDED) if one.pointer not in named]
    unsent = {probe.name for probe in probes} & set(RecordingProvenance.read(CASSETTES).not_probed)
    if missing and not unsent:
        pytest.fail(_report(contract, "Facts that no recording shows", missing).text(), pytrace=False)


def test_no_cassette_is_left_over() -> None:
    """The provenance names each cassette."""
    assert {path.stem for path in CASSETTES.glob("*.yaml")} == {interaction.probe for interaction in RECORDED}


def test_no_keys_in_recordings() -> None:
    """No cassette, image or provenance contains anything shaped like a key."""
    assert list(leaks(CASSETTES, [])) == []


def test_every_blob_is_used() -> None:
    """The cassettes name each image in the folder."""
    texts = "".join(path.read_text(encoding="utf-8") for path in CASSETTES.glob("*.yaml"))
    assert [path.name for path in (CASSETTES / "blobs").iterdir() if path.name not in texts] == []


def test_provenance_says_where_from() -> None:
    """Recordings of the sandbox say so, and so do reports that are based on them."""
    provenance = RecordingProvenance.read(CASSETTES)
    assert provenance.source
    assert ("sandbox" in provenance.caveat) == (provenance.source == "sandbox")
