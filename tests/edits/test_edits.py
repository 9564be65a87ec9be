"""An edit of the document makes those tests fail that are about the edited fact, and no others."""

from pathlib import Path

import pytest

from tests.edits.kinds import KINDS, Kind
from tests.edits.project import Project

# A choice of seconds; `make edits` tries each kind by itself, with more tests.
TESTS = (
    *("tests/client/base/test_causes.py", "tests/client/base/test_errors.py"),
    *("tests/client/cli/test_misuse.py", "tests/client/cli/test_option_table.py", "tests/client/cli/test_plan.py"),
    *("tests/client/package/test_docstrings.py", "tests/client/package/test_exported_members.py"),
    *("tests/client/validation", "tests/contract/test_consistency.py", "tests/contract/test_document.py"),
    *("tests/contract/test_probes.py", "tests/generator/test_altered_document.py"),
)


@pytest.mark.parametrize("group", ["more", "less"])
def test_tests_that_are_not_about_an_edit_stay_green(group: str, tmp_path: Path) -> None:
    """All edits after which the document offers more, or less, are made at once."""
    kinds = [kind for kind in KINDS if kind.group == group]
    project = Project.copied(tmp_path / "project")
    project.edit(edit for kind in kinds for edit in kind.edits)
    project.generate()
    failing = project.failing(TESTS)
    assert [test for test in failing if not any(kind.means(test) for kind in kinds)] == []
    assert failing, "no test holds the edits against the recordings"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.group == "alone"], ids=lambda kind: kind.name)
def test_a_change_that_callers_have_to_follow_can_be_generated(kind: Kind, tmp_path: Path) -> None:
    """The generator takes it, and the package can be imported."""
    project = Project.copied(tmp_path / "project")
    project.edit(kind.edits)
    project.generate()
    done = project.run("-c", "from segmind_flux_schnell import *; import segmind_flux_schnell.cli")
    assert (done.returncode, done.stderr) == (0, "")
