"""The nightly check: its script against a service as documented and one that has drifted, and its workflow."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.cookbook.conftest import HERE, PATIENCE, ROOT, Recipes

SCRIPT = "tests/cookbook/nightly_drift.py"
WORKFLOW = HERE / "nightly_drift.yml"


def nightly(recipes: Recipes, url: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the script in the checkout, as the workflow does."""
    environment = {
        **recipes.environment,
        "BASE_URL": url,
        "SEGMIND_API_KEY": KEY,
        "GITHUB_STEP_SUMMARY": str(recipes.folder / "step_summary.md"),
    }
    return subprocess.run(
        [sys.executable, SCRIPT, "--reports", str(recipes.folder / "drift"), *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_service_that_has_drifted_is_annotated(recipes: Recipes) -> None:
    """The exit code is 1, and the annotation leads to the line of the document that no longer holds."""
    with running_sandbox(create_app(DOCUMENTED.with_attribute("steps", maximum=6))) as drifted:
        done = nightly(recipes, drifted.url)
    assert done.returncode == 1, done.stderr
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error file=openapi/flux-schnell.yaml")]
    document = (ROOT / "openapi" / "flux-schnell.yaml").read_text("utf-8").splitlines()
    lines = [document[int(re.findall(r"line=(\d+)", error)[0]) - 1].strip() for error in errors]
    assert "maximum: 8" in [line.partition("  #")[0] for line in lines]
    assert "steps" in (recipes.folder / "step_summary.md").read_text("utf-8")


def test_a_run_keeps_to_its_budget(recipes: Recipes, sandbox: Sandbox) -> None:
    """A plan that costs more than the budget sends nothing, and the job is told that there is no report."""
    done = nightly(recipes, sandbox.url, "--max-cost", "0.01")
    assert done.returncode == 2
    assert "::warning::" in done.stdout
    assert sandbox.ledger.posts == ()


def test_yesterdays_report_is_not_shown_as_todays(recipes: Recipes, sandbox: Sandbox) -> None:
    """A run that cannot start leaves no report behind that it did not write."""
    (recipes.folder / "drift").mkdir()
    (recipes.folder / "drift" / "annotations.txt").write_text("::error::of yesterday\n")
    assert "of yesterday" not in nightly(recipes, sandbox.url, "--max-cost", "0.01").stdout


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    """The workflow."""
    found: dict[str, Any] = YAML(typ="safe").load(WORKFLOW)
    return found


def test_the_workflow_is_valid() -> None:
    """actionlint and yamllint have nothing to say."""
    for tool, *options in (("actionlint", "-no-color"), ("yamllint", "--strict", "-c", "openapi/.yamllint")):
        done = subprocess.run(
            [f"{sys.prefix}/bin/{tool}", *options, str(WORKFLOW)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_runs_this_script_with_a_budget(workflow: dict[str, Any], recipes: Recipes) -> None:
    """Its command is there, its options are those of the script, and the budget covers the plan."""
    (step,) = (step for step in workflow["jobs"]["drift"]["steps"] if SCRIPT in step.get("run", ""))
    python, script, *options = step["run"].split()
    assert (python, script) == (".venv/bin/python", SCRIPT)
    known = recipes.run(str(Path(ROOT, script)), "--help")
    assert all(option in known for option in options if option.startswith("--"))
    assert set(step["env"]) == {"BASE_URL", "SEGMIND_API_KEY"}
