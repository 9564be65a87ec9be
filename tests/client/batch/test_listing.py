"""A folder of a batch that cannot be listed has a history all the same: nothing in it is bought again."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import Batch, ConfigurationError
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import prompts
from tests.client.batch.conftest import Run, blocking_client
from tests.client.cli.running import environment
from tests.client.conftest import ROOT
from tests.client.unprivileged import bound_by_permissions

SCRIPT = """
import sys
from segmind_flux_schnell import Batch, Client, GenerateImageRequest
url, folder, number, count = sys.argv[1:]
batch = Batch(folder, shard=(int(number), int(count)))
requests = [GenerateImageRequest(prompt=f"tiger {n}", width=512, height=512) for n in range(3)]
with Client(base_url=url, retry=None) as client:
    for use in (lambda: batch.plan(requests), batch.entries, lambda: batch.run(client, requests)):
        try:
            print(use())
        except Exception as error:
            print(type(error).__name__)
"""


@pytest.fixture
def bought_folder(sandbox: Sandbox, folder: Path) -> Iterator[Path]:
    """A folder with three images, which can be deleted after the test."""
    with blocking_client(sandbox.url) as client:
        assert Batch(folder).run(client, prompts(3)).done == 3
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("shard", [("1", "1"), ("2", "2")], ids=["the whole", "a shard"])
@pytest.mark.parametrize("mode", [0o333, 0o111, 0o000], ids=oct)
def test_a_folder_without_permission_to_list_it(
    sandbox: Sandbox, bought_folder: Path, mode: int, shard: tuple[str, str]
) -> None:
    """Its journals are not seen, so nothing is planned or sent."""
    bought_folder.chmod(mode)
    command = [*bound_by_permissions(), sys.executable, "-c", SCRIPT, sandbox.url, str(bought_folder), *shard]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ["PermissionError", "PermissionError", "ConfigurationError"]
    assert len(sandbox.ledger.posts) == 3


@pytest.fixture
def failing_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that lists no folder of a batch, as a network drive does that has gone away."""
    scandir: Callable[..., Any] = os.scandir

    def scan(path: Any = ".") -> Any:
        if Path(os.fsdecode(path)).name == "out":
            raise OSError(5, "Input/output error", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)


@pytest.mark.usefixtures("failing_disk")
def test_a_disk_that_fails(sandbox: Sandbox, run: Run, folder: Path) -> None:
    """The error says why, in one sentence, and that nothing was sent."""
    folder.mkdir()
    with pytest.raises(OSError, match="Input/output error"):
        Batch(folder).plan(prompts(3))
    with pytest.raises(ConfigurationError, match=r"out cannot be listed: Input/output error\. Nothing was sent\.$"):
        run(Batch(folder), prompts(3))
    assert not sandbox.ledger.posts


def test_a_folder_that_does_not_exist_yet(folder: Path) -> None:
    """It has no history: everything is to be sent."""
    assert len(Batch(folder).plan(prompts(3)).to_send) == 3
    assert Batch(folder).entries() == []
