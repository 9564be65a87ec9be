"""From the plan to files: written into a temporary folder, and formatted."""

import difflib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from ..checks.validation import selected
from ..document.defects import settled
from ..document.document import Document
from ..document.problems import printable
from ..document.selection import Selection
from ..upstream.settings import package_name
from .left_out import left_out_page
from .plan import GenerationPlan, plan
from .project import ClientProject
from .reference import reference

RUNTIME = Path(__file__).parents[2] / "runtime"

_RUFF = ("--isolated", "--no-cache", "--quiet", "--target-version=py311", "--line-length=120")
# Nothing that looks at meaning: only what makes the same code look the same.
_RULES = "--select=I,F401,F811,UP007,UP037"
_LEFT_OVER = 1
_MOST_RUNS = 20
"""ruff takes one unused import out of a block at a time, and 100 in a run: large documents have more."""
_COMMAND = "make generate"
_COMMENTS = {".jinja": ("{# ", " #}"), ".css": ("/* ", " */"), ".js": ("// ", "")}
"""How a comment of one line starts and ends, by the ending of a file; otherwise as in Python."""
_SHOWN_DIGITS = 12


class FormattingError(Exception):
    """The generated code is not valid Python."""


@frozen
class Generated:
    """What was generated.

    Args:
        folder: The folder that has it.
        selection: What of the document it is made from.
    """

    folder: Path
    selection: Selection


@contextmanager
def generated(
    spec: Path,
    settings: Path,
    package: str | None = None,
    overlays: Sequence[Path] = (),
    root: Path | None = None,
) -> Iterator[Generated]:
    """Generate into a temporary folder: the package, and API.md beside it.

    left-out.md beside them says what is not as the document says, if there is anything.

    Args:
        spec: The document.
        settings: Settings of openapi-python-client.
        package: Name of the package, by default that of the settings.
        overlays: Overlays of the document, applied in this order.
        root: References may lead to files below this folder; by default to those below the document's own.

    Raises:
        SpecError: No operation of the document can be generated.
    """
    document = Document.load(spec, overlays, root)
    name = package or package_name(settings)
    with tempfile.TemporaryDirectory(prefix="generate-") as temporary:
        folder = Path(temporary, "generated")

        def write(selection: Selection) -> Selection:
            shutil.rmtree(folder, ignore_errors=True)
            made = plan(selection.document, document.sha256, settings, package, folder / name)
            _write(made, folder)
            return selection.noting(made.approximated)

        selection = settled(selected(document), write).finished()
        _write_left_out(folder, selection)
        yield Generated(folder, selection)


def _write(plan: GenerationPlan, folder: Path) -> None:
    project = ClientProject(plan)
    project.write()
    _format(project.package_dir)
    # The runtime is formatted where it stands.
    shutil.copytree(RUNTIME, project.package_dir / "_runtime", ignore=shutil.ignore_patterns("__pycache__"))
    (project.package_dir / "py.typed").touch()
    _put_headers(project.package_dir, _spec_source(plan.document))
    (folder / "API.md").write_text(_head(plan.document) + reference(plan), encoding="utf-8")


def _write_left_out(folder: Path, selection: Selection) -> None:
    if not selection.is_whole:
        text = _head(selection.document) + left_out_page(selection)
        (folder / "left-out.md").write_text(text, encoding="utf-8")


def _head(document: Document) -> str:
    return f"<!-- {_header(_spec_source(document))} -->\n"


def differences(target: Path, fresh: Path) -> str:
    """What stands in a folder and would not be generated so, as a unified diff."""
    names = sorted(_files(target) | _files(fresh))
    return "".join(line for name in names for line in _difference(target / name, fresh / name, name))


def _difference(old: Path, new: Path, name: str) -> Iterator[str]:
    if not new.exists():
        yield f"{name}: {_COMMAND} does not write this file\n"
    elif not old.exists():
        yield f"{name}: missing\n"
    elif old.read_bytes() != new.read_bytes():
        here, written = f"{name} (in the repository)", f"{name} (as {_COMMAND} writes it)"
        changes = list(difflib.unified_diff(_lines(old), _lines(new), here, written, lineterm=""))
        yield from (f"{line}\n" for line in changes or [f"{name}: other line ends"])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="backslashreplace").splitlines()


def _files(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def _format(folder: Path) -> None:
    for arguments in (["check", "--fix", _RULES], ["format"]):
        done = _ruff(arguments, folder)
        if done.returncode:
            first = (done.stdout or done.stderr).partition("\n\n")[0]
            raise FormattingError(f"ruff {' '.join(arguments)}: {first}")


def _ruff(arguments: list[str], folder: Path, runs: int = _MOST_RUNS) -> subprocess.CompletedProcess[str]:
    """Run ruff, again where it has left something over that it can mend."""
    command = [sys.executable, "-m", "ruff", *arguments, *_RUFF, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return _ruff(arguments, folder, runs - 1) if done.returncode == _LEFT_OVER and runs > 1 else done


def _put_headers(folder: Path, spec: str) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        source = _copied_from(path.relative_to(folder)) or spec
        text = path.read_text(encoding="utf-8")
        start, end = _COMMENTS.get(path.suffix, ("# ", ""))
        path.write_text(f"{start}{_header(source)}{end}\n{text}", "utf-8")


def _spec_source(document: Document) -> str:
    """The document with the beginning of its hash, as the headers name it."""
    names = [document.name, *document.overlays]
    return f"openapi/{printable(' with '.join(names))} (SHA-256 {document.sha256[:_SHOWN_DIGITS]})"


def _header(source: str) -> str:
    return f"@generated from {source} by `{_COMMAND}`. Do not edit: change that file."


def _copied_from(path: Path) -> str | None:
    """The original of a file that is copied into the package, or None for one that is made from the document."""
    return Path("openapi/runtime", *path.parts[1:]).as_posix() if path.parts[0] == "_runtime" else None
