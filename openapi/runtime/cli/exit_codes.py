"""The exit codes of the command line."""

from collections.abc import Collection

DONE = 0
FAILED = 1
WRONG_USE = 2
UNKNOWN = 3
GOES_ON = 4
INTERRUPTED = 130
HUNG_UP = 129
TERMINATED = 143

OF_SIGNALS = {"Ctrl-C": INTERRUPTED, "SIGHUP": HUNG_UP, "SIGTERM": TERMINATED}
"""Those of the signals that end a command: 128 and the number of the signal, as shells have it."""

_WORST_FIRST = (UNKNOWN, FAILED, WRONG_USE, GOES_ON, DONE)


def worst(codes: Collection[int]) -> int:
    """The exit code of a command that has done several things, each with its own."""
    return next(code for code in _WORST_FIRST if code in codes)


EXPLAINED = """\
\b
Exit codes:
  0    everything is done
  1    something failed, or the service rejected it
  2    wrong use, or faults that were found before anything was sent
  3    sent, and the outcome is unknown: it may have been billed
  4    a job is still active, and can be collected later
  130  stopped by Ctrl-C
  143  stopped by SIGTERM, and 129 by SIGHUP"""
