"""The command line, run as people and scripts run it: in a process of its own."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from attrs import frozen

from segmind_flux_schnell_sandbox.accounts import KEY
from tests.client.conftest import ROOT
from tests.waiting import PATIENCE

MODULE = (sys.executable, "-m", "segmind_flux_schnell")


@frozen
class Finished:
    """The result of a run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on the standard output."""
        return json.loads(self.out)


def environment(key: str | None = KEY, **variables: str) -> dict[str, str]:
    """The environment of a run: of the tests it has only the package and a key."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    found = {**kept, "PYTHONPATH": str(ROOT / "generated"), "PYTHONIOENCODING": "utf-8", **variables}
    return found if key is None else {**found, "SEGMIND_API_KEY": key}


def run(*arguments: str | Path, cwd: Path, key: str | None = KEY, stdin: str = "", **variables: str) -> Finished:
    """Run the program in a process of its own, without a terminal."""
    done = subprocess.run(
        [*MODULE, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env=environment(key, **variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def redirected(command: str, redirection: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run the program under a shell that redirects its standard streams."""
    return subprocess.run(
        ["sh", "-c", f"{shlex.join(MODULE)} {command} {redirection}"],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
