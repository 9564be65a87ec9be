"""Completion by a shell: with the protocol of click, and in a real bash."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.client.cli.running import environment, run

PROGRAM = Path(sys.executable).with_name("flux-schnell")

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="needs the installed program")


def completed(*words: str, shell: str = "bash") -> list[str]:
    """What the program offers for the last of some words."""
    variables = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        variables["COMP_CWORD"] = words[-1]
    done = subprocess.run(
        [PROGRAM],
        env={**environment(), "_FLUX_SCHNELL_COMPLETE": f"{shell}_complete", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()


def test_commands_options_and_values_are_offered() -> None:
    """Also the values of an enum of the document."""
    assert "plain,generate" in completed("flux-schnell", "gen")
    assert "plain,--sampler-name" in completed("flux-schnell", "generate", "--samp")
    offered = completed("flux-schnell", "generate", "--sampler-name", "euler_a")
    assert offered == ["plain,euler_ancestral", "plain,euler_ancestral_pp"]
    assert completed("flux-schnell", "batch", "--on-mismatch", "r") == ["plain,raise"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_served_too(shell: str) -> None:
    """With a description of each command."""
    offered = completed("flux-schnell", "gen", shell=shell)
    assert any("generate" in line for line in offered)
    assert any("Make an image" in line for line in offered)


@pytest.mark.skipif(which("bash") is None, reason="needs bash")
def test_a_bash_that_was_set_up_as_the_help_says(tmp_path: Path) -> None:
    """The line of the help, evaluated: afterwards bash completes by it."""
    line = next(line.split(maxsplit=1)[1] for line in help_of_program().splitlines() if "~/.bashrc" in line)
    script = f"""{line}
complete -p flux-schnell
COMP_WORDS=(flux-schnell generate --sampler-name euler_a) COMP_CWORD=3
_flux_schnell_completion flux-schnell
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=tmp_path,
        env={**environment(), "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    declared, *offered = done.stdout.splitlines()
    assert "_flux_schnell_completion flux-schnell" in declared
    assert offered == ["euler_ancestral", "euler_ancestral_pp"], done.stderr


def help_of_program() -> str:
    """The help of the installed program."""
    done = subprocess.run(
        [PROGRAM, "--help"], env=environment(), capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def test_the_help_names_each_shell(tmp_path: Path) -> None:
    """With the variable of this program; not where it runs as a module, for which no shell completes anything."""
    text = help_of_program()
    assert [
        name for name in ("bash", "zsh", "fish") if f"_FLUX_SCHNELL_COMPLETE={name}_source flux-schnell" in text
    ] == [
        "bash",
        "zsh",
        "fish",
    ]
    assert "_source" not in run("--help", cwd=tmp_path).out
