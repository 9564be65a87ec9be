"""The sandbox knows nothing about the project that it is used to test."""

import ast
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "segmind_flux_schnell_sandbox"
MODULES = sorted(FOLDER.rglob("*.py"))
FOREIGN = {"attrs", "click", "PIL", "pytest", "starlette", "uvicorn"}


def imported(module: Path) -> set[str]:
    """Return the names of all modules that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_sandbox_imports_nothing_of_the_project(module: Path) -> None:
    """Apart from itself, the sandbox imports only the standard library and the named packages."""
    for name in imported(module):
        root = name.partition(".")[0]
        own = root == "segmind_flux_schnell_sandbox"
        assert own or root in FOREIGN or root in sys.stdlib_module_names, name


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_sandbox_reads_no_file(module: Path) -> None:
    """No module opens a file, so none can read the OpenAPI document."""
    calls = [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call)]
    names = {getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls}
    assert not names & {"open", "read_text", "read_bytes", "import_module", "__import__"}
