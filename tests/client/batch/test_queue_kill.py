"""`kill -9` at random moments of a batch over the queue, counted by the sandbox's books."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from segmind_flux_schnell import Batch
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import bought, prompts
from tests.client.batch.conftest import ROOT
from tests.client.batch.queueing import Watched, queueing_sandbox
from tests.client.batch.test_kill import KILLED
from tests.waiting import PATIENCE, until

COUNT = 200
KILLS = 20
IN_FLIGHT = 16


@contextmanager
def victim(sandbox: Sandbox, folder: Path, kind: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs the batch, killed at the end of the context if it still runs."""
    command = [sys.executable, "-m", "tests.client.batch.queue_victim", sandbox.url, str(folder), kind]
    command += [str(COUNT), str(IN_FLIGHT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()
            until(lambda: sandbox.ledger.in_flight == 0)


def killed(sandbox: Sandbox, folder: Path, kind: str, random: Random) -> None:
    """Run the batch in a process that is killed after the sandbox has answered some further requests."""
    with victim(sandbox, folder, kind) as process:
        enough = len(sandbox.ledger.entries) + random.randint(1, 35)
        until(lambda: len(sandbox.ledger.entries) >= enough or process.poll() is not None)
        time.sleep(random.random() / 100)
        process.kill()
        assert process.wait(timeout=PATIENCE) in KILLED, process.communicate()


def finished(sandbox: Sandbox, folder: Path, kind: str) -> dict[str, Any]:
    """The summary of a process that is left alone."""
    with victim(sandbox, folder, kind) as process:
        printed, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    summary: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return summary


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_twenty_kills_lose_nothing_and_buy_nothing_twice(folder: Path, kind: str) -> None:
    """All that was submitted is collected, once; only submits that a kill cut off are unknown, and may be paid for."""
    random, unknown = Random(f"kills of {kind}"), set[str]()
    with queueing_sandbox() as sandbox:
        for _ in range(KILLS):
            killed(sandbox, folder, kind, random)
            found = {str(entry.request["prompt"]) for entry in Batch(folder).entries() if entry.status == "unknown"}
            assert unknown <= found
            # No more than were in flight at once.
            assert len(found - unknown) <= IN_FLIGHT
            unknown = found
        summary = finished(sandbox, folder, kind)
        watched = cast("Watched", sandbox.app)

    billed = bought(sandbox)
    done = {str(entry.request["prompt"]): entry for entry in Batch(folder).entries() if entry.status == "done"}
    # Nothing is bought twice, and nothing gets lost that was submitted.
    assert set(billed.values()) == {1}
    assert {prompt: len(ids) for prompt, ids in watched.jobs.items()} == billed
    assert billed.keys() <= done.keys() | unknown
    assert done.keys() | unknown == {request.prompt for request in prompts(COUNT)}
    assert not done.keys() & unknown
    assert all((folder / str(entry.file)).is_file() for entry in done.values())
    assert {prompt: entry.job_id for prompt, entry in done.items()} == {
        prompt: ids[0] for prompt, ids in watched.jobs.items() if prompt in done
    }
    # Nothing was done with a job before its id was on disk: of those that are unknown, none was ever asked for.
    assert [watched.asked(prompt) for prompt in unknown] == [0] * len(unknown)
    assert summary["done"] + summary["from_disk"] == len(done)
    assert (summary["unknown"], summary["submitted"], summary["failed"], summary["expired"]) == (len(unknown), 0, 0, 0)
    assert not Batch(folder).plan(prompts(COUNT)).to_send
