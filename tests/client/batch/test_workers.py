"""One batch over several machines, on a Dask cluster: the example of the README."""

import gc
import pickle
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import Batch, BatchSummary, Client, GenerateImageRequest
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_NO_CREDITS
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import bought, prompts
from tests.client.batch.conftest import blocking_client

# It has no types. It is pinned in the group dev, and nothing else here needs it.
dask: Any = pytest.importorskip("dask.distributed")

SHARDS = 3


def buy(
    number: int, requests: list[GenerateImageRequest], folder: str, **options: Any
) -> BatchSummary[GenerateImageRequest]:
    """Buy one shard. The client is constructed where it is used: it holds connections and a key, and is not pickled."""
    with Client(**options) as client:
        return Batch(folder, shard=(number, SHARDS)).run(client, requests)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes on this machine."""
    options = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with dask.LocalCluster(**options) as local, dask.Client(local) as cluster:
        yield cluster
    with warnings.catch_warnings():
        # The loops of the cluster leave sockets to the garbage collector, which must not find them in another test.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_one_batch_on_several_workers(cluster: Any, sandbox: Sandbox, folder: Path) -> None:
    """Each worker buys its shards with a client of its own; every image is bought once, and is in one folder."""
    requests = prompts(12)
    jobs = [
        cluster.submit(buy, number, requests, str(folder), api_key=KEY, base_url=sandbox.url, pure=False)
        for number in range(1, SHARDS + 1)
    ]
    summaries = cluster.gather(jobs)
    assert sum(summary.done for summary in summaries) == len(bought(sandbox)) == 12
    assert set(bought(sandbox).values()) == {1}
    assert len(Batch(folder).plan(requests).already_done) == 12


def test_a_summary_can_be_pickled(sandbox: Sandbox, folder: Path) -> None:
    """On its way from the worker it is pickled, including its errors."""
    with blocking_client(sandbox.url, KEY_NO_CREDITS) as client:
        summary = Batch(folder).run(client, prompts(3), in_flight=1)
    copied = pickle.loads(pickle.dumps(summary))
    assert copied.stopped == summary.stopped
    assert [type(outcome.error) for outcome in copied.failures] == [type(outcome.error) for outcome in summary.failures]
    assert copied.failures[0].request == summary.failures[0].request
