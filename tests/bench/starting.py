"""Code that runs in fresh processes: how long it takes there, from its first line to its last."""

import os
import sys
import tempfile
from collections.abc import Mapping
from functools import partial

from tests.bench.crashes import printed_by
from tests.bench.timing import Measured, interleaved

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

    Raises:
        Crashed: The process failed.
    """
    environment = dict(os.environ)
    if pycache is not None:
        # Installed packages come with compiled modules. Where none may be written beside sources, ours alone would be
        # compiled at each import.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = pycache
    command = [sys.executable, "-c", code]
    return printed_by(command, environment=environment)


def interleaved_starts(codes: Mapping[str, str], starts: int, setup: str = "") -> Measured:
    """Median seconds of each piece of code, all started in turns.

    Args:
        codes: The code by name.
        starts: How many processes each gets.
        setup: Code that runs before it and does not count.
    """
    # The first turns, which compile, do not count.
    with tempfile.TemporaryDirectory(prefix="bench-") as pycache:
        return interleaved({name: partial(_taken, code, setup, pycache) for name, code in codes.items()}, starts)


def _taken(code: str, setup: str, pycache: str) -> list[float]:
    return [float(fresh(_TIMED.format(setup=setup, code=code), pycache).split()[-1])]
