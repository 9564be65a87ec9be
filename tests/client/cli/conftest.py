"""The command line, run inside the process of the tests: that is quicker than a process for each run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.cli.start import start
from segmind_flux_schnell.cli import PROGRAM
from tests.client.cli.running import Finished

Flux = Callable[..., Finished]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one of the program."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def flux(folder: Path, capsys: pytest.CaptureFixture[str]) -> Flux:
    """Runs the program with the given arguments, without a key."""

    def run(*arguments: str | Path) -> Finished:
        code = start(PROGRAM, [str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Finished(code, captured.out, captured.err)

    return run
