"""The last release, as git has it: its tag, and the files of its commit. Nothing is checked out."""

import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen
from packaging.version import Version

from .versions import parsed

_SHALLOW = (
    "this clone is shallow and has no tag of a release: `git fetch --tags --unshallow` fetches them, and in a workflow"
    " `fetch-depth: 0` at the checkout"
)


class ReleaseError(Exception):
    """What was released cannot be found. The message says why, and what to do."""


@frozen
class Release:
    """What the present version is compared with.

    Args:
        ref: What git calls it: a tag, a branch, a commit.
        commit: The beginning of its commit.
        version: The version of its tag; None for a ref that is not a version.
    """

    ref: str
    commit: str
    version: Version | None

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.commit if self.ref.startswith(self.commit) else f"{self.ref} ({self.commit})"


def last_release(repository: Path) -> Release | None:
    """The release with the highest version among the tags that the present commit has behind it.

    A tag of a release is a version, with a `v` in front or without: `v1.2.3`, `1.2.3`. Pre-releases count where there
    is nothing else.

    Returns:
        None if nothing has been released.

    Raises:
        ReleaseError: It cannot be known: this is not a repository, or a shallow clone without tags.
    """
    top = _git(repository, "rev-parse", "--is-inside-work-tree")
    if top is None:
        raise ReleaseError(f"{repository.name}/ is not in a git repository, so there is no release to compare with")
    tags = _git(repository, "tag", "--merged", "HEAD") if _commit(repository, "HEAD") else ""
    found = {tag: version for tag in (tags or "").split() if (version := parsed(tag)) is not None}
    if not found:
        if (_git(repository, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
            raise ReleaseError(_SHALLOW)
        return None
    # Users have the last final version: what a pre-release of the next one broke is broken for them still.
    final = [tag for tag, version in found.items() if not version.is_prerelease]
    tag = max(final or found, key=lambda one: found[one])
    return Release(tag, _commit(repository, f"refs/tags/{tag}") or "", found[tag])


def named_release(repository: Path, ref: str) -> Release:
    """A release by its tag, or any other commit by a name that git knows.

    Raises:
        ReleaseError: git does not know it.
    """
    commit = None if ref.startswith("-") else _commit(repository, ref)
    if commit is None:
        raise ReleaseError(f"git knows no {ref!r} here; `git fetch --tags` fetches what other clones have")
    # A commit whose name has digits alone is not a version.
    is_tag = _commit(repository, f"refs/tags/{ref}") is not None
    return Release(ref, commit, parsed(ref) if is_tag else None)


@contextmanager
def files_of(repository: Path, release: Release, folders: Sequence[Path]) -> Iterator[Path]:
    """The files of a release in a temporary folder, which has the layout of the repository.

    Args:
        repository: The repository, or a folder in it.
        release: The release.
        folders: The folders that are wanted, by their paths on this machine. Those that the release does not have are
            left out.

    Raises:
        ReleaseError: A folder is not in the repository, or git cannot write the files.
    """
    top = Path((_git(repository, "rev-parse", "--show-toplevel") or "").strip()).resolve()
    names = [_within(folder, top) for folder in folders]
    with TemporaryDirectory(prefix="changes-") as temporary:
        known = [one for one in dict.fromkeys(names) if _has(top, release, one)]
        if known:
            _unpack(top, release, known, Path(temporary))
        yield Path(temporary).resolve()


def place_in(folder: Path, repository: Path, path: Path) -> Path:
    """Where a file of the repository is in the files of a release."""
    top = Path((_git(repository, "rev-parse", "--show-toplevel") or "").strip()).resolve()
    return folder / _within(path, top)


def _within(path: Path, top: Path) -> str:
    found = path.resolve()
    if not found.is_relative_to(top):
        raise ReleaseError(f"{path} is not in the repository {top.name}/, so that git has no released version of it")
    return found.relative_to(top).as_posix()


def _has(top: Path, release: Release, name: str) -> bool:
    return _git(top, "cat-file", "-e", f"{release.commit}:{'' if name == '.' else name}") is not None


def _unpack(top: Path, release: Release, names: Sequence[str], folder: Path) -> None:
    # The folder of the whole repository has all others in it.
    wanted = [] if "." in names else [f":(literal){name}" for name in names]
    done = subprocess.run(
        ["git", "-C", str(top), "archive", "--format=tar", release.commit, "--", *wanted],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise ReleaseError(
            f"git cannot write the files of {release.name}: {done.stderr.decode(errors='replace').strip()}"
        )
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _commit(repository: Path, ref: str) -> str | None:
    found = _git(repository, "rev-parse", "--verify", "--quiet", "--short=10", f"{ref}^{{commit}}")
    return None if found is None else found.strip()


def _git(repository: Path, *arguments: str) -> str | None:
    """What git prints, or None where it fails."""
    command = ["git", "-C", str(repository), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError as error:
        raise ReleaseError("git is not installed, so that no release can be found") from error
    return done.stdout if done.returncode == 0 else None
