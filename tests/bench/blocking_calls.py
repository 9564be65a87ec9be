"""One blocking call after another."""

from functools import partial

from tests.bench.blocking_peers import BLOCKING
from tests.bench.peer_process import peer_processes
from tests.bench.peers import is_installed
from tests.bench.report import Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.timing import interleaved

SIZES = {"1 kB": 1000, "300 kB": 300_000}

GOALS = {"1 kB": 0.85, "300 kB": 1.0}
"""The most that a call may take, as a multiple of what httpx takes."""


def measure(service: Service, scale: Scale) -> list[Section]:
    """One section a size of the response."""
    return [_section(service, scale, title, length) for title, length in SIZES.items()]


def _section(service: Service, scale: Scale, title: str, length: int) -> Section:
    names = [name for name in BLOCKING if is_installed(name)]
    with peer_processes("blocking", names, service.responding(length), length) as peers:
        bursts = {name: partial(peer.measure, f"one {scale.burst}") for name, peer in peers.items()}
        measured = interleaved(bursts, scale.calls // scale.burst)
    return Section(
        title=f"one blocking call, response of {title}",
        unit="ms",
        figures={name: measured.figure(name, 1e3) for name in BLOCKING},
        reference="httpx",
        goals=(Goal(bound=GOALS[title], beside="httpx"), Goal(bound=1.0, beside="segmind")),
        remarks=measured.crashes,
    )
