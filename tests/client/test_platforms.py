"""What is skipped on Windows and macOS: the tables name tests and folders that exist."""

import ast

import pytest

from tests.client.conftest import ROOT
from tests.client.platforms import LINUX_ONLY, WINDOWS_HAS_NO, skip_what_cannot_run


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


class Collected(pytest.Item):
    """A test that is collected and does not run."""

    def runtest(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(("platform", "reasons"), [("linux", []), ("darwin", [*LINUX_ONLY.values()])])
def test_some_folders_are_for_linux(request: pytest.FixtureRequest, platform: str, reasons: list[str]) -> None:
    """They are skipped as a whole, with the reason, and run on Linux."""
    folders = [ROOT / "tests" / "client" / name for name in LINUX_ONLY]
    assert all(folder.is_dir() for folder in folders)
    items = [Collected.from_parent(request.session, name="a", path=folder / "test_a.py") for folder in folders]
    skip_what_cannot_run(items, platform)
    assert [mark.args[0] for item in items for mark in item.iter_markers("skip")] == reasons
