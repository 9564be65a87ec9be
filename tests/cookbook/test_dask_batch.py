"""One batch over a cluster of two processes."""

import json
import re

import psutil

from segmind_flux_schnell_sandbox.accounts import KEY_SLOW
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.cookbook.conftest import PATIENCE, Recipes, wait_until

WORKER_ELSEWHERE = """\
import os
from dask.distributed import LocalCluster
os.chdir("elsewhere")
options = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
with LocalCluster(**options, protocol="tcp://") as cluster:
    print(cluster.scheduler_address, flush=True)
    cluster.sync(cluster.scheduler.finished)
"""


def test_a_cluster_buys_each_image_once(recipes: Recipes, sandbox: Sandbox) -> None:
    """Four shards on two workers buy all images, and a second run buys none."""
    script = recipes.copy("dask_batch.py").name
    assert recipes.run(script, "foxes").splitlines()[-2:] == [
        "8 bought, 0.064 credits",
        "8 on disk, 0 to send, 0 unknown",
    ]
    assert recipes.run(script, "foxes").splitlines()[-2:] == ["0 bought, 0 credits", "8 on disk, 0 to send, 0 unknown"]
    assert sorted(json.loads(post.body)["seed"] for post in sandbox.ledger.posts) == list(range(8))
    assert len(list((recipes.folder / "foxes").glob("*.jpg"))) == 8
    assert len(list((recipes.folder / "foxes").glob("journal*.jsonl"))) == 4


def test_workers_that_start_elsewhere_use_the_folder_of_the_program(recipes: Recipes, sandbox: Sandbox) -> None:
    """Each worker finds the journals, wherever it was started: otherwise it would buy everything again."""
    script = recipes.copy("dask_batch.py").name
    (recipes.folder / "elsewhere").mkdir()
    cluster = recipes.start("-c", WORKER_ELSEWHERE)
    assert cluster.stdout is not None
    address = cluster.stdout.readline().strip()
    assert recipes.run(script, "foxes", "--scheduler", address).splitlines()[-2:] == [
        "8 bought, 0.064 credits",
        "8 on disk, 0 to send, 0 unknown",
    ]
    assert recipes.run(script, "foxes").splitlines()[-2:] == ["0 bought, 0 credits", "8 on disk, 0 to send, 0 unknown"]
    assert len(sandbox.ledger.posts) == 8


def test_what_was_in_flight_on_killed_workers_is_counted_and_not_sent_again(recipes: Recipes, sandbox: Sandbox) -> None:
    """It may be paid for: the exit code is 1, in this run and the next, and each request was sent once."""
    script = recipes.copy("dask_batch.py").name
    recipes.environment["SEGMIND_API_KEY"] = KEY_SLOW
    process = recipes.start(script, "foxes")
    wait_until(lambda: sandbox.ledger.in_flight, process)
    for child in psutil.Process(process.pid).children():
        if "spawn_main" in " ".join(child.cmdline()):
            child.kill()
    printed, _ = process.communicate(timeout=PATIENCE)
    on_disk, unknown = map(int, re.findall(r"(\d+) on disk, 0 to send, (\d+) unknown\n$", printed)[0])
    assert (process.returncode, on_disk + unknown) == (1, 8)
    assert f"{on_disk} on disk, 0 to send, {unknown} unknown" in recipes.run(script, "foxes", code=1)
    assert len(sandbox.ledger.posts) == 8
