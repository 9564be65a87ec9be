"""Differences of the command line, in copies of the real package that are edited."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.changes.command_line import CommandLineError, changes_of_commands, command_line_changes, described
from tests.generator.changes.packages import PACKAGE, first, in_few_copies, package_copy

CLI = "_runtime/cli"

ROWS = {
    "option-removed": (
        f"{CLI}/generate.py",
        '"--force"',
        '"--overwrite"',
        "`--force` of `generate`: the option is gone",
    ),
    "option-added": (
        f"{CLI}/generate.py",
        '"--force"',
        '"--overwrite"',
        "`--overwrite` of `generate`: the option is new",
    ),
    "option-now-required": (
        f"{CLI}/review.py",
        '["--force"], ',
        '["--force"], required=True, ',
        "`--force` of `review`: is required now",
    ),
    "option-changed": (
        f"{CLI}/review.py",
        '["--force"], is_flag=True',
        '["--force"], type=int',
        "`--force` of `review`",
    ),
    "option-added-required": (
        f"{CLI}/review.py",
        'click.Option(["--force"]',
        'click.Option(["--style"], required=True), click.Option(["--force"]',
        "`--style` of `review`: the option is new and required",
    ),
    "command-removed": (
        f"{CLI}/application.py",
        "review.command, show.command",
        "review.command",
        "`show`: the command is gone",
    ),
    "exit-code-changed": (f"{CLI}/exit_codes.py", "GOES_ON = 4", "GOES_ON = 5", '"goes on": the exit code is 5, was 4'),
    "exit-code-removed": (f"{CLI}/exit_codes.py", "TERMINATED", "ENDED", '"terminated": the exit code 143 is gone'),
    "exit-code-added": (
        f"{CLI}/exit_codes.py",
        "DONE = 0",
        "DONE = 0\nSKIPPED = 7",
        '"skipped": the exit code 7 is new',
    ),
}
"""By the kind of the difference: a file, a text in it, what stands there instead, and what is said of it."""

BACK = {"command-added": "command-removed", "option-now-optional": "option-now-required"}
"""The kinds that are the other direction of others."""


OPTIONS = {
    "fewer": ('type=click.Choice(["a", "b"])', 'type=click.Choice(["a"])', "option-choice-removed"),
    "more": ('type=click.Choice(["a"])', 'type=click.Choice(["a", "b"])', "option-choice-added"),
    "other": ("type=int, default=4", "type=int, default=5", "option-default-changed"),
    "often": ("type=int", "type=int, multiple=True", "option-changed"),
}
"""Options that both versions have: what they take, and the kind of the difference."""


@cache
def _real() -> dict[str, Any]:
    return described(PACKAGE)


@pytest.mark.parametrize("kinds", in_few_copies({kind: [row[:3]] for kind, row in ROWS.items()}), ids=first)
def test_differences_of_the_command_line_are_found(kinds: list[str], tmp_path: Path) -> None:
    """Each difference has its kind, and names the option and the command; what is gone one way is new the other."""
    other = described(package_copy(tmp_path, *(ROWS[kind][:3] for kind in kinds)))
    there, back = changes_of_commands(_real(), other), changes_of_commands(other, _real())
    for kind in kinds:
        assert [one.title for one in there if one.rule.kind == kind and ROWS[kind][3] in one.title], (kind, there)
    assert {one for one, other in BACK.items() if other in kinds} <= {change.rule.kind for change in back}


def _with_options(folder: Path, at: int, **more: str) -> Path:
    """A copy of the package whose command `review` has further options."""
    said = "".join(f", {name}={value!r}" for name, value in more.items())
    given = [f'click.Option(["--{name}"], {values[at]}{said}), ' for name, values in OPTIONS.items()]
    anchor = 'click.Option(["--force"]'
    return package_copy(folder, (f"{CLI}/review.py", anchor, f"{''.join(given)}{anchor}"))


def test_what_an_option_takes_is_compared(tmp_path: Path) -> None:
    """Choices, defaults and how often an option is given count; its help does not."""
    both = [_with_options(tmp_path / side, at, help=side) for at, side in enumerate(("old", "new"))]
    found = {change.what: change.rule.kind for change in command_line_changes(both[0], both[1])}
    assert found == {f"`--{name}` of `review`": kind for name, (_, _, kind) in OPTIONS.items()}


def test_an_option_of_several_commands_is_told_once() -> None:
    """With all of its flags, and the commands that have it."""
    option = {"opts": ["--loud"], "secondary_opts": ["-l"], "param_type_name": "option", "required": False, "name": "l"}
    versions = [
        {"commands": {name: {"params": params} for name in ("show", "plan", "batch")}, "exit codes": {}}
        for params in ([], [option])
    ]
    assert [one.title for one in changes_of_commands(*versions)] == [
        "`--loud`, `-l` of `show`, `plan` and `batch`: the option is new"
    ]


def test_the_same_command_line_has_no_differences(tmp_path: Path) -> None:
    """Texts of help are no difference."""
    edit = (f"{CLI}/generate.py", "Overwrite an existing file.", "Overwrite it.")
    assert changes_of_commands(_real(), described(package_copy(tmp_path, edit))) == []


def test_a_package_that_cannot_be_imported_is_refused(tmp_path: Path) -> None:
    """The last line of the traceback says why."""
    broken = package_copy(tmp_path, (f"{CLI}/program.py", "from attrs import frozen", "from attrs import gone"))
    with pytest.raises(CommandLineError, match="cannot import name 'gone'"):
        command_line_changes(PACKAGE, broken)
