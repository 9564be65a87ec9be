"""Schemathesis on the same services, for comparison: what it notices, and what that would cost."""

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from attrs import frozen

from tests.contract import SPEC
from tests.contract.mutants.service import ServiceMutant
from tests.sandbox.accounts import KEY
from tests.sandbox.server import running_sandbox

_WORKERS = 2
_SECONDS = 300


@frozen(kw_only=True)
class Rival:
    """What a run of Schemathesis against a service mutant has shown.

    Args:
        name: The mutant.
        noticed: Whether it found a failure that it does not find on the documented service.
        pictures: How many pictures the run bought.
    """

    name: str
    noticed: bool
    pictures: int


def rival(mutants: Sequence[ServiceMutant]) -> list[Rival]:
    """Schemathesis against each mutant, with its defaults and the documented key."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(_run, mutants))


def _run(mutant: ServiceMutant) -> Rival:
    with running_sandbox(mutant.make()) as sandbox:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", str(SPEC), "--url", sandbox.url),
            *("--header", f"x-api-key: {KEY}", "--seed", "1", "--no-color"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        pictures = sum(entry.status == 200 for entry in sandbox.ledger.entries)
    return Rival(name=mutant.name, noticed=done.returncode == 1, pictures=pictures)
