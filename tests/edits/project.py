"""A copy of the project, in which the document is edited and tests are run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from tests.contract.adoption.document_edits import DocumentText
from tests.contract.adoption.verdict import Edit

ROOT = Path(__file__).parents[2]

_NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", ".*_cache", "__pycache__", "dist", "out", "bench")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (?P<test>\S+?)(?P<case>\[.*?\])?(?: - .*)?$", re.MULTILINE)


@frozen
class Project:
    """A copy of the project.

    Args:
        root: Its folder.
    """

    root: Path

    @classmethod
    def copied(cls, root: Path) -> "Project":
        """Copy the project, without what its commands have made, into a folder that does not exist."""
        shutil.copytree(ROOT, root, ignore=_NOT_COPIED)
        (root / ".venv").symlink_to(sys.prefix)
        return cls(root)

    def edit(self, edits: Iterable[Edit]) -> None:
        """Edit the document, and leave all of its other lines as they are."""
        document = self.root / "openapi" / "flux-schnell.yaml"
        text = DocumentText(document.read_text(encoding="utf-8"))
        text.apply(edits)
        document.write_text(text.text(), encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, with the copy's package."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "generated")}
        return subprocess.run(
            [sys.executable, *command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def generate(self) -> None:
        """Do what `make generate` does.

        Raises:
            AssertionError: The document is refused; the message says why.
        """
        done = self.run("openapi/generate.py")
        assert done.returncode == 0, done.stderr

    def failing(self, tests: Iterable[str]) -> list[str]:
        """Run tests, and name those that fail, each once, whatever the number of its cases.

        Raises:
            AssertionError: pytest itself fails.
        """
        done = self.run("-m", "pytest", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", *tests)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return sorted({found["test"] for found in _FAILED.finditer(done.stdout)})
