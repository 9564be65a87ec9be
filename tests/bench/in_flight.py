"""A crowd of requests in flight at once against a slow service, each sent twice."""

import subprocess
import sys
from statistics import median

from attrs import frozen

from tests.bench.asynchronous_peers import ASYNCHRONOUS
from tests.bench.crashes import Crashed, printed_by
from tests.bench.crowd_probe import ROUNDS
from tests.bench.peers import is_installed
from tests.bench.report import Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service

LENGTH = 1000


@frozen
class Spent:
    """What a crowd took.

    Args:
        wall: Seconds on the clock; of one that was given up on, how long it was waited for; None for one that crashed.
        cpu: Seconds of its process, or None for one that did not come to its end.
        remark: Why it did not; empty where it did.
    """

    wall: float | None
    cpu: float | None
    remark: str = ""


def measure(service: Service, scale: Scale) -> list[Section]:
    """Time on the clock beside the ideal, and CPU a request."""
    spent: dict[str, list[Spent]] = {name: [] for name in ASYNCHRONOUS}
    for _ in range(scale.crowds):
        for name, runs in spent.items():
            # Who was too slow once is not waited for again.
            if is_installed(name) and not any(run.remark for run in runs):
                runs.append(_crowd(service, name, scale))
    return sections(spent, scale)


def _crowd(service: Service, name: str, scale: Scale) -> Spent:
    urls = service.responding(LENGTH, scale.seconds), service.responding(LENGTH)
    command = [sys.executable, "-m", "tests.bench.crowd_probe", name, *urls, str(scale.crowd)]
    try:
        # A process of its own, since some peers take as long to give up as they would have taken to go on.
        wall, cpu = printed_by(command, seconds=scale.poll_timeout).split()
    except subprocess.TimeoutExpired:
        return Spent(scale.poll_timeout, None, "or more: given up")
    except Crashed as crash:
        return Spent(None, None, str(crash))
    return Spent(float(wall), float(cpu))


def sections(spent: dict[str, list[Spent]], scale: Scale) -> list[Section]:
    """The two sections: of a peer that was given up on, the last run is a lower bound."""
    requests = ROUNDS * scale.crowd
    remarks = {name: runs[-1].remark for name, runs in spent.items() if runs and runs[-1].remark}
    walls: dict[str, float | None] = {"ideal": ROUNDS * scale.seconds}
    cpus: dict[str, float | None] = {}
    for name, runs in spent.items():
        walls[name] = runs[-1].wall if name in remarks else _median([run.wall for run in runs])
        cpus[name] = None if name in remarks else _median([run.cpu and run.cpu / requests * 1e3 for run in runs])
    return [
        Section(
            title=f"{scale.crowd} in flight, {ROUNDS} rounds of {scale.seconds:g} s",
            unit="s",
            figures=walls,
            reference="ideal",
            goals=(Goal(bound=1.15, beside="ideal"),),
            remarks=remarks,
        ),
        Section(
            title="the same, CPU a request", unit="ms", figures=cpus, reference="aiohttp", goals=(Goal(bound=3.0),)
        ),
    ]


def _median(figures: list[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return median(known) if known else None
