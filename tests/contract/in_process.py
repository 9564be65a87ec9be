"""Runs the command line in the process of a test, which has loaded all that it needs already."""

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

from attrs import frozen

from tests.contract import __main__ as command_line


@frozen
class Done:
    """What a run has printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, **environment: str) -> Done:
    """Run a command of `python -m tests.contract`.

    Args:
        arguments: The command, and its options.
        environment: All variables that there are meanwhile.
    """
    out, err = io.StringIO(), io.StringIO()
    with patch.dict(os.environ, environment, clear=True), redirect_stdout(out), redirect_stderr(err):
        try:
            code = command_line.main([*arguments], environment)
        except SystemExit as stopped:
            # The parser of the options ends a process itself.
            code = int(stopped.code or 0)
    return Done(code, out.getvalue(), err.getvalue())
