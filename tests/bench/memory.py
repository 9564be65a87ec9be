"""Peak memory, each time in a fresh process."""

import sys
from collections.abc import Iterable
from statistics import median

from tests.bench.asynchronous_peers import ASYNCHRONOUS
from tests.bench.crashes import Crashed, printed_by
from tests.bench.peers import is_installed
from tests.bench.report import OURS, Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service

MEGABYTE = 1_000_000
IMAGE = 300_000


def measure(service: Service, scale: Scale) -> list[Section]:
    """One long response to a file, and many images that are dropped."""
    return [_streaming(service, scale), _images(service, scale)]


def _streaming(service: Service, scale: Scale) -> Section:
    probe = ["file", service.responding(scale.streamed), service.responding(1000), "1"]
    figures, crashes = _risen(probe, (OURS, "httpx"), scale)
    return Section(
        title=f"extra memory of {scale.streamed // MEGABYTE} MB to a file",
        unit="MB",
        figures=figures,
        reference="httpx",
        goals=(Goal(bound=8.0),),
        remarks=crashes,
    )


def _images(service: Service, scale: Scale) -> Section:
    probe = ["images", service.responding(IMAGE), service.responding(1000), str(scale.images)]
    figures, crashes = _risen(probe, ASYNCHRONOUS, scale)
    return Section(
        title=f"extra memory of {scale.images} x 300 kB, 50 in flight",
        unit="MB",
        figures=figures,
        reference="httpx",
        goals=(Goal(bound=1.2, beside="httpx"),),
        remarks=crashes,
    )


def _risen(probe: list[str], names: Iterable[str], scale: Scale) -> tuple[dict[str, float | None], dict[str, str]]:
    """By how many megabytes memory rises, and which peers crashed."""
    figures: dict[str, float | None] = dict.fromkeys(names)
    crashes: dict[str, str] = {}
    kind, *rest = probe
    for name in filter(is_installed, figures):
        command = [sys.executable, "-m", "tests.bench.memory_probe", kind, name, *rest]
        try:
            figures[name] = median(int(printed_by(command)) for _ in range(scale.probes)) / MEGABYTE
        except Crashed as crash:
            crashes[name] = str(crash)
    return figures, crashes
