"""Folders are replaced whole or not at all."""

from pathlib import Path

import pytest

from generator.output.folders import replacing_folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder with one file."""
    target = tmp_path / "target"
    target.mkdir()
    (target / "old.txt").write_text("old")
    return target


def contents(folder: Path) -> list[str]:
    """The paths of everything in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_new_folder_takes_the_place_of_the_old_one(target: Path) -> None:
    """Files of the old folder vanish, and nothing is left beside the new one."""
    with replacing_folder(target) as folder:
        (folder / "new.txt").write_text("new")
        assert contents(target) == ["old.txt"]
    assert contents(target.parent) == ["target", "target/new.txt"]


def test_an_exception_leaves_the_old_folder(target: Path) -> None:
    """If the block raises, the old folder stays, and nothing is left beside it."""
    with pytest.raises(ZeroDivisionError), replacing_folder(target) as folder:
        (folder / "new.txt").write_text(str(1 / 0))
    assert contents(target.parent) == ["target", "target/old.txt"]


def test_the_old_folder_returns_if_the_new_one_cannot_take_its_place(target: Path) -> None:
    """If the second of the two renames fails, the first one is undone."""
    with pytest.raises(FileNotFoundError), replacing_folder(target) as folder:
        folder.rmdir()
    assert contents(target.parent) == ["target", "target/old.txt"]


def test_a_folder_that_does_not_exist_is_created(tmp_path: Path) -> None:
    """So are the folders that it lies in."""
    with replacing_folder(tmp_path / "outer" / "target") as folder:
        (folder / "new.txt").write_text("new")
    assert contents(tmp_path) == ["outer", "outer/target", "outer/target/new.txt"]
