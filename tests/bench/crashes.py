"""Processes that end before their time: a peer that crashes costs its figure, and its row says so."""

import signal
import subprocess
from collections.abc import Mapping, Sequence

from tests.bench.servers import ROOT


class Crashed(Exception):
    """A process that measures a peer has ended; the text says how."""


def ending(status: int) -> str:
    """How a process ended, in words for a row of the table."""
    if status >= 0:
        return f"ended with status {status}"
    return f"crashed: {signal.Signals(-status).name}"


def printed_by(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None, seconds: float | None = None
) -> str:
    """What a process prints that runs to its end.

    Args:
        command: What is run.
        environment: Its environment variables, or None for those of this process.
        seconds: How long it is waited for at most, or None for no limit.

    Raises:
        Crashed: It failed.
        subprocess.TimeoutExpired: It takes too long.
    """
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, timeout=seconds)
    if done.returncode:
        raise Crashed(ending(done.returncode))
    return done.stdout
