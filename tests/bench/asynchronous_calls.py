"""Asynchronous calls, one at a time and 50 at once."""

from functools import partial

from tests.bench.asynchronous_peers import ASYNCHRONOUS
from tests.bench.blocking_calls import SIZES
from tests.bench.peer_process import peer_processes
from tests.bench.peers import is_installed
from tests.bench.report import Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.timing import interleaved

IN_FLIGHT = 50


def measure(service: Service, scale: Scale) -> list[Section]:
    """Two sections a size of the response."""
    return [section for title, length in SIZES.items() for section in _sections(service, scale, title, length)]


def _sections(service: Service, scale: Scale, title: str, length: int) -> list[Section]:
    names = [name for name in ASYNCHRONOUS if is_installed(name)]
    with peer_processes("asynchronous", names, service.responding(length), length) as peers:
        bursts = {name: partial(peer.measure, f"one {scale.burst}") for name, peer in peers.items()}
        alone = interleaved(bursts, scale.calls // scale.burst)
        crowds = {name: partial(peer.measure, f"crowd {scale.batch} {IN_FLIGHT}") for name, peer in peers.items()}
        crowd = interleaved(crowds, scale.rounds)
    return [
        Section(
            title=f"one asynchronous call, response of {title}",
            unit="ms",
            figures={name: alone.figure(name, 1e3) for name in ASYNCHRONOUS},
            reference="httpx",
            remarks=alone.crashes,
        ),
        Section(
            title=f"{IN_FLIGHT} asynchronous calls in flight, {title}",
            unit="calls/s",
            figures={name: crowd.rate(name, scale.batch) for name in ASYNCHRONOUS},
            reference="httpx",
            goals=(Goal(bound=6.0, beside="httpx", at_least=True),),
            remarks=crowd.crashes,
        ),
    ]
