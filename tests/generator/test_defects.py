"""A defect of the generator costs the operations that show it, and is named as one; all others are generated."""

import errno
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import pytest

from generator.document.defects import settled
from generator.document.document import Document, Problem, SpecError
from generator.document.selection import Selection
from generator.output.project import ClientProject
from generator.views.operation_views import views
from tests.generator.conftest import Attempt
from tests.generator.generation import imported
from tests.generator.test_left_out import SOUND

PATHS = 40


def large() -> Selection:
    """All of a document with many operations, and a component that none of them uses."""
    operation = {"get": {"responses": {"204": {"description": "Done."}}}}
    root = {
        "openapi": "3.1.0",
        "info": {"title": "Large", "version": "1"},
        "paths": {f"/{at}": operation for at in range(PATHS)},
        "components": {"schemas": {"Unused": {"type": "object"}}},
    }
    return Selection(Document("large.json", root, {"": 1}))


def failing(fails: Callable[[AbstractSet[str]], bool], calls: list[int] | None = None) -> Any:
    """What fails for some operations, and needs no others to do so."""

    def make(selection: Selection) -> Selection:
        if calls is not None:
            calls.append(len(selection.operations))
        if fails({pointer.split("/")[2][2:] for pointer in selection.operations}):
            raise ZeroDivisionError("oh")
        return selection

    return make


def lost(selection: Selection) -> list[str]:
    """The paths of the operations that are left out."""
    return [one.name.removeprefix("GET /") for one in selection.left_out]


@pytest.mark.parametrize("bad", [["0"], ["39"], ["17"], ["3", "4", "30"], [str(at) for at in range(9)]], ids=len)
def test_the_operations_at_which_it_stumbles_are_left_out(bad: list[str]) -> None:
    """Each is named with what was raised, and few attempts are made to find them."""
    calls: list[int] = []
    selection = settled(large(), failing(lambda paths: not paths.isdisjoint(bad), calls))
    assert lost(selection) == bad
    assert {problem.message for one in selection.left_out for problem in one.problems} == {
        "a defect in the generator: ZeroDivisionError: oh"
    }
    assert sum(calls) < 7 * PATHS * len(bad)


def test_operations_that_fail_only_together_cost_one() -> None:
    """One of two is left out, if it is only the two of them that do not fit together."""
    selection = settled(large(), failing(lambda paths: {"5", "33"} <= paths))
    assert lost(selection) in (["5"], ["33"])


def test_what_fails_for_every_operation_is_a_problem_of_the_document() -> None:
    """It is found out after a few attempts."""
    calls: list[int] = []
    with pytest.raises(
        SpecError, match="cannot handle this document, a defect in the generator: ZeroDivisionError: oh"
    ):
        settled(large(), failing(lambda paths: True, calls))
    assert len(calls) < 50


def test_a_component_that_no_operation_uses_costs_none() -> None:
    """All such components are left out then, which the report says."""

    def make(selection: Selection) -> Selection:
        if "Unused" in selection.document.root["components"]["schemas"]:
            raise KeyError("Unused")
        return selection

    selection = settled(large(), make)
    assert not selection.left_out
    assert [(one.message, one.instead) for one in selection.approximated] == [
        ("a defect in the generator: KeyError: 'Unused'", "components that no operation uses are left out")
    ]


def test_problems_that_are_found_later_cost_operations_as_well() -> None:
    """What is raised with problems is asked for again without what they cost."""

    def make(selection: Selection) -> Selection:
        if "/paths/~17/get" in selection.operations:
            raise selection.document.error([Problem("wrong", "/paths/~17/get")])
        return selection

    assert lost(settled(large(), make)) == ["7"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_is_no_defect(number: int) -> None:
    """Nothing that could be left out would help."""

    def make(selection: Selection) -> Selection:
        raise OSError(number, "no")

    with pytest.raises(OSError, match="no"):
        settled(large(), make)


def test_a_view_that_fails_costs_the_operation(
    attempt: Attempt, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All other operations are in the package."""

    def fail(facts: Any, endpoints: Any) -> Any:
        made = views(facts, endpoints)
        if any(view.name == "get_bad" for view in made):
            raise RecursionError("too deep")
        return made

    monkeypatch.setattr("generator.output.plan.views", fail)
    assert attempt(SOUND) == 0
    assert "a defect in the generator: RecursionError: too deep" in " ".join(capsys.readouterr().out.split())
    with imported(tmp_path / "generated", "things") as made:
        assert (hasattr(made.Client, "get_good"), hasattr(made.Client, "get_bad")) == (True, False)


def test_code_that_does_not_parse_costs_the_operation(
    attempt: Attempt, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ruff says of it is in the report."""
    real = ClientProject.write

    def write(self: ClientProject) -> None:
        real(self)
        for path in self.package_dir.rglob("get_bad.py"):
            path.write_text("def (\n", encoding="utf-8")

    monkeypatch.setattr(ClientProject, "write", write)
    assert attempt(SOUND) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "GET /bad things.yaml:14: a defect in the generator: FormattingError: ruff check" in printed
    assert not list((tmp_path / "generated").rglob("get_bad.py"))
