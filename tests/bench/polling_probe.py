"""Runs in a fresh process: `… polling_probe sync URL 1000 20` waits for so many jobs of the queue, for so many seconds.

It prints the seconds of this process for each second on the clock, in percent, once all jobs are submitted.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from attrs import define, field

from segmind_flux_schnell import AsyncClient, Batch, Client, GenerateImageRequest
from segmind_flux_schnell.batch import Progress
from tests.bench.peers import KEY


@define
class Watch:
    """What is called with the progress of a batch, and ends the process when enough has been seen.

    Args:
        jobs: How many are submitted before it counts.
        seconds: How long it counts.
    """

    jobs: int
    seconds: float
    _begin: tuple[float, float] | None = field(default=None, init=False)

    def __call__(self, progress: Progress) -> None:
        """Take a progress."""
        now = time.perf_counter(), time.process_time()
        if self._begin is None:
            self._begin = now if progress.submitted == self.jobs else None
            return
        wall, cpu = now[0] - self._begin[0], now[1] - self._begin[1]
        if wall >= self.seconds:
            print(100 * cpu / wall, flush=True)
            # Nobody waits for the jobs.
            os._exit(0)


def main(kind: str, base_url: str, jobs: str, seconds: str) -> None:
    """Run a batch over the queue whose jobs go on for ever."""
    requests = [GenerateImageRequest(prompt=f"tiger {number}") for number in range(int(jobs))]
    watch = Watch(int(jobs), float(seconds))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if kind == "sync":
            with Client(api_key=KEY, base_url=base_url, route="queue") as client:
                Batch(Path(folder)).run(client, requests, in_flight=int(jobs), timeout=None, progress=watch)
        else:
            asyncio.run(_main_async(base_url, Path(folder), requests, watch))


async def _main_async(base_url: str, folder: Path, requests: list[GenerateImageRequest], watch: Watch) -> None:
    async with AsyncClient(api_key=KEY, base_url=base_url, route="queue") as client:
        await Batch(folder).run_async(client, requests, in_flight=len(requests), timeout=None, progress=watch)


if __name__ == "__main__":
    main(*sys.argv[1:])
