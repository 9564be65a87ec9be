"""One batch over a cluster of two processes."""

import json

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.cookbook.conftest import Recipes


def test_a_cluster_buys_each_image_once(recipes: Recipes, sandbox: Sandbox) -> None:
    """Four shards on two workers buy all images, and a second run buys none."""
    script = recipes.copy("dask_batch.py").name
    assert recipes.run(script, "foxes").splitlines()[-2:] == ["8 bought, 0.064 credits", "0 to send"]
    assert recipes.run(script, "foxes").splitlines()[-2:] == ["0 bought, 0 credits", "0 to send"]
    assert sorted(json.loads(post.body)["seed"] for post in sandbox.ledger.posts) == list(range(8))
    assert len(list((recipes.folder / "foxes").glob("*.jpg"))) == 8
    assert len(list((recipes.folder / "foxes").glob("journal*.jsonl"))) == 4
