"""Code that runs in fresh processes: how long it takes there, from its first line to its last."""

import os
import subprocess
import sys
from collections.abc import Mapping
from statistics import median

from tests.bench.servers import ROOT

_TIMED = """
import time
begin = time.perf_counter()
{code}
print(time.perf_counter() - begin)
"""


def fresh(code: str) -> str:
    """What code prints in a fresh process."""
    command = [sys.executable, "-c", code]
    # Not the working directory's tests: only what is installed.
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ))
    return done.stdout


def interleaved_starts(codes: Mapping[str, str], starts: int) -> dict[str, float]:
    """Median seconds of each piece of code, all started in turns."""
    taken: dict[str, list[float]] = {name: [] for name in codes}
    # The first turn, which compiles and fills the disk cache, does not count.
    for turn in range(-1, starts):
        for name, code in codes.items():
            seconds = float(fresh(_TIMED.format(code=code)).split()[-1])
            if turn >= 0:
                taken[name].append(seconds)
    return {name: median(seconds) for name, seconds in taken.items()}
