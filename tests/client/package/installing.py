"""The wheel, unpacked as pip does, and an interpreter that finds it and chosen libraries, and nothing else.

This stands for `pip install` into a new environment, which would have to download: links to the libraries of this
environment take the place of their downloads, and an interpreter without site-packages finds them alone.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from attrs import frozen
from packaging.requirements import Requirement

from tests.client.conftest import ROOT

# The key of a sandbox and the like: what a test sets is passed on.
_KEPT = ("HOME", "LANG", "PATH", "SYSTEMROOT", "TMPDIR")


def built_wheel(folder: Path) -> Path:
    """Build the wheel from the repository, without any download."""
    return _built("--wheel", folder)


def built_source_archive(folder: Path) -> Path:
    """Build the source archive from the repository, without any download."""
    return _built("--sdist", folder)


def _built(what: str, folder: Path) -> Path:
    run(sys.executable, "-m", "build", what, "--no-isolation", "--outdir", str(folder), str(ROOT))
    (built,) = folder.iterdir()
    return built


@frozen
class Environment:
    """A new environment with the wheel and some libraries.

    Args:
        paths: The folders that its interpreter finds modules in.
    """

    paths: tuple[Path, ...]

    @classmethod
    def made(cls, folder: Path, wheel: Path, libraries: Iterable[str]) -> "Environment":
        """Make it in a folder, with the libraries and what these need."""
        target, links = folder / "installed", folder / "dependencies"
        links.mkdir(parents=True)
        pip = (sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--quiet")
        run(*pip, "--target", str(target), str(wheel))
        for path in _modules(set(libraries)):
            (links / path.name).symlink_to(path)
        return cls((target, links))

    def python(self, code: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python code with arguments."""
        start = f"import sys; sys.path[:0] = {[str(path) for path in self.paths]!r}\n"
        return subprocess.run(
            [sys.executable, "-I", "-S", "-c", start + code, *arguments],
            cwd=cwd,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )


def run(*command: str) -> str:
    """Run a command that has to succeed, and return what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _modules(names: set[str]) -> set[Path]:
    """The modules and packages of distributions, and of all that they require."""
    found: set[Path] = set()
    for name in _closure(names):
        installed = distribution(name)
        # Its modules, its metadata, and the folder of the C libraries that it brings along; no scripts.
        top = {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}
        found |= {Path(str(installed.locate_file(part))) for part in top}
    return found


def _closure(names: set[str]) -> set[str]:
    found: set[str] = set()
    while names - found:
        name = (names - found).pop()
        found.add(name)
        names = names | {required.name for required in _required(name)}
    return found


def _required(name: str) -> Iterator[Requirement]:
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement
