"""Code that runs in fresh processes: how long it takes there, from its first line to its last."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from statistics import median

from tests.bench.servers import ROOT
from tests.bench.timing import in_turn

_TIMED = """
{setup}
import time
begin = time.perf_counter()
{code}
print(time.perf_counter() - begin)
"""


def fresh(code: str, pycache: str | None = None) -> str:
    """What code prints in a fresh process.

    Args:
        code: The code.
        pycache: Folder for compiled modules, or None for the usual places.
    """
    environment = dict(os.environ)
    if pycache is not None:
        # Installed packages come with compiled modules. Where none may be written beside sources, ours alone would be
        # compiled at each import.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = pycache
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=environment).stdout


def interleaved_starts(codes: Mapping[str, str], starts: int, setup: str = "") -> dict[str, float]:
    """Median seconds of each piece of code, all started in turns.

    Args:
        codes: The code by name.
        starts: How many processes each gets.
        setup: Code that runs before it and does not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in codes}
    with tempfile.TemporaryDirectory(prefix="bench-") as pycache:
        # The first turn, which compiles, does not count.
        for turn in range(-1, starts):
            for name, code in in_turn(codes, turn):
                seconds = float(fresh(_TIMED.format(setup=setup, code=code), pycache).split()[-1])
                if turn >= 0:
                    taken[name].append(seconds)
    return {name: median(seconds) for name, seconds in taken.items()}
