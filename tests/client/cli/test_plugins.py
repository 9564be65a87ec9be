"""Commands from other packages: they are listed and run, and one that is broken costs one line."""

from collections.abc import Callable
from importlib import invalidate_caches
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.cli import plugins
from tests.client.cli.conftest import Flux

MODULE = """\
import click

@click.command(help="Frame an image.")
@click.argument("file")
def frame(file):
    print("framed", file)
    return 3

not_a_command = 7
"""

Installing = Callable[[str, str], None]


@pytest.fixture
def installing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installing:
    """Installs a package with one entry point, as pip leaves it behind."""

    def install(name: str, value: str) -> None:
        site = tmp_path / "site"
        info = site / f"{name}_plugin-1.0.dist-info"
        info.mkdir(parents=True)
        (site / "picture_frames.py").write_text(MODULE)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-plugin\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[segmind_flux_schnell.commands]\n{name} = {value}\n")
        monkeypatch.syspath_prepend(site)
        invalidate_caches()

    return install


def test_a_command_of_another_package_is_listed_and_run(flux: Flux, installing: Installing) -> None:
    """Its help stands with the others, its exit code is the program's, and misspelt it is suggested."""
    installing("frame", "picture_frames:frame")
    assert "\n  frame     Frame an image.\n" in flux("--help").out
    done = flux("frame", "tiger.jpg")
    assert (done.code, done.out) == (3, "framed tiger.jpg\n")
    assert "No such command 'fram'. Did you mean frame?" in flux("fram").err


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("no_such_module:frame", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("picture_frames:no_such_name", "AttributeError: module 'picture_frames' has no attribute 'no_such_name'"),
        ("picture_frames:not_a_command", "picture_frames:not_a_command is not a command of click"),
    ],
)
def test_a_broken_one_costs_one_line(flux: Flux, installing: Installing, value: str, why: str) -> None:
    """The list of commands says why in its place, the command itself ends with it, and the others work."""
    installing("frame", value)
    listed = flux("--help")
    assert (listed.code, listed.err) == (0, "")
    (line,) = [line for line in listed.out.splitlines() if line.startswith("  frame ")]
    assert "Cannot be loaded" in line
    assert len([line for line in listed.out.splitlines() if line.startswith("  generate ")]) == 1
    done = flux("frame", "tiger.jpg", "--wide")
    assert (done.code, done.out) == (2, "")
    assert f"Error: The command 'frame' cannot be loaded: {why}\n" in done.err
    assert flux("generate", "--help").code == 0


def test_no_package_replaces_a_command(flux: Flux, installing: Installing) -> None:
    """A command of the program stays what it is."""
    installing("generate", "picture_frames:frame")
    assert "--steps" in flux("generate", "--help").out
    assert flux("--help").out.count("  generate ") == 1


def test_the_commands_of_the_program_look_for_no_packages(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed is looked through for a list or an unknown name alone: it takes time."""

    def refuse(**_: str) -> None:
        raise AssertionError("looked through")

    monkeypatch.setattr(plugins, "entry_points", refuse)
    assert flux("generate", "--help").code == 0
    assert flux("show", "no-such-file.jpg").code != 0
