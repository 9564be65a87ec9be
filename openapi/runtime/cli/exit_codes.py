"""The exit codes of the command line."""

DONE = 0
FAILED = 1
WRONG_USE = 2
UNKNOWN = 3
INTERRUPTED = 130

EXPLAINED = """\
\b
Exit codes:
  0    everything is done
  1    something failed, or the service rejected it
  2    wrong use, or faults that were found before anything was sent
  3    sent, and the outcome is unknown: it may have been billed
  130  stopped by Ctrl-C"""
