"""Schemathesis on the same services, for comparison: what it notices, and what that would cost."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from attrs import frozen

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import running_sandbox
from tests.contract import SPEC
from tests.contract.mutants.service import ServiceMutant

_WORKERS = 2
_SECONDS = 300


@frozen(kw_only=True)
class Rival:
    """The result of a run of Schemathesis against a service mutant.

    Args:
        name: The mutant.
        noticed: Whether it found a failure. On the documented service it finds none.
        images: How many images the run bought.
    """

    name: str
    noticed: bool
    images: int


def rival(mutants: Sequence[ServiceMutant]) -> list[Rival]:
    """Run Schemathesis against each mutant, with the documented key and its deterministic phases."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(_run, mutants))


def _run(mutant: ServiceMutant) -> Rival:
    with running_sandbox(mutant.make()) as sandbox, tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", str(SPEC), "--url", sandbox.url),
            *("--header", f"x-api-key: {KEY}", "--seed", "1", "--no-color"),
            # Its fuzzing fails on the documented sandbox too (a negative number of samples), and would prove nothing.
            *("--phases", "examples,coverage"),
            # The documented service responds with a 500 to a number out of range.
            *("--exclude-checks", "not_a_server_error"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, cwd=folder)
        images = sum(entry.status == 200 for entry in sandbox.ledger.entries)
    return Rival(name=mutant.name, noticed=done.returncode == 1, images=images)
