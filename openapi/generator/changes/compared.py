"""The present version beside a released one: all that differs, and the version that has to follow."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen
from packaging.version import Version

from ..document.problems import SpecError
from .change import VERDICTS, Change, Verdict
from .command_line import CommandLineError, command_line_changes
from .document_changes import document_changes, readable
from .package_changes import PackageError, package_changes
from .releases import Release, files_of, place_in
from .rules import rule_of
from .tools import tool_changes, tool_files
from .versions import following, is_enough, parsed, strongest

_OF_THE_DOCUMENT = (b"@generated from", b"SPEC_SHA256 = ", b"__version__ = ")
"""What is in the lines of a package that name the document and its version, and are not code."""


class ComparisonError(Exception):
    """The two versions cannot be compared. The message says why."""


@frozen
class Sources:
    """What a version consists of.

    Args:
        spec: The document.
        package: The folder of the package.
        overlays: Overlays of the document.
        root: References of the document may lead to files below this folder; by default to those below its own.
        tools: The folder of the Makefile, if users have its targets; None if they have only the package.
        further: Folders of further packages that are released together with it.
    """

    spec: Path
    package: Path
    overlays: tuple[Path, ...] = ()
    root: Path | None = None
    tools: Path | None = None
    further: tuple[Path, ...] = ()


@frozen
class Compared:
    """What was compared, and what differs.

    Args:
        release: The released version.
        released: Its version: that of its document.
        version: The present version.
        changes: All differences: breaking ones first, then in the order of their places.
        notes: What could not be compared, and why.
        document: Name of the document.
    """

    release: Release
    released: Version
    version: Version
    changes: Sequence[Change]
    notes: Sequence[str] = ()
    document: str = ""

    @property
    def verdict(self) -> Verdict | None:
        """What all differences together mean, or None where there are none."""
        return strongest(change.verdict for change in self.changes)

    @property
    def least(self) -> Version:
        """The lowest version that may follow the released one."""
        return following(self.released, self.verdict)

    @property
    def is_enough(self) -> bool:
        """Whether the present version is high enough, and not that of another package."""
        is_later = self.version > self.released if self.changes else self.version >= self.released
        return is_later and is_enough(self.version, self.least)

    def of(self, verdict: Verdict) -> list[Change]:
        """The differences with a verdict."""
        return [change for change in self.changes if change.verdict == verdict]


def compared(repository: Path, release: Release, sources: Sources, package: Path) -> Compared:
    """Compare the files of this folder, committed or not, with those of a release.

    Args:
        repository: The repository, or a folder in it.
        release: The release.
        sources: The document, and where a release has its package.
        package: The present package, which need not be in the repository.

    Raises:
        ComparisonError: The document of one of them cannot be read, or has no version.
        ReleaseError: git does not have the files.
    """
    tools = sources.tools
    folders = [
        sources.root or sources.spec.parent,
        sources.package,
        *sources.overlays,
        *tool_files(tools),
        *sources.further,
    ]
    with files_of(repository, release, folders) as folder:
        before = Sources(
            place_in(folder, repository, sources.spec),
            place_in(folder, repository, sources.package),
            tuple(place_in(folder, repository, one) for one in sources.overlays),
            None if sources.root is None else place_in(folder, repository, sources.root),
            None if tools is None else place_in(folder, repository, tools),
            tuple(place_in(folder, repository, one) for one in sources.further),
        )
        return _compared(release, before, evolve(sources, package=package))


def _compared(release: Release, before: Sources, after: Sources) -> Compared:
    if not before.spec.is_file():
        raise ComparisonError(f"{release.name} has no document {after.spec.name} where this folder has it")
    try:
        old = readable(before.spec, before.overlays, before.root)
    except (SpecError, OSError) as error:
        raise ComparisonError(f"the document of {release.name} cannot be read:\n{error}") from error
    try:
        new = readable(after.spec, after.overlays, after.root)
    except (SpecError, OSError) as error:
        raise ComparisonError(f"the document cannot be read:\n{error}") from error
    released = release.version or _version(release.name, old.root["info"]["version"])
    version = _version("the document", new.root["info"]["version"])
    notes: list[str] = []
    changes = [*document_changes(old, new), *_of_package(before.package, after.package, notes)]
    for one, other in zip(before.further, after.further, strict=True):
        changes += _of_further_package(one, other, notes)
    if before.tools is not None and after.tools is not None:
        changes += tool_changes(before.tools, after.tools)
    if not changes and before.package.is_dir() and _code(before.package) != _code(after.package):
        changes = [Change(rule_of("code"), "the code of the package", source="package")]
    ordered = sorted(changes, key=lambda one: VERDICTS.index(one.verdict))
    return Compared(release, released, version, ordered, notes, new.name)


def _version(owner: str, text: object) -> Version:
    found = parsed(str(text))
    if found is None:
        raise ComparisonError(f"`info.version` of {owner} is {text!r}, which is not a version such as 1.2.3")
    return found


def _of_package(old: Path, new: Path, notes: list[str]) -> Iterator[Change]:
    if not old.is_dir() or not new.is_dir():
        notes.append(
            f"the package is not compared: there is no {new.name}/ in {'the release' if new.is_dir() else 'here'}"
        )
        return
    try:
        yield from package_changes(old, new)
    except PackageError as error:
        notes.append(f"the names of the package are not compared: {error}")
    try:
        yield from command_line_changes(old, new)
    except CommandLineError as error:
        notes.append(f"the command line is not compared: {error}")


def _of_further_package(old: Path, new: Path, notes: list[str]) -> list[Change]:
    if not old.is_dir():
        return [Change(rule_of("name-added"), f"the package `{new.name}`", source="package")]
    try:
        return package_changes(old, new)
    except PackageError as error:
        notes.append(f"the names of a further package are not compared: {error}")
        return []


def _code(folder: Path) -> dict[str, bytes]:
    """The files of a package, without the lines that name the document."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): _without_header(path.read_bytes()) for path in found}


def _without_header(content: bytes) -> bytes:
    return b"\n".join(line for line in content.splitlines() if not any(mark in line for mark in _OF_THE_DOCUMENT))
