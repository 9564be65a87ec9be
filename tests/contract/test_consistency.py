"""The document, the generated package and the recordings belong together; if not, one sentence says what mends it."""

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.document.document import Document
from tests.contract import CASSETTES, SPEC
from tests.contract.model.contract import Contract
from tests.contract.model.facts import facts_hash
from tests.contract.mutants.spec import spec_mutants
from tests.contract.recording.consistency import package_mismatch, recordings_mismatch, unrecorded_probes
from tests.contract.recording.former import former_probes
from tests.contract.recording.keeping import keep_unchanged


def test_the_package_is_of_the_document() -> None:
    """The package was generated from the document as it is now."""
    mismatch = package_mismatch()
    if mismatch is not None:
        pytest.fail(mismatch, pytrace=False)


@pytest.mark.usefixtures("generated_from_document")
def test_the_recordings_are_of_the_document(contract: Contract) -> None:
    """The recordings were made for the facts that the document states now, and contain all probes."""
    mismatch = recordings_mismatch(contract)
    if mismatch is None:
        return
    probes = unrecorded_probes(contract) if CASSETTES.exists() else []
    document = contract.document
    lines = [f"not recorded: {document.name}:{document.line(one.fact)} {one.fact}: {one.purpose}" for one in probes]
    pytest.fail("\n".join([mismatch, *lines]), pytrace=False)


def test_a_package_of_another_document_is_noticed(tmp_path: Path) -> None:
    """Any change of the document's file, if only of a comment, asks for `make generate`."""
    edited = tmp_path / SPEC.name
    shutil.copy(SPEC, edited)
    assert package_mismatch(edited) is None
    edited.write_text(f"# edited\n{SPEC.read_text(encoding='utf-8')}", encoding="utf-8")
    mismatch = package_mismatch(edited)
    assert mismatch is not None
    assert "generated/ and flux-schnell.yaml do not belong together" in mismatch
    assert "run `make generate`" in mismatch


def test_recordings_for_other_facts_are_noticed(contract: Contract) -> None:
    """Each change of a fact asks for `make record`."""
    for mutant in spec_mutants(contract):
        assert facts_hash(mutant.document) != facts_hash(contract.document), (mutant.pointer, mutant.change)
    moved = next(one for one in spec_mutants(contract) if one.pointer.endswith("/steps/maximum"))
    mismatch = recordings_mismatch(Contract.of(moved.document))
    assert mismatch is not None
    assert "cassettes and flux-schnell.yaml do not belong together" in mismatch
    assert "facts of the document have changed since the recording: run `make record`" in mismatch


def test_prose_is_not_a_fact(contract: Contract) -> None:
    """A new text, grade or version of the document, or another order of keys, does not outdate recordings."""
    root: Any = copy.deepcopy(contract.document.root)
    root["info"] = {"title": "Another title", "version": "9.9.9"}
    steps = root["components"]["schemas"]["GenerateImageRequest"]["properties"]["steps"]
    steps["description"] = "Another text."
    steps["x-evidence"] = "vendor"
    reordered = dict(reversed(root.items()))
    assert facts_hash(Document(SPEC.name, reordered, {})) == facts_hash(contract.document)


def test_a_property_called_description_is_a_fact(contract: Contract) -> None:
    """A key that is a name counts, whatever the name."""
    root: Any = copy.deepcopy(contract.document.root)
    root["components"]["schemas"]["GenerateImageRequest"]["properties"]["description"] = {"type": "string"}
    assert facts_hash(Document(SPEC.name, root, {})) != facts_hash(contract.document)


@pytest.mark.usefixtures("recorded_from_document")
def test_a_probe_without_a_cassette_is_noticed(contract: Contract, tmp_path: Path) -> None:
    """Recordings that lack a probe do not belong to the document, and the probe is named."""
    recordings = tmp_path / "cassettes"
    shutil.copytree(CASSETTES, recordings)
    assert recordings_mismatch(contract, recordings) is None
    (recordings / "rejected-steps-above-maximum.yaml").unlink()
    mismatch = recordings_mismatch(contract, recordings)
    assert mismatch is not None
    assert "not all probes of the document are recorded: run `make record`" in mismatch
    assert [probe.name for probe in unrecorded_probes(contract, recordings)] == ["rejected-steps-above-maximum"]


def test_missing_recordings_are_noticed(contract: Contract, tmp_path: Path) -> None:
    """A folder without recordings asks for `make record`."""
    assert recordings_mismatch(contract, tmp_path) == f"{tmp_path.name} has no recordings: run `make record`."


UNREADABLE = {
    "a conflict": ("accepted-base.yaml", "<<<<<<< ours", "accepted-base.yaml is not a cassette"),
    "a status that is not a number": ("accepted-base.yaml", "code: ok", "accepted-base.yaml is not a cassette"),
    "a day that is not one": ("provenance.json", '"confirmed_at": "soon"', "provenance.json is not a provenance"),
}


@pytest.mark.usefixtures("recorded_from_document")
@pytest.mark.parametrize(("name", "text", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_recordings_that_cannot_be_read_are_noticed(
    contract: Contract, tmp_path: Path, name: str, text: str, reason: str
) -> None:
    """A run is not compared with them, and a new recording takes their place: neither is lost for it."""
    recordings, new = tmp_path / "cassettes", tmp_path / "new"
    shutil.copytree(CASSETTES, new)
    shutil.copytree(CASSETTES, recordings)
    spoiled = re.sub(
        r'code: 200|"confirmed_at": "[^"]*"|\Ainteractions:', text, (recordings / name).read_text(), count=1
    )
    (recordings / name).write_text(spoiled)
    mismatch = recordings_mismatch(contract, recordings)
    assert mismatch is not None
    assert reason in mismatch
    assert former_probes(contract, recordings) == []
    changes = keep_unchanged(new, recordings, contract, exact=True)
    assert changes.text().startswith("The last recording cannot be read: all ")
