"""Python blocks: each is pasted into a file of its own, in an empty folder, and run by a fresh interpreter."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from attrs import define

# Seconds that a block may take.
PATIENCE = 120
_TEST = re.compile(r"^(?:async )?def test_", re.MULTILINE)
_TRACEBACK = re.compile(r"\ATraceback \(most recent call last\):\n(?:[ \t].*\n|\n)*", re.MULTILINE)
_MODULE = re.compile(r"\A(?:\w+\.)+(?=\w+(?::|$))")


class SnippetError(Exception):
    """A block that does not run as it is pasted."""


@define
class Snippets:
    """Runs the Python blocks of a README, none of which knows of another.

    Args:
        file: Name of the README, for tracebacks.
        folder: An empty folder, in which each block gets one.
        environment: That of a reader: with a key, and with the URL of the sandbox.
        printed: What the last block printed, with the error that ended it; None before the first.
        error: That error, until its text is compared.
    """

    file: str
    folder: Path
    environment: Mapping[str, str]
    printed: str | None = None
    error: str = ""

    def run(self, text: str, line: int) -> None:
        """Run a block. An error is kept: the README may show it."""
        if _TEST.search(text):
            raise SnippetError("tests are run by a command: name their file in the first line of the block")
        folder = self.folder / f"line-{line}"
        folder.mkdir()
        # With its lines where they stand in the README, so that a traceback points there.
        (folder / "snippet.py").write_text("\n" * (line - 1) + text + "\n", "utf-8")
        done = subprocess.run(
            [sys.executable, "snippet.py"],
            cwd=folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        self.error = "" if done.returncode == 0 else error_of(done.stderr)
        if done.returncode == 0 and done.stderr:
            raise SnippetError(f"the block warns: {done.stderr}")
        self.printed = done.stdout + self.error

    def shown(self) -> str:
        """What the last block printed: an error among it counts as expected."""
        assert self.printed is not None, "no Python block stands above this output"
        printed, self.printed, self.error = self.printed, None, ""
        return printed

    def settle(self) -> None:
        """Raise the error that the last block ended with, if the README did not show it.

        Raises:
            SnippetError: There is one.
        """
        if self.error:
            raise SnippetError(self.error)


def error_of(stderr: str) -> str:
    """The error that ended a program, as a README shows it: without the traceback and the module of its class."""
    last = stderr[max(stderr.rfind("Traceback (most recent call last):"), 0) :]
    return _MODULE.sub("", _TRACEBACK.sub("", last)) or "it ended without a word"
