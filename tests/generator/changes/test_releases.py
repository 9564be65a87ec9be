"""The last release, as git knows it, and its files."""

import shutil
from pathlib import Path

import pytest
from packaging.version import Version

from generator.changes.releases import ReleaseError, files_of, last_release, named_release, place_in
from tests.generator.changes.repositories import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one file."""
    root = tmp_path / "project"
    (root / "openapi").mkdir(parents=True)
    made = Repository(root)
    made.document.write_text("version: 1\n", "utf-8")
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def test_nothing_is_released_without_a_tag_that_is_a_version(repository: Repository) -> None:
    """Other tags are no releases, and a repository without commits has none."""
    assert last_release(repository.root) is None
    repository.commit("One.", "nightly")
    repository.git("tag", "v1.2.3.4")
    assert last_release(repository.document.parent) is None


@pytest.mark.parametrize("tag", ["v1.2.3", "1.2.3"])
def test_a_tag_is_a_version_with_or_without_a_v(repository: Repository, tag: str) -> None:
    """Both are customary."""
    repository.commit("One.", tag)
    found = last_release(repository.root)
    assert found is not None
    assert (found.ref, found.version) == (tag, Version("1.2.3"))
    assert found.commit == repository.git("rev-parse", "HEAD")[: len(found.commit)]


def test_the_highest_version_counts(repository: Repository) -> None:
    """Neither the order of the tags nor that of their names decides."""
    repository.commit("One.", "0.10.0")
    repository.commit("Two.", "0.9.0")
    found = last_release(repository.root)
    assert found is not None
    assert found.ref == "0.10.0"


def test_a_pre_release_counts_where_there_is_nothing_else(repository: Repository) -> None:
    """Whatever a pre-release has changed, most users come from the final version before it."""
    repository.commit("One.", "v1.0.0-rc.1")
    found = last_release(repository.root)
    assert found is not None
    assert found.version == Version("1.0.0rc1")
    repository.commit("Two.", "v1.0.0")
    repository.commit("Three.", "v1.1.0-rc.1")
    found = last_release(repository.root)
    assert found is not None
    assert found.ref == "v1.0.0"


def test_a_branch_that_is_called_like_a_version_is_not_a_release(repository: Repository) -> None:
    """Only a tag says which version it is; for others, the document does."""
    repository.commit("One.", "v1.0.0")
    repository.git("branch", "1234567")
    assert named_release(repository.root, "1234567").version is None
    assert named_release(repository.root, "v1.0.0").version == Version("1.0.0")


def test_a_commit_is_called_by_its_beginning(repository: Repository) -> None:
    """Forty digits tell a reader no more than ten."""
    repository.commit("One.")
    commit = repository.git("rev-parse", "HEAD").strip()
    assert named_release(repository.root, commit).name == commit[:10]
    assert named_release(repository.root, "main").name == f"main ({commit[:10]})"


def test_a_release_on_another_branch_is_not_behind(repository: Repository) -> None:
    """What the present commit does not come from is not its last release."""
    repository.commit("One.", "0.1.0")
    repository.git("checkout", "--quiet", "-b", "other")
    repository.commit("Two.", "3.0.0")
    repository.git("checkout", "--quiet", "main")
    found = last_release(repository.root)
    assert found is not None
    assert found.ref == "0.1.0"


def test_an_annotated_tag_is_that_of_its_commit(repository: Repository) -> None:
    """The release is the commit, not the object of the tag."""
    repository.commit("One.")
    repository.git("tag", "--annotate", "--message", "Release.", "1.0.0")
    found = last_release(repository.root)
    assert found is not None
    assert repository.git("rev-parse", "HEAD").startswith(found.commit)


def test_a_shallow_clone_without_tags_says_what_to_fetch(repository: Repository, tmp_path: Path) -> None:
    """Where tags may be missing, nobody can say that there was no release."""
    repository.commit("One.", "0.1.0")
    repository.commit("Two.")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(clone))
    with pytest.raises(ReleaseError, match="`git fetch --tags --unshallow`"):
        last_release(clone)
    Repository(clone).git("fetch", "--quiet", "--tags", "--unshallow")
    found = last_release(clone)
    assert found is not None
    assert found.ref == "0.1.0"


def test_a_folder_that_is_not_in_a_repository_is_named(repository: Repository) -> None:
    """Without a history there is nothing to compare with."""
    shutil.rmtree(repository.root / ".git")
    with pytest.raises(ReleaseError, match="is not in a git repository"):
        last_release(repository.root)


@pytest.mark.parametrize("ref", ["v9.9.9", "--output=here", "HEAD:openapi", ""])
def test_what_git_does_not_know_is_named(repository: Repository, ref: str) -> None:
    """Neither a missing tag, an option nor a file is a commit."""
    repository.commit("One.")
    with pytest.raises(ReleaseError, match="git knows no"):
        named_release(repository.root, ref)


def test_the_files_are_those_of_the_release(repository: Repository) -> None:
    """What stands in the folder now is left alone, and what the release does not have is not there."""
    repository.commit("One.", "0.1.0")
    repository.document.write_text("version: 2\n", "utf-8")
    release = named_release(repository.root, "0.1.0")
    missing = repository.root / "generated"
    with files_of(repository.root, release, [repository.document.parent, missing]) as folder:
        released = place_in(folder, repository.root, repository.document)
        assert released.read_text("utf-8") == "version: 1\n"
        assert not place_in(folder, repository.root, missing).exists()
    assert not folder.exists()
    assert repository.document.read_text("utf-8") == "version: 2\n"


def test_a_file_elsewhere_has_no_released_version(repository: Repository, tmp_path: Path) -> None:
    """git knows only what is in its repository."""
    repository.commit("One.", "0.1.0")
    release = named_release(repository.root, "0.1.0")
    with (
        pytest.raises(ReleaseError, match="is not in the repository project/"),
        files_of(repository.root, release, [tmp_path / "elsewhere"]),
    ):
        pass
