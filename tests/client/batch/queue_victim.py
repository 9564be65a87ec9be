"""A process that runs a batch over the queue, and is killed at some moment, or gets a signal.

`python -m tests.client.batch.queue_victim URL FOLDER KIND COUNT IN_FLIGHT [KEY]`, with `sync` or `async` as its kind.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import AsyncClient, Batch, Client
from segmind_flux_schnell_sandbox.accounts import KEY
from tests.client.batch import prompts
from tests.client.batch.queueing import scale_polls


def main(url: str, folder: str, kind: str, count: str, in_flight: str, key: str = KEY) -> None:
    """Run the batch, and print how it ended."""
    scale_polls(pytest.MonkeyPatch())
    print("begins", flush=True)
    batch, requests = Batch(Path(folder)), prompts(int(count))
    if kind == "sync":
        with Client(api_key=key, base_url=url, route="queue") as client:
            summary: Any = batch.run(client, requests, in_flight=int(in_flight))
    else:
        summary = asyncio.run(_run_async(batch, url, key, requests, int(in_flight)))
    names = ("done", "from_disk", "collected", "failed", "left", "stopped")
    lists = ("submitted", "unknown", "expired", "missing")
    counts = {name: len(getattr(summary, name)) for name in lists}
    print(json.dumps({name: getattr(summary, name) for name in names} | counts), flush=True)


async def _run_async(batch: Batch, url: str, key: str, requests: Any, in_flight: int) -> Any:
    async with AsyncClient(api_key=key, base_url=url, route="queue") as client:
        return await batch.run_async(client, requests, in_flight=in_flight)


if __name__ == "__main__":
    main(*sys.argv[1:])
