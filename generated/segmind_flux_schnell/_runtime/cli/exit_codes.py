# @generated from openapi/runtime/cli/exit_codes.py by `make generate`. Do not edit: change that file.
"""The exit codes of the command line."""

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
