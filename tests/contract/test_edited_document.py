"""What the replay and `drift` say after an edit of the document, in a copy of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve, frozen

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract import ROOT, python_path
from tests.contract.in_process import run
from tests.contract.listing import WithList, with_listing
from tests.contract.model.contract import Contract

pytestmark = pytest.mark.usefixtures("recorded_from_document")

_COPIED = ("openapi", "generated", "tests/contract", "tests/sandbox")
# The tests of the checks themselves are left out: they are not about the copy.
_REPLAY = (
    *("-m", "pytest", "-q", "-n0", "-rs", "-k", "not noticed and not fact"),
    *("tests/contract/test_replay.py", "tests/contract/test_consistency.py"),
)


@frozen
class Project:
    """A copy of the project.

    Args:
        root: Its folder.
    """

    root: Path

    def edit(self, old: str, new: str) -> None:
        """Replace a text that occurs once in the document."""
        text = self.document.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.document.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, with the copy's package."""
        environment = {
            **os.environ,
            "PYTHONPATH": python_path(self.root),
        }
        return subprocess.run(
            [sys.executable, *command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def generate(self) -> None:
        """Generate the package anew."""
        done = self.run("openapi/generate.py", "--strict")
        assert done.returncode == 0, done.stderr

    def drift(self) -> subprocess.CompletedProcess[str]:
        """Judge a sandbox that behaves as documented."""
        with running_sandbox() as sandbox:
            return self.run("-m", "tests.contract", "drift", "--base-url", sandbox.url)

    @property
    def document(self) -> Path:
        """The document."""
        return self.root / "openapi" / "flux-schnell.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project."""
    for name in _COPIED:
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "tests/__init__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return Project(tmp_path)


def test_an_edit_without_generating_stops_the_replay(project: Project) -> None:
    """One test fails, with the sentence; nothing else runs that a package of another document would make fail."""
    project.edit("maximum: 8\n", "maximum: 9\n")
    replay = project.run(*_REPLAY)
    assert replay.returncode == 1, replay.stdout
    assert "openapi/flux-schnell.yaml do not belong together, since the document has changed: run `make generate`" in (
        replay.stdout
    )
    assert "1 failed" in replay.stdout
    assert "passed" not in replay.stdout.splitlines()[-1]
    assert "breaking" not in replay.stdout


def test_an_edit_without_generating_stops_drift(project: Project) -> None:
    """`drift` sends nothing, and its exit code says that it could not tell."""
    project.edit("maximum: 8\n", "maximum: 9\n")
    done = project.drift()
    assert done.returncode == 2, done.stdout
    assert "run `make generate`. Nothing was sent." in done.stderr


def test_an_edited_fact_that_the_recordings_contradict_is_drift(project: Project) -> None:
    """The replay names the fact, its line, what was expected and what was seen, without a new recording."""
    project.edit("maximum: 8\n", "maximum: 9\n")
    project.generate()
    replay = project.run(*_REPLAY)
    assert replay.returncode == 1, replay.stdout
    breaking = [line for line in replay.stdout.splitlines() if line.startswith("breaking")]
    assert any("/GenerateImageRequest/properties/steps/maximum" in line for line in breaking)
    assert "expected accepted: steps=9; seen refused with 500" in replay.stdout
    assert "run `make record`" in replay.stdout


def test_an_edited_fact_that_no_recording_contradicts_asks_for_a_recording(project: Project) -> None:
    """One test fails, with the sentence, and nothing is called drift; `drift` does without the comparison."""
    seconds = Contract.load().document.at("/paths/~1v1~1flux-schnell/post/x-typical-seconds")
    project.edit(f"x-typical-seconds: {seconds}\n", f"x-typical-seconds: {seconds + 1}\n")
    project.generate()
    replay = project.run(*_REPLAY)
    assert replay.returncode == 1, replay.stdout
    assert "facts of the document have changed since the recording: run `make record`" in replay.stdout
    assert "1 failed" in replay.stdout
    assert "breaking" not in replay.stdout
    done = project.drift()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Not compared with the committed recordings" in done.stdout


def test_an_operation_that_is_added_is_probed_recorded_and_replayed(project: Project) -> None:
    """A list with query parameters: edit, generate, and it has a plan, verdicts and cassettes."""
    project.document.write_text(with_listing(project.document.read_text(encoding="utf-8")), encoding="utf-8")
    project.generate()
    with running_sandbox(WithList()) as sandbox:
        recorded = project.run("-m", "tests.contract", "record", "--base-url", sandbox.url)
    assert recorded.returncode == 0, recorded.stdout + recorded.stderr
    assert "37 can be billed" in recorded.stderr
    assert "0 breaking" in recorded.stdout
    assert "not probed get-image-status-200: no valid value of image_id is known" in recorded.stdout
    assert (project.root / "tests/contract/cassettes/list-images-rejected-page-size-above-maximum.yaml").exists()
    replay = project.run(
        *("-m", "pytest", "-q", "-n0", "-k", "list-images or get-image", "tests/contract/test_replay.py"),
    )
    assert replay.returncode == 0, replay.stdout
    assert "37 passed" in replay.stdout


def test_an_operation_that_is_taken_out_is_found_undocumented(project: Project) -> None:
    """What was recorded and is not in the document any more is asked for again, once and for free."""
    text = project.document.read_text(encoding="utf-8")
    start, end = text.index("  /v1/get-user-credits:\n"), text.index("\ncomponents:")
    project.document.write_text(text[:start] + text[end:], encoding="utf-8")
    project.generate()
    done = project.drift()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "/paths" in done.stdout
    assert "GET /v1/get-user-credits responds with 200" in done.stdout


def test_an_operation_that_the_service_lacks_is_drift() -> None:
    """A documented path that is not there any more."""
    with running_sandbox(create_app(evolve(DOCUMENTED, credits_path="/v1/balance"))) as sandbox:
        done = run("drift", "--base-url", sandbox.url)
    assert done.returncode == 1, done.stdout + done.stderr
    breaking = [line for line in done.stdout.splitlines() if line.startswith("breaking")]
    assert len(breaking) == 1
    assert "/paths/~1v1~1get-user-credits " in breaking[0]
