"""A batch in a folder of a stranger: nothing is read without end, and nothing is deleted that is not its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from segmind_flux_schnell import Batch, ConfigurationError
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import prompts
from tests.client.batch.conftest import blocking_client
from tests.client.batch.test_kill import killed
from tests.client.cli.running import environment
from tests.client.conftest import ROOT

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes, devices and links among its files")

ODD: dict[str, Callable[[Path], None]] = {
    "a pipe": lambda path: os.mkfifo(path),
    "a link to an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a device that takes anything": lambda path: path.symlink_to("/dev/null"),
    "a folder": lambda path: path.mkdir(),
    "a link to itself": lambda path: path.symlink_to(path),
}

SCRIPT = """
import sys
from segmind_flux_schnell import Batch, Client, ConfigurationError, GenerateImageRequest
url, folder = sys.argv[1:]
with Client(base_url=url, retry=None) as client:
    requests = [GenerateImageRequest(prompt=f"tiger {n}", width=512, height=512) for n in range(3)]
    try:
        print(Batch(folder).run(client, requests).done)
    except ConfigurationError as error:
        print(error)
"""


def run(sandbox: Sandbox, folder: Path) -> str:
    """Run three requests in a process of its own, which cannot hang the tests; say how many it bought, or its error."""
    command = [sys.executable, "-c", SCRIPT, sandbox.url, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=30, check=True)
    return done.stdout.strip()


@POSIX
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_nothing_is_sent_where_the_journal_is_no_file(
    sandbox: Sandbox, folder: Path, odd: Callable[[Path], None]
) -> None:
    """What was bought could not be written down."""
    folder.mkdir()
    odd(folder / "journal.jsonl")
    assert run(sandbox, folder).endswith("Nothing was sent.")
    assert not sandbox.ledger.posts


@POSIX
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_image_that_is_no_file_is_missing(sandbox: Sandbox, folder: Path, odd: Callable[[Path], None]) -> None:
    """It is not read, and not bought again; the others are where they were."""
    assert run(sandbox, folder) == "3"
    image = next(folder.glob("*.jpg"))
    image.unlink()
    odd(image)
    assert run(sandbox, folder) == "0"
    assert len(Batch(folder).plan(prompts(3)).missing) == 1


@pytest.mark.parametrize(
    "name",
    [
        "a" * 300,
        "a" * 70_000,
        "..",
        ".",
        "",
        "/etc/passwd",
        "../a.jpg",
        "a\0.jpg",
        "\ud800.jpg",
        "CON",
        "journal.jsonl",
    ],
)
def test_a_name_in_a_journal_leads_nowhere_else(sandbox: Sandbox, folder: Path, name: str) -> None:
    """A line with a name that no image of a batch has is one of a missing image, whatever that name leads to."""
    assert run(sandbox, folder) == "3"
    journal = folder / "journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    changed = next(line for line in lines if line["event"] == "done")
    changed["file"] = name
    journal.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    plan = Batch(folder).plan(prompts(3))
    assert (len(plan.missing), len(plan.already_done)) == (1, 2)


@POSIX
def test_a_lock_that_is_a_link_empties_no_file(sandbox: Sandbox, folder: Path, tmp_path: Path) -> None:
    """A file that stands for a lock is emptied; one that a link leads to is somebody's."""
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    folder.mkdir()
    for name in (".journal.jsonl.lock", ".shards.lock"):
        (folder / name).symlink_to(mine)
    run(sandbox, folder)
    assert mine.read_text() == "mine"


PART = ".0123456789abcdef.part"


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_part_of_a_run_that_was_killed_is_cleared(sandbox: Sandbox, folder: Path, kind: str) -> None:
    """Killed while it writes an image, it leaves a part, which the next run deletes."""
    killed(sandbox, folder, "saving", kind)
    assert list(folder.rglob("*.part"))
    with blocking_client(sandbox.url) as client:
        Batch(folder).run(client, prompts(1))
    assert not list(folder.rglob("*.part*"))


def test_only_its_own_parts_are_cleared(sandbox: Sandbox, folder: Path) -> None:
    """Not those of another shard, which may be running, nor of other programs, nor what else is there."""
    kept = [
        folder / PART,
        folder / ".journal-2-of-2.jsonl.parts" / PART,
        folder / ".journal-1-of-2.jsonl.parts" / "notes.part",
        folder / ".journal-1-of-2.jsonl.parts" / "a.jpg",
    ]
    gone = folder / ".journal-1-of-2.jsonl.parts" / PART
    for path in (*kept, gone):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8")
    with blocking_client(sandbox.url) as client:
        Batch(folder, shard=(1, 2)).run(client, prompts(4))
    assert [path for path in (*kept, gone) if path.exists()] == kept


@POSIX
def test_a_link_in_place_of_the_folder_for_parts_is_not_followed(
    sandbox: Sandbox, folder: Path, tmp_path: Path
) -> None:
    """What it leads to stays."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    folder.mkdir()
    (theirs / PART).write_text("theirs")
    (folder / ".journal.jsonl.parts").symlink_to(theirs)
    with blocking_client(sandbox.url) as client:
        assert Batch(folder).run(client, prompts(1)).done == 1
    assert [path.name for path in theirs.iterdir()] == [PART]


def test_a_file_in_place_of_the_folder_for_parts_is_found_before_paying(sandbox: Sandbox, folder: Path) -> None:
    """An image could not be written."""
    folder.mkdir()
    (folder / ".journal.jsonl.parts").write_text("mine")
    found = r"parts cannot be written: File exists\. Nothing was sent\."
    with blocking_client(sandbox.url) as client, pytest.raises(ConfigurationError, match=found):
        Batch(folder).run(client, prompts(1))
    assert not sandbox.ledger.posts
