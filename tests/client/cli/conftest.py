"""The command line inside the process of the tests, which is quicker than a process for each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.cli.start import start
from segmind_flux_schnell.cli import PROGRAM
from tests.client.cli.running import Finished

Flux = Callable[..., Finished]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which the program is started in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def flux(folder: Path, capsys: pytest.CaptureFixture[str]) -> Flux:
    """Runs the program with some arguments, without a key."""

    def run(*arguments: str | Path) -> Finished:
        code = start(PROGRAM, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Finished(code, said.out, said.err)

    return run
