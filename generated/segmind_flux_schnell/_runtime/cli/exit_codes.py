# @generated from openapi/runtime/cli/exit_codes.py by `make generate`. Do not edit: change that file.
"""What the command line says to the shell."""

DONE = 0
FAILED = 1
WRONG_USE = 2
UNKNOWN = 3
INTERRUPTED = 130

EXPLAINED = """\
\b
Exit codes:
  0    all is done
  1    something failed, or the service refused it
  2    wrong use, or faults that were found before anything was sent
  3    sent, and the outcome is unknown: it may have been billed
  130  stopped by Ctrl-C"""
