"""A crowd of requests in flight at once against a slow service, each sent twice."""

import asyncio
import resource
import time
from statistics import median

from attrs import frozen

from tests.bench.asynchronous_peers import ASYNCHRONOUS, opened_async
from tests.bench.peers import is_installed
from tests.bench.report import Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.timing import crowded

ROUNDS = 2
LENGTH = 1000


@frozen
class Spent:
    """What a crowd took, or had taken when it was given up on.

    Args:
        wall: Seconds on the clock.
        cpu: Seconds of this process.
        is_done: Whether all answers came.
    """

    wall: float
    cpu: float
    is_done: bool


def measure(service: Service, scale: Scale) -> list[Section]:
    """Time on the clock beside the ideal, and CPU a request."""
    _allow_files(2 * scale.crowd + 100)
    base_url = service.answering(LENGTH, scale.seconds)
    spent: dict[str, list[Spent]] = {name: [] for name in ASYNCHRONOUS}
    for _ in range(scale.crowds):
        for name, runs in spent.items():
            # Who was too slow once is not waited for again.
            if is_installed(name) and all(run.is_done for run in runs):
                runs.append(asyncio.run(_crowd(base_url, name, scale)))
    return _sections(spent, scale)


async def _crowd(base_url: str, name: str, scale: Scale) -> Spent:
    async with opened_async(base_url, name) as peers:
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            async with asyncio.timeout(scale.patience):
                await crowded(peers[name], ROUNDS * scale.crowd, scale.crowd)
        except TimeoutError:
            return Spent(scale.patience, time.process_time() - cpu, is_done=False)
        return Spent(time.perf_counter() - wall, time.process_time() - cpu, is_done=True)


def _sections(spent: dict[str, list[Spent]], scale: Scale) -> list[Section]:
    requests = ROUNDS * scale.crowd
    # Of a peer that was given up on, the last run is a lower bound.
    last = {name: runs if runs[-1].is_done else runs[-1:] for name, runs in spent.items() if runs}
    walls = {name: median(run.wall for run in runs) for name, runs in last.items()}
    cpus = {name: median(run.cpu for run in runs) / requests * 1e3 for name, runs in last.items()}
    given_up = {name: "or more: given up" for name, runs in last.items() if not runs[-1].is_done}
    return [
        Section(
            title=f"{scale.crowd} in flight, {ROUNDS} rounds of {scale.seconds:g} s",
            unit="s",
            figures={"ideal": ROUNDS * scale.seconds, **{name: walls.get(name) for name in spent}},
            reference="ideal",
            goals=(Goal(bound=1.25, beside="ideal"),),
            remarks=given_up,
        ),
        Section(
            title="the same, CPU a request",
            unit="ms",
            figures={name: cpus.get(name) for name in spent},
            reference="aiohttp",
            goals=(Goal(bound=3.0),),
            remarks=given_up,
        ),
    ]


def _allow_files(number: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard) if hard >= 0 else number, hard))
