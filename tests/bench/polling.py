"""What it takes to wait for many jobs of the queue at once, with nothing else to do."""

import sys
from statistics import median

from tests.bench.crashes import Crashed, printed_by
from tests.bench.report import OURS, Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service

KINDS = {"sync": "blocking", "async": "asynchronous"}


def measure(service: Service, scale: Scale) -> list[Section]:
    """The share of one core that a batch takes, with either kind of client."""
    return [_waiting(service, scale, kind) for kind in KINDS]


def _waiting(service: Service, scale: Scale, kind: str) -> Section:
    command = [sys.executable, "-m", "tests.bench.polling_probe", kind, service.queue]
    command += [str(scale.jobs), str(scale.polled)]
    figure, remarks = None, {}
    try:
        figure = median(float(printed_by(command)) for _ in range(scale.probes))
    except Crashed as crash:
        remarks[OURS] = str(crash)
    return Section(
        title=f"{scale.jobs} jobs that go on, {KINDS[kind]}",
        unit="% of core",
        figures={OURS: figure},
        goals=(Goal(bound=5.0),),
        remarks=remarks,
    )
