"""Git repositories with a document and its package, as a project that releases them has."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from attrs import frozen

from tests.contract.adoption.document_edits import DocumentText
from tests.contract.adoption.verdict import Edit
from tests.generator import ROOT

_VERSION = re.compile(r"(?m)^(  version: ).*$")

_AUTHOR = {
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A"), ("EMAIL", "a@b.c"))
    },
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    # These repositories need not survive a loss of power, and a busy disk takes seconds to promise that they do.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.fsync",
    "GIT_CONFIG_VALUE_0": "none",
}


@frozen
class Repository:
    """A repository.

    Args:
        root: Its folder.
    """

    root: Path

    @classmethod
    def of_the_document(cls, root: Path) -> "Repository":
        """A repository with the real document alone, committed."""
        (root / "openapi").mkdir(parents=True)
        shutil.copy(ROOT / "openapi" / "flux-schnell.yaml", root / "openapi")
        made = cls(root)
        made.git("init", "--quiet", "--initial-branch=main")
        made.commit("The document.")
        return made

    def with_the_package(self) -> "Repository":
        """Add the package of the project, and commit it."""
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "generated" / "segmind_flux_schnell", self.package, ignore=ignored)
        self.commit("The package.")
        return self

    @property
    def document(self) -> Path:
        """The document."""
        return self.root / "openapi" / "flux-schnell.yaml"

    @property
    def package(self) -> Path:
        """The folder of the package."""
        return self.root / "generated" / "segmind_flux_schnell"

    def git(self, *arguments: str) -> str:
        """Run git, and return what it prints."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **_AUTHOR},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def commit(self, message: str, tag: str = "") -> None:
        """Commit all files, and tag the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        if tag:
            self.git("tag", tag)

    def edit(self, *edits: Edit) -> None:
        """Edit the document, and leave all of its other lines as they are."""
        text = DocumentText(self.document.read_text("utf-8"))
        text.apply(edits)
        self.document.write_text(text.text(), "utf-8")

    def set_version(self, version: str) -> None:
        """Give the document another version."""
        text, count = _VERSION.subn(rf"\g<1>{version}", self.document.read_text("utf-8"))
        assert count == 1
        self.document.write_text(text, "utf-8")
