"""The generated code is typed: strict type checkers find nothing in packages of other documents."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generator import ROOT
from tests.generator.generation import DOCUMENTS, write_package

PACKAGES = ("bodies", "choices", "numbered_jobs", "located_jobs")
"""Those with the most kinds of code, and those with handles of jobs.

The runtime, of which each has a copy, is checked with the repository.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with packages of other documents."""
    root = tmp_path_factory.mktemp("typing")
    for name in PACKAGES:
        write_package(DOCUMENTS / f"{name}.yaml", root / "output", f"{name}_service")
        (root / "output" / f"{name}_service").rename(root / f"{name}_service")
    return root


def checker(*command: str, cwd: Path) -> str:
    """Run a type checker, and return what it has found."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_mypy_finds_nothing(folder: Path) -> None:
    """`mypy --strict` passes."""
    names = [f"{name}_service" for name in PACKAGES]
    assert checker("mypy", "--strict", "--no-incremental", "--config-file=", *names, cwd=folder) == ""


def test_pyright_finds_nothing(folder: Path) -> None:
    """`pyright` in strict mode passes."""
    settings = {
        "include": ["*_service"],
        "exclude": ["**/_runtime"],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "venvPath": str(ROOT),
        "venv": ".venv",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    assert checker("pyright", "--project", str(folder), cwd=folder) == ""
