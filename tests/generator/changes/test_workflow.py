"""The workflow that posts what a pull request means: its commands, run as it runs them."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.generator import ROOT
from tests.generator.changes.repositories import Repository
from tests.generator.changes.rows import ROWS
from tests.readmes.commands import missing_parts
from tests.readmes.shell import clone

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _load(path: Path) -> Any:
    return YAML(typ="safe").load(path)


STEPS = _load(ROOT / ".github" / "workflows" / "changes.yml")["jobs"]["changes"]["steps"]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A clone with a release, and a pull request to the branch `main` that narrows a range."""
    root = tmp_path_factory.mktemp("workflow") / "project"
    root.mkdir()
    clone(root)
    made = Repository(root)
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit("Release.", "v0.1.0")
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    made.edit(*ROWS["a lower maximum"].edits)
    makefile = root / "Makefile"
    makefile.write_text(makefile.read_text("utf-8").replace("\ndemo:", "\nshow:"), "utf-8")
    sandbox = root / "tests" / "sandbox" / "segmind_flux_schnell_sandbox" / "sandbox.py"
    sandbox.write_text(sandbox.read_text("utf-8").replace("def fails_with(", "def fails("), "utf-8")
    made.commit("Narrower.")
    return made


def _step(name: str) -> dict[str, Any]:
    (found,) = (step for step in STEPS if step.get("name") == name)
    return dict(found)


def _run(repository: Repository, name: str, summary: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does: its script, by a shell that ends at the first command that fails."""
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary), **variables}
    command = ["bash", "-e", "-c", _step(name)["run"]]
    return subprocess.run(command, cwd=repository.root, env=environment, capture_output=True, text=True, check=False)


def test_the_steps_report_and_fail_if_the_version_is_too_low(repository: Repository, tmp_path: Path) -> None:
    """The comparison with the branch never fails, that with the release does, and the summary has both."""
    summary = tmp_path / "summary.md"
    assert _step("Since the branch")["env"] == {"BASE": "origin/${{ github.base_ref }}"}
    done = _run(repository, "Since the branch", summary, BASE="origin/main")
    assert done.returncode == 0, done.stderr
    done = _run(repository, "Since the last release", summary)
    assert done.returncode == 1, done.stderr
    done = _run(repository, "Job summary", summary)
    assert done.returncode == 0, done.stderr
    posted = summary.read_text("utf-8")
    assert "Compared with origin/main" in posted
    assert "Compared with v0.1.0" in posted
    assert posted.count("`maximum` of `steps`") == 2
    assert posted.count("`make demo`: the command is gone") == 2
    assert posted.count("`FluxSchnellSandbox.fails_with`: is gone") == 2
    assert (repository.root / "changes.md").read_text("utf-8") == posted
    assert "## 0.2.0 (not released)" in (repository.root / "draft.md").read_text("utf-8")


def test_a_summary_without_reports_says_so(tmp_path: Path) -> None:
    """Where a comparison could not be made, the summary leads to the log."""
    summary = tmp_path / "summary.md"
    assert _run(Repository(tmp_path), "Job summary", summary).returncode == 0
    assert "Not all could be compared; see the log." in summary.read_text("utf-8")


def test_pull_requests_from_forks_are_not_commented() -> None:
    """They may not write, and what they bring along never sees a token that may."""
    step = _step("Comment")
    assert "head.repo.full_name == github.repository" in step["if"]
    assert "gh pr comment" in step["run"]
    assert "--body-file changes.md" in step["run"]
    (checkout,) = (one for one in STEPS if str(one.get("uses")).startswith("actions/checkout"))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_a_branch_that_cannot_be_read_does_not_fail_the_check() -> None:
    """A pull request that mends it could not be merged otherwise; that of the release has to be told."""
    assert _step("Since the branch")["continue-on-error"] is True
    assert "continue-on-error" not in _step("Since the last release")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=[path.stem for path in WORKFLOWS])
def test_what_workflows_start_is_there(workflow: Path) -> None:
    """Each module, script, program and make target that a workflow names exists."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for job in _load(workflow)["jobs"].values():
        for text in [step["run"] for step in job["steps"] if "run" in step]:
            if ".venv/bin/" in text:
                assert missing_parts(text) == []
            for target in [line.split()[1] for line in text.splitlines() if line.startswith("make ")]:
                assert target == ".venv/.ready" or f"\n{target}:" in makefile, target
