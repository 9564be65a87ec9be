"""One batch on several machines: a Dask cluster, and a shard for each task.

    python dask_batch.py foxes --images 400 --scheduler tcp://10.0.0.5:8786

The shards need no coordination: each writes a journal of its own into the folder, which all workers share.

What a crash costs: nothing that was answered. Dask gives the shard of a dead worker to another one, and that continues
from the journal. Requests that were in flight are listed as unknown, and are not sent again; over the queue
(`route="queue"`) their jobs are collected.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dask.distributed import Client as Cluster

from segmind_flux_schnell import Batch, BatchSummary, Budget, Client, GenerateImageRequest

SHARDS = 4


def buy(number: int, requests: Sequence[GenerateImageRequest], folder: str) -> BatchSummary[GenerateImageRequest]:
    """Buy one shard. It runs on a worker, with the key from its environment: clients are not pickled."""
    with Client(budget=Budget(max_credits="1.00")) as client:
        return Batch(folder, shard=(number, SHARDS)).run(client, requests)


def main() -> int:
    """Buy all shards; 1 if something is missing."""
    parser = argparse.ArgumentParser(description="One batch on several machines.")
    parser.add_argument("folder", type=Path, help="a folder that all workers can write to, at the same path")
    parser.add_argument("--images", type=int, default=8)
    parser.add_argument("--scheduler", help="address of your scheduler; by default a cluster on this machine")
    options = parser.parse_args()
    # Absolute: a worker that was started elsewhere would not find the journals, and buy everything again.
    folder = str(options.folder.resolve())
    requests = [GenerateImageRequest(prompt="a red fox", seed=seed) for seed in range(options.images)]
    local = {} if options.scheduler else {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with Cluster(options.scheduler, **local) as cluster:
        shards = [cluster.submit(buy, number, requests, folder, pure=False) for number in range(1, SHARDS + 1)]
        summaries = [shard.result() for shard in shards]
    # Without what a worker had bought before it died: that is on disk, or unknown.
    print(sum(summary.done for summary in summaries), "bought,", sum(summary.spent for summary in summaries), "credits")
    plan = Batch(folder).plan(requests)
    print(f"{len(plan.already_done)} on disk, {len(plan.to_send)} to send, {len(plan.unknown)} unknown")
    return 0 if len(plan.already_done) == len(requests) else 1


if __name__ == "__main__":  # the workers import this file
    sys.exit(main())
