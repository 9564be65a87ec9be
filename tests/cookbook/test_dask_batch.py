"""One batch over a cluster of two processes."""

import json

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.cookbook.conftest import Recipes

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
    assert recipes.run(script, "foxes").splitlines()[-2:] == ["8 bought, 0.064 credits", "0 to send"]
    assert recipes.run(script, "foxes").splitlines()[-2:] == ["0 bought, 0 credits", "0 to send"]
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
        "0 to send",
    ]
    assert recipes.run(script, "foxes").splitlines()[-2:] == ["0 bought, 0 credits", "0 to send"]
    assert len(sandbox.ledger.posts) == 8
