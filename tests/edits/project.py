"""A copy of the project, in which the document is edited and tests are run."""

import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from tests.contract.adoption.document_edits import DocumentText
from tests.contract.adoption.verdict import Edit

ROOT = Path(__file__).parents[2]

_NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", ".*_cache", "__pycache__", "dist", "out")
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
        _environment(root)
        # Some tests ask git for the files of the project.
        subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
        return cls(root)

    def edit(self, edits: Iterable[Edit]) -> None:
        """Edit the document, and leave all of its other lines as they are."""
        document = self.root / "openapi" / "flux-schnell.yaml"
        text = DocumentText(document.read_text(encoding="utf-8"))
        text.apply(edits)
        document.write_text(text.text(), encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, with the copy's package."""
        python = self.root / ".venv" / "bin" / "python"
        return subprocess.run([python, *command], cwd=self.root, capture_output=True, text=True, check=False)

    def generate(self) -> None:
        """Do what `make generate` does.

        Raises:
            AssertionError: The document is refused; the message says why.
        """
        done = self.run("openapi/generate.py", "--strict")
        assert done.returncode == 0, done.stderr

    def failing(self, tests: Iterable[str]) -> list[str]:
        """Run tests, and name those that fail, each once, whatever the number of its cases.

        Raises:
            AssertionError: pytest itself fails.
        """
        done = self.run("-m", "pytest", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", *tests)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return sorted({found["test"] for found in _FAILED.finditer(done.stdout)})


def _environment(root: Path) -> None:
    """An environment with the libraries and tools of this one, and the packages of the copy."""
    folder = root / ".venv"
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/*/site-packages")
    (packages / "copy.pth").write_text(
        f"{root / 'generated'}\n{root / 'tests' / 'sandbox'}\n{sysconfig.get_path('purelib')}\n"
    )
    (folder / ".ready").touch()
    for tool in Path(sys.prefix, "bin").iterdir():
        target = folder / "bin" / tool.name
        if not target.exists():
            # Scripts of Python name their interpreter in the first line.
            target.write_bytes(tool.read_bytes().replace(sys.prefix.encode(), bytes(folder), 1))
            target.chmod(tool.stat().st_mode)
