"""Folders and disks that do not take an image: nothing that was paid for is lost, and nothing further is sent."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import Batch, ConfigurationError, NotSavedError
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import BRIEF, prompts
from tests.client.batch.conftest import Run


def test_images_that_another_program_holds_are_not_lost(run: Run, sandbox: Sandbox, folder: Path, held: None) -> None:
    """No file can be renamed: the run ends, each image is in its folder under another name, and counts as bought."""
    with pytest.raises(NotSavedError) as raised:
        run(Batch(folder), prompts(6), in_flight=2)
    errors = [raised.value, *raised.value.others]
    assert len(errors) == len(sandbox.ledger.posts)
    for error in errors:
        assert re.fullmatch(r"[0-9a-f]{16}-2\.jpg", Path(str(error.kept)).name)
        assert Path(str(error.kept)).parent == folder
        assert str(error.kept) in str(raised.value)
    plan = Batch(folder).plan(prompts(6))
    assert (len(plan.already_done), len(plan.to_send)) == (len(errors), 6 - len(errors))
    assert not plan.rejected + plan.unknown + plan.missing


def test_a_moment_of_holding_ends_nothing(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The renaming fails twice, as with a virus scanner on Windows: all images are there, under their own names."""
    replace, failures = os.replace, iter([True, True])

    def held(source: Any, target: Any) -> None:
        if next(failures, False):
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr("segmind_flux_schnell._runtime.base.saving.REPLACE_WAITS", (0.001, 0.001))
    monkeypatch.setattr(os, "replace", held)
    assert run(Batch(folder), prompts(3), in_flight=1).done == 3
    assert len(Batch(folder).plan(prompts(3)).already_done) == 3


def test_two_images_that_are_lost_are_in_one_error(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder takes nothing, and neither does any other: the bytes of all images in flight are in the error."""
    from segmind_flux_schnell._runtime.batch import item_results
    from segmind_flux_schnell._runtime.batch.image_store import ImageStore

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(ImageStore, "store", full)
        patched.setattr(item_results, "keep_elsewhere", lambda *_: None)
        with pytest.raises(NotSavedError) as raised:
            run(Batch(folder), prompts(6), key=BRIEF, in_flight=3)
    lost = [raised.value, *raised.value.others]
    assert len(lost) == len(sandbox.ledger.posts) == 3
    assert len({error.content for error in lost}) == 3
    assert len(Batch(folder).plan(prompts(6)).rejected) == 3


def test_a_disk_without_room_stops_the_batch(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each request there has to be room for its image, besides those in flight: else it is not sent."""
    usage = type(shutil.disk_usage(folder.parent))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 0, (3 - len(sandbox.ledger.posts)) * (8 << 20)))
    summary = run(Batch(folder), prompts(6), in_flight=1)
    assert (summary.done, summary.left, len(sandbox.ledger.posts)) == (3, 3, 3)
    assert "is full: images would be paid for and lost" in str(summary.stopped)


def test_a_folder_that_cannot_be_written_sends_nothing(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    """A file in place of the folder, or a folder that takes no files: one sentence, before anything is sent."""
    (tmp_path / "file").write_text("mine")
    # The last takes no files, even from root.
    places = [tmp_path / "file", tmp_path / "file" / "out", *([Path("/proc/out")] if sys.platform == "linux" else [])]
    for place in places:
        with pytest.raises(ConfigurationError, match=r"cannot be written: [A-Z][a-z ]+\. Nothing was sent\.$"):
            run(Batch(place), prompts(2))
    assert not sandbox.ledger.posts
