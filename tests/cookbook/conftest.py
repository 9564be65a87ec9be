"""A recipe as a user has it: copied into an empty folder, and run from there against the sandbox."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import define, field

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox

# For the reader to copy: it finds the service beside it, and `test_fastapi_service.py` runs it like that.
collect_ignore = ["fastapi_service_test.py"]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Seconds that a program may take.
PATIENCE = 120


@define
class Recipes:
    """A folder with copies of recipes, and the programs that run there.

    Args:
        folder: Where they are.
        environment: That of a user: the key, the URL of the sandbox, and no network but loopback.
    """

    folder: Path
    environment: dict[str, str]
    _running: list[subprocess.Popen[str]] = field(factory=list[subprocess.Popen[str]], init=False)

    def copy(self, name: str) -> Path:
        """Copy a recipe, as its README says."""
        return Path(shutil.copy(HERE / name, self.folder))

    def run(self, *command: str, code: int = 0) -> str:
        """Run a program to its end, and return what it prints.

        Raises:
            AssertionError: It ended with another code.
        """
        process = self.start(*command)
        printed, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == code, f"{command} ended with {process.returncode}:\n{printed}"
        return printed

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a program in a process group of its own, which ends with the test."""
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._running.append(process)
        return process

    @property
    def latest(self) -> subprocess.Popen[str]:
        """The program that was started last."""
        return self._running[-1]

    def kill(self, process: subprocess.Popen[str]) -> None:
        """`kill -9` a program and all that it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE)

    def close(self) -> None:
        """End what still runs."""
        for process in self._running:
            self.kill(process)


def wait_until(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait for something that a program does.

    Raises:
        AssertionError: The program has ended, or it takes too long.
    """
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, f"the program ended:\n{process.communicate()[0]}"
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A stand-in of the service, with books of its own for each test."""
    with running_sandbox() as running:
        yield running


@pytest.fixture
def recipes(sandbox: Sandbox, tmp_path: Path) -> Iterator[Recipes]:
    """An empty folder for recipes."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    recipes = Recipes(
        tmp_path,
        {
            **kept,
            "PATH": os.pathsep.join((f"{sys.prefix}/bin", os.environ["PATH"])),
            "PYTHONPATH": str(ROOT / "tests" / "readmes" / "loopback_only"),
            "PYTHONIOENCODING": "utf-8",
            "SEGMIND_BASE_URL": sandbox.url,
            "SEGMIND_API_KEY": KEY,
        },
    )
    try:
        yield recipes
    finally:
        recipes.close()
