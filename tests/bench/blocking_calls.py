"""One blocking call after another."""

from tests.bench.blocking_peers import BLOCKING, Fetch, opened_blocking
from tests.bench.peers import counted
from tests.bench.report import Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.timing import Call, interleaved

SIZES = {"1 kB": 1000, "300 kB": 300_000}


def measure(service: Service, scale: Scale) -> list[Section]:
    """One section a size of the response."""
    return [_section(service, scale, title, length) for title, length in SIZES.items()]


def _section(service: Service, scale: Scale, title: str, length: int) -> Section:
    with opened_blocking(service.responding(length)) as peers:
        times = interleaved({name: _whole(fetch, length) for name, fetch in peers.items()}, scale.calls)
    return Section(
        title=f"one blocking call, response of {title}",
        unit="ms",
        figures={name: times[name] * 1e3 if name in times else None for name in BLOCKING},
        reference="httpx",
        goals=(Goal(bound=1.0, beside="httpx"), Goal(bound=1.0, beside="segmind")),
    )


def _whole(fetch: Fetch, length: int) -> Call:
    return lambda: counted(fetch(), length)
