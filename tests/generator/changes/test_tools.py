"""Differences of the make targets and of the options of the programs in `openapi/`."""

from pathlib import Path

from generator.changes.tools import further_packages, tool_changes
from tests.generator import ROOT


def _tools(root: Path, makefile: str, program: str) -> Path:
    (root / "openapi").mkdir(parents=True)
    (root / "Makefile").write_text(makefile, "utf-8")
    (root / "openapi" / "generate.py").write_text(program, "utf-8")
    return root


def test_targets_and_options_that_come_and_go_are_found(tmp_path: Path) -> None:
    """A target that `make help` does not list is nobody's business, and neither is the order."""
    old = _tools(
        tmp_path / "old",
        "demo: generate  ## Show it\n\ncheck:  ## Check it\n\n.venv/.ready: x\n",
        'parser.add_argument("--spec", help="--other")\nparser.add_argument("--root")\n',
    )
    new = _tools(
        tmp_path / "new",
        "check:  ## Check it all\n\nshow: check  ## Show it\n",
        'parser.add_argument("--spec")\nparser.add_argument("-b", "--base")\n',
    )
    assert [(change.verdict, change.title) for change in tool_changes(old, new)] == [
        ("breaking", "`make demo`: the command is gone"),
        ("additive", "`make show`: the command is new"),
        ("breaking", "`--root` of `openapi/generate.py`: the option is gone"),
        ("additive", "`--base` of `openapi/generate.py`: the option is new"),
        ("additive", "`-b` of `openapi/generate.py`: the option is new"),
    ]


def test_the_tools_of_the_project_are_read(tmp_path: Path) -> None:
    """Against a version that had none of them, each target and each option is new, and against itself none."""
    old = _tools(tmp_path, "", "")
    new = {change.title for change in tool_changes(old, ROOT)}
    assert {"`make changes`: the command is new", "`--strict` of `openapi/generate.py`: the option is new"} <= new
    assert tool_changes(ROOT, ROOT) == []


def test_the_packages_of_the_wheel_are_known() -> None:
    """The sandbox is released with the client; who has no project has no further package."""
    found = further_packages(ROOT, "segmind_flux_schnell")
    assert [path.name for path in found] == ["segmind_flux_schnell_sandbox"]
    assert all((path / "__init__.py").is_file() for path in found)
    assert further_packages(None, "segmind_flux_schnell") == ()
