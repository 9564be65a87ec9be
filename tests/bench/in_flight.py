"""A crowd of requests in flight at once against a slow service, each sent twice."""

import subprocess
import sys
from statistics import median

from attrs import frozen

from tests.bench.asynchronous_peers import ASYNCHRONOUS
from tests.bench.crowd_probe import ROUNDS
from tests.bench.peers import is_installed
from tests.bench.report import Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import ROOT, Service

LENGTH = 1000


@frozen
class Spent:
    """What a crowd took.

    Args:
        wall: Seconds on the clock; of one that was given up on, how long it was waited for.
        cpu: Seconds of its process, or None for one that was given up on.
    """

    wall: float
    cpu: float | None


def measure(service: Service, scale: Scale) -> list[Section]:
    """Time on the clock beside the ideal, and CPU a request."""
    spent: dict[str, list[Spent]] = {name: [] for name in ASYNCHRONOUS}
    for _ in range(scale.crowds):
        for name, runs in spent.items():
            # Who was too slow once is not waited for again.
            if is_installed(name) and all(run.cpu is not None for run in runs):
                runs.append(_crowd(service, name, scale))
    return sections(spent, scale)


def _crowd(service: Service, name: str, scale: Scale) -> Spent:
    urls = service.responding(LENGTH, scale.seconds), service.responding(LENGTH)
    command = [sys.executable, "-m", "tests.bench.crowd_probe", name, *urls, str(scale.crowd)]
    try:
        # A process of its own, since some peers take as long to give up as they would have taken to go on.
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=scale.poll_timeout)
    except subprocess.TimeoutExpired:
        return Spent(scale.poll_timeout, None)
    wall, cpu = done.stdout.split()
    return Spent(float(wall), float(cpu))


def sections(spent: dict[str, list[Spent]], scale: Scale) -> list[Section]:
    """The two sections: of a peer that was given up on, the last run is a lower bound."""
    requests = ROUNDS * scale.crowd
    given_up = {name: "or more: given up" for name, runs in spent.items() if runs and runs[-1].cpu is None}
    walls: dict[str, float | None] = {"ideal": ROUNDS * scale.seconds}
    cpus: dict[str, float | None] = {}
    for name, runs in spent.items():
        whole = [run.cpu / requests * 1e3 for run in runs if run.cpu is not None]
        cpus[name] = None if name in given_up or not whole else median(whole)
        walls[name] = runs[-1].wall if name in given_up else median(run.wall for run in runs) if runs else None
    return [
        Section(
            title=f"{scale.crowd} in flight, {ROUNDS} rounds of {scale.seconds:g} s",
            unit="s",
            figures=walls,
            reference="ideal",
            goals=(Goal(bound=1.25, beside="ideal"),),
            remarks=given_up,
        ),
        Section(
            title="the same, CPU a request", unit="ms", figures=cpus, reference="aiohttp", goals=(Goal(bound=3.0),)
        ),
    ]
