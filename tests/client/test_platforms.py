"""What is skipped on Windows and macOS: the table names tests that exist."""

import ast

from tests.client.conftest import ROOT
from tests.client.platforms import WINDOWS_HAS_NO


def test_the_tests_that_windows_cannot_run_exist() -> None:
    """A test that is renamed takes its place in the table along."""
    modules = (ROOT / "tests" / "client").rglob("test_*.py")
    defined = {
        node.name
        for module in modules
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name for names in WINDOWS_HAS_NO.values() for name in names} <= defined
