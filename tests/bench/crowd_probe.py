"""Runs in a fresh process: `… crowd_probe PEER URL WARM_UP_URL 1000` keeps so many requests in flight at once.

It prints the seconds on the clock, and those of this process, that twice as many requests take.
"""

import asyncio
import resource
import sys
import time

from tests.bench.asynchronous_peers import opened_async
from tests.bench.timing import crowded

ROUNDS = 2


async def main(peer: str, base_url: str, warm_up_url: str, in_flight: str) -> tuple[float, float]:
    """Seconds on the clock and of this process."""
    crowd = int(in_flight)
    _allow_files(2 * crowd + 100)
    # What is loaded at the first call is loaded by now.
    async with opened_async(warm_up_url, peer) as peers:
        await peers[peer]()
    async with opened_async(base_url, peer) as peers:
        cpu = time.process_time()
        wall = await crowded(peers[peer], ROUNDS * crowd, crowd)
        return wall, time.process_time() - cpu


def _allow_files(number: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard) if hard >= 0 else number, hard))


if __name__ == "__main__":
    print(*asyncio.run(main(*sys.argv[1:])))
